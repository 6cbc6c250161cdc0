"""Draft slips people agree to or speak to, and requests to review one line of a calculation."""
