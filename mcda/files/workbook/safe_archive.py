"""What a stranger's workbook, an archive of XML, may not hold.

It is checked before any of it is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.limits import HIGHER, Limits
from mcda.files.disk.reading import read_bytes
from mcda.files.disk.xml_bounds import Bounds, Counted, check_xml
from mcda.files.tables.file_kind import DAMAGED, PACKED, WORKBOOK, kind_faults, kind_of

HEAD = 64  # bytes by which markup is known
BLANKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
MARKUP = b"<"


def checked_archive(path: Path, limits: Limits) -> io.BytesIO:
    """Return the bytes of a workbook within the limits, with no entity and no path outside.

    Nothing is unpacked to disk. Raises InputError that says what was found.
    """
    content = read_bytes(path, limits)
    check_archive(content, path, limits)
    return io.BytesIO(content)


def check_archive(content: bytes, path: Path, limits: Limits) -> None:
    """Raise InputError for bytes that are no workbook within the limits; `path` names them."""
    if kind_of(content) not in (PACKED, DAMAGED):  # the checks below say more of an archive
        refuse(kind_faults(path.name, content, "an .xlsx workbook", WORKBOOK))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(path.name, archive.infolist(), limits)
            _check_markup(path.name, archive, limits)
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


def damaged(path: Path, what: str) -> InputError:
    """Return the error of a file that is no whole workbook."""
    remedy = "open it in a spreadsheet program and save it again as .xlsx"
    return InputError(
        Fault(path.name, "a whole .xlsx workbook", f"a damaged one ({what[:200]})", remedy)
    )


def _check_parts(where: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse too many parts, too many unpacked bytes, and names that lead outside or repeat."""
    names = [part.filename for part in parts]
    if len(parts) > limits.parts:
        raise InputError(Fault(where, f"at most {limits.parts} parts", f"{len(parts)}", HIGHER))
    size = sum(part.file_size for part in parts)
    if size > limits.unpacked_bytes:
        raise InputError(
            Fault(where, f"at most {limits.unpacked_bytes} bytes unpacked", f"{size}", HIGHER)
        )
    twice = [name for name in names if names.count(name) > 1]
    for name in [*filter(_leads_outside, names), *twice]:
        remedy = "do not open it: it was tampered with"
        raise InputError(Fault(where, "parts inside it, each once", repr(name), remedy))
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise InputError(Fault(where, "an .xlsx workbook", "an archive of something else"))


def _leads_outside(name: str) -> bool:
    """Return whether a part of an archive would be unpacked elsewhere than in its folder."""
    path = PurePosixPath(name)
    return "\\" in name or path.is_absolute() or ".." in path.parts


def _check_markup(place: str, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Count what every part of XML holds, whatever its name ends in; raises InputError above a limit.

    A reader follows the links between parts and asks for no ending: what begins as markup counts.
    """
    most = {
        "elements": limits.elements,
        "levels": limits.depth,
        "cells": limits.cells,
        "formats": limits.formats,
        "names": limits.names,
    }
    bounds = Bounds(most, COUNTED)
    for part in archive.infolist():
        name = part.filename.lower()
        with archive.open(part) as stream:
            is_markup = stream.read(HEAD).lstrip(BLANKS).startswith(MARKUP)
        if is_markup or name.endswith((".xml", ".rels", ".vml")):
            is_picture = name.startswith("xl/media/") and name.endswith(".svg")
            with archive.open(part) as stream:
                where = f"{place}, part {part.filename}"
                check_xml(stream, where, bounds, may_declare=is_picture)


def _merged(attributes: Mapping[str, str]) -> int:
    return _area(attributes.get("ref", ""))


def _count_one(attributes: Mapping[str, str]) -> int:
    return 1


# what an element counts as, and how often: a merged area is filled whole
COUNTED: dict[str, tuple[str, Counted]] = {
    "c": ("cells", _count_one),
    "mergeCell": ("cells", _merged),
    "xf": ("formats", _count_one),
    "dxf": ("formats", _count_one),
    "font": ("formats", _count_one),
    "fill": ("formats", _count_one),
    "border": ("formats", _count_one),
    "cellStyle": ("formats", _count_one),
    "numFmt": ("formats", _count_one),
    "definedName": ("names", _count_one),
    "conditionalFormatting": ("formats", _count_one),
    "dataValidation": ("formats", _count_one),
}


def _area(ref: str) -> int:
    """Return the number of cells in an area such as A1:C4, or 1 for a text of another form."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", ref)
    if not match:
        return 1
    wide = abs(_column(match[3]) - _column(match[1])) + 1
    high = abs(int(match[4]) - int(match[2])) + 1
    return wide * high


def _column(letters: str) -> int:
    """Return the number of a column by its letters: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
