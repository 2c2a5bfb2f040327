"""Whether a file is a bare table, decided by what is in it, and never by its name alone."""

from __future__ import annotations

from pathlib import Path

from mcda.checks.faults import InputError
from mcda.checks.limits import LIMITS, Limits
from mcda.files.disk.reading import read_bytes
from mcda.files.question.schema import BY_NAME
from mcda.files.tables.file_kind import JSON, SHEET_XML, TEXT, WORKBOOK, XML, kind_of
from mcda.files.workbook.book import open_book
from mcda.files.workbook.reader import name_of

# of these a question's workbook has two or more, and a bare table's hardly more than one
FORMS = 2


def is_bare_table(path: Path, limits: Limits = LIMITS) -> bool:
    """Return whether a file holds a bare table: text, JSON, XMCDA, or a workbook without a question's sheets.

    >>> is_bare_table(Path("no such file.csv"))
    False
    """
    if not path.is_file():
        return False
    kind = kind_of(read_bytes(path, limits))
    if kind is WORKBOOK:
        return not _holds_question(path, limits)
    return kind in (TEXT, JSON, XML, SHEET_XML)


def _holds_question(path: Path, limits: Limits) -> bool:
    """Return whether the sheets of a workbook are called as those of a question; so is a damaged one."""
    try:
        titles = open_book(path, limits).titles
    except InputError:
        return True
    return len({name_of(title) for title in titles} & set(BY_NAME)) >= FORMS
