"""What a report opens with: its first page, and the findings in detail behind it."""
