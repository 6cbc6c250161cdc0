"""Weekly and monthly reviews: an agenda from the facts, conclusions that become tasks."""
