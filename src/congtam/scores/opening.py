"""One score opened down to its records: the same figures as a full run, with the trace, for one person."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.legal import Entry
from congtam.engine.scoring.roll_up import roll_up
from congtam.engine.scoring.subject import Score
from congtam.engine.structure import Structure
from congtam.engine.trace import Trace, trace
from congtam.scores.cards import Cards, cards_at, entries_of
from congtam.scores.census import CENSUSES, Census
from congtam.scores.facts import facts_about, structure_about
from congtam.scores.full import everyone
from congtam.scores.grades import LiveGrades, RecordGrades, RunGrades
from congtam.scores.known import Cut, cut
from congtam.scores.models import Live
from congtam.scores.models import Run as RunRow
from congtam.scores.months import settled_of
from congtam.scores.scoring import Grades, Made, Scoring


def opened(
    person_id: int,
    period: Period,
    rulebook: Rulebook | str,
    scorecard: str,
    *,
    as_of: datetime,
    seq: int | None = None,
    told: Cut | None = None,
) -> tuple[Run, Trace]:
    """A person's score in a period seen at `as_of`, of facts and rules known at `seq` (None: now), and its trace.
    `told`: how far the record goes now, where that is known.

    Raises `Unusable` when the card scores nobody in the period, or not this person.
    """
    identity = rulebook if isinstance(rulebook, str) else rulebook.id
    return Opening(person_id, seq=seq, told=told).score(period, f"{identity}#{scorecard}", as_of)


class Opening:
    """A person's scores opened, of any periods and scorecards, of facts and rules known at `seq` (None: now). What they
    stand on is read once, and the cards of a period are scored together."""

    def __init__(self, person_id: int, *, seq: int | None = None, told: Cut | None = None):
        self._person, self._seq, self._told = person_id, seq, told or cut()
        self._facts = known(facts_about({person_id}, None, seq=seq), None, seq)
        self._folds = Folds(self._facts)
        self._made: dict[tuple[Period, datetime], tuple[Scoring, dict[str, Made]]] = {}

    def score(self, period: Period, key: str, as_of: datetime) -> tuple[Run, Trace]:
        """The score under a card (rulebook#scorecard) in a period seen at `as_of`, and its trace.

        Raises `Unusable` when the card scores nobody in the period, or not this person.
        """
        asked = Asked(period, min(as_of, period.end), seq=self._seq)
        cards = cards_at(period, self._told.rules, self._seq)
        run = self._run(cards, key, asked) if key in cards.entries else self._averaged(key, asked)
        return run, trace(run, str(self._person))

    def _averaged(self, key: str, asked: Asked) -> Run:
        """The run of a card that averages months, with this person alone: months as they were sealed or sent, and what
        nobody sealed yet from the records."""
        entry = entries_of(asked.period, seq=self._seq, rolled_up=True).get(key)
        rule = entry.card.model.roll_up if entry is not None else None
        if entry is None or rule is None:
            raise unusable(
                "not-in-force", f"{key} scores nobody in {asked.period.label}", "choose a scorecard of that period"
            )
        month, of = f"{entry.rulebook.id}#{rule.of}", entry.rulebook.scorecards[rule.of]

        def score_month(then: Asked) -> Mapping[str, Score]:
            cards = cards_at(then.period, self._told.rules, self._seq)
            return self._run(cards, month, then).scores if month in cards.entries else {}

        over = [one for one in asked.period.months() if one.end <= asked.as_of]
        sealed = settled_of(self._person, self._facts.spells, over, self._seq, of)
        facts = replace(self._facts, sealed=tuple(sealed))
        return roll_up(facts, entry.rulebook, entry.card, asked, entry.calendar, self._folds, score_month)

    def _run(self, cards: Cards, key: str, asked: Asked) -> Run:
        """The run of one card with this person alone."""
        seen = (asked.period, asked.as_of)
        if seen not in self._made:
            self._made[seen] = self._scored(cards, asked)
        scoring, by_card = self._made[seen]
        code, entry, made = str(self._person), cards.entries[key], by_card.get(key)
        scores = {code: made.score} if made else {}
        related = {code: made.related} if made else {}
        work, _ = self._folds.of(entry.rulebook, asked, entry.calendar)
        scorer = made.scorer if made else scoring.scorer(entry)
        return Run(
            entry.rulebook,
            entry.card,
            asked,
            self._facts,
            entry.calendar,
            scores,
            related,
            work,
            scorer,
            trial=entry.trial,
        )

    def _scored(self, cards: Cards, asked: Asked) -> tuple[Scoring, dict[str, Made]]:
        """This person under every card of a period."""
        scoring = Scoring(
            cards,
            asked,
            self._censuses(cards, asked),
            self._facts,
            lambda entry: self._folds.of(entry.rulebook, asked, entry.calendar)[1],
            _grades(cards, self._person, asked),
        )
        code = str(self._person)
        return scoring, scoring.people([code])[code]

    def _censuses(self, cards: Cards, asked: Asked) -> Callable[[Entry], Census]:
        """Everyone for somebody who ever led; else the person alone is enough."""
        led, number = any(spell.leader for spell in self._facts.spells), self._told.structure
        if led and (asked.seq is None or number <= asked.seq):
            return lambda entry: CENSUSES.of(number, entry.calendar, asked.period, asked.until)
        who = self._structure if led else self._facts
        by_calendar = {entry.calendar.digest: entry.calendar for entry in cards.entries.values()}
        made = {name: Census(Structure(who, one), asked.period, asked.until) for name, one in by_calendar.items()}
        return lambda entry: made[entry.calendar.digest]

    @cached_property
    def _structure(self) -> Facts:
        return structure_about(seq=self._seq)


def _grades(cards: Cards, person_id: int, asked: Asked) -> Grades:
    """Grades of others as known then: live where the person's own live score is of that number, else those of the full
    run of that number and instant, else scored anew from the records."""
    label, then = asked.period.label, {"seq": asked.seq, "as_of": asked.as_of}
    if asked.seq is None or Live.objects.filter(person=person_id, period=label, **then).exists():
        return LiveGrades(label)
    runs = list(RunRow.objects.filter(period=label, agency__isnull=True, **then).values_list("pk", flat=True))
    return RunGrades(runs) if runs else RecordGrades(lambda: everyone(cards, asked.as_of, asked.seq))
