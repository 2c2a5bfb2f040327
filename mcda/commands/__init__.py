"""One file for each command: `arguments` says what it takes, `run` does it; only the one that runs is imported."""
