"""Phiếu dự thảo and Xem xét lại: one's slip line by line, requests to review, their answers and how they went."""
