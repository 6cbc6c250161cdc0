"""Sources: contracts and what arrived, tokens, authority, uploads, rows set aside, batches, same work."""
