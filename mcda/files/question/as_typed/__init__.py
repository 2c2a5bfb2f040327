"""Cells as people type them, read plainly: names, days, ranges, scores as a matrix, rows left from the example.

Sheets go in, and come out with the same cells as ids and plain numbers, each change told in a note.
"""
