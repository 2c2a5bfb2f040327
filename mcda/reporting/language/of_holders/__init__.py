"""Sentences about what holders want: their weights, and the statements that some made instead.

Weights and what follows from statements go in; text with their numbers comes out.
"""
