"""Caps, ceilings and cases before the committee: who sat, how they voted, what was decided."""
