"""The algebra of pairwise comparison: reciprocal matrices, eigenvectors, consistency, gaps.

Matrices go in, priorities with their certificates come out.
"""
