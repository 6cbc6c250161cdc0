"""The compiled evaluator: all indicators of a scorecard over one table in one scan of SQL.

Nothing outside this folder knows SQL. `nodes` turns expressions into SQL, `missing` says what they may lack, `sight`
which rows a measure looks at and what it sees of them; `query` puts the measures of a table into one `statement`, and
`run` executes it and gives totals. The row evaluator (`measuring.evaluate`) is the reference: both give the same whole
numbers.
"""
