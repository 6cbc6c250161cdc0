"""Họp: weekly and monthly meetings, their agenda from the facts, and what became of what they concluded."""
