"""Every sentence of a finding or a report, one file a language.

A key and its fields come from the room that computed them, and text goes out: it knows no question.
"""
