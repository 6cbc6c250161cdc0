"""What a scheme pays: by grade, for an achievement; and what a fund holds in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from congtam.engine.rulebook.model.reward import ANY, ByGrade, MoneyRounding, Reward, Spot

_HOW = {"down": ROUND_DOWN, "half_up": ROUND_HALF_UP, "up": ROUND_UP}


@dataclass(frozen=True)
class Pay:
    """What one person gets: `factor` × `base`, or the floor of the grade where that is more."""

    factor: Decimal
    base: Decimal
    amount: Decimal
    floored: bool = False


def by_grade(reward: Reward, grade: str | None, base: Decimal, months: int = 1) -> Pay | None:
    """What a grade pays on a base in đồng; None when the scheme pays nothing for it. `months`: how many the base adds
    up, for a floor is that of one month."""
    scheme = _by_grade(reward)
    factor = scheme.factors.get(grade or ANY, scheme.factors.get(ANY))
    if factor is None:
        return None
    amount = rounded(factor * base, reward.rounding)
    floor = scheme.floors.get(grade or ANY, Decimal(0)) * months
    return Pay(factor, base, max(amount, floor), floored=floor > amount)


def over_limit(reward: Reward, pays: Sequence[Pay]) -> Decimal | None:
    """The most a list may come to, when it comes to more; else None."""
    limit = _by_grade(reward).limit
    if limit is None:
        return None
    most = limit.times * sum((pay.base for pay in pays), Decimal(0))
    return most if sum((pay.amount for pay in pays), Decimal(0)) > most else None


def spot_points(spot: Spot, marks: Sequence[Decimal]) -> Decimal:
    """The points of an achievement from its marks, one for each criterion. Raises ValueError when they do not fit."""
    if len(marks) != len(spot.criteria) or any(not 0 <= mark <= spot.points.most for mark in marks):
        raise ValueError(f"{len(spot.criteria)} marks from 0 to {spot.points.most} are needed")
    total = sum(marks, Decimal(0))
    return total if spot.points.how == "sum" else total / len(marks)


def for_achievement(reward: Reward, marks: Sequence[Decimal], base: Decimal) -> Pay | None:
    """What an achievement pays on a base in đồng; None when its points reach no band."""
    if reward.spot is None:
        raise ValueError("the scheme is not for achievements")
    points = spot_points(reward.spot, marks)
    reached = [band for band in reward.spot.bands if band.holds(points)]
    if not reached:
        return None
    return Pay(reached[-1].factor, base, rounded(reached[-1].factor * base, reward.rounding))


def fund_money(reward: Reward, base: Decimal) -> Decimal:
    """What a fund holds in a year, for a salary fund in đồng."""
    if reward.fund is None:
        raise ValueError("the scheme is no fund")
    return rounded(reward.fund.share * base, reward.rounding)


def rounded(amount: Decimal, rounding: MoneyRounding | None) -> Decimal:
    """The amount as the scheme rounds it; untouched where it says nothing."""
    if rounding is None:
        return amount
    return (amount / rounding.to).quantize(Decimal(1), _HOW[rounding.how]) * rounding.to


def _by_grade(reward: Reward) -> ByGrade:
    if reward.by_grade is None:
        raise ValueError("the scheme does not pay by grade")
    return reward.by_grade


def example(reward: Reward, number: int) -> Decimal:
    """What the scheme gives for one of its worked examples; 0 where it pays nothing."""
    told = reward.examples[number]
    if reward.fund is not None:
        return fund_money(reward, told.base)
    if reward.spot is not None:
        pay = for_achievement(reward, told.marks, told.base)
    else:
        pay = by_grade(reward, told.grade, told.base)
    return pay.amount if pay else Decimal(0)
