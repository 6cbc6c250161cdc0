"""Signs that something is worth a look: seven patterns, each set against what is usual elsewhere.

A sign accuses nobody. It says where a figure lies beyond what chance and the usual spread explain, at a stated false
discovery rate, and opens to the items behind it; a person looks and decides. With too few cases the answer is that it
cannot be told. `watch.py` is the door; each other module holds one or two patterns.
"""
