"""Packages of parts: which of them no other beats, and which hold whatever comes.

A question's parts, rules and estimates go in; packages with their proof, and options made of them, come out.
"""
