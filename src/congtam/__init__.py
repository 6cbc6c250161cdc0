"""Công Tâm: the digital traces of public work, measured, graded and explained."""

from importlib.metadata import version

__version__ = version("congtam")
