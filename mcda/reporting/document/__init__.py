"""The sections of a report, as blocks of text, tables and figures.

A study goes in, blocks come out; no format is known here.
"""
