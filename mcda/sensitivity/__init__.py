"""One thing moved: what would change the answer.

A ranked question goes in; what has to move, and how far, comes out with its relation.
"""
