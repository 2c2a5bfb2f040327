"""An answer kept fresh in a browser while the files of its question are edited.

Files go in whenever they are saved; a page on this machine alone comes out, with the answer or the
faults of the files, and the whole report when it is done.
"""
