"""The seal of a month laid beside that of the year that holds it: where they say different things, month and person are
named."""

from collections.abc import Iterator

from congtam.engine.explaining.formats import decimal
from congtam.engine.facts.sealed import SealedMonth
from congtam.engine.findings import Finding, Place
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.engine.sealing import words
from congtam.engine.sealing.archive import Sealed
from congtam.engine.sealing.body import MONTHS, body_digest
from congtam.engine.sealing.months import months_of, sealed_month
from congtam.engine.sealing.naming import Names, told
from congtam.engine.sealing.recompute import RESULTS
from congtam.engine.sealing.verify import not_as_sealed

NOT_HELD = Text(vi="{year} không gồm {month}.", en="{year} does not hold {month}.")
ANOTHER = Text(
    vi="{month}: bản chốt năm tính theo bản chốt {named}, không phải bản {digest} đặt bên cạnh.",
    en="{month}: the year stands on the seal {named}, not on {digest} beside it.",
)
DIFFERS = Text(
    vi="{month}: {person}: bản chốt năm ghi {held}, bản chốt tháng ghi {said}.",
    en="{month}: {person}: the year holds {held}, the seal of the month says {said}.",
)
ONE_OF_ITS_MONTHS = Text(
    vi="Hãy đặt bản chốt của một tháng trong kỳ.", en="Lay the seal of one of its months beside it."
)
SEAL_AGAIN = Text(
    vi="Tháng chốt lại không làm đổi bản chốt năm đã có. Nếu bản tháng này đang có hiệu lực, cơ quan cần chốt lại năm.",
    en="A month sealed again changes no sealed year. If this is the month's seal that stands, the agency is to seal "
    "the year again.",
)
CHANGED = Text(
    vi="Bản chốt {month} đặt bên cạnh đã bị sửa nên không đối chiếu được.",
    en="The seal of {month} beside it was changed, so the two cannot be compared.",
)
UNREAD = Text(
    vi="Không đọc được các tháng để đối chiếu ({why}).", en="The months cannot be read to be compared ({why})."
)
NONE = Text(vi="không có kết quả", en="no result")


def beside(year: Sealed, month: Sealed) -> Iterator[Finding]:
    """Whether the year, which is to be intact, stands on this very seal of the month, and of whom they say different
    things. A month that is not what was sealed is not compared: what was changed in it is told."""
    if changed := not_as_sealed(month, Names.of(month.parts)):
        of = str(month.body.get("period"))
        yield told("month-changed", CHANGED, words.ASK_AGAIN, Place(MONTHS), month=of)
        yield from changed
        return
    try:
        yield from list(_compared(year, month))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"
        yield told("months-unread", UNREAD, words.SAME_PROGRAM, Place(MONTHS), why=why)


def _compared(year: Sealed, month: Sealed) -> Iterator[Finding]:
    period, digest, names = str(month.body.get("period")), body_digest(month.body), Names.of(year.parts)
    held = {row.subject: row for row in months_of(year.parts) if row.period == period}
    where, of = Place(MONTHS), {"month": _title(period)}
    if not held:
        yield told("month-not-held", NOT_HELD, ONE_OF_ITS_MONTHS, where, year=_title(str(year.body["period"])), **of)
        return
    named = sorted({row.seal for row in held.values()} - {""})
    if digest not in named:
        yield told("other-month", ANOTHER, SEAL_AGAIN, where, named=" ".join(named) or NONE, digest=digest, **of)
    within = {code: sealed_month(period, code, result, digest) for code, result in month.parts[RESULTS].values()}
    for code, row in sorted(held.items()):
        said = within.get(code)
        if digest in named and row.seal != digest and said is None:
            continue  # graded by another agency in that month
        if _figures(row) != _figures(said or SealedMonth(period, code)):
            person = Text(vi=names.called("person", code, "vi"), en=names.called("person", code, "en"))
            both = {"held": _shown(row), "said": _shown(said)}
            yield told("month-differs", DIFFERS, SEAL_AGAIN, where, person=person, **of, **both)


def _figures(row: SealedMonth) -> tuple[str, int | None, str | None]:
    return row.card, row.points, row.grade


def _shown(row: SealedMonth | None) -> Text:
    if row is None or not row.card:
        return NONE
    points = {lang: decimal(row.points, 2, lang) if row.points is not None else "–" for lang in ("vi", "en")}
    return Text(vi=f"{points['vi']} điểm ({row.grade or '–'})", en=f"{points['en']} points ({row.grade or '–'})")


def _title(period: str) -> Text:
    of = Period.parse(period)
    return Text(vi=of.title("vi"), en=of.title("en"))
