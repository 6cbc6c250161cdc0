"""Huế's month over shares, four ways: the same figures for every official, in a process of their own each."""
