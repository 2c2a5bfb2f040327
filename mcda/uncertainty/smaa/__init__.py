"""Acceptability, pairwise winning, central weights and their errors.

Sums of counting go in, labelled indices with their errors come out.
"""
