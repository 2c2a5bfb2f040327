"""Pages of the reference, made from the code they describe: they can't fall behind it.

Names come from the face, commands from their parsers, sheets from the form, methods from the table
of methods and `methods.toml`, errors from the faults in the code. Text goes out, one page each.
"""
