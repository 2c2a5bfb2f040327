"""What is known: options, criteria, estimates and their sources."""
