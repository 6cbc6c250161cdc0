"""Kết quả: what was published of a period, as everyone of the agency sees it."""
