"""Random streams, distributions, correlation, polytopes and linear programs.

Arrays go in and arrays come out: it knows no question.
"""
