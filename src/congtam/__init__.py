"""Công Tâm: the digital traces of public work, measured, graded and explained."""
