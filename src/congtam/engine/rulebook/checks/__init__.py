"""Checks of a rulebook that holds together, each a function that returns findings; `check` runs all of them.

The loader has already refused what is not a rulebook, and the binder what has no meaning. What is left here is what
would compute and still be wrong: points that do not sum, numbers nobody answers for, limits on unknown grades.
"""

from congtam.engine.rulebook.checks.catalogues import catalogues_hold_together
from congtam.engine.rulebook.checks.every import check, load_checked
from congtam.engine.rulebook.checks.together import check_together

__all__ = ["catalogues_hold_together", "check", "check_together", "load_checked"]
