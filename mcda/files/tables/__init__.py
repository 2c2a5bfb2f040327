"""Tables of text become tables of checked cells: CSV, folders, numerals, types.

It stands on checks alone and knows no question, so that any room may read a table.
"""
