"""One evaluation: a scorecard for everyone it applies to, in one period, as known and as seen.

`evaluate` is the whole engine in a line: facts known at `seq`, seen at `as_of`, under rules, structure and
calendar, give scores with everything they stand on. The same arguments always give the same scores.
"""

from dataclasses import replace

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.rulebook.bind import BoundScorecard, Rulebook
from congtam.engine.rulebook.parameters import check_names
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.calibration import caps
from congtam.engine.scoring.one_period import score_period
from congtam.engine.scoring.roll_up import roll_up
from congtam.engine.working_time import Calendar

__all__ = ["Asked", "Run", "evaluate"]


def evaluate(facts: Facts, rulebook: Rulebook, scorecard: str, asked: Asked, calendar: Calendar) -> Run:
    """Score everyone the scorecard applies to. Raises `Unusable` when the question itself makes no sense."""
    card = _card(rulebook, scorecard, asked)
    check_names(
        {name: p for one in rulebook.indicators.values() for name, p in one.parameters.items()}
        | dict(rulebook.head.parameters),
        asked.overrides,
    )
    trial = _in_force(rulebook, asked)
    asked = replace(asked, as_of=min(asked.as_of, asked.period.end))
    told = known(facts, asked.known_at, asked.seq)
    if card.model.subject == "official" and not told.spells:
        raise unusable(
            "no-people",
            "no spell was known: nobody's place of work is told, so nobody can be scored",
            "hand over spell.csv, or ask later (--known-at)",
        )
    score = roll_up if card.model.roll_up else score_period
    run = score(told, rulebook, card, asked, calendar)
    return replace(run, caps=caps(run), trial=trial)


def _card(rulebook: Rulebook, scorecard: str, asked: Asked) -> BoundScorecard:
    if scorecard not in rulebook.scorecards:
        raise unusable(
            "unknown-scorecard",
            f"{rulebook.id} has no scorecard {scorecard!r}",
            did_you_mean(scorecard, rulebook.scorecards),
        )
    card = rulebook.scorecards[scorecard]
    if card.model.period not in ("any", asked.period.kind.value):
        raise unusable(
            "wrong-period",
            f"{scorecard} is scored per {card.model.period}, not for {asked.period.label}",
            {"month": "write 2026-09", "quarter": "write 2026-Q3", "half_year": "write 2026-H1", "year": "write 2026"}[
                card.model.period
            ],
        )
    return card


def _in_force(rulebook: Rulebook, asked: Asked) -> bool:
    """Whether this is a trial: scorecards go by the first day of the period."""
    first, head = asked.period.first, rulebook.head
    early = head.valid_from is not None and first < head.valid_from
    late = head.valid_to is not None and first >= head.valid_to
    if (early or late) and not asked.trial:
        span = f"from {head.valid_from or 'ever'} to before {head.valid_to or 'further notice'}"
        raise unusable(
            "not-in-force",
            f"{rulebook.id} is not in force on {first} (it holds {span})",
            "choose a period inside, another rulebook (`congtam rulebook list --day …`), or ask for a "
            "trial with --trial",
        )
    return early or late
