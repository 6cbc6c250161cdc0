"""Rules as the manual tells them, on paper and on screen: expressions in words, measures in sentences."""
