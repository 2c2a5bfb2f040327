"""What is wrong with a question's sheets as they lie together: types, ids, scores that are missing.

Sheets go in; faults come out, each with its file, row and column, in the order of the files.
"""
