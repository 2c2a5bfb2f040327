"""Random streams, distributions, correlation, polytopes, linear and integer programs.

Arrays go in and arrays come out: it knows numbers alone, no question and no text.
"""
