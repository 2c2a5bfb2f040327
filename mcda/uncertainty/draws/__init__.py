"""The draws of a question: estimates and weights, by seed.

A question and a seed go in; tables of performances, draw by draw, come out.
"""
