"""Invented departments and their work, with planted truths: the demo, and data for tests of speed and fairness.

Everything is a function of its arguments: the same day and seed give the same rows. `people` and `titles` are
plain lists; `department` says who worked where on a day; `work` plans the items, `trail` writes their events;
`marks` gives the ratings and decisions; `demo` puts them together.
"""
