"""Which words a sentence may use: the rules of plain wording, and likelihood words by edition.

A sentence goes in; its faults come out, or the phrase for a share.
"""
