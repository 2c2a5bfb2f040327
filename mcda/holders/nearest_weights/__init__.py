"""How little a holder's weights must change before an option is first, with a proof that no less does.

The worth of options, weights and their space go in; the nearest weights come out with their distance and a
bound: by a linear program where scores are sums, by branch and bound where they are anchored TOPSIS.
"""
