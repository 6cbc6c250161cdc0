"""The system, for its administrator: health, versions, queues, differences, and what the site chose."""
