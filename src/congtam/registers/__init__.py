"""Registers of documents in and out: numbers without gaps, routes, drafts, reviews, signatures."""
