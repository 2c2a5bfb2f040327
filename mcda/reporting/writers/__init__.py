"""The formats: page, PDF, Word, and the crate that describes a folder of them.

Blocks go in, files come out.
"""
