"""What is known: options, criteria, estimates and their sources.

A `Problem` is made from tables above, and asked for performances and values by the methods.
"""
