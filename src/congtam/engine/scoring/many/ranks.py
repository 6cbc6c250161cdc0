"""Ranks by total within peer groups. For rules on groups and for units and agencies: no person is shown one."""

import numpy as np
from numpy.typing import NDArray

from congtam.engine.scoring.grades import By
from congtam.engine.scoring.many.grading import BY
from congtam.engine.scoring.many.table import ScoreTable


def ranks(table: ScoreTable, within: str | None = None) -> NDArray[np.int64]:
    """Each subject's place by its total, to the millionth of a point, among those with the same `within` (unit, agency,
    duty_group, …; None: among all). Equal totals share the better place, and the next places stay empty (1, 1, 3).

    0: no rank, for a total still open or graded as too little work (a grade that a person decided is ranked).
    """
    names = [str(getattr(one, within) or "") if within else "" for one in table.subjects]
    _, peers = np.unique(np.array(names), return_inverse=True)
    ranked = np.flatnonzero((table.lowest == table.highest) & (table.by != BY[By.INSUFFICIENT]))
    order = ranked[np.lexsort((-table.lowest[ranked], peers[ranked]))]
    group, points = peers[order], table.lowest[order]
    place = np.arange(len(order))
    new_group = np.append(True, group[1:] != group[:-1])[: len(order)]
    new_place = new_group | np.append(True, points[1:] != points[:-1])[: len(order)]
    first = np.maximum.accumulate(np.where(new_group, place, 0))
    best = np.maximum.accumulate(np.where(new_place, place, 0))
    made = np.zeros(len(table), np.int64)
    made[order] = best - first + 1
    return made
