"""Kết quả chuyển đi, chuyển đến: results other bodies sent, results for them, and the national database."""
