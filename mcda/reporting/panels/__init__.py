"""What is moved by hand in a browser: the weight explorer and the judging panel.

A question goes in as data; what a reader does comes back as weights or judgements.
"""
