"""Persons, posts, spells, absences and delegations."""
