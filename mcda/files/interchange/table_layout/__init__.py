"""What stands where in a table that others made: its lines, header, names, alternatives, criteria and the rest.

Rows of texts go in, roles and numbers with the place of each come out; what could be read in two
ways is asked for, never guessed.
"""
