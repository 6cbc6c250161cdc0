"""Tra cứu hồ sơ: a public page."""
