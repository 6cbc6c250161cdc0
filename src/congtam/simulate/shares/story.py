"""What happened to the work in each row, in positions of office time: received, due, finished, with whom it is shared.

One row in five is the second of an item: it helps the first one, or took the work over from it. Which rows belong
together is a fixed shuffle within blocks of rows, known from both sides.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from congtam.simulate import lateness
from congtam.simulate.catalogue import CATALOGUE, DEFAULT_MIX, KINDS
from congtam.simulate.shares.draws import Draws, Floats, Rows

STRIDE, SLOTS = 5, 512  # every fifth row is a second one; blocks of 2,560 rows
BLOCK = STRIDE * SLOTS
TURN, SHIFT = 141, 77  # an odd factor makes the shuffle one to one
BACK = pow(TURN, -1, SLOTS)
HELPED = 0.55  # of the second rows; the others took the work over. Rows of one official stay work of their own
ALONE, SUPPORT, NEXT = 0, 1, 2  # how two rows of an item belong together
Flags = NDArray[np.bool_]
_GRID = np.linspace(0, 1, 4097)
_IN_TIME = beta.ppf(_GRID, *lateness.IN_TIME)
_PRODUCTS = np.cumsum(
    [DEFAULT_MIX[KINDS.index(p.kind)] / sum(other.kind == p.kind for other in CATALOGUE) for p in CATALOGUE]
)
LEAST = np.array([product.least for product in CATALOGUE])
SPAN = np.array([product.most - product.least + 1 for product in CATALOGUE])


@dataclass(frozen=True)
class Links:
    """For each row: how it belongs to another row of its item, that row (itself when alone), and whether it is the
    second one."""

    kind: NDArray[np.int8]
    other: Rows
    second: Flags


@dataclass(frozen=True)
class Holding:
    """For each row, as positions: received, due (a working day), finished."""

    received: Floats
    due: Rows
    finished: Floats


@dataclass(frozen=True)
class Telling:
    """Tells rows: `starts` are the numbers of each official's first row, and the number of rows; work arrives from
    position 0 to before `arrivals`."""

    draws: Draws
    starts: Rows
    late_shares: Floats
    arrivals: int

    @property
    def rows(self) -> int:
        return int(self.starts[-1])

    def official(self, rows: Rows) -> Rows:
        return np.asarray(np.searchsorted(self.starts, rows, side="right") - 1)

    def links(self, rows: Rows) -> Links:
        """Which rows belong together; the same seen from either."""
        block, within = rows // BLOCK, rows % BLOCK
        slot, place = within // STRIDE, within % STRIDE
        second = place == STRIDE - 1
        target = np.where(second, (slot * TURN + SHIFT) % SLOTS, slot)
        chosen = self.draws.below(block * SLOTS + target, 1, STRIDE - 1)
        first_row = block * BLOCK + target * STRIDE + chosen
        second_row = block * BLOCK + (target - SHIFT) * BACK % SLOTS * STRIDE + STRIDE - 1
        linked = (second | (place == chosen)) & (first_row < self.rows) & (second_row < self.rows)
        first_row, second_row = np.where(linked, first_row, rows), np.where(linked, second_row, rows)
        how = self.draws.uniform(second_row, 2)
        kind = np.where(how < HELPED, SUPPORT, NEXT)
        linked &= self.official(first_row) != self.official(second_row)
        kind = np.where(linked, kind, ALONE).astype(np.int8)
        alone = kind == ALONE
        other = np.where(alone, rows, np.where(second, first_row, second_row))
        return Links(kind, other, second & ~alone)

    def product(self, rows: Rows) -> Rows:
        """The place of each item's product in the catalogue; rows are first rows."""
        return np.asarray(np.searchsorted(_PRODUCTS, self.draws.uniform(rows, 3) * _PRODUCTS[-1], side="right"))

    def arrival(self, rows: Rows) -> tuple[Floats, Rows]:
        """When the item of each first row came in, and the working day on which it is due."""
        received = self.draws.uniform(rows, 4) * self.arrivals
        received = np.floor(received) + 0.02 + 0.68 * (received % 1)
        product = self.product(rows)
        length = LEAST[product] + (self.draws.uniform(rows, 5) * SPAN[product]).astype(np.int64)
        return received, received.astype(np.int64) + length

    def holding(self, rows: Rows, links: Links) -> Holding:
        """What each row's holder did, whether first or second of the item."""
        first_row = np.where(links.second, links.other, rows)
        received, due = self.arrival(first_row)
        passed = received + (0.2 + 0.3 * self.draws.uniform(first_row, 6)) * (due - received)
        passed = np.minimum(passed, self.arrivals - 0.02)  # what is seen at the end has been passed on by then
        taken_over = links.kind == NEXT
        helps = links.second & (links.kind == SUPPORT)
        start = np.where(links.second & taken_over, passed, np.where(helps, received + 0.03, received))
        own_due = np.where(helps, np.maximum(due - 1, received.astype(np.int64) + 1), due)
        finished = start + self.pace(rows) * (own_due + 1 - start)
        finished = np.where(taken_over & ~links.second, passed, finished)
        return Holding(start, own_due, finished)

    def pace(self, rows: Rows) -> Floats:
        """The pace of each row, in the shape of the log, as often late as its official is."""
        late = self.draws.uniform(rows, 7) < self.late_shares[self.official(rows)]
        mean = np.where(self.draws.uniform(rows, 8) < lateness.SLIPS, lateness.SLIP, lateness.OVERRUN)
        beyond = 1 - mean * np.log1p(-self.draws.uniform(rows, 9))
        in_time = np.interp(self.draws.uniform(rows, 9), _GRID, _IN_TIME)
        return np.asarray(np.where(late, np.minimum(beyond, lateness.LONGEST), np.minimum(in_time, 0.999)))
