"""How the grades of a period fall, by scorecard, and where a limit on how many stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from congtam.calibration.queries import sheets_of
from congtam.calibration.sheets import NO_GRADE, CardSheet
from congtam.cycles.models import Cycle
from congtam.engine.explaining.words import READINGS
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.model import PopulationRule, Text
from congtam.engine.scoring.population import GroupCap

CADENCES = {
    "month": Text(vi="của tháng", en="of the month"),
    "quarter": Text(vi="của quý", en="of the quarter"),
    "half_year": Text(vi="của 6 tháng", en="of the half-year"),
    "year": Text(vi="của năm", en="of the year"),
}


@dataclass(frozen=True)
class Limit:
    """How many may hold a grade by a rule, over all its groups (`groups`, so many) of a base of `base` people, and how
    many have the points. `cadence`: of which kind of period the limit is; `foreseen`: of a longer one than this, which
    shows where it would fall."""

    grade: str
    title: Text
    room: int
    listed: int
    share: str
    reading: Text
    base: int
    groups: int
    cadence: Text
    foreseen: bool

    @property
    def said(self) -> Text:
        """The limit in a line: of which period, of what base and how many, and who has the points."""
        for_now = Text(vi=", để tham khảo" if self.foreseen else "", en=", for information" if self.foreseen else "")
        parts = Text(
            vi=f", cộng {self.groups} nhóm" if self.groups > 1 else "",
            en=f", {self.groups} groups together" if self.groups > 1 else "",
        )
        return Text(
            vi=f"Giới hạn {self.cadence.vi}{for_now.vi}: {self.share} {self.reading.vi} (n = {self.base}){parts.vi}, "
            f"được {self.room} người; {self.listed} người đủ điểm",
            en=f"Limit {self.cadence.en}{for_now.en}: {self.share} of {self.reading.en} (n = {self.base}){parts.en}, "
            f"so {self.room} people; {self.listed} have the points",
        )


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
        rule.id: (rule, card)
        for card in (*sheet.setting.rulebook.scorecards.values(), sheet.setting.card)
        for rule in card.model.population_rules
    }
    by_rule: dict[str, list[GroupCap]] = defaultdict(list)
    for cap in caps:
        by_rule[cap.rule].append(cap)
    return tuple(_limit(*rules[rule], those, foreseen=foreseen) for rule, those in by_rule.items())


def _limit(rule: PopulationRule, card: BoundScorecard, caps: list[GroupCap], *, foreseen: bool) -> Limit:
    binding = _binding(rule, caps)
    shares = sorted({cap.limit for cap in binding})
    periods = rule.applies_in or (card.model.period,)
    return Limit(
        grade=rule.cap,
        title=rule.title,
        room=sum(cap.room for cap in binding),
        listed=len({one for cap in caps for one in cap.listed}),
        share="–".join(f"{float(one * 100):g}" for one in shares) + " %",
        reading=READINGS[caps[0].reading],
        base=sum(cap.base for cap in binding),
        groups=len(binding),
        cadence=Text(
            vi=", ".join(CADENCES[one].vi for one in periods), en=", ".join(CADENCES[one].en for one in periods)
        ),
        foreseen=foreseen,
    )


def _binding(rule: PopulationRule, caps: Iterable[GroupCap]) -> list[GroupCap]:
    """A rule may limit groups within groups (each group of duties, then the agency). The groups of the first grouping
    count; those of a later one instead where they leave fewer than were let through to them."""
    by_width: dict[int, list[GroupCap]] = defaultdict(list)
    binding: set[int] = {len(rule.each_of[0])}
    finest = max(len(one) for one in rule.each_of)
    for cap in caps:
        width = finest if cap.group[0] == "pooled" else len(cap.group)  # only the finest has groups small enough
        by_width[width].append(cap)
        if cap.allowed < cap.candidates:
            binding.add(width)
    found = [those for width, those in by_width.items() if width in binding]
    return min(found, key=lambda those: sum(cap.allowed for cap in those))
