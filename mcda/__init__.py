"""From sourced evidence to a ranking that a minister can rely on and an auditor can re-run.

The public names stand in `__init__.pyi`; each is imported when it is first used.
"""

import sys
from types import ModuleType

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


class _Face(ModuleType):
    """A package in which a room never hides the public function that bears its name."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
