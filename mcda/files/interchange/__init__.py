"""The files of other tools: matrices, circles, XMCDA, pymcdm, scikit-criteria.

They become our types by way of tables; ours become theirs.
"""
