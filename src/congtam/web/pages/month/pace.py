"""How often an open page may ask whether its points changed: every second, less often when the machine is busy."""

import os

LADDER = ((1.5, 1), (3.0, 3), (5.0, 10))  # load per core below which a page may ask every so many seconds
SLOWEST = 30


def ask_after() -> int:
    """Seconds until a page should ask again."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    return next((seconds for below, seconds in LADDER if load < below), SLOWEST)
