"""Lưu giữ: for how long things are kept, what may be erased, and what was."""
