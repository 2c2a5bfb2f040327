"""How a value shows itself where no report is made: as a table in a notebook, as a line of a terminal.

Tables and text come from any room; HTML that no name can break, and text that can't steer a screen, go out.
"""
