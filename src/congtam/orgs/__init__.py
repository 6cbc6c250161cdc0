"""Organisations, their units, and the decisions that change them."""
