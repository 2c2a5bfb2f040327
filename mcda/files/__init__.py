"""Everything that is read or written.

Files become checked tables, tables become questions and holders; the same way back for what is written.
"""
