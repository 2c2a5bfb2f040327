"""A report held against itself, its inputs and a new computation.

What a report carries is opened and its form checked, then everything is made again beside it: out
comes what holds, what fails, and what could not be compared.
"""
