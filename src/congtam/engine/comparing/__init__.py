"""Figures with few cases, compared fairly: intervals, minimum volumes, funnel limits, rank ranges, discoveries.

Counts come in as whole numbers. Shares and limits go out in millionths, rounded outwards: rounding never narrows
an interval. Nothing here draws random numbers. Why these methods: docs/adr/0022.
"""
