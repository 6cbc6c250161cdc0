"""What an official reads about their own month: how it stands, why, and who looked at it."""
