"""Chốt tháng: how each period stands, what blocks its seal, and what follows from the seal."""
