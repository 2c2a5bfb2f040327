"""What events mean for options in money: bills, their risk, break-even losses, and value for money.

Estimates go in, drawn or at their best; tables with a row an option, a pair or an amount come out.
"""
