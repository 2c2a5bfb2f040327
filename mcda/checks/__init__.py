"""What is refused, and how it is told: faults, arguments, labels, limits, and how a number is shown.

It knows nothing of a question; every room asks it, and it asks none.
"""
