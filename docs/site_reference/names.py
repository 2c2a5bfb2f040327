"""The public names, by the room in which each lives."""

from __future__ import annotations

import re
from pathlib import Path

FACE = Path(__file__).parents[2] / "mcda" / "__init__.pyi"
LINE = re.compile(r"^from \.(\w+)\S* import \w+ as (\w+)$", re.MULTILINE)
# in the order in which a question is worked: what is known, what is wanted, what follows
ROOMS = {
    "problem": "What is known",
    "preferences": "What is wanted",
    "methods": "Scores and ranks",
    "holders": "Holders side by side",
    "portfolios": "Packages of measures",
    "uncertainty": "How sure",
    "sensitivity": "What would change it",
    "reporting": "How it is shown",
    "files": "Reading and writing",
    "checks": "Faults, warnings and limits",
}
HEAD = """\
# Names in Python

`import mcda` has every name below; nothing else is promised to stay. Names with a capital are types that
functions return or take. Each page gives arguments with their shapes and units, what comes back, what is
refused, the publication it follows, and an example that the tests run.
"""
ROOM = """
## {title}

```{{eval-rst}}
.. currentmodule:: mcda

.. autosummary::
   :toctree: names
   :nosignatures:

{names}
```
"""


def names_by_room() -> dict[str, list[str]]:
    """Return the public names of every room, in the face's own order."""
    found: dict[str, list[str]] = {}
    for room, name in LINE.findall(FACE.read_text(encoding="utf-8")):
        found.setdefault(room, []).append(name)
    return found


def page() -> str:
    """Return the page of names."""
    by_room = names_by_room()
    parts = [
        ROOM.format(title=title, names="\n".join(f"   {name}" for name in by_room[room]))
        for room, title in ROOMS.items()
    ]
    return "".join([HEAD, *parts])
