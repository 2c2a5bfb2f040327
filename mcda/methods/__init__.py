"""Scoring methods, where facts and preferences meet: one file each, one list, and the ranking.

Values and weights go in, scores and ranks come out; `Method` says what follows from a method's
form.
"""
