"""How much a stranger's file may hold before it is refused: stated, and changed by whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The most that a file may hold: bytes on disk, bytes unpacked, parts of an archive, cells, characters of a cell.

    Pass another to any reader to read more (or less): `read_problem(path, limits=Limits(cells=5_000_000))`.

    >>> Limits().cells
    1000000
    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    parts: int = 2_000
    cells: int = 1_000_000
    characters: int = 32_767


LIMITS = Limits()
