"""What experts said of a number: each one's range, how they are pooled, and how far they differ.

Answers go in; an estimate that is drawn from the pool comes out, with the spread between experts.
"""
