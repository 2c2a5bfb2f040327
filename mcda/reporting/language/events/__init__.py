"""Sentences about events: what they cost, from which loss on, and where they count twice.

Tables of consequences and of the check go in; text from the catalogue with their numbers comes out.
"""
