"""What happened, as the engine takes it in: the contract of the tables, and the fold from events to work.

`tables` says column by column what a source must hand over; `store` reads and writes a folder of such tables;
`fold` turns events into items, shares and faults. Nothing here measures or grades.
"""
