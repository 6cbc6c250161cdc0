"""Giving a mark, reporting a figure, deciding on a matter. What was said before stays on record."""

from typing import Any, TypeVar

from congtam.audit.actions import note
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.states import State
from congtam.history.actor import Actor
from congtam.history.dated import Fact
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.ratings.asked import most_of
from congtam.ratings.models import STAGES, Decision, Rating, Reason, Reported

AFact = TypeVar("AFact", bound=Fact)


def rate(
    actor: Actor,
    *,
    criterion: str,
    period: str,
    by: Person,
    person: Person | None = None,
    unit: Unit | None = None,
    stage: str = "final",
    value: int | None = None,
    state: str = State.VALUE,
    reason: str = "",
) -> Rating:
    """Give a mark on a criterion (`value` in millionths, present exactly when `state` is value), with the reason.

    Raises `Refused` when the subject, period, stage or figure makes no sense, when the mark is above what the
    scorecards of the period allow, or when somebody marks themselves outside the self-score.
    """
    _check(person, unit, period)
    _check_figure(state, value)
    if stage not in STAGES:
        raise Refused(f"Không có bước chấm {stage!r}.", f"There is no stage {stage!r}.")
    if person is not None and stage != "self" and by.pk == person.pk:
        raise Refused(
            "Không ai tự chấm điểm cho mình ngoài bước tự chấm. Hãy để người khác có thẩm quyền chấm.",
            "Nobody marks themselves outside the self-score. Let another competent person give the mark.",
        )
    most = most_of(criterion, period)
    if value is not None and most is not None and value > most:
        raise Refused(
            f"Điểm {_points(value)} vượt mức tối đa {_points(most)} của tiêu chí này. Hãy nhập lại.",
            f"The mark {_points(value)} is above the most this criterion allows, {_points(most)}. Enter it again.",
        )
    key = {"person": person, "unit": unit, "criterion": criterion, "period": period, "stage": stage}
    return _say(actor, "rating.rate", Rating, key, {"state": state, "value": value, "by": by}, reason)


def report(
    actor: Actor,
    *,
    indicator: str,
    period: str,
    person: Person | None = None,
    unit: Unit | None = None,
    value: int | None = None,
    state: str = State.VALUE,
    by: Person | None = None,
    source: str = "",
    reason: str = "",
) -> Reported:
    """Report the figure of an indicator that no record of work tells (`value` in millionths).

    Raises `Refused` when the subject, period or figure makes no sense."""
    _check(person, unit, period)
    _check_figure(state, value)
    key = {"person": person, "unit": unit, "indicator": indicator, "period": period}
    said = {"state": state, "value": value, "by": by, "source": source}
    return _say(actor, "rating.report", Reported, key, said, reason)


def decide(
    actor: Actor,
    *,
    scorecard: str,
    period: str,
    matter: str,
    outcome: str,
    by: Person,
    number: str,
    person: Person | None = None,
    unit: Unit | None = None,
    reason: str = "",
) -> Decision:
    """Decide on a matter the rules leave to people (`scorecard` as rulebook#scorecard), by a numbered document.

    Raises `Refused` without a number, or when somebody decides on themselves."""
    _check(person, unit, period)
    if not number.strip():
        raise Refused(
            "Quyết định cần số văn bản. Hãy ghi số rồi lưu lại.",
            "A decision needs the number of its document. Add it and save again.",
        )
    if person is not None and by.pk == person.pk:
        raise Refused(
            "Không ai tự quyết định về mình. Hãy để người khác có thẩm quyền quyết định.",
            "Nobody decides on themselves. Let another competent person decide.",
        )
    key = {"person": person, "unit": unit, "scorecard": scorecard, "period": period, "matter": matter}
    return _say(actor, "rating.decide", Decision, key, {"outcome": outcome, "by": by, "number": number.strip()}, reason)


def take_back(actor: Actor, row: Rating | Reported | Decision) -> None:
    """Withdraw a standing mark, figure or decision: nothing takes its place."""
    with in_order():
        standing = type(row).standing().filter(seq=row.seq).first()
        if standing is not None:
            withdraw(standing)
            note(actor, "rating.take_back", type(row).__name__.lower(), row.seq)


def _say(actor: Actor, action: str, kind: type[AFact], key: dict[str, Any], said: dict[str, Any], reason: str) -> AFact:
    """Write a fact over the standing one of the same key; said twice it is written once."""
    with in_order():
        before = kind.standing().filter(**key).first()
        if before is not None and _says_the_same(before, said, reason):
            return before
        made = put(actor, kind(**key, **said), instead_of=before)
        if reason.strip():
            Reason.objects.create(seq=made.seq, text=reason.strip())
        note(actor, action, kind.__name__.lower(), made.seq, {name: _plain(one) for name, one in (key | said).items()})
        return made


def _says_the_same(before: Fact, said: dict[str, Any], reason: str) -> bool:
    """Whether the standing fact already says all this, for this reason (none given: for whichever)."""
    if any(getattr(before, name) != value for name, value in said.items()):
        return False
    return not reason.strip() or Reason.objects.filter(seq=before.seq, text=reason.strip()).exists()


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Person | Unit) else value


def _points(value: int) -> str:
    return f"{value / 1_000_000:g}".replace(".", ",")


def _check(person: Person | None, unit: Unit | None, period: str) -> None:
    if (person is None) == (unit is None):
        raise Refused("Cần đúng một người hoặc một đơn vị.", "Exactly one person or one unit is needed.")
    try:
        Period.parse(period)
    except Unusable:
        raise Refused(f"{period!r} không phải là một kỳ, ví dụ 2026-11.", f"{period!r} is no period.") from None


def _check_figure(state: str, value: int | None) -> None:
    if state not in set(State) or (state == State.VALUE) != (value is not None) or (value is not None and value < 0):
        raise Refused(
            "Điểm phải là một số từ 0 trở lên; nếu không chấm thì chọn lý do: không phát sinh, được miễn trừ.",
            "The figure must be a number of at least 0; without one choose why: not applicable, or excused.",
        )


__all__ = ["decide", "rate", "report", "take_back"]
