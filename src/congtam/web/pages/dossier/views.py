"""Tra cứu hồ sơ: where a dossier is, for who knows its code and the last digits of the applicant's phone.

A wrong pair and an unknown code get one answer, so that nobody learns which dossiers there are; who tries too often is
told when to try again.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of as people_named
from congtam.registry.queries import choice
from congtam.scores.overview import sight
from congtam.web.addresses import client_address
from congtam.web.asking import public
from congtam.web.pages.dossier.forms import Ask
from congtam.web.tries import counted
from congtam.work.appending import symbol_key
from congtam.work.dossier import Whereabouts, whereabouts

OF_AN_ADDRESS, ADDRESS_WINDOW = 30, timedelta(minutes=10)  # a whole office or village may share one address
OF_A_CODE, CODE_WINDOW = 10, timedelta(hours=1)
NAMED = "dossier.show_official"  # a site's choice: whether the official is named, or only the post and the unit
STATES = {
    "arrived": Text(vi="Đã tiếp nhận, chờ phân công", en="Received, waiting to be assigned"),
    "in_hand": Text(vi="Đang được xử lý", en="Being worked on"),
    "waiting_applicant": Text(vi="Chờ người nộp bổ sung", en="Waiting for you to supplement it"),
    "waiting_other": Text(vi="Chờ ý kiến cơ quan, đơn vị khác", en="Waiting for another body"),
    "finished": Text(vi="Đã có kết quả", en="Finished"),
    "cancelled": Text(vi="Đã dừng giải quyết", en="No longer handled"),
}
NEXT = {
    "arrived": Text(vi="Cơ quan phân công người xử lý.", en="The agency assigns somebody to it."),
    "in_hand": Text(
        vi="Cơ quan giải quyết và trả kết quả theo hạn bên dưới.", en="The agency decides, by the day given below."
    ),
    "waiting_applicant": Text(
        vi="Ông/Bà bổ sung giấy tờ theo yêu cầu đã gửi. Trong lúc chờ, thời hạn giải quyết tạm dừng.",
        en="Hand in what you were asked for. Until then the time limit stands.",
    ),
    "waiting_other": Text(
        vi="Cơ quan tiếp tục giải quyết khi có ý kiến trả lời. Trong lúc chờ, thời hạn giải quyết tạm dừng.",
        en="The agency goes on when it has the answer. Until then the time limit stands.",
    ),
    "finished": Text(
        vi="Nhận kết quả tại nơi ghi trên giấy hẹn, hoặc theo hình thức đã đăng ký.",
        en="Collect the result where your receipt says, or in the way you chose.",
    ),
    "cancelled": Text(
        vi="Liên hệ bộ phận tiếp nhận và trả kết quả để biết lý do.", en="Ask the reception desk for the reason."
    ),
}


@public
@never_cache
@require_http_methods(["GET", "POST"])
def dossier(request: HttpRequest) -> HttpResponse:
    """The form, and the answer below it."""
    lang, now = request.LANGUAGE_CODE, timezone.now()
    form = Ask(request.POST if request.method == "POST" else None, lang=lang)
    context: dict[str, object] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        code, digits = form.cleaned_data["ma"].replace("\x00", ""), form.cleaned_data["so"]
        until = _too_many(request, code, now)
        if until is not None:
            context["until"], status = until, 429
        elif (there := whereabouts(code, digits, sight(now))) is None:
            context["unknown"] = True
        else:
            context |= _told(there, now) | {"as_of": now}
    answer = render(request, "dossier/page.html", context, status=status)
    if status == 429:
        answer["Retry-After"] = str(max(1, int((context["until"] - now).total_seconds())))
    return answer


def _too_many(request: HttpRequest, code: str, now: datetime) -> datetime | None:
    """Until when no more is answered, to this address or about this code, be it of a dossier or not."""
    limits = (
        (f"address {client_address(request)}", OF_AN_ADDRESS, ADDRESS_WINDOW),
        (f"code {symbol_key(code)}", OF_A_CODE, CODE_WINDOW),
    )
    ends = []
    for who, most, window in limits:
        count, end = counted(who, now, window)
        if count > most:
            ends.append(end)
    return max(ends, default=None)


def _told(there: Whereabouts, now: datetime) -> dict[str, object]:
    today = timezone.localdate(now)
    unit = units_named([there.unit], today).get(there.unit, "") if there.unit else ""
    named = there.official is not None and choice(NAMED, today, False) is True
    official = people_named([there.official]).get(there.official, "") if named and there.official else ""
    return {
        "there": there,
        "state": STATES[there.state],
        "next": NEXT[there.state],
        "unit": unit,
        "official": official,
        "late": there.finished_at is None and there.due_at is not None and there.due_at < now,
        "waits": there.state.startswith("waiting"),
    }
