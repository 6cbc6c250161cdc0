"""Minh chứng: files handed in to a piece of work, by and for those who have to do with it."""
