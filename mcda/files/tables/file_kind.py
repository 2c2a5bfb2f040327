"""What a file is by its content, whatever its name ends in, and the way to one that can be read."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from mcda.checks.faults import Fault


@dataclass(frozen=True)
class Kind:
    """What a file is in words, and what to do so that it can be read."""

    called: str
    remedy: str


SAVE_AS = "open it in a spreadsheet program and save it as .xlsx"
WORKBOOK = Kind("an Excel workbook", "let its name end in .xlsx")
BINARY = Kind("a binary Excel workbook (.xlsb)", SAVE_AS)
OPEN = Kind("an OpenDocument spreadsheet (.ods)", SAVE_AS)
OLD = Kind("an old Excel workbook (.xls)", SAVE_AS)
LOCKED = Kind("a workbook with a password", "save it as .xlsx without a password")
OLDER = Kind(
    "an Office file of the old form, or one with a password",
    "open it and save it as .xlsx without a password",
)
WORD = Kind("a Word document", "copy its table into a spreadsheet program and save it as .xlsx")
PAGE = Kind("a web page", SAVE_AS)
SHEET_XML = Kind("an Excel 2003 spreadsheet in XML", SAVE_AS)
XML = Kind("an XML document", "let its name end in .xml, if it is XMCDA")
JSON = Kind("a JSON document", "let its name end in .json")
PDF = Kind("a PDF", "copy its table into a spreadsheet program and save it as .xlsx")
PACKED = Kind("a compressed file", "unpack it and read what is inside")
TEXT = Kind("a table of text", "let its name end in .csv")
DAMAGED = Kind("a damaged archive", SAVE_AS)

HEAD = 4096  # bytes in which the first line of any text is seen
SIGNS = {b"%PDF": PDF, b"\x1f\x8b": PACKED, b"7z\xbc\xaf": PACKED, b"Rar!": PACKED}
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
OLE_PARTS = {"EncryptedPackage": LOCKED, "WordDocument": WORD, "Workbook": OLD, "Book": OLD}
ZIP_PARTS = {"xl/workbook.xml": WORKBOOK, "xl/workbook.bin": BINARY, "word/document.xml": WORD}
OPEN_SHEET = b"application/vnd.oasis.opendocument.spreadsheet"
MARKUP = {
    re.compile(r"<!doctype html|<html\b|<head\b|<body\b|<table\b"): PAGE,
    re.compile(r"<\?mso-application progid=.excel|urn:schemas-microsoft-com:office:spread"): (
        SHEET_XML
    ),
    re.compile(r"^<\?xml|^<[\w:]+[^>]*\sxmlns"): XML,
    re.compile(r'^[{]\s*("[^"\n]*"\s*:|[}])'): JSON,
}


def kind_of(content: bytes) -> Kind | None:
    r"""Return what a file is by its first bytes and its parts; None for what none of the signs tells.

    >>> kind_of(b"<html><table>").called, kind_of(b"name,price\nA,10\n").called
    ('a web page', 'a table of text')
    """
    for sign, kind in SIGNS.items():
        if content.startswith(sign):
            return kind
    if content.startswith(OLE):
        parts = (kind for name, kind in OLE_PARTS.items() if name.encode("utf-16-le") in content)
        return next(parts, OLDER)
    return _of_archive(content) if content.startswith(ZIP) else _of_text(content[:HEAD])


def _of_archive(content: bytes) -> Kind:
    """Return what an archive is by the names of its parts; a damaged one by those that it mentions."""
    if OPEN_SHEET in content[:200]:
        return OPEN
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        names = {name for name in ZIP_PARTS if name.encode() in content}
        return next((ZIP_PARTS[name] for name in ZIP_PARTS if name in names), DAMAGED)
    return next((kind for name, kind in ZIP_PARTS.items() if name in names), PACKED)


def _of_text(head: bytes) -> Kind | None:
    """Return what the beginning of a text says that it is; None where it is no text."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if wide else "utf-8-sig"
    text = head.decode(encoding, "ignore").lstrip().lower()
    if "\0" in text or not text:
        return None
    if text[0] in "<{":
        for sign, kind in MARKUP.items():
            if sign.search(text):
                return kind
    return TEXT


def kind_faults(place: str, content: bytes, expected: str, right: Kind) -> list[Fault]:
    """Return the fault of a file that its content shows to be of another kind than its reader reads.

    >>> print(*kind_faults("sites.csv", b"%PDF-1.7", "a table in UTF-8", TEXT))
    sites.csv: expected a table in UTF-8, found a PDF; copy its table into a spreadsheet program and save it as .xlsx
    """
    kind = kind_of(content)
    return [Fault(place, expected, kind.called, kind.remedy)] if kind not in (right, None) else []
