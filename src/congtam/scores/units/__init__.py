"""Live scores of units, where a site scores any: marked by what moves their work, scored beside those of officials."""
