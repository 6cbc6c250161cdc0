"""Accounts, rights held through posts, the one gate, and the log of who looked at whom."""
