"""Công việc: lists of work with filters, their export, and one item opened."""
