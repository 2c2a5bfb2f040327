"""Checks of what comes from outside: faults, arguments, labels, limits, and numbers as shown.

It knows nothing of a question; every room asks it, and it asks none.
"""
