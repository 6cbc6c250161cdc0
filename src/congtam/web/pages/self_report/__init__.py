"""Tự đánh giá: what one says of oneself in a period, beside what the data know already."""
