"""Mẫu việc: work that a unit gives again and again, by hand or by itself."""
