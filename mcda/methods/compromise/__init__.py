"""Methods that measure how far alternatives are from an ideal: TOPSIS and VIKOR.

A matrix with its weights and directions goes in, of one table or of many in a stack; closeness, or
what an alternative falls short of, comes out.
"""
