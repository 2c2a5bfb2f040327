"""The commands, one file each; only the one that runs is imported.

`arguments` says what a command takes, `run` does it: a question goes in, text or one JSON document
comes out, with a status.
"""
