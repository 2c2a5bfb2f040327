"""How bytes come from the disk and go to it: which path is a folder, one reader of files, one writer, one lock.

It knows no table and no question. Whoever reads or writes a file of any kind does it through here.
"""
