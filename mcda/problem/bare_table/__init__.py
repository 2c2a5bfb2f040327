"""A bare table of numbers, and the question that is made of it.

Readers and arrays bring a table with what it says of weights and directions; a question with
scales, and with ranges where they are asked for, comes out.
"""
