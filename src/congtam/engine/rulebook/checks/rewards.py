"""Whether schemes of reward hold together: examples that come out, bands in order, factors and floors that fit."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from congtam.engine.findings import Finding
from congtam.engine.rewarding.paying import example
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks.found import found
from congtam.engine.rulebook.model.reward import Reward
from congtam.engine.rulebook.yaml_source import KeyPath

_Wrong = tuple[KeyPath, str, str, str]  # where, code, what, what to do


def rewards_hold_together(book: Rulebook) -> Iterator[Finding]:
    """Every scheme of reward: nothing below zero, bands from low to high, a floor only where something is paid, and
    worked examples that come out."""
    for name, reward in book.draft.rewards.items():
        wrong = [*_figures(reward), *_floors(reward), *_bands(reward)]
        for path, code, message, advice in wrong or _examples(reward):
            yield found(book, f"rewards/{name}.yaml", path, code, message, advice)


def _figures(reward: Reward) -> Iterator[_Wrong]:
    stated: list[tuple[KeyPath, Decimal | int]] = []
    if reward.fund:
        stated.append((("fund", "share"), reward.fund.share))
    if reward.by_grade:
        for key, group in (("factors", reward.by_grade.factors), ("floors", reward.by_grade.floors)):
            stated += [(("by_grade", key, grade), value) for grade, value in group.items()]
    if reward.spot:
        stated += [(("spot", "staff_share"), reward.spot.staff_share), (("spot", "persons"), reward.spot.persons)]
        stated += [(("spot", "bands", at, "factor"), band.factor) for at, band in enumerate(reward.spot.bands)]
    for path, value in stated:
        if value <= 0:
            yield path, "not-positive", f"{path[-1]} is {value}", "write a number above 0, or leave the key out"
    if reward.rounding and reward.rounding.to <= 0:
        yield ("rounding", "to"), "not-positive", f"rounding to {reward.rounding.to}", "write a number above 0"
    shares = [(("fund", "share"), reward.fund.share)] if reward.fund else []
    shares += [(("spot", "staff_share"), reward.spot.staff_share)] if reward.spot else []
    for path, share in shares:
        if share > 1:
            yield path, "share-above-one", f"a share of {share} is more than the whole", "write 0.1 for 10 %"


def _floors(reward: Reward) -> Iterator[_Wrong]:
    scheme = reward.by_grade
    for grade in scheme.floors if scheme else ():
        if scheme and grade not in scheme.factors:
            what = f"{grade} has a floor but no factor"
            yield ("by_grade", "floors", grade), "unknown-name", what, "give it a factor, or take the floor out"


def _bands(reward: Reward) -> Iterator[_Wrong]:
    bands = reward.spot.bands if reward.spot else ()
    for at, (one, other) in enumerate(pairwise(bands), start=1):
        low, high = (band.from_ if band.from_ is not None else band.above for band in (one, other))
        if low is not None and high is not None and high <= low:
            yield ("spot", "bands", at), "bands-out-of-order", "bands do not go from low to high", "put them in order"


def _examples(reward: Reward) -> Iterator[_Wrong]:
    for at, told in enumerate(reward.examples):
        try:
            given = example(reward, at)
        except ValueError as why:
            yield ("examples", at), "example-does-not-fit", str(why), "mend the example"
            continue
        if given != told.is_:
            what = f"“{told.title.en}” comes to {given}, not {told.is_}"
            yield ("examples", at, "is"), "example-does-not-hold", what, "mend the example or the scheme"
