"""A month fixed for good: what it stood on and what it gave, encoded so that any changed byte is named, and recomputed.

A seal is a body and an envelope. The body tells facts, rules, calendars, structure and results as parts of rows; each
row is a salted leaf of its part's Merkle tree, so a text can be erased later and the rest still verifies. The envelope
tells who sealed when, after which seal. Equal bodies have equal digests, whoever sealed them whenever.

`encoding` writes values in one way only, `parts` hashes rows, `contents` lays an evaluation out in parts and puts it
together again, `recompute` scores it anew, `archive` is the file, `verify` says whether it holds and names what not:
`naming` calls rows by what they are, `lines` finds the lines of long texts, `telling` says how two rows differ.
A year holds its `months` as they were sealed; `beside` holds a month's own seal against them.
No clock, no database, no secret but the salts a caller hands over.
"""
