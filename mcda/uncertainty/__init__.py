"""How sure a ranking is when facts and weights are drawn.

Estimates and weights are drawn, ranks over the draws are counted, by one engine and faster forms of
it, and the counts become indices.
"""
