"""Where facts and preferences meet: scores and ranks."""
