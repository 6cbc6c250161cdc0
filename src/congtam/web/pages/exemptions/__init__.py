"""Sự cố và miễn trừ: clocks stopped for an incident, faults and shares that do not count."""
