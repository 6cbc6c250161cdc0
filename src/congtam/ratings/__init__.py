"""Marks people give where data cannot know, reported figures, and decisions."""
