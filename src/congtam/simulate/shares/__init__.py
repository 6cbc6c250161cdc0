"""Folded shares by the million, for measuring speed: made in columns, without events and without a fold.

What a row is follows from its number and the seed alone (`draws`), so that rows can be made in pieces of any size and
two rows of one item agree without knowing each other. Lateness, shared work, passing on, faults and extensions come as
often as in the simulation that tells events.
"""

from congtam.simulate.shares.making import make_shares

__all__ = ["make_shares"]
