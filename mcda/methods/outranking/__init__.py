"""Methods that compare alternatives two at a time: PROMETHEE and ELECTRE.

A performance table with weights and thresholds goes in; degrees of preference or of outranking come
out, and the order, choice or category that follows from them.
"""
