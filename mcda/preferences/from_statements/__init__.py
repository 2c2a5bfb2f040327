"""What people said instead of weights: options, swings and exchanges compared, and cards laid out.

Statements go in; weights with their space come out, with what follows and what can't hold.
"""
