"""Charts: one declarative specification each (Vega-Lite), drawn on the server, shown as pictures with a table behind."""
