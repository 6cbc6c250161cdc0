"""What people say of themselves: a self-score is asked for, a mark that counts or a decision on oneself is not."""

from congtam.engine.facts.tables import Decision, Rating, Row


def on_oneself(row: Row) -> bool:
    """Whether somebody decided on themselves, or gave themselves a mark of another stage than the self-score. Such a
    row never counts, and never takes the place of what another person said."""
    if isinstance(row, Rating):
        return row.stage != "self" and row.by == row.subject
    return isinstance(row, Decision) and row.by == row.subject
