"""The numbers at which another option leads.

One weight, score or estimate moves while the others hold.
"""
