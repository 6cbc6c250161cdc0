"""Kiểm chứng văn bản: a public page; and whose certificates sign, for who keeps the personnel."""
