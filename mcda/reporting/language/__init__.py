"""Sentences about results, by purpose.

Each function takes results and returns text with their numbers. No conclusion is typed: the text
comes from a catalogue, one file a language, and every number from a result.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
