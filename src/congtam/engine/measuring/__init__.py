"""Rows to figures: what an indicator counts for one subject in one period.

`columns` says what a row offers to expressions, `rows` makes rows from folded work, `select` says which of them a
period holds, `evaluate` is the row evaluator: the reference that every faster way must agree with.
"""
