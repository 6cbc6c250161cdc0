"""The interface for sources: records pushed in, each answered. A source signs with its token; sessions count not."""
