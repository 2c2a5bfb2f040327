"""What is wanted, and by whom.

What a holder said becomes `Weights` over the leaves, aligned by label.
"""
