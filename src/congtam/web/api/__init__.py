"""The API that systems push records to."""
