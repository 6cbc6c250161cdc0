"""Periods of evaluation: who is in them, their steps with deadlines in working time, self-reports, transfers."""
