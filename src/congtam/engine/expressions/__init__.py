"""The small language of rules: a typed subset of Python's syntax, parsed into frozen nodes that cannot be wrong.

`nodes` is the vocabulary, `parse` turns text into nodes with every mistake named, `compute` runs nodes row by row.
Nothing is ever handed to Python's own evaluator. Division exists only in formulas over indicators: a row yields whole
numbers, so that every engine counts the same.
"""
