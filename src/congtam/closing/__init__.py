"""What still blocks a period, its seal, and the documents that follow from it."""
