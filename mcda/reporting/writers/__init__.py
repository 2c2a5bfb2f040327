"""The formats: page, PDF, Word, crate; and the verification of what was written.

Blocks go in, files come out.
"""
