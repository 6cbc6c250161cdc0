"""Figures to points, points to grades, grades to what people decide.

`curves` turns a rate into a share of points, `tree` adds parts up, `grades` reads the bands and asks people where
the rule leaves a hole, `strata` says who is graded before whom, `subject` scores one subject, `run` a whole
population, `rollup` a year from its months, `population` applies limits on grades over the group.
Points are whole millionths everywhere; each division happens once, exactly, and is rounded half up.
"""
