"""Results as text in columns.

Results go in, lines come out.
"""
