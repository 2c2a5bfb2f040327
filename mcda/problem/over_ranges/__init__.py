"""What is known over the ranges of estimates: how they are widened and drawn, and what formulas make of them.

Data flow from an estimate's range through its draws to cells, and to the means of these.
"""
