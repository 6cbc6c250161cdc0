"""All seven patterns in one scene."""

from collections.abc import Mapping

from congtam.engine.watching.closing import closes_and_reopens, last_minute
from congtam.engine.watching.handover import bottlenecks
from congtam.engine.watching.load import overloaded_sections
from congtam.engine.watching.marks import kind_heads
from congtam.engine.watching.neglect import late_untouched
from congtam.engine.watching.signs import Scene, Sign
from congtam.engine.watching.splitting import splits_tasks


def watch(scene: Scene, measured: Mapping[str, int] | None = None) -> list[Sign]:
    """Every sign of every pattern, also the usual ones and those that cannot be told; `measured` as in `kind_heads`."""
    return [
        *overloaded_sections(scene),
        *bottlenecks(scene),
        *kind_heads(scene, measured),
        *last_minute(scene),
        *closes_and_reopens(scene),
        *splits_tasks(scene),
        *late_untouched(scene),
    ]
