"""What commands have in common: how things are named to them, where results go, how each ends.

What a person typed goes in; the question or table, values by name and open files, or every fault
of them in a line with a status, come out.
"""
