"""How much a stranger's file may hold before it is refused.

The limits are stated here, and whoever reads a file can pass others.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mcda.checks.arguments import check_kind
from mcda.checks.faults import Fault, InputError

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


LIMITS = Limits()


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a file; raise InputError if it can't be read or is too large."""
    check_kind(limits, Limits, "limits", "Limits", "such as mcda.Limits(cells=5_000_000)")
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise InputError(
                Fault(path.name, f"at most {limits.file_bytes} bytes", f"{size}", HIGHER)
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            Fault(str(path), "a file that can be read", error.strerror or str(error))
        ) from None
