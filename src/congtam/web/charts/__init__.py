"""Charts: one declarative specification each, drawn on the server, shown as pictures with a table behind."""
