"""Everything that is read or written.

Files become checked tables, and tables become questions and holders; writing goes the same way
back.
"""
