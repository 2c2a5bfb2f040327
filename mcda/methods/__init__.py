"""Where facts and preferences meet: one file a method, one table of methods, and the ranking.

Values and weights go in, scores and ranks come out; `Method` says what follows from a method's form.
"""
