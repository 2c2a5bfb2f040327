"""How a command ends, whether its work is done or something stopped it.

An error goes in; one plain line and a status that a script can tell apart come out.
"""
