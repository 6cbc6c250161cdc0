"""Writing units: founding them, moving, renaming and ending them by dated rows."""

from datetime import date

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.conflict import expect_standing
from congtam.history.laying import lay, put, stretch
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.models import CHANGES, ChangeEvent, ChangeShare, Unit, UnitSpan
from congtam.orgs.queries import trees_under


def set_unit(
    actor: Actor,
    code: str,
    *,
    name: str,
    level: str = "unit",
    parent: Unit | None,
    agency: Unit | None,
    first: date,
    until: date | None = None,
    change: ChangeEvent | None = None,
    expected: int | None = None,
) -> Unit:
    """Say what a unit is called and where it stands from `first` up to, and without, `until`.

    The unit is founded when its code is new. `agency` None: it is an agency itself. What stood on those days ends the
    day before, by corrected rows. `expected` is the row the edit started from.
    Raises `Conflict` when that row no longer stands, `Refused` when the parent stands under the unit or not at all.
    """
    with in_order():
        if expected is not None:
            expect_standing(UnitSpan, expected)
        _days_follow(first, until)
        unit, _ = Unit.objects.get_or_create(code=code.strip())
        if parent is not None:
            _parent_stands(unit, parent, first)
        span = UnitSpan(
            unit=unit,
            parent=parent,
            agency=agency or unit,
            name=" ".join(name.split()),
            level=level,
            days=stretch(first, until),
            change=change,
        )
        lay(actor, span, UnitSpan.standing().filter(unit=unit))
        note(actor, "orgs.set_unit", "unit", unit.pk, {"row": span.seq, "name": span.name, "first": first.isoformat()})
    return unit


def end_unit(actor: Actor, unit: Unit, until: date, *, expected: int | None = None) -> UnitSpan:
    """The unit no longer stands from `until` on. Raises `Conflict`, and `Refused` when it did not stand the day before
    or other units still stand under it."""
    with in_order():
        if expected is not None:
            expect_standing(UnitSpan, expected)
        spans = list(UnitSpan.standing().filter(unit=unit))
        last = next((one for one in spans if one.days.lower < until and _reaches(one, until)), None)
        if last is None:
            raise Refused(
                "Đơn vị không tồn tại vào ngày trước đó nên không thể kết thúc. Hãy kiểm tra lại ngày.",
                "The unit does not stand on the day before, so it cannot end. Check the day.",
            )
        if len(trees_under([unit.pk], until)) > 1:
            raise Refused(
                "Vẫn còn đơn vị trực thuộc sau ngày này. Hãy chuyển hoặc kết thúc các đơn vị đó trước.",
                "Other units still stand under it after that day. Move or end them first.",
            )
        ended = UnitSpan(
            unit=unit,
            parent_id=last.parent_id,
            agency_id=last.agency_id,
            name=last.name,
            level=last.level,
            days=stretch(last.days.lower, until),
            change_id=last.change_id,
        )
        put(actor, ended, instead_of=last)
        note(actor, "orgs.end_unit", "unit", unit.pk, {"row": ended.seq, "until": until.isoformat()})
    return ended


def record_change(
    actor: Actor,
    kind: str,
    *,
    number: str,
    decided_on: date,
    effective_on: date,
    shares: list[tuple[Unit | None, Unit | None, int]],
) -> ChangeEvent:
    """Write a decision that changes units down, with (predecessor, successor, millionths). Units themselves are then
    set with `set_unit(…, change=…)`.

    Raises `Refused` when the kind is unknown or a predecessor gives away more than all.
    """
    if kind not in CHANGES:
        raise Refused(f"Không có loại quyết định tổ chức “{kind}”.", f"There is no kind of change “{kind}”.")
    given: dict[int, int] = {}
    for predecessor, _, millionths in shares:
        if predecessor is not None:
            given[predecessor.pk] = given.get(predecessor.pk, 0) + millionths
    if any(total > 1_000_000 for total in given.values()):
        raise Refused(
            "Một đơn vị chuyển đi quá 100 %. Hãy sửa tỷ lệ để tổng của mỗi đơn vị cũ nhiều nhất là 100 %.",
            "A unit gives away more than 100 %. Mend the shares: those of one unit come to 100 % at most.",
        )
    with in_order():
        change = put(
            actor, ChangeEvent(kind=kind, number=number.strip(), decided_on=decided_on, effective_on=effective_on)
        )
        ChangeShare.objects.bulk_create(
            ChangeShare(change=change, predecessor=predecessor, successor=successor, millionths=millionths)
            for predecessor, successor, millionths in shares
        )
        note(actor, "orgs.record_change", "change", change.seq, {"kind": kind, "number": change.number})
    return change


def _days_follow(first: date, until: date | None) -> None:
    if until is not None and until <= first:
        raise Refused(
            "Ngày kết thúc phải sau ngày bắt đầu.", "The last day must come after the first: check both days."
        )


def _parent_stands(unit: Unit, parent: Unit, day: date) -> None:
    if not UnitSpan.standing().filter(unit=parent, days__contains=day).exists():
        raise Refused(
            f"Đơn vị cấp trên {parent.code} không có vào ngày {day:%d/%m/%Y}. Hãy chọn đơn vị khác hoặc ngày khác.",
            f"The unit above, {parent.code}, does not stand on {day:%d/%m/%Y}. Choose another unit or another day.",
        )
    if parent.pk in trees_under([unit.pk], day):
        raise Refused(
            f"{parent.code} đang trực thuộc {unit.code}, nên không thể là cấp trên của đơn vị này.",
            f"{parent.code} stands under {unit.code}, so it cannot be above it.",
        )


def _reaches(span: UnitSpan, until: date) -> bool:
    return span.days.upper is None or span.days.upper >= until
