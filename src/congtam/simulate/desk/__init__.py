"""A month at the work desk: an invented office that signs in, reads its pages and fills in their forms, hour by hour.

`clock` moves the time of the process, `page` reads a page and its forms, `browser` presses buttons and counts what a
person types, `typing` turns that into minutes. `office` is who works there, `official`, `head`, `clerk` and `leader`
what they do, `systems` the other systems that push, `month` the whole. `traces` looks for what every deed left behind,
`report` tells it. Nobody here calls an action: everything goes through forms of the pages and the push API.
"""
