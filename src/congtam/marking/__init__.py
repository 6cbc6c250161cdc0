"""Rounds of marks that data cannot know: who marks whom, on which form, and how raters are watched."""
