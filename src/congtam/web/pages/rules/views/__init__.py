"""Views of the rules: reading them, setting numbers, adopting copies, and asking what if."""
