"""What the shape of a question decides, before any value or fact is moved.

A question and its holders' weights go in; how much the tree of criteria settles comes out.
"""
