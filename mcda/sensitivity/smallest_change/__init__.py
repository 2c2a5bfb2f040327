"""The smallest change that hands the lead over, with its proven bound.

Weights and cells move together inside their ranges.
"""
