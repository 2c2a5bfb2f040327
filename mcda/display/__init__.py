"""Values that show themselves: as a table in a notebook, as a line of a terminal.

Tables and text of any room go in; HTML that no name can break, and text that can't steer a screen,
come out.
"""
