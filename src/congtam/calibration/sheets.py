"""One scorecard of a cycle as the committee sees it: the grades of a run, what was decided since, what limits propose.

Plain values and pure functions, for a handful of people or twenty thousand; also for decisions only supposed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from congtam.engine.facts.tables import Decision
from congtam.engine.rulebook.model import PopulationRule, Text
from congtam.engine.scoring.calibration import Setting, caps_over, foreseen_over, free_again
from congtam.engine.scoring.final import KEPT, LOWERED, Final, FinalBy, cap_matter, final_grades, over_limit
from congtam.engine.scoring.grades import By, ProposalState, lowers, worst_of
from congtam.engine.scoring.population import Candidate, GroupCap

OTHERWISE = "otherwise"
UPHELD, SET_ASIDE = "upheld", "set_aside"
SUPPOSED = "supposed"


@dataclass(frozen=True)
class Proposed:
    """A veto that the machine proposes, on `n` rows; `firm`: on enough of them to ask for a decision."""

    veto: str
    title: Text
    grade: str
    n: int
    firm: bool


@dataclass(frozen=True)
class Row:
    """What a run said of one person, before caps: points in millionths, by part too; places and groups by code."""

    person: int
    grade: str | None
    by: str
    points: int
    groups: Mapping[str, str | None]
    parts: Mapping[str, int]
    proposed: tuple[Proposed, ...] = ()
    reason: Text | None = None


@dataclass(frozen=True)
class Case:
    """One matter of one person that waits for the committee: why, since when, which outcomes it has (the first is what
    the machine proposes), and whether it may be put off for another vote without blocking the seal."""

    person: int
    card: str
    matter: str
    why: Text
    since: datetime
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardSheet:
    """A scorecard in the period of a cycle: `key` is rulebook#scorecard, `since` when the run was taken; `sealed` are
    those who hold the capped grade in the seal that stands."""

    key: str
    setting: Setting
    rows: Mapping[int, Row]
    since: datetime
    sealed: frozenset[int] = frozenset()

    @cached_property
    def graded(self) -> dict[str, tuple[str | None, str]]:
        """The grade before caps of everyone, with what people decided since the run."""
        return {str(row.person): self._graded(row, self._said.get(str(row.person), {})) for row in self.rows.values()}

    @cached_property
    def _said(self) -> dict[str, dict[str, str]]:
        """What was last decided, by subject and matter."""
        said: dict[str, dict[str, str]] = {}
        for one in self.setting.own_decisions:
            said.setdefault(one.subject, {})[one.matter] = one.outcome
        return said

    @cached_property
    def caps(self) -> tuple[GroupCap, ...]:
        """The limits of the period."""
        return caps_over(self.setting, self._candidates)

    @cached_property
    def foreseen(self) -> tuple[GroupCap, ...]:
        """Where limits of a longer period would fall: for information."""
        return foreseen_over(self.setting, self._candidates)

    @cached_property
    def finals(self) -> dict[int, Final]:
        """Everyone's final grade, or that it waits."""
        sealed = {str(one) for one in self.sealed}
        card, decisions = self.setting.card, self.setting.own_decisions
        found = final_grades(card, self.graded, self.caps, decisions, sealed=sealed)
        return {int(person): final for person, final in found.items()}

    @property
    def over(self) -> list[GroupCap]:
        """The groups in which more hold the grade than the rule allows."""
        finals = {str(person): one for person, one in self.finals.items()}
        return list(over_limit(self.caps, finals, {rule.id: rule.cap for rule in self.rules.values()}))

    @cached_property
    def rules(self) -> dict[str, PopulationRule]:
        """Every limit on how many, of the card itself."""
        return {rule.id: rule for rule in self.setting.card.model.population_rules}

    def distribution(self) -> Counter[str | None]:
        """How many hold each final grade; under None those without one yet."""
        return Counter(one.grade for one in self.finals.values())

    def supposing(self, decisions: Iterable[tuple[int, str, str]]) -> "CardSheet":
        """The same sheet as if these were decided too: person, matter, outcome."""
        told = self.setting.decisions
        last, at = max((one.seq for one in told), default=0), self.since
        more = tuple(
            Decision(
                last + n, at, str(person), self.key, self.setting.period.label, matter, outcome, SUPPOSED, SUPPOSED
            )
            for n, (person, matter, outcome) in enumerate(decisions, start=1)
        )
        return replace(self, setting=replace(self.setting, decisions=told + more))

    def changes(self, other: "CardSheet") -> dict[int, tuple[Final, Final]]:
        """Whose final grade is another one in `other`: here and there."""
        return {
            person: (here, there)
            for person, here in self.finals.items()
            if (there := other.finals[person]).grade != here.grade or there.by != here.by
        }

    def displaced(self, other: "CardSheet") -> set[int]:
        """Who holds a grade here, and in `other` waits for the committee."""
        changed = self.changes(other).items()
        return {person for person, (here, there) in changed if here.grade is not None and there.by == FinalBy.WAITS}

    def cases(self) -> Iterator[Case]:
        """Everything that waits for a person, before the caps and at them."""
        for row in self.rows.values():
            yield from self._before_caps(row)
        yield from self._at_caps()

    def _before_caps(self, row: Row) -> Iterator[Case]:
        decided = self._said.get(str(row.person), {})
        for one in row.proposed:
            if one.firm and one.veto not in decided:
                grade = self.title(one.grade)
                why = Text(
                    vi=f"Máy đề xuất “{grade.vi}”: {one.title.vi} ({one.n} bản ghi)",
                    en=f"The machine proposes “{grade.en}”: {one.title.en} ({one.n} records)",
                )
                yield Case(row.person, self.key, one.veto, why, self.since, (UPHELD, SET_ASIDE))
        if self.graded[str(row.person)][1] == By.TO_DECIDE:
            yield Case(row.person, self.key, OTHERWISE, row.reason or HOLE, self.since, self.setting.card.grades)

    def _at_caps(self) -> Iterator[Case]:
        told: set[tuple[str, str]] = set()
        free = free_again(self.setting, self._candidates)
        for cap in self.caps:
            for whom, why, outcomes in (
                (cap.tied, _tied(cap), (KEPT, LOWERED)),
                (cap.lost, _lost(cap), (LOWERED, KEPT)),
                ([one for one in cap.lowered if (cap.rule, one) in free], FREE, (KEPT, LOWERED)),
            ):
                for person in whom:
                    kept = self.finals[int(person)].grade is not None and person not in cap.lowered
                    if (person, cap.rule) not in told and not kept:
                        told.add((person, cap.rule))
                        yield Case(int(person), self.key, cap_matter(cap.rule), why, self.since, outcomes)

    def case(self, person: int, matter: str) -> Case | None:
        """A case that is open; or, raised by the committee itself, a place at a limit that is full."""
        for one in self.cases():
            if (one.person, one.matter) == (person, matter):
                return one
        for cap in self.caps:
            if matter == cap_matter(cap.rule) and str(person) in cap.listed and len(cap.listed) > cap.allowed:
                return Case(person, self.key, matter, _listed(cap), self.since, (KEPT, LOWERED))
        return None

    def title(self, grade: str | None) -> Text:
        """What a grade is called."""
        found = next((one.title for one in self.setting.card.model.grades if one.id == grade), None)
        return found or NO_GRADE

    def _graded(self, row: Row, said: Mapping[str, str]) -> tuple[str | None, str]:
        """As `grades.grade` has it: a veto upheld, where it lowers, then what fills a hole, then the rule."""
        decided, made = said.get(OTHERWISE), (row.grade, str(row.by))
        if row.by in (By.TO_DECIDE, By.DECISION) and decided in self.setting.card.grades:
            made = decided, By.DECISION
        card = self.setting.card
        worst = worst_of(card, (one.grade for one in row.proposed if said.get(one.veto) == UPHELD))
        return (worst, By.DECISION) if worst is not None and lowers(card, worst, made[0]) else made

    def _candidates(self, rule: PopulationRule) -> Iterator[Candidate]:
        for row in self.rows.values():
            grade = self.graded[str(row.person)][0]
            if grade:
                breaks = tuple(row.parts.get(part, 0) for part in rule.tie_break)
                yield Candidate(str(row.person), grade, row.points, row.groups, breaks)


