"""The demo department as a living site: its people, accounts, sources, records, marks and rules, filled in through the
actions of the rooms, and a source that goes on pushing. Everything is invented and says so."""
