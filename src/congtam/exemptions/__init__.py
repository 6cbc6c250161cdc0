"""What stops clocks or voids faults by decision: incidents, and faults found wrong."""
