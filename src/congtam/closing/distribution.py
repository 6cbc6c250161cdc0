"""How the grades of a period fall, by scorecard, and where a limit on how many stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from congtam.calibration.queries import sheets_of
from congtam.calibration.sheets import NO_GRADE, CardSheet
from congtam.cycles.models import Cycle
from congtam.engine.rulebook.model import PopulationRule, Text
from congtam.engine.scoring.population import GroupCap


@dataclass(frozen=True)
class Limit:
    """How many may hold a grade by a rule, over all its groups; `foreseen`: only the longer period is limited, this one
    shows where it would fall."""

    grade: str
    title: Text
    allowed: int
    foreseen: bool


@dataclass(frozen=True)
class Distribution:
    """The grades of one scorecard: each with its title and how many people hold it, the best first, those without one
    (None) last; and the limits."""

    card: str
    title: Text
    grades: tuple[tuple[str | None, Text, int], ...]
    limits: tuple[Limit, ...]

    @property
    def people(self) -> int:
        """How many people the card grades."""
        return sum(n for _, _, n in self.grades)

    def limit_of(self, grade: str | None) -> Limit | None:
        """The limit on a grade, if there is one."""
        return next((one for one in self.limits if one.grade == grade), None)


def distributions(cycle: Cycle) -> list[Distribution]:
    """By card, of the run the cycle stands on, with every decision known now; none before the first run was taken."""
    return [_distribution(sheet) for sheet in sheets_of(cycle).values()]


def _distribution(sheet: CardSheet) -> Distribution:
    counted, model = sheet.distribution(), sheet.setting.card.model
    told = [(one.id, one.short or one.title, counted.get(one.id, 0)) for one in model.grades]
    without = [(None, NO_GRADE, counted[None])] if counted.get(None) else []
    limits = _limits(sheet, sheet.caps, foreseen=False) or _limits(sheet, sheet.foreseen, foreseen=True)
    return Distribution(sheet.key, model.title, (*told, *without), limits)


def _limits(sheet: CardSheet, caps: Iterable[GroupCap], *, foreseen: bool) -> tuple[Limit, ...]:
    """One limit for each rule: how many may hold its grade in all groups together."""
    rules = {
        rule.id: rule
        for card in (sheet.setting.card, *sheet.setting.rulebook.scorecards.values())
        for rule in card.model.population_rules
    }
    by_rule: dict[str, list[GroupCap]] = defaultdict(list)
    for cap in caps:
        by_rule[cap.rule].append(cap)
    return tuple(
        Limit(rules[rule].cap, rules[rule].title, _most(rules[rule], those), foreseen)
        for rule, those in by_rule.items()
    )


def _most(rule: PopulationRule, caps: Iterable[GroupCap]) -> int:
    """A rule may limit groups within groups (each group of duties, then the agency). Every place of the first grouping
    counts; a later one counts where it leaves fewer than were let through to it."""
    sums: dict[int, int] = defaultdict(int)
    binding: set[int] = set()
    finest = max(len(one) for one in rule.each_of)
    for cap in caps:
        width = finest if cap.group[0] == "pooled" else len(cap.group)  # only the finest has groups small enough
        sums[width] += cap.allowed
        if cap.allowed < cap.candidates:
            binding.add(width)
    first = len(rule.each_of[0])
    return min(n for width, n in sums.items() if width == first or width in binding)
