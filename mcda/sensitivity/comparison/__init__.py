"""Two answers compared: regret, rank reversal, and what changed between questions.

Two or more of the same go in, their difference comes out.
"""
