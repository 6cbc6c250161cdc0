"""Chấm điểm: criterion by criterion over one's people, raters admitted from outside, and how raters lean in marks."""
