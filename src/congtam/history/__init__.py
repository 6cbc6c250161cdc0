"""What every room of the product shares about the past: the one order in which things became known, dated rows, and
who acts. Rows are added and closed, never rewritten."""
