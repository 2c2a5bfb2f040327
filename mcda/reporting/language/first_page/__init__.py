"""Sentences of the first page: plain words and names, without codes and brackets.

Results go in; every name and number that comes out is computed.
"""
