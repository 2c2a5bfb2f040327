"""Packages of parts: which of them no other beats, which hold whatever comes, and how one becomes an option.

A question's parts, rules and estimates go in; packages with their proof, and options made of them, come out.
"""
