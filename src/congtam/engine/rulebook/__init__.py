"""Rules as data: the strict model, the loader that keeps file and line, the checks, and which rulebook is in force.

`yaml_source` reads text, `model` says what a rulebook may say, `load` turns a folder into a draft, `bind` gives its
expressions meaning over `columns`, `bound` is what comes of it, `assemble` does all this for a rulebook with its base
and what others lend it. `parameters` resolves dated figures, `strata` orders grades that read grades, `checks` holds
every check as a function that returns findings, `as_of` picks by day and scope, `clocks` hands clocks to the fold,
`digest` tells meaning from wording.

A local rule is laid over another: `overlay` puts their texts together (`located` keeps where each stands, `editing`
makes the changes, `inherit` hands down who answers), `compare` and `diff` say what differs.
"""
