"""Very many subjects scored at once, from totals: exactly the figures that scoring one by one gives.

`ratios` holds exact ratios in arrays and `formulas` reads expressions over them; `figures` are the indicators of many
subjects, `parts` their points, `grading` their grades; `score` puts them together, `officials` goes through the
strata, `table` holds the answer and `ranks` orders it. The scorer of one subject (`scoring.subject`) is the reference,
and scores what arrays cannot.
"""
