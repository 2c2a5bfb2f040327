"""What a report opens with: its first page, and the findings in detail behind it.

A study goes in; blocks and figures come out, computed for any question.
"""
