"""What packages are made of: parts, what each brings and takes, and the rules for putting them together.

A question's estimates go in by key; checked parts, rules and quantities come out.
"""
