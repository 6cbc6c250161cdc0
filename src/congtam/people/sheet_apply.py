"""Applies the workbook of an office's people through the actions: all rows or none, and handed in again it changes
nothing. A row that differs from what stands becomes a dated correction; a blank end keeps the end that stands."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from congtam.engine.rulebook.model import Text
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.actions import set_unit
from congtam.orgs.models import Unit, UnitSpan
from congtam.orgs.queries import agencies_of
from congtam.people import actions
from congtam.people.models import Absence, Person, PersonText, Post, PostSpan, Spell
from congtam.people.names import tidy
from congtam.people.sheet_report import CHANGED, NEW, UNCHANGED, Report, Row


class _TakenBack(Exception):  # noqa: N818 (not an error: it ends the transaction without a trace)
    """Nothing of the transaction is kept."""


May = Callable[[str, int], bool]  # whether somebody may write about a unit or a person, by number


def rehearse(actor: Actor, report: Report, may: May | None = None) -> Report:
    """What would become of every row, and why some cannot be used; nothing is kept."""
    return _carry_out(actor, report, _Scope(may), keep=False)


def apply(actor: Actor, report: Report, may: May | None = None) -> Report:
    """Write every row, or none when one of them is refused; the report says what became of each.

    `may`: rows about other units and people than these are refused (None: all are allowed, as on the command line).
    """
    return _carry_out(actor, report, _Scope(may), keep=True)


class _Scope:
    """About whom rows may be: what somebody may write about, and what the same workbook made."""

    def __init__(self, may: May | None):
        self._may = may
        self._made: set[tuple[str, int]] = set()

    def made(self, kind: str, number: int) -> None:
        self._made.add((kind, number))

    def check(self, kind: str, number: int | None) -> None:
        """Raises `Refused` when it is outside; None is a new agency."""
        if self._may is None or (kind, number) in self._made or (number is not None and self._may(kind, number)):
            return
        raise Refused(
            "Dòng này thuộc cơ quan khác, ngoài phạm vi của bạn. Bỏ dòng này. Muốn lập cơ quan mới, dùng nút Lập cơ "
            "quan ở trang Nhân sự và tổ chức.",
            "The row is about another agency, outside of what you keep. Leave it out. A new agency is made on the page "
            "People and units.",
        )


def _carry_out(actor: Actor, report: Report, scope: _Scope, *, keep: bool) -> Report:
    if report.problems:
        return report
    try:
        with in_order():
            _units(actor, report, scope)
            for sheet, act in (("persons", _person), ("posts", _post), ("spells", _spell), ("absences", _absence)):
                for row in report.of(sheet):
                    _try(act, actor, row, scope)
            if report.refused or not keep:
                raise _TakenBack
    except _TakenBack:
        pass
    return report


def _try(act: Callable[[Actor, Row, _Scope], str], actor: Actor, row: Row, scope: _Scope) -> None:
    """One row in a savepoint of its own, so that the others are still told about."""
    if row.result:
        return
    try:
        with transaction.atomic():
            row.result = act(actor, row, scope)
    except Refused as refusal:
        what, _, advice = refusal.text.vi.partition(". ")
        what_en, _, advice_en = refusal.text.en.partition(". ")
        row.refuse(Text(vi=what, en=what_en), Text(vi=advice or "sửa dòng này", en=advice_en or "mend the row"))


# -- units


def _units(actor: Actor, report: Report, scope: _Scope) -> None:
    """Units from above to below, each through its days."""
    above: dict[str, set[str]] = {}
    rows = [row for row in report.of("units") if not row.result]
    for row in rows:
        above.setdefault(row.values["code"], set()).update({row.values["parent"]} - {None})

    def depth(code: str, passed: frozenset[str] = frozenset()) -> int:
        over = above.get(code, set()) - passed
        return 1 + max((depth(one, passed | {code}) for one in over), default=0)

    for row in sorted(rows, key=lambda row: (depth(row.values["code"]), row.values["first"])):
        _try(_unit, actor, row, scope)


def _unit(actor: Actor, row: Row, scope: _Scope) -> str:
    told = row.values
    first, parent = told["first"], _known(Unit, told["parent"], "Đơn vị cấp trên", "The unit above")
    unit = Unit.objects.filter(code=told["code"]).first()
    if unit is None or parent is not None:
        scope.check("unit", parent.pk if parent else None)
    if unit is not None:
        scope.check("unit", unit.pk)
    standing = _covering(UnitSpan, first, unit=unit) if unit else None
    level = told["level"] or (standing.level if standing else "unit" if parent else "agency")
    agency = None if parent is None or level == "agency" else _agency_of(parent, first)
    wanted = (tidy(told["name"]), level, parent.pk if parent else None)
    until = told["until"]
    if standing is not None:
        if wanted == (standing.name, standing.level, standing.parent_id) and _same_end(standing, until):
            return UNCHANGED
        until = until or standing.days.upper
    made = set_unit(
        actor, told["code"], name=told["name"], level=level, parent=parent, agency=agency, first=first, until=until
    )
    if unit is None:
        scope.made("unit", made.pk)
    return CHANGED if unit else NEW


def _agency_of(parent: Unit, day: date) -> Unit | None:
    agency = agencies_of([parent.pk], day).get(parent.pk)
    return Unit.objects.get(pk=agency) if agency is not None else parent


# -- persons and posts


def _person(actor: Actor, row: Row, scope: _Scope) -> str:
    told = row.values
    person = Person.objects.filter(code=told["code"]).first()
    fields = ("honorific", "email", "phone")
    if person is None:
        said = {key: told[key] or "" for key in fields}
        made = actions.add_person(actor, told["code"], full_name=told["full_name"], **said)
        scope.made("person", made.pk)
        return NEW
    scope.check("person", person.pk)
    text = PersonText.objects.get(person=person)
    said = {key: told[key] or getattr(text, key) for key in fields}  # a blank cell takes nothing away
    if tidy(told["full_name"]) == text.full_name and all(getattr(text, key) == value for key, value in said.items()):
        return UNCHANGED
    actions.rename_person(actor, person, full_name=told["full_name"], **said)
    return CHANGED


def _post(actor: Actor, row: Row, scope: _Scope) -> str:
    told = row.values
    first, unit = told["first"], _known(Unit, told["unit"], "Đơn vị", "The unit")
    assert unit is not None, "the column is required"
    scope.check("unit", unit.pk)
    if _covering(UnitSpan, first, unit=unit) is None:
        raise Refused(
            f"Đơn vị {unit.code} không tồn tại vào ngày {first:%d/%m/%Y}. Sửa ngày, hoặc thêm đơn vị từ ngày ấy.",
            f"The unit {unit.code} does not stand on {first:%d/%m/%Y}. Mend the day, or add the unit from that day.",
        )
    post = Post.objects.filter(code=told["code"]).first()
    standing = _covering(PostSpan, first, post=post) if post else None
    wanted: dict[str, Any] = {
        "title": tidy(told["title"]),
        "duty_group": told["duty_group"],
        "leads": told["leads"] == "yes",
        "rank": 100 if told["rank"] is None else told["rank"],
        "functions": list(told["functions"] or ()),
    }
    until = told["until"]
    if standing is not None:
        alike = all(getattr(standing, key) == value for key, value in wanted.items())
        if alike and standing.unit_id == unit.pk and _same_end(standing, until):
            return UNCHANGED
        until = until or standing.days.upper
    actions.set_post(actor, told["code"], unit=unit, first=first, until=until, **wanted)
    return CHANGED if post else NEW


# -- spells and absences


def _spell(actor: Actor, row: Row, scope: _Scope) -> str:
    told = row.values
    person = _known(Person, told["person"], "Cán bộ", "The official")
    post = _known(Post, told["post"], "Vị trí", "The post")
    assert person is not None, "the column is required"
    assert post is not None, "the column is required"
    first, until = told["first"], told["until"]
    for unit in set(PostSpan.standing().filter(post=post).values_list("unit", flat=True)):
        scope.check("unit", unit)
    named = Spell.standing().filter(code=told["code"]).first()
    standing = named or Spell.standing().filter(person=person, post=post, days__startswith=first).first()
    if standing is None:
        actions.begin_spell(
            actor,
            code=told["code"],
            person=person,
            post=post,
            staff_kind=told["staff_kind"],
            first=first,
            until=until,
            decision=told["decision"] or "",
        )
        return NEW
    if standing.person_id != person.pk:
        raise Refused(
            f"Mã dòng {told['code']} đang dùng cho người khác. Bỏ trống mã dòng, hoặc dùng mã khác.",
            f"The code {told['code']} is another person's. Leave it blank, or use another.",
        )
    decision = told["decision"] or standing.decision
    alike = (standing.post_id, standing.staff_kind, standing.days.lower, standing.decision) == (
        post.pk,
        told["staff_kind"],
        first,
        decision,
    )
    if alike and _same_end(standing, until):
        return UNCHANGED
    actions.correct_spell(
        actor,
        standing,
        first=first,
        until=until or standing.days.upper,
        post=post,
        staff_kind=told["staff_kind"],
        decision=decision,
    )
    return CHANGED


def _absence(actor: Actor, row: Row, scope: _Scope) -> str:
    told = row.values
    person = _known(Person, told["person"], "Cán bộ", "The official")
    assert person is not None, "the column is required"
    scope.check("person", person.pk)
    first, until = told["first"], told["until"]
    standing = Absence.standing().filter(person=person, days__startswith=first).first()
    decision = told["decision"] or (standing.decision if standing else "")
    if standing is not None:
        if (standing.kind, standing.days.upper, standing.decision) == (told["kind"], until, decision):
            return UNCHANGED
        actions.withdraw_absence(actor, standing, "đính chính theo tệp")
    actions.record_absence(actor, person=person, kind=told["kind"], first=first, until=until, decision=decision)
    return CHANGED if standing else NEW


# -- looking up


def _known(kind: type[Any], code: str | None, vi: str, en: str) -> Any:
    """What a code names. Raises `Refused` when nothing bears it; None without a code."""
    if code is None:
        return None
    found = kind.objects.filter(code=code).first()
    if found is None:
        raise Refused(
            f"{vi} có mã “{code}” chưa có. Thêm vào trang tương ứng của tệp này, hoặc sửa lại mã.",
            f"{en} with the code “{code}” does not exist. Add it on its sheet of this workbook, or mend the code.",
        )
    return found


def _covering(kind: type[Any], day: date, **key: Any) -> Any:
    return kind.standing().filter(days__contains=day, **key).first()


def _same_end(standing: Any, until: date | None) -> bool:
    return until is None or standing.days.upper == until
