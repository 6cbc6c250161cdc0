"""Hôm nay: where every official lands; what is due, what waits for a decision, and what others still owe."""
