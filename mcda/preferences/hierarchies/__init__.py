"""AHP: judgements of a holder or of a group, over a tree of criteria.

Judgements go in, `Weights` with their consistency come out.
"""
