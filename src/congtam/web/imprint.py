"""Where a page or a file comes from: what it holds, as of when, by which rules and which run, who took it out, and an
address that leads back. Printed pages carry it at their foot, files before their first row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from congtam.access.queries import called
from congtam.audit.actions import note
from congtam.audit.models import Entry
from congtam.engine.explaining import formats
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.digest import meaning_digest
from congtam.engine.rulebook.model import Text
from congtam.registry.models import Copy
from congtam.registry.queries import copy_on
from congtam.scores.cards import cards_of
from congtam.scores.models import Run

Lines = list[tuple[str, str]]
SHORT = 8  # letters of a digest, as people compare them
HOLDS = Text(vi="Nội dung", en="Holds")
FILTERS = Text(vi="Bộ lọc", en="Filters")
NO_FILTERS = Text(vi="không lọc", en="none")
AS_OF = Text(vi="Số liệu đến", en="As of")
RULES = Text(vi="Bộ quy tắc", en="Rules")
POINTS = Text(vi="Điểm", en="Points")
WHO = Text(vi="Người xuất", en="Exported by")
WHEN = Text(vi="Xuất lúc", en="Exported at")
CODE = Text(vi="Mã truy nguyên", en="Code")
BACK = Text(vi="Mở lại tại", en="Leads back to")


@dataclass(frozen=True)
class Imprint:
    """What a page says of itself. `filters`: label and value, in the language of the page; `rules`: as `rules_of` or
    `rule_of` tell them; `points`: which run its points are of, where it shows any; `address`: of the page that shows
    the same (None: the page itself)."""

    title: Text
    as_of: datetime
    filters: Sequence[tuple[str, str]] = ()
    rules: tuple[str, ...] = ()
    points: Text | None = None
    address: str | None = None

    def lines(self, lang: str) -> Lines:
        """Everything but who took it out and when."""
        filters = "; ".join(f"{label}: {value}" for label, value in self.filters)
        told = [(HOLDS, self.title.in_(lang)), (FILTERS, filters or NO_FILTERS.in_(lang))]
        told += [(AS_OF, formats.moment(self.as_of, lang))]
        told += [(RULES, "; ".join(self.rules))] if self.rules else []
        told += [(POINTS, self.points.in_(lang))] if self.points else []
        return [(label.in_(lang), value) for label, value in told]


@lru_cache(maxsize=64)
def _copy_known(rulebook: str, day: Any, rules: int) -> Copy | None:
    return copy_on(rulebook, day)


@lru_cache(maxsize=32)
def rules_of(period: Period, rules: int, lang: str) -> tuple[str, ...]:
    """The rulebooks of the scorecards of a period, each with its version; `rules`: the last number of rules (see
    `scores.known.cut`)."""
    books = {entry.rulebook.id: entry.rulebook for entry in cards_of(period, rules).entries.values()}
    return tuple(rule_of(book, period.first, lang) for book in books.values())


def rule_of(book: Rulebook, day: Any, lang: str, rules: int | None = None) -> str:
    """A rulebook as it holds on a day, with its version: by which decision and since when it was adopted, and a short
    digest of its meaning. `rules`: the last number of rules, where it is known: the copy is then read once."""
    copy = copy_on(book.id, day) if rules is None else _copy_known(book.id, day, rules)
    number = f"{copy.number}, " if copy and copy.number else ""
    since = f"{copy.days.lower:%d/%m/%Y}" if copy else ""
    from_ = Text(vi=f"{number}áp dụng từ {since}, ", en=f"{number}in force since {since}, ").in_(lang) if copy else ""
    digest = Text(vi="mã băm", en="digest").in_(lang)
    return f"{book.head.title.in_(lang)} ({from_}{digest} {meaning_digest(book)[:SHORT]})"


def live_points(as_of: datetime) -> Text:
    """Points as they stand live."""
    return Text(
        vi=f"tạm tính trực tiếp, đến {formats.moment(as_of, 'vi')}",
        en=f"live and provisional, as of {formats.moment(as_of, 'en')}",
    )


def nightly_points(runs: Iterable[Run]) -> Text | None:
    """Points of nightly runs, by their numbers; None where there was none."""
    found = sorted({run.pk: run for run in runs}.values(), key=lambda run: run.pk)
    if not found:
        return None
    numbers, as_of = ", ".join(str(run.pk) for run in found), max(run.as_of for run in found)
    return Text(
        vi=f"lần tính đêm số {numbers}, đến {formats.moment(as_of, 'vi')}",
        en=f"nightly run {numbers}, as of {formats.moment(as_of, 'en')}",
    )


def printed(request: HttpRequest, imprint: Imprint | None, as_of: datetime | None) -> Lines:
    """The foot of a printed page: who had it open, and its own address, which asks the gate again."""
    lang = request.LANGUAGE_CODE
    told = imprint.lines(lang) if imprint else [(AS_OF.in_(lang), formats.moment(as_of, lang))] if as_of else []
    address = imprint.address if imprint and imprint.address else request.get_full_path()
    who = Text(vi="Người in", en="Printed by").in_(lang)
    return [*told, (who, request.user.get_username()), (BACK.in_(lang), request.build_absolute_uri(address))]


def exported(request: HttpRequest, action: str, imprint: Imprint, more: Mapping[str, Any] | None = None) -> Lines:
    """The head of a file. That it was taken out is written down as `action`; the number of that entry is the code."""
    lang, seat, now = request.LANGUAGE_CODE, request.seat, timezone.now()
    told = {
        "title": {"vi": imprint.title.vi, "en": imprint.title.en},
        "address": imprint.address or request.get_full_path(),
        "filters": [list(one) for one in imprint.filters],
        "as_of": imprint.as_of.isoformat(),
        "rules": list(imprint.rules),
        "points": {"vi": imprint.points.vi, "en": imprint.points.en} if imprint.points else None,
        **(more or {}),
    }
    entry = note(seat.actor, action, "account", seat.account, told)
    who = called([seat.account]).get(seat.account, request.user.get_username())
    back = request.build_absolute_uri(reverse("export", args=[entry.pk]))
    return [
        *imprint.lines(lang),
        (WHO.in_(lang), who),
        (WHEN.in_(lang), formats.moment(now, lang)),
        (CODE.in_(lang), f"{entry.pk} ({back})"),
    ]


EXPORTS = (
    "exemptions.export",
    "work.export",
    "registers.export",
    "audit.export",
    "scores.export",
    "registry.export",
    "reward.export",
    "closing.export",
)


def of_export(number: int) -> tuple[Entry, Imprint] | None:
    """What was exported under a code; None when nothing was, or when the text of the entry was erased."""
    entry = Entry.objects.filter(pk=number, action__in=EXPORTS).select_related("text").first()
    body = getattr(entry, "text", None) and entry.text.body
    if entry is None or not body or "address" not in body:
        return None
    points = Text(**body["points"]) if body["points"] else None
    as_of, rules = datetime.fromisoformat(body["as_of"]), tuple(body["rules"])
    filters = tuple((label, value) for label, value in body["filters"])
    return entry, Imprint(Text(**body["title"]), as_of, filters, rules, points, body["address"])