def proposed_of(grading: Mapping[str, object]) -> tuple[Proposed, ...]:
    """The proposals of a row of a run (`laid.grading`)."""
    told: Iterable[Mapping[str, object]] = grading.get("proposals", ())  # type: ignore[assignment]
    return tuple(
        Proposed(
            str(one["veto"]),
            Text(vi=str(one["vi"]), en=str(one["en"])),
            str(one["propose"]),
            int(str(one["n"])),
            one["state"] != ProposalState.TO_CONSIDER,
        )
        for one in told
    )


def _numbers(cap: GroupCap) -> tuple[int, int]:
    return cap.allowed, len(cap.listed)


def _lost(cap: GroupCap) -> Text:
    allowed, listed = _numbers(cap)
    return Text(
        vi=f"Đủ điểm nhưng xếp sau: giới hạn cho {allowed} người, có {listed} người đủ điểm",
        en=f"Enough points, but ranked after the limit: {allowed} may hold the grade, {listed} have the points",
    )


def _tied(cap: GroupCap) -> Text:
    allowed, listed = _numbers(cap)
    return Text(
        vi=f"Bằng điểm ngay ở giới hạn: cho {allowed} người, có {listed} người đủ điểm",
        en=f"A tie across the limit: {allowed} may hold the grade, {listed} have the points",
    )


def _listed(cap: GroupCap) -> Text:
    allowed, listed = _numbers(cap)
    return Text(
        vi=f"Trong danh sách {listed} người đủ điểm, giới hạn cho {allowed} người",
        en=f"On the list of {listed} with the points, of whom {allowed} may hold the grade",
    )


FREE = Text(
    vi="Đã bị hạ vì giới hạn, nay giới hạn còn chỗ: xét lại",
    en="Lowered for the limit, and by now it would let them pass: look again",
)
HOLE = Text(vi="Quy tắc không định mức: người có thẩm quyền quyết định", en="The rule names no grade: a person decides")
NO_GRADE = Text(vi="Chưa xếp loại", en="No grade yet")
