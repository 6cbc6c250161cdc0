"""Items and their events; shares and faults as they stand."""
