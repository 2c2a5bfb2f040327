"""Commands that serve a browser until somebody stops them: the notebooks, and the answer as it stands.

A folder or a question goes in, an address of this machine comes out; both write to the terminal
themselves.
"""
