"""Tasks split into many small ones, which raises counts while the work stays the same."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median

from congtam.engine.facts.work import Share
from congtam.engine.watching.counting import Case, signs_of_cases
from congtam.engine.watching.signs import Pattern, Scene, Sign

TOGETHER = timedelta(minutes=60)
PARTS = 3
FEWEST = 8  # times that work came to hand


def splits_tasks(scene: Scene, parts: int = PARTS, together: timedelta = TOGETHER, minimum: int = FEWEST) -> list[Sign]:
    """How often work came to an official's hand as a burst: `parts` or more items of one kind with one deadline, each
    within `together` of the one before, all smaller than is usual for the kind. A burst counts as one time, as does an
    item that came alone. Equal items of usual size that come in a batch are no burst."""
    received = [
        share
        for share in scene.shares
        if share.role == "lead" and share.turn == 1 and scene.period.contains(share.received_at)
    ]
    usual = _usual_sizes(scene, received)
    groups: dict[tuple[str, str, datetime | None], list[Share]] = defaultdict(list)
    for share in received:
        groups[share.official, scene.items[share.item].kind or "", share.due_at].append(share)
    cases: list[Case] = []
    for (official, kind, _), shares in groups.items():
        for run in _runs(shares, together):
            small = all((size := _coefficient(scene, share)) is not None and size < usual[kind] for share in run)
            cases.append((official, run[0].item, len(run) >= parts and small))
    return signs_of_cases(Pattern.SPLITS, cases, minimum, scene.rate)


def _coefficient(scene: Scene, share: Share) -> int | None:
    return scene.items[share.item].coefficient


def _usual_sizes(scene: Scene, shares: list[Share]) -> dict[str, float]:
    """The median, over officials, of the median size of an item of a kind: nobody's many items set what is usual."""
    sizes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for share in shares:
        size = _coefficient(scene, share)
        if size is not None:
            sizes[scene.items[share.item].kind or "", share.official].append(size)
    by_kind: dict[str, list[float]] = defaultdict(list)
    for (kind, _), own in sizes.items():
        by_kind[kind].append(median(own))
    return {kind: median(medians) for kind, medians in by_kind.items()}


def _runs(shares: list[Share], together: timedelta) -> Iterator[list[Share]]:
    """Shares in order of receipt, cut where more than `together` lies between two."""
    run: list[Share] = []
    for share in sorted(shares, key=lambda share: (share.received_at, share.item)):
        if run and share.received_at - run[-1].received_at > together:
            yield run
            run = []
        run.append(share)
    yield run
