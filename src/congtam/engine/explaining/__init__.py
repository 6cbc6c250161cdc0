"""A trace told in sentences, in Vietnamese and English: nothing is said that does not stand in the trace.

`formats` writes figures, instants and names as people read them; `words` holds what states and grades are called;
`sentences` renders one subject's score, record by record. A machine never writes vi phạm, phạt or kém.
"""
