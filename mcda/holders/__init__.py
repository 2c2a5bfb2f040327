"""Holders side by side: where they agree, what agreement costs, what an advocate could claim.

Questions and many weights go in; each result says who is meant. The room below searches the nearest
weights at which an option is first.
"""
