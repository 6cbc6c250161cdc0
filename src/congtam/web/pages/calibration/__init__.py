"""Họp xét: cases before the committee, votes, what would be if, and what was decided."""
