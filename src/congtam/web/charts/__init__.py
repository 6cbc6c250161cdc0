"""Charts: one declarative specification each."""
