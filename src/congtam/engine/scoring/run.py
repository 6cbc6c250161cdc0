"""One evaluation: a scorecard for everyone it applies to, in one period, as known and as seen.

`evaluate` is the whole engine in a line: facts known at `seq`, seen at `as_of`, under rules, structure and
calendar, give scores with everything they stand on. The same arguments always give the same scores.
"""

from collections.abc import Callable
from dataclasses import replace

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.model import Parameter, RulebookHead
from congtam.engine.rulebook.parameters import check_names
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.calibration import caps
from congtam.engine.scoring.one_period import score_period
from congtam.engine.scoring.roll_up import roll_up
from congtam.engine.scoring.validity import on_any_day, on_first_day
from congtam.engine.working_time import Calendar

__all__ = ["Asked", "Run", "evaluate"]

Holds = Callable[[RulebookHead, Period, str | None], bool]


def evaluate(facts: Facts, rulebook: Rulebook, scorecard: str, asked: Asked, calendar: Calendar) -> Run:
    """Score everyone the scorecard applies to. Raises `Unusable` when the question itself makes no sense."""
    check_names(parameters_of(rulebook), asked.overrides)
    card, trial = admitted(rulebook, scorecard, asked)
    asked = seen_by(asked)
    told = known(facts, asked.known_at, asked.seq)
    if card.model.subject == "official":
        refuse_without_people(told)
    score = roll_up if card.model.roll_up else score_period
    run = score(told, rulebook, card, asked, calendar)
    return replace(run, caps=caps(run), trial=trial)


def seen_by(asked: Asked) -> Asked:
    """The question, seen no later than the end of its period."""
    return replace(asked, as_of=min(asked.as_of, asked.period.end))


def parameters_of(rulebook: Rulebook) -> dict[str, Parameter]:
    """Every parameter a question may change: the rulebook's own and those of indicators lent to it."""
    lent = {name: one for indicator in rulebook.indicators.values() for name, one in indicator.parameters.items()}
    return lent | dict(rulebook.head.parameters)


def admitted(
    rulebook: Rulebook, scorecard: str, asked: Asked, holds: Holds = on_first_day
) -> tuple[BoundScorecard, bool]:
    """The scorecard for those for whom it holds in the period, and whether this is a trial. A card asked alone goes by
    the first day of the period. Raises `Unusable` when there is no such card, it is scored per another period, or it
    is not in force and no trial was asked for."""
    card = _card(rulebook, scorecard, asked)
    trial = _in_force(rulebook, card, asked, holds)
    return card if asked.trial else _for_whom_it_holds(rulebook, card, asked, holds), trial


def refuse_without_people(told: Facts) -> None:
    """Raise `Unusable` when nobody's place of work is known."""
    if not told.spells:
        raise unusable(
            "no-people",
            "no spell was known: nobody's place of work is told, so nobody can be scored",
            "hand over spell.csv, or ask later (--known-at)",
        )


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


def _for_whom_it_holds(rulebook: Rulebook, card: BoundScorecard, asked: Asked, holds: Holds) -> BoundScorecard:
    """The card for those kinds of staff for whom the rulebook holds in the period."""
    head = rulebook.head
    if not head.ends or card.model.subject != "official":
        return card
    kinds = card.model.staff_kind or head.scope.staff_kind
    held = tuple(kind for kind in kinds if holds(head, asked.period, kind))
    if not held:
        raise unusable(
            "not-in-force",
            f"{card.id} of {rulebook.id} no longer holds on {asked.period.first} for {', '.join(kinds)}",
            "choose an earlier period or another rulebook, or ask for a trial with --trial",
        )
    return replace(card, model=card.model.model_copy(update={"staff_kind": held}))


def _in_force(rulebook: Rulebook, card: BoundScorecard, asked: Asked, holds: Holds) -> bool:
    """Whether this is a trial."""
    head = rulebook.head
    if head.status == "off" and not asked.trial:
        raise unusable(
            "switched-off",
            f"{rulebook.id} is shipped switched off: {head.notice.en if head.notice else 'nobody chose it yet'}",
            "lay an overlay with status: in_force over it once the competent body has decided, or ask for a trial "
            "with --trial",
        )
    held = holds(head, asked.period, None)
    if not held and not asked.trial:
        span = f"from {head.valid_from or 'ever'} to before {head.valid_to or 'further notice'}"
        raise unusable(
            "not-in-force",
            f"{rulebook.id} is not in force on {asked.period.first} (it holds {span})",
            _ask_together(rulebook, card, asked.period)
            if on_any_day(head, asked.period)
            else "choose a period inside, another rulebook (`congtam rulebook list --day …`), or ask for a "
            "trial with --trial",
        )
    return not held or head.status == "off"


def _ask_together(rulebook: Rulebook, card: BoundScorecard, period: Period) -> str:
    """What to do where a rulebook begins inside the period: the earlier one holds too, so a person decides."""
    earlier = [*rulebook.head.supersedes, *(clause.rulebook for clause in rulebook.head.transition)]
    earlier += [rulebook.base.id] if rulebook.base else []
    named = ", ".join(dict.fromkeys(earlier)) or f"`congtam rulebook list --day {period.first}`"
    return (
        f"the rule changes inside {period.label}: ask for --card {rulebook.id}#{card.id} in one run with a --card of "
        f"the rulebook before it ({named}), so that a person decides; or ask for a trial with --trial"
    )
