"""Everything that is drawn.

Estimates and weights are drawn, what they lead to is counted, and the counts become indices.
"""
