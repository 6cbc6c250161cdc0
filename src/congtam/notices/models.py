"""What people are told without asking: one digest a day, and by which way it reaches them."""
