"""Sentences about packages of parts: which no other beats, which parts they share, and why there may be none.

The result of a search goes in; text from the catalogue with its numbers comes out.
"""
