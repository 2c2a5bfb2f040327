"""What figures are drawn with: canvas and titles, fonts, bars of options, strips of cells, files.

A figure's parts go in, artists on its axes and a file of it come out; nothing here knows a result.
"""
