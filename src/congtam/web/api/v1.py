"""Version 1: push records, ask for one, tell one's own count of a day, ask how one stands."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.security import HttpBearer
from pydantic import ValidationError

from congtam.history.actor import Actor
from congtam.intake import queries as intake
from congtam.intake.actions import accept
from congtam.intake.telling import Happening, Told, Unread
from congtam.intake.words import Problem as Unusable
from congtam.sources import queries as sources
from congtam.sources.actions import record_own_count
from congtam.sources.models import Source
from congtam.web.api.problems import Problem, Unserved, install, not_json
from congtam.web.api.shapes import CountIn, CountOut, Push, Pushed, RecordIn, RecordOut, StatusOut

PUSH = Actor(name="api")


class Body(Parser):
    """Reads a body, and says where it is broken."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as JSON. Raises `Unserved` when it breaks off or is no JSON."""
        try:
            return json.loads(request.body)
        except json.JSONDecodeError as error:
            raise not_json(error.lineno, error.colno, error.msg) from None
        except (UnicodeDecodeError, RecursionError, ValueError) as error:
            raise not_json(1, 1, str(error)) from None


class SourceToken(HttpBearer):
    """Finds the source that a token belongs to."""

    def authenticate(self, request: HttpRequest, token: str) -> Source | None:
        """The source, or None when the token is unknown, revoked or expired."""
        return sources.by_token(token, timezone.now())


api = NinjaAPI(
    title="Công Tâm – tiếp nhận dữ liệu (intake)",
    version="1",
    description=(
        "Nguồn đẩy bản ghi vào; gửi lại không làm trùng. Sources push records; sending again changes nothing. "
        "A record that cannot be used is set aside with the reason, and the others are accepted."
    ),
    docs_url=None,  # its page would need scripts from elsewhere, which the site's content policy refuses
    auth=SourceToken(),
    parser=Body(),
    urls_namespace="api",
)
install(api)
ERRORS = {400: Problem, 401: Problem, 413: Problem, 422: Problem}


@api.post("/records", response={200: Pushed, **ERRORS}, summary="Push records (at most 1,000, 10 MB)")
def push_records(request: HttpRequest, body: Push) -> dict[str, Any]:
    """Every record gets one answer, in order. Sending the same again, in whole or in part, changes nothing."""
    outcome = accept(PUSH, _source(request), [_told(at, one) for at, one in enumerate(body.records)])
    answers = [
        {name: getattr(one, name) for name in ("key", "version", "result", "code", "message", "advice")}
        for one in outcome.answers
    ]
    return {"batch": outcome.batch, **outcome.counts(), "answers": answers}


def _told(at: int, given: Any) -> Told | Unread:
    """One record, or why it is none."""
    place = f"push#{at + 1}"
    try:
        one = given if isinstance(given, RecordIn) else RecordIn.model_validate(given)
    except (ValidationError, RecursionError) as error:
        problem = Unusable("not-a-record", why=_why(error))
        cells = given if isinstance(given, dict) else {"#value": given}
        return Unread(place, problem.code, problem.message, problem.advice, cells)
    events = tuple(Happening(**event.model_dump()) for event in one.events)
    return Told(**{**one.model_dump(exclude={"events"}), "events": events, "place": place})


def _why(error: ValidationError | RecursionError) -> list[str]:
    if isinstance(error, RecursionError):
        return ["it is nested too deeply"]
    found = error.errors(include_url=False, include_context=False, include_input=False)[:3]
    return [f"{'.'.join(str(part) for part in one['loc']) or 'record'}: {one['msg']}" for one in found]


@api.get("/records/{path:key}", response={200: RecordOut, 404: Problem, **ERRORS}, summary="One's own record")
def own_record(request: HttpRequest, key: str) -> dict[str, Any]:
    """The standing version of a record that this source pushed."""
    found = intake.state_of(_source(request), key)
    if found is None:
        message, advice = f"Nguồn này chưa gửi bản ghi {key!r}.", "Kiểm tra lại mã, hoặc đẩy bản ghi vào trước."
        raise Unserved(404, "unknown-record", message, advice)
    return found


@api.post("/counts", response={200: CountOut, 409: Problem, **ERRORS}, summary="Own count of a day")
def own_count(request: HttpRequest, body: CountIn) -> dict[str, Any]:
    """How many records the source counts for a day, to be compared with what arrived; said again, the later counts."""
    source = _source(request)
    if not 2000 <= body.day.year <= timezone.localdate().year + 1:
        message, advice = f"Ngày {body.day:%d/%m/%Y} nằm quá xa hiện tại.", "Kiểm tra lại năm rồi gửi lại."
        raise Unserved(409, "far-day", message, advice)
    kept = record_own_count(PUSH, source, body.day, body.count)
    return {"day": kept.day, "count": kept.count, "arrived": intake.arrived(source, body.day)}


@api.get("/status", response={200: StatusOut, **ERRORS}, summary="How the site sees this source")
def status(request: HttpRequest) -> dict[str, Any]:
    """What arrived today and when last, what is set aside, and until when data are promised."""
    source, now = _source(request), timezone.now()
    return {"source": source.code, "name": source.name, **intake.status_of(source, _day(now)), "due_time": _due(source)}


def _due(source: Source) -> str | None:
    return f"{source.due_time:%H:%M}" if source.due_time else None


def _day(now: datetime) -> Any:
    return timezone.localtime(now).date()


def _source(request: HttpRequest) -> Source:
    found: Source = request.auth
    return found
