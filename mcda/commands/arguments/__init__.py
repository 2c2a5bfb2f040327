"""What commands have in common: how a question, a table and values are named, and where results go.

What a person typed goes in; the question or table, values by name and open files, or every fault
of them, come out.
"""
