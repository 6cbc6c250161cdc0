"""Who is graded before whom: grades that read other grades come after them."""

from graphlib import CycleError, TopologicalSorter

from congtam.engine.rulebook.model import Stratum


def order(strata: tuple[Stratum, ...]) -> list[Stratum]:
    """Strata with those they read first. Raises `CycleError` (from graphlib) on a loop."""
    by_id = {stratum.id: stratum for stratum in strata}
    sorter = TopologicalSorter({stratum.id: set(stratum.reads) for stratum in strata})
    return [by_id[name] for name in sorter.static_order() if name in by_id]


def loop(strata: tuple[Stratum, ...]) -> list[str] | None:
    """The ids of a loop among strata, or None."""
    try:
        order(strata)
    except CycleError as error:
        return list(error.args[1])
    return None
