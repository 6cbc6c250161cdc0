"""The department of `make run`: its cast and names, what is planted in it, and the rows of all its tables.

Its work is made by the same parts as an organisation of any size; only the people, their units and a few promises to
the reader (an item that stays open for months, a decision on a veto) are its own.
"""

from congtam.simulate.demo.build import build_demo
from congtam.simulate.demo.planted import demo_truths

__all__ = ["build_demo", "demo_truths"]
