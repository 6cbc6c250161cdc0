"""People and units: the tree on any day, units and people with their histories, and dated editing."""
