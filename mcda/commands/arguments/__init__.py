"""What commands have in common: how a question, a table and values are named, where results go, how they end.

What a person typed goes in; the question or table, values by name and open files, or every fault
of them with the status, come out.
"""
