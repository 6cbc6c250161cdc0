"""Asking for a review of one line: what it is about, why, with what shows it; and what is refused, with the way left.

The way that is always left is a petition or complaint to who is competent (Decree 335/2025, Article 24, as reported;
Law 80/2025, Articles 26 to 27 on telling the result): another thing than a request to review, which this room keeps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from congtam.access.gate import Right, holds
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.desk.acting import person_of
from congtam.engine.explaining import formats
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.evidence.keeping import keep
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.objections.lines import Line, changes, lines_of, row_of, rows_of
from congtam.objections.models import GRADE, Remark, Request, Slip
from congtam.objections.reviewing import deciders_of, indicators_of, items_of, next_up, opened_of, raters_of
from congtam.objections.slips import slip_of
from congtam.objections.terms import Terms, answer_days, rules_of, terms_of
from congtam.scores.models import RunScore
from congtam.work.models import Fault, Share

LONGEST = 2000
ELSE = Text(
    vi="Nếu không đồng ý với kết quả, bạn còn quyền kiến nghị, khiếu nại tới người có thẩm quyền "
    "(Điều 24 Nghị định 335/2025, theo báo chí; với viên chức là đề nghị xem xét lại, hủy kết quả "
    "theo Nghị định 233/2026).",
    en="Who does not accept the result may still petition or complain to the competent authority (Decree 335/2025, "
    "Article 24, as reported; for public employees, re-examination or annulment under Decree 233/2026).",
)


@dataclass(frozen=True)
class About:
    """What a request is about: a `line` of the slip; under it, when named, one `indicator`, or one `item` with its
    `fault`."""

    line: str
    indicator: str = ""
    item: int | None = None
    fault: str = ""


@dataclass(frozen=True)
class Shown:
    """What shows that the line is wrong: a file (its name, its bytes piece by piece), a piece of work, or neither."""

    name: str = ""
    pieces: Iterable[bytes] = ()
    item: int | None = None


NOTHING = Shown()


def object_to(
    seat: Seat, cycle: Cycle, about: About, reason: str, shown: Shown = NOTHING, *, now: datetime | None = None
) -> Request:
    """Ask for a review of one line of one's own slip.

    Raises `LookupError` when there is no such line on one's own slip; `Refused` without a reason, after the term, from
    somebody who left, for what was asked before and did not change since, and when nobody is left to answer.
    """
    seen = now or timezone.now()
    person, words = person_of(seat), reason.strip()[:LONGEST]
    _may(seat, words)
    stored, name = keep(shown.name, shown.pieces) if shown.name else (None, "")
    with in_order():
        slip = slip_of(cycle, person)
        if slip is None:
            raise LookupError(about.line)
        terms = terms_of(cycle, seen)
        _in_time(cycle, terms)
        row = row_of(slip)
        raters = _given_by(row, about)
        if shown.item is not None and not Share.objects.filter(item=shown.item, official=person).exists():
            raise LookupError(shown.item)
        _not_twice(slip, about, terms)
        if not next_up(person, raters, local_day(seen), exempting=about.item is not None):
            raise _nobody()
        request = Request(
            slip=slip,
            cycle=cycle,
            person_id=person,
            line=about.line,
            indicator=about.indicator,
            item_id=about.item,
            fault=about.fault,
            raters=raters,
            shown_by_id=shown.item,
            file=stored,
            file_name=name,
            asked_at=seen,
            due_at=terms.due_after(seen, answer_days(rules_of(cycle, row.card))),
        )
        put(seat.actor, request)
        Remark.objects.create(seq=request.seq, text=words)
        note(seat.actor, "objections.object", "person", person, {"period": cycle.period, "line": about.line})
    return request


def too_late(cycle: Cycle, terms: Terms) -> Refused | None:
    """Why no request is taken any more, with when that ended and what can still be done; None while they are."""
    step = terms.steps.get("objections")
    title = period_of(cycle)
    if step is None:
        return Refused(
            f"Kỳ {title.title('vi')} không có bước xem xét lại. {ELSE.vi}",
            f"{title.title('en')} has no step for requests to review. {ELSE.en}",
        )
    ended = step.since if step.state == "done" else step.due_at
    if not terms.sealed and step.state != "done" and not (step.state == "open" and step.due_at <= terms.now):
        return None
    return Refused(
        f"Hạn đề nghị xem xét lại của kỳ {title.title('vi')} đã hết lúc {formats.moment(ended, 'vi')} nên không nhận "
        f"thêm. {ELSE.vi}",
        f"Requests to review of {title.title('en')} were taken until {formats.moment(ended, 'en')}; no more are. "
        f"{ELSE.en}",
    )


def line_at(row: RunScore, line: str) -> Line:
    """A line of a slip. Raises `LookupError` for none."""
    found = next((one for one in lines_of(row) if one.id == line), None)
    if found is None:
        raise LookupError(line)
    return found


def _may(seat: Seat, words: str) -> None:
    if not holds(seat, Right.OWN_MONTH):
        raise Refused(
            "Bạn không còn giữ vị trí nào nên không gửi đề nghị ở đây được. Hãy gửi bằng văn bản tới bộ phận tổ chức "
            f"cán bộ của cơ quan cũ. {ELSE.vi}",
            "You hold no post any more, so you cannot ask here. Write to the personnel office of your old agency. "
            f"{ELSE.en}",
        )
    if not words:
        raise Refused(
            "Đề nghị xem xét lại phải nêu lý do. Hãy viết vì sao dòng này chưa đúng rồi gửi lại.",
            "A request to review needs a reason. Write why the line is wrong, then send again.",
        )


def _in_time(cycle: Cycle, terms: Terms) -> None:
    refusal = too_late(cycle, terms)
    if refusal is not None:
        raise refusal


def _given_by(row: RunScore, about: About) -> list[int]:
    """Who gave what a request is about. Raises `LookupError` when it is no part of the line."""
    line_at(row, about.line)
    if about == About(GRADE):
        return deciders_of(row)
    run, trace = opened_of(row)
    if about.indicator and about.indicator not in indicators_of(run, trace, about.line):
        raise LookupError(about.indicator)
    if about.item is not None and about.item not in items_of(run, trace, about.line):
        raise LookupError(about.item)
    if about.fault:
        own = Fault.objects.filter(item=about.item, fault=about.fault)
        if not own.filter(official=row.person_id).exists() and not own.filter(official=None).exists():
            raise LookupError(about.fault)
    return raters_of(row.person_id, run, trace, about.line, about.indicator, about.item)


def _not_twice(slip: Slip, about: About, terms: Terms) -> None:
    """Raises `Refused` for what was asked before: still open, or answered and shown no other way since."""
    same = Request.objects.filter(
        cycle=slip.cycle_id,
        person=slip.person_id,
        line=about.line,
        indicator=about.indicator,
        item=about.item,
        fault=about.fault,
    )
    before = same.select_related("answer", "slip").order_by("-seq").first()
    if before is None:
        return
    asked = {lang: formats.moment(before.asked_at, lang) for lang in ("vi", "en")}
    if not hasattr(before, "answer"):
        due = {lang: formats.moment(terms.answer_by(before), lang) for lang in ("vi", "en")}
        raise Refused(
            f"Dòng này đã có đề nghị gửi lúc {asked['vi']}, hạn trả lời {due['vi']}. Hãy chờ trả lời ở trang Xem xét "
            "lại.",
            f"This line was asked about at {asked['en']}, to be answered by {due['en']}. Wait for the answer.",
        )
    rows = rows_of([before.slip, slip])
    if about.line in {one.line.id for one in changes(rows[before.slip_id], rows[slip.seq])}:
        return
    raise Refused(
        f"Đề nghị về dòng này (gửi lúc {asked['vi']}) đã được trả lời và số liệu của dòng không đổi từ đó. {ELSE.vi}",
        f"The request on this line (of {asked['en']}) was answered, and its figures have not changed since. {ELSE.en}",
    )


def _nobody() -> Refused:
    return Refused(
        "Không còn ai trong cơ quan đứng trên người đã cho dòng này để xem xét lại. Hãy gửi kiến nghị tới cơ quan cấp "
        f"trên trực tiếp. {ELSE.vi}",
        "Nobody in the agency stands above who gave this line, so nobody is left to review it. Petition the authority "
        f"above the agency. {ELSE.en}",
    )
