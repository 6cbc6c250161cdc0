"""Quy tắc: the rules in force as a lawyer reads them, the numbers still to be decided, and what a change would do."""
