"""Figures to points, points to grades, grades to what people decide.

`curves` turns a rate into a share of points and `rates` reads figures so; `tree` adds parts up; `grades` reads bands
and asks people where the rule leaves a hole; `rules` makes a scorecard ready; `subject` scores one subject,
`everyone` all of them in the order of their strata, `one_period` a period, `roll_up` a year from its months; `many`
scores very many at once from totals, and `full_run` everyone from one scan;
`population` limits grades over groups and `calibration` applies that to a run; `run` is the door: `evaluate`.
Points are whole millionths everywhere; each division happens once, exactly, and is rounded half up.
"""
