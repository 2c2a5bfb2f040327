"""Weights as stated, swung, ordered or ranged.

What a holder said goes in, `Weights` or a `WeightSpace` come out.
"""
