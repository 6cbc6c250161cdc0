"""Files and pushes in: batches, records, checks, rows set aside, replay, withdrawal."""
