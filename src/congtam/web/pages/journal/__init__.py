"""The journal: what was done, by whom and when, as readable sentences, and whether its chain is whole."""
