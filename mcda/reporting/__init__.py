"""How results are shown.

Results come from below; the language room makes the text, figures the pictures, and writers the
files.
"""
