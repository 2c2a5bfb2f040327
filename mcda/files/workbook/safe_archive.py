"""What a stranger's workbook, an archive of XML, may not hold.

It is checked before any of it is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.limits import HIGHER, Limits, read_bytes
from mcda.files.tables.file_kind import DAMAGED, PACKED, WORKBOOK, kind_faults, kind_of

BLOCK = 1 << 16


def checked_archive(path: Path, limits: Limits) -> io.BytesIO:
    """Return the bytes of a workbook within the limits, with no entity and no path outside.

    Nothing is unpacked to disk. Raises InputError that says what was found.
    """
    content = read_bytes(path, limits)
    if kind_of(content) not in (PACKED, DAMAGED):  # the checks below say more of an archive
        refuse(kind_faults(path.name, content, "an .xlsx workbook", WORKBOOK))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(path.name, archive.infolist(), limits)
            cells = 0
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with archive.open(part) as stream:
                        cells += _cells_of(
                            stream, f"{path.name}, part {part.filename}", limits.cells - cells
                        )
    except InputError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
    ) as error:
        raise damaged(path, str(error)) from None
    return io.BytesIO(content)


def damaged(path: Path, found: str) -> InputError:
    """Return the error of a file that is no whole workbook."""
    remedy = "open it in a spreadsheet program and save it again as .xlsx"
    return InputError(
        Fault(path.name, "a whole .xlsx workbook", f"a damaged one ({found[:200]})", remedy)
    )


def _check_parts(place: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse too many parts, too many unpacked bytes, and names that lead outside or repeat."""
    names = [part.filename for part in parts]
    if len(parts) > limits.parts:
        raise InputError(Fault(place, f"at most {limits.parts} parts", f"{len(parts)}", HIGHER))
    size = sum(part.file_size for part in parts)
    if size > limits.unpacked_bytes:
        raise InputError(
            Fault(place, f"at most {limits.unpacked_bytes} bytes unpacked", f"{size}", HIGHER)
        )
    outside = [
        name
        for name in names
        if "\\" in name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts
    ]
    for name in outside or [name for name in names if names.count(name) > 1]:
        raise InputError(
            Fault(
                place,
                "parts inside it, each once",
                repr(name),
                "do not open it: it was tampered with",
            )
        )
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise InputError(Fault(place, "an .xlsx workbook", "an archive of something else"))


def _cells_of(stream: IO[bytes], place: str, allowed: int) -> int:
    """Return the number of cells of a part, merged areas counted whole.

    Refuses entities, and more cells than are allowed.
    """
    from xml.parsers import expat

    count = _Count(place, allowed)
    parser = expat.ParserCreate()
    parser.StartElementHandler = count.start
    parser.StartDoctypeDeclHandler = count.doctype
    try:
        while block := stream.read(BLOCK):
            parser.Parse(block)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(
            Fault(place, "XML", f"a damaged part ({error})", "save the workbook again")
        ) from None
    return count.cells


@dataclass
class _Count:
    """Cells met so far in a part of an archive."""

    place: str
    allowed: int
    cells: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.cells += 1
        elif name == "mergeCell":
            self.cells += _area(attributes.get("ref", ""))
        if self.cells > self.allowed:
            raise InputError(Fault(self.place, "fewer cells", "more than the limit", HIGHER))

    def doctype(self, *_: object) -> None:
        remedy = "do not open it: it may be an attack"
        raise InputError(Fault(self.place, "XML without entities", "a document type", remedy))


def _area(ref: str) -> int:
    """Return the number of cells in an area such as A1:C4, or 1 for a text of another form."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", ref)
    if not found:
        return 1
    wide = abs(_column(found[3]) - _column(found[1])) + 1
    high = abs(int(found[4]) - int(found[2])) + 1
    return wide * high


def _column(letters: str) -> int:
    """Return the number of a column by its letters: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
