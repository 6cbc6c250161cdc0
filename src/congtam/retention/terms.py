"""For how long an agency keeps what, set by a numbered decision; no numbers are shipped."""

from datetime import date

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.engine.rulebook.model import Text
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.retention.kinds import KINDS
from congtam.retention.models import Term


def set_term(seat: Seat, agency: int, kind: str, years: int, act: str, article: str, number: str, first: date) -> Term:
    """Keep a kind of thing for so many years, from `first` on, by a decision that rests on an act. A term that begins
    on the same day is corrected.

    Raises `Refused` without the right, an act with its article, a number, or when the years are not 1 to 100.
    """
    may_keep(seat, agency)
    if kind not in KINDS or not 1 <= years <= 100:
        raise Refused(
            "Thời hạn lưu giữ là số năm từ 1 đến 100, cho một loại có trong danh sách.",
            "A term is a number of years from 1 to 100, for a kind in the list.",
        )
    if not (act.strip() and article.strip() and number.strip()):
        raise Refused(
            "Thời hạn cần căn cứ pháp lý (văn bản, điều khoản) và số quyết định. Hãy ghi đủ rồi lưu lại.",
            "A term needs its legal basis (act, article) and the number of a decision. Write them and save again.",
        )
    with in_order():
        same = Term.standing().filter(agency=agency, kind=kind, first=first).first()
        new = Term(
            agency_id=agency,
            kind=kind,
            years=years,
            act=act.strip(),
            article=article.strip(),
            number=number.strip(),
            first=first,
        )
        made = put(seat.actor, new, instead_of=same)
        told = {"kind": kind, "years": years, "number": made.number, "first": first.isoformat()}
        note(seat.actor, "retention.set_term", "unit", agency, told)
    return made


def end_term(seat: Seat, term: Term) -> None:
    """The term no longer holds; the one before it does, or the kind is kept for ever. Raises `Refused` without the
    right, `Conflict` when somebody was faster."""
    may_keep(seat, term.agency_id)
    with in_order():
        withdraw(expect_standing(Term, term.seq))
        note(seat.actor, "retention.end_term", "unit", term.agency_id, {"kind": term.kind, "number": term.number})


def terms_on(agency: int, day: date) -> dict[str, Term]:
    """The term of each kind on a day; kinds without one are kept for ever."""
    rows = Term.standing().filter(agency=agency, first__lte=day).order_by("first")
    return {one.kind: one for one in rows}


def terms_after(agency: int, day: date) -> dict[str, tuple[Term, ...]]:
    """The terms of each kind that begin after a day, the first of them first."""
    found: dict[str, tuple[Term, ...]] = {}
    for one in Term.standing().filter(agency=agency, first__gt=day).order_by("first"):
        found[one.kind] = (*found.get(one.kind, ()), one)
    return found


def may_keep(seat: Seat, agency: int) -> int:
    """The person of a seat that keeps terms, holds and lists of an agency. Raises `Refused` for all others."""
    if seat.person is None or not over_unit(seat, Right.KEEP_RETENTION, agency):
        raise _not_allowed(Text(vi="bộ phận tổ chức cán bộ", en="the personnel office"))
    return seat.person


def may_approve(seat: Seat, agency: int) -> int:
    """The person of a seat that approves erasing. Raises `Refused` for all others."""
    if seat.person is None or not over_unit(seat, Right.APPROVE_ERASURE, agency):
        raise _not_allowed(Text(vi="người đứng đầu cơ quan", en="the head of the agency"))
    return seat.person


def _not_allowed(who: Text) -> Refused:
    return Refused(
        f"Việc này của {who.vi}. Hãy chuyển cho người có quyền.", f"This is for {who.en}. Pass it on to who may."
    )
