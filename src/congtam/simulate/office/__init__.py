"""Organisations of any size, from 10 officials to a nation's, with truths planted on request.

`cast` invents who works where, `planting` chooses whom the truths touch, `spool` puts records into the order in which
they were learned without holding them all, `making` puts these together and writes the tables.
"""

from congtam.simulate.office.making import Made, Order, Step, make

__all__ = ["Made", "Order", "Step", "make"]
