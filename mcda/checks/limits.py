"""How much a stranger's file may hold before it is refused.

The limits are stated here, and whoever reads a file can pass others.
"""

from __future__ import annotations

from dataclasses import dataclass

HIGHER = "read it with higher limits"


@dataclass(frozen=True)
class Limits:
    """The most that a file may hold before a reader refuses it.

    Pass another to any reader to read more (or less): `read_problem(path,
    limits=Limits(cells=5_000_000))`.

    Parameters
    ----------
    file_bytes : int
        Bytes on disk.
    unpacked_bytes : int
        Bytes of all parts of an archive (a workbook) once unpacked.
    parts : int
        Parts of an archive.
    cells : int
        Cells of all tables together.
    characters : int
        Characters of one cell.
    elements : int
        Elements of XML in all parts of a workbook, or in a file of XMCDA.
    formats : int
        Formats of cells in a workbook.
    names : int
        Names that a workbook defines.
    depth : int
        Levels of tables, lists or elements within each other.

    Examples
    --------
    >>> Limits().cells
    1000000
    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    parts: int = 2_000
    cells: int = 1_000_000
    characters: int = 32_767
    elements: int = 5_000_000
    formats: int = 66_000
    names: int = 10_000
    depth: int = 100


LIMITS = Limits()
