"""What a cycle has for the committee, and how it stands: cases, limits, final grades, votes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from congtam.calibration.models import Attendance, Committee, Membership, Sitting, Vote
from congtam.calibration.sheets import CardSheet, Case, Row, proposed_of
from congtam.cycles.models import Cycle, Step
from congtam.cycles.population import entries_for
from congtam.cycles.queries import people_in, period_of
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.calibration import Setting
from congtam.engine.scoring.decisions import LEGAL_CARD
from congtam.engine.scoring.final import Final, FinalBy
from congtam.engine.scoring.legal import Entry, LegalBy
from congtam.orgs.queries import trees_under
from congtam.people.queries import leading_units, units_of_all
from congtam.ratings.queries import Subjects, decisions_told
from congtam.scores.models import Run, RunScore
from congtam.scores.seals import held_in, standing_seal
from congtam.scores.taking import extract_of, last_taken


def runs_of(cycle: Cycle) -> list[Run]:
    """The runs a cycle stands on: those taken last, for a draft or for the seal."""
    taken = [last_taken(cycle.agency_id, period_of(cycle), kind) for kind in ("draft", "final")]
    return max((runs for runs in taken if runs), key=lambda runs: max(run.pk for run in runs), default=[])


def sheets_of(cycle: Cycle) -> dict[str, CardSheet]:
    """Each scorecard of a cycle with its people, by rulebook#scorecard, with every decision known now."""
    runs = runs_of(cycle)
    if not runs:
        return {}
    entries, period = extract_of(runs[0]).entries, period_of(cycle)
    rows, held = {run.pk: _rows(run) for run in runs}, held_in(standing_seal(cycle.agency_id, period), entries)
    people = frozenset(person for found in rows.values() for person in found)
    decisions = tuple(decisions_told(period.label, Subjects(people, frozenset({cycle.agency_id}))))
    return {
        run.card: CardSheet(
            run.card,
            Setting(entries[run.card].rulebook, entries[run.card].card, period, decisions),
            rows[run.pk],
            run.made_at,
            frozenset(map(int, held.get(run.card, ()))),
        )
        for run in runs
    }


def finals(cycle: Cycle) -> dict[str, dict[int, Final]]:
    """Everyone's final grade, or that it waits, by card and person."""
    return {key: sheet.finals for key, sheet in sheets_of(cycle).items()}


def open_cases(cycle: Cycle, now: datetime | None = None) -> list[Case]:
    """Everything of a cycle that waits for a decision: legal scorecards first, then what limits do, by card. With `now`
    legal scorecards as they stand then, else none of them."""
    unsettled = _unsettled(cycle, now) if now is not None else []
    return unsettled + [case for sheet in sheets_of(cycle).values() for case in sheet.cases()]


def lost_by_cap(cycle: Cycle, person: int) -> Text | None:
    """What is told to somebody who lost a grade by a limit alone; None to everybody else."""
    for sheet in sheets_of(cycle).values():
        final = sheet.finals.get(person)
        if final is not None and final.by == FinalBy.CAP:
            before, after = sheet.title(final.before), sheet.title(final.grade)
            rule = sheet.rules[final.cap or ""].title
            return Text(
                vi=f"Điểm của bạn đạt mức “{before.vi}”. Bạn được xếp mức “{after.vi}” chỉ vì giới hạn tỷ lệ "
                f"({rule.vi}), không vì lý do nào khác.",
                en=f"Your points reach “{before.en}”. You are graded “{after.en}” because of the limit alone "
                f"({rule.en}), and for no other reason.",
            )
    return None


def committee_of(agency: int, day: date) -> Committee | None:
    """The committee of an agency on a day."""
    return Committee.objects.filter(agency=agency, first__lte=day).order_by("-first").first()


def members_of(committee: Committee, day: date) -> dict[int, str]:
    """Who is in a committee on a day, with their role: the chair first, then the secretary."""
    held = Membership.standing().filter(committee=committee, days__contains=day).order_by("seq")
    order = {"chair": 0, "secretary": 1, "member": 2}
    return dict(sorted(held.values_list("person_id", "role"), key=lambda one: order[one[1]]))


def sits_with(person: int | None, agency: int, day: date) -> bool:
    """Whether somebody is in the committee of an agency on a day."""
    committee = committee_of(agency, day)
    return person is not None and committee is not None and person in members_of(committee, day)


def committees_with(person: int | None, day: date) -> list[Committee]:
    """The committees of which somebody is a member on a day."""
    if person is None:
        return []
    held = Membership.standing().filter(person=person, days__contains=day).values("committee")
    found = Committee.objects.filter(pk__in=held)
    return [one for one in found if committee_of(one.agency_id, day) == one]


