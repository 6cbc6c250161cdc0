"""How people work: the few figures by which invented officials differ."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """Shares of their work that are late, dropped (late by weeks), at fault, self-started; the general mark they are
    worth (of 30) and how far the monthly mark strays from it; items a month (0: drawn)."""

    late: float
    dropped: float
    fault: float
    starts: float
    general: float
    load: float = 0
    strays: float = 0.6
    helps: bool = True  # others pass work on to them or ask their support
    spared: bool = True  # a delay of theirs may be excused, a deadline moved after it passed
    seldom: bool = False  # little work, all of it short and in the first half of the month
