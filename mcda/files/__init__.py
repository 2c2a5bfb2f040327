"""Everything that is read or written: folders, workbooks, bare tables, surveys and logs.

Files become checked tables, and tables become questions and holders; writing goes the same way
back.
"""