def called_to(person: int, day: date) -> list[Cycle]:
    """The cycles somebody has to look at as a member of the committee on a day: those at the step of calibration, and
    those over which it sits now. One query."""
    later = Committee.objects.filter(
        agency=OuterRef("committee__agency"), first__gt=OuterRef("committee__first"), first__lte=day
    )
    held = Membership.standing().filter(~Exists(later), person=person, days__contains=day)
    at_step = Step.objects.filter(cycle=OuterRef("pk"), step="calibration", state="open", replaced_by=None)
    sits = Sitting.objects.filter(cycle=OuterRef("pk"), adjourned_at=None)
    found = Cycle.objects.filter(Exists(at_step) | Exists(sits), agency__in=held.values("committee__agency"))
    return list(found.order_by("-opened_at"))


def sitting_now(cycle: Cycle) -> Sitting | None:
    """The sitting that is not adjourned."""
    return Sitting.objects.filter(cycle=cycle, adjourned_at=None).select_related("committee").first()


def sittings_of(cycle: Cycle) -> list[Sitting]:
    """Every sitting over a cycle, the latest first."""
    return list(Sitting.objects.filter(cycle=cycle).select_related("committee").order_by("-began_at", "-pk"))


def present_at(sitting: Sitting) -> frozenset[int]:
    """Who was there."""
    return frozenset(Attendance.standing().filter(sitting=sitting, present=True).values_list("person_id", flat=True))


def votes_at(sitting: Sitting) -> dict[tuple[int, str, str], dict[int, str]]:
    """How each member voted, by case (person, card, matter) and member."""
    found: dict[tuple[int, str, str], dict[int, str]] = {}
    rows = Vote.standing().filter(sitting=sitting).order_by("seq")
    for person, card, matter, member, outcome in rows.values_list(
        "person_id", "scorecard", "matter", "member_id", "outcome"
    ):
        found.setdefault((person, card, matter), {})[member] = outcome
    return found


def must_leave(sitting: Sitting, subjects: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Who of the committee has no vote on each of the subjects: oneself, and where the founding decision says so, who
    heads the unit the subject works in."""
    wanted, day = list(subjects), local_day(sitting.began_at)
    members = members_of(sitting.committee, day)
    found = {one: {one} & set(members) for one in wanted}
    if sitting.committee.leaves_for_below:
        led = {member: units_led(member, day) for member in members}
        for person, homes in units_of_all(wanted, day).items():
            found[person] |= {one for one, units in led.items() if one != person and units.intersection(homes)}
    return {person: frozenset(who) for person, who in found.items()}


def units_led(person: int, day: date) -> frozenset[int]:
    """Every unit somebody stands above on a day: those they head, with all below."""
    return trees_under(leading_units(person, day), day)


def _rows(run: Run) -> dict[int, Row]:
    columns = ("person_id", "grade", "graded_by", "lowest", "agency_id", "unit_id", "duty_group", "staff_kind")
    found = RunScore.objects.filter(run=run).order_by("person_id").values_list(*columns, "parts", "grading")
    return {person: _row(person, *told) for person, *told in found}


def _row(
    person: int,
    grade: str | None,
    by: str,
    points: int,
    agency: int,
    unit: int,
    duty_group: str,
    staff_kind: str,
    parts: list[dict],
    grading: dict,
) -> Row:
    groups = {"agency": str(agency), "unit": str(unit), "duty_group": duty_group or None, "staff_kind": staff_kind}
    given: dict[str, int] = {}
    for one in parts:
        given[one["id"]] = one["points"] or 0
        if one["group"]:
            given[one["group"]["id"]] = given.get(one["group"]["id"], 0) + (one["points"] or 0)
    reason = grading.get("reason")
    return Row(person, grade, by, points, groups, given, proposed_of(grading), Text(**reason) if reason else None)


def _unsettled(cycle: Cycle, now: datetime) -> list[Case]:
    """Those whose legal scorecard a person must name."""
    entries = entries_for(period_of(cycle))
    return [
        Case(one.person, "", LEGAL_CARD, WHY_NO_CARD[one.by], cycle.opened_at, _open_to(entries, one.staff_kind))
        for one in people_in(cycle, now)
        if one.card is None and not one.elsewhere
    ]


def _open_to(entries: Mapping[str, Entry], staff_kind: str) -> tuple[str, ...]:
    return tuple(
        key
        for key, entry in entries.items()
        if entry.can_be_legal and staff_kind in (entry.card.model.staff_kind or (staff_kind,))
    )


WHY_NO_CARD = {
    LegalBy.NONE: Text(vi="Không bảng điểm nào có giá trị với người này", en="No scorecard is legal for them"),
    LegalBy.SEVERAL: Text(vi="Nhiều bảng điểm cùng có giá trị", en="Several scorecards are legal"),
    LegalBy.KIND_CHANGED: Text(vi="Đổi loại cán bộ trong kỳ", en="The kind of staff changed within the period"),
    LegalBy.RULE_CHANGED: Text(vi="Quy tắc thay đổi trong kỳ", en="The rule changed within the period"),
    LegalBy.PLACE_UNKNOWN: Text(
        vi="Quy tắc dành cho địa bàn mà dữ liệu không nêu", en="The rule is for a place no record tells"
    ),
}
