"""What stands around every page: the first page of a seat, and the language."""
