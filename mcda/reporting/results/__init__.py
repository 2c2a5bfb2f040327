"""Results as files that others go on with: CSV, Markdown, LaTeX, and a workbook with live formulas.

A result goes in and comes out as named tables; these go into files. Nothing is computed here that
the result doesn't hold: a formula says how a number came about, and has that number as its result.
"""
