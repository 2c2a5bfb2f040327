"""Counting over draws: one engine for every question, a compiled one for what is slow.

A job goes in, whole-number sums come out, the same for any number of threads, chunks or machines.
"""
