"""A question on disk: its folder, its holders, its logs, and the blank one.

Tables go in, a `Problem` and `Weights` come out.
"""
