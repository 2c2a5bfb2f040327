"""What may happen whatever is decided: events, their chances and losses, and what criteria make of them.

A question's estimates and leaves go in, drawn or at their best; chances, losses and bills come out.
"""
