"""What decides the answer, and what would change it.

A ranked question goes in, with draws where a result rests on them; thresholds, smallest changes,
the weight of the tree's shape, futures in which the answer fails, and what knowing more is worth
come out, each with its relation.
"""
