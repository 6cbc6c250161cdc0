"""The work desk: work given, asked for, done, accepted and handed over by people, written as events of items."""
