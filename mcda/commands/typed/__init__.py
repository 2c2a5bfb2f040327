"""What a person types on a command line beyond plain options, read into values.

Texts and small files go in; values by name, or every fault of them, come out.
"""
