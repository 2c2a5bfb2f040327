"""What it is worth to find out.

Draws and scores go in; the worth of knowing one estimate, a group or everything comes out, with
bounds.
"""
