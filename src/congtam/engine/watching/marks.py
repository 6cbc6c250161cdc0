"""Heads who rate more kindly than the work of those they rate leads to expect."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from congtam.engine.comparing.raters import FEWEST_PEOPLE, Data, Leaning, Marked, Rater, data_of, leanings
from congtam.engine.facts.tables import Spell
from congtam.engine.facts.work import WHOLE_WEIGHT
from congtam.engine.periods import Period
from congtam.engine.states import State
from congtam.engine.watching.signs import MILLION, Look, Measure, Pattern, Scene, Sign

_LOOKS = {Leaning.KINDER: Look.WORTH_A_LOOK, Leaning.CANNOT_TELL: Look.CANNOT_TELL}  # else usual


@dataclass(frozen=True, slots=True)
class _Rated:
    """One person as one rater marked them, each month anew, and what data say of the same person."""

    marks: tuple[int, ...]  # millionths of points
    data: Data

    def marked(self, by: str) -> Marked:
        return Marked(by, sum(self.marks) / len(self.marks) / MILLION, *self.data)


def kind_heads(
    scene: Scene,
    measured: Mapping[str, Data] | None = None,
    criterion: str = "general",
    fewest: int = FEWEST_PEOPLE,
) -> list[Sign]:
    """The final marks each rater gave in the period on a criterion, against what other raters give people whose work is
    as good: as `comparing.raters.leanings` tells it. `measured` is what data alone say of each official; else how much
    of their work was done in time and without fault. Staff and leaders are looked at apart; of somebody who rates both,
    only the role in which they rate more people.
    """
    leaders = {spell.official for spell in scene.facts.spells if spell.leader and _held_in(spell, scene.period)}
    known = measured if measured is not None else done_well(scene)
    signs: dict[str, Sign] = {}
    for leading in (False, True):
        told = _rated(scene, {who: data for who, data in known.items() if (who in leaders) is leading}, criterion)
        marks = [one.marked(by) for by, own in told.items() for one in own.values()]
        for rater in leanings(marks, rate=scene.rate, fewest=fewest).raters:
            if rater.rater not in signs or rater.n > signs[rater.rater].n:
                signs[rater.rater] = _sign(rater, told[rater.rater])
    return [signs[by] for by in sorted(signs)]


def _held_in(spell: Spell, period: Period) -> bool:
    return spell.first < period.until and (spell.until is None or spell.until > period.first)


def _sign(rater: Rater, own: Mapping[str, _Rated]) -> Sign:
    marks = [mark for one in own.values() for mark in one.marks]
    return Sign(
        Pattern.KIND_HEAD,
        "official",
        (rater.rater,),
        Measure.POINTS,
        sum(marks),
        len(marks),
        rater.n,
        _LOOKS.get(rater.leaning, Look.USUAL),
        None if rater.expected is None else round(rater.expected * MILLION),
        rater.p_value,
    )


def done_well(scene: Scene) -> dict[str, Data]:
    """What data say of each official: of what fell due in the period, the part finished in time and without fault. Who
    had too little due is left out."""
    unvoided = [fault for fault in scene.work.faults if fault.voided_by is None]
    faulty = {(fault.item, fault.official) for fault in unvoided}
    well: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    for share in scene.shares:
        due = share.due_at
        if due is not None and scene.period.contains(due) and due < scene.as_of and share.state != "passed_on":
            whole[share.official] += share.weight
            if share.finished_at and share.finished_at <= due and (share.item, share.official) not in faulty:
                well[share.official] += share.weight
    found = {who: data_of(Fraction(well[who], WHOLE_WEIGHT), Fraction(due, WHOLE_WEIGHT)) for who, due in whole.items()}
    return {who: data for who, data in found.items() if data is not None}


def _rated(scene: Scene, measured: Mapping[str, Data], criterion: str) -> dict[str, dict[str, _Rated]]:
    """The people each rater marked and of whom data say something; several months of one person are one person."""
    labels = {scene.period.label, *(month.label for month in scene.period.months())}
    marks: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for rating in scene.facts.ratings:
        if (
            rating.criterion == criterion
            and rating.stage == "final"
            and rating.period in labels
            and rating.state is State.VALUE
            and rating.value is not None
            and rating.by is not None
            and rating.by != rating.subject
            and rating.subject in measured
        ):
            marks[rating.by][rating.subject].append(rating.value)
    return {by: {who: _Rated(tuple(own[who]), measured[who]) for who in sorted(own)} for by, own in marks.items()}
