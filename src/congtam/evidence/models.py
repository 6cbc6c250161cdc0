"""Files handed in as evidence of work: kept once by their digest, checked before they are taken."""
