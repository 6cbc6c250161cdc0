"""One piece of work, giving it, and work that came up by itself."""
