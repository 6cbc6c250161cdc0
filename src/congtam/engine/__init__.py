"""Facts and rules in, scores and traces out.

The engine knows no database, no network, no wall clock and no web: whoever calls it hands over the facts
known at some `seq`, the instant `as_of` from which the work is seen, the structure and the rules. What it
leaves to others: where facts come from (`congtam.files`), who may see a score, and what people decide.
"""
