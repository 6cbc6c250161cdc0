"""Bảng việc and Lịch việc: work by where it stands and by when it is due, and one deed for many pieces of work."""
