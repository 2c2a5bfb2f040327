"""Sheets and columns that a question may leave out: scenarios, structures, chances.

Rows that were read come in; checked values of the question's own types go out.
"""
