"""A bare table ranked as the textbooks do it, on the numbers as they stand.

A table that was read goes in, with its weights and directions; a question with the lowest and the
highest of the table as its scales comes out, and methods that compare alternatives at hand.
"""
