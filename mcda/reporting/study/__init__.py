"""What a report is made from: what was computed, its inputs, hashes and status.

A question and its holders go in; sections and writers ask it, and nothing is computed twice.
"""
