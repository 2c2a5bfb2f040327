"""Sentences about the shape of a question: what it decides before anything is weighed.

An audit of the structure and its leads come in; text with their numbers goes out.
"""
