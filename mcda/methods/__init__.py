"""Scoring methods, where facts and preferences meet: one file each, one list, and the ranking.

Values and weights go in, scores and ranks come out; `Method` says what follows from a method's
form. Rooms below hold those of one family: distances to an ideal, comparisons of two alternatives,
and the textbooks' on a bare table.
"""
