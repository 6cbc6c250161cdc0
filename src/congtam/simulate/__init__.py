"""Invented organisations and their work, with planted truths: the demo, and data for tests of speed and fairness.

Everything is a function of its arguments: the same day and seed give the same rows. `lateness` is the fit to a real
log, `catalogue` the products, `manners` how people differ, `truths` what can be planted. `organisation` says who worked
where on a day; `plan` what arrives; `life`, with `arriving`, `on_the_way` and `ending`, tells an item as events
(`work` tells them all, `trail` writes them down); `marks` gives the ratings. `demo` is the department of `make run`,
`office` an organisation of any size as a stream, `shares` folded rows by the million.
"""
