"""Facts handed to the engine, live scores, wake-ups, runs."""
