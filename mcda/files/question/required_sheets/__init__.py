"""The sheets that every question has, row by row: question, criteria, scores, estimates, sources.

Rows go in, types of the problem come out; what is wrong with a row is noted where it stands.
"""
