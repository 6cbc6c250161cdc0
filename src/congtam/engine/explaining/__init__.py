"""A trace told in sentences, in Vietnamese and English: nothing is said that does not stand in the trace.

`formats` writes figures, instants and names as people read them; `words` holds what states and grades are called;
`speech` is what all tellers share, `parts` tells points and figures, `records` the work that cost points, and
`sentences` one subject's whole score. A machine never writes vi phạm, phạt or kém.
"""
