"""Bàn giao: open work of a person passed on at once, its minutes, and who left without it."""
