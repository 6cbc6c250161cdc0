"""Rows to figures: what an indicator counts for one subject in one period.

`rows` makes rows from folded work, `select` says which of them a period holds, `imagine` makes rows as they might
have been, `evaluate` is the row evaluator: the reference that every faster way must agree with.
"""
