"""Stated futures, discovery of the draws that go wrong, and the multiverse of choices.

What the question says may happen goes in; who leads where comes out.
"""
