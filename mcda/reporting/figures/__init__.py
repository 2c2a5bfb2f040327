"""Figures of results: each takes results, draws on given or own axes and returns them.

The title says what was found, and the alternative text (`alternative`) says it to those who can't
see; both are computed. `svg`, `png` and `as_address` make a file of it, the same bytes from the
same numbers.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
