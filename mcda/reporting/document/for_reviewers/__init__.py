"""What those read who check a report: annexes, assurance, how it was made, and what changed since.

A study goes in, blocks come out, as for every other section.
"""
