"""The notebooks: their tables and texts, their parameters, and how they are run.

Results go in, tables for a reader come out.
"""
