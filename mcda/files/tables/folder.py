"""A question as a folder of CSV files and question.toml: read as sheets, and written back."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mcda.checks.arguments import check_kind, path_of
from mcda.checks.clean_text import clean
from mcda.checks.faults import Fault, InputError, Spot, known
from mcda.checks.limits import LIMITS, Limits
from mcda.files.disk.places import real
from mcda.files.disk.portable_names import refuse_alike
from mcda.files.disk.reading import own_bytes, refuse_link
from mcda.files.disk.writing import new_folder, write_bytes
from mcda.files.tables.clean_cells import clean_rows
from mcda.files.tables.csv_file import read_sheet, write_sheet
from mcda.files.tables.plain_numbers import settled
from mcda.files.tables.sheets import Row, Sheet, Sheets

FRAME_SHEET = "question"
FRAME_FILE = "question.toml"
FRAME = ("field", "value")
JUDGED = "judgements"
BARE = re.compile(r"[A-Za-z0-9_-]+")


def read_folder(folder: Path, limits: Limits = LIMITS) -> Sheets:
    """Return the sheets of a folder, with their faults: question.toml, every CSV file, and those of judgements/."""
    sheets = Sheets(clean(real(folder).name)[0], titles={FRAME_SHEET: FRAME_FILE})
    sheets.sheets[FRAME_SHEET] = Sheet(FRAME_SHEET, FRAME, ())
    for path in folder_files(folder).values():
        name = path.relative_to(folder).with_suffix("").as_posix()
        if path.name == FRAME_FILE:
            with sheets.faults.gathered():
                frame = _read_frame(folder, limits)
                rows, notes = clean_rows(frame.rows)
                sheets.sheets[FRAME_SHEET] = replace(frame, rows=rows)
                sheets.notes += notes
            continue
        sheets.broken.add(name)
        with sheets.faults.gathered():
            refuse_link(folder, path)
            _check_name(path)
            sheet, notes = read_sheet(path, name, limits)
            sheets.sheets[name], more, faults = settled(sheet)
            sheets.notes += [*notes, *more]
            sheets.faults += faults
            sheets.broken.discard(name)
    return sheets


def folder_files(folder: Path) -> dict[str, Path]:
    """Return the files that a folder is read from, by name as posix path, and no others.

    What lies beside them (notes, other workbooks, keys) is neither read nor carried along.
    """
    frame = folder / FRAME_FILE
    found = [frame] if frame.exists() or frame.is_symlink() else []
    found += [*sorted(folder.glob("*.csv")), *sorted((folder / JUDGED).glob("*.csv"))]
    return {path.relative_to(folder).as_posix(): path for path in found}


def _check_name(path: Path) -> None:
    """Raise InputError for a file whose name has a sign that can't be seen or printed."""
    plainly, told = clean(path.name)
    if told:
        raise InputError(
            Fault(plainly, "a name of signs that can be printed", known(told), "rename the file")
        )


def _read_frame(folder: Path, limits: Limits) -> Sheet:
    """Return question.toml as a sheet with a row for each entry: those of a list have a row each."""
    content = own_bytes(folder, folder / FRAME_FILE, limits)
    try:
        text = content.decode("utf-8-sig")
        _check_depth(text, limits.depth)
        given = tomllib.loads(text)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        raise InputError(Fault(FRAME_FILE, "TOML in UTF-8", str(error))) from None
    rows = tuple(
        Row(FRAME_FILE, dict(zip(FRAME, entry, strict=True)), {"": Spot(FRAME_SHEET, 1)})
        for entry in _entries(given, limits.depth)
    )
    return Sheet(FRAME_SHEET, FRAME, rows)


def _check_depth(text: str, depth: int) -> None:
    """Raise InputError for a name with very many dots, over which a parser would take minutes."""
    if re.search(rf"(?<![\w\"'-])(?:[\w\"'-]+[ \t]*\.[ \t]*){{{depth + 1}}}", text):
        raise InputError(_too_deep(depth))


def _too_deep(depth: int) -> Fault:
    return Fault(FRAME_FILE, f"at most {depth} levels of tables", "more", "write it plainly")


def _entries(given: dict[str, Any], depth: int, within: str = "") -> Iterator[tuple[str, str]]:
    """Go through every entry with its field; that of a table within a table has a dotted name."""
    if depth < 0:
        raise InputError(_too_deep(within.count(".")))
    for key, value in given.items():
        if isinstance(value, dict):
            yield from _entries(value, depth - 1, f"{within}{key}.")
        else:
            yield from (
                (within + key, str(entry))
                for entry in (value if isinstance(value, list) else [value])
            )


def write_folder(sheets: Sheets, folder: str | Path) -> Path:
    """Write sheets as a folder that reads back as they are; raises InputError where something stands there already.

    No text in it is a formula to a program that opens the files.

    >>> import tempfile
    >>> from mcda import new_question, read_sheets
    >>> with tempfile.TemporaryDirectory() as place:
    ...     book = new_question(Path(place) / "heating.xlsx")
    ...     sorted(path.name for path in write_folder(read_sheets(book), Path(place) / "heating").glob("so*"))
    ['sources.csv']
    """
    remedy = "mcda.sheets_of(problem) gives those of a question"
    check_kind(sheets, Sheets, "sheets", "sheets as read_sheets gives them", remedy)
    place = path_of(folder, "folder")
    refuse_alike(sheets.sheets)
    with new_folder(place) as made:
        for name, sheet in sheets.sheets.items():
            if name == FRAME_SHEET:
                write_bytes(made / FRAME_FILE, _toml(sheet).encode("utf-8"))
            else:
                rows = (map(row.text, sheet.columns) for row in sheet.rows)
                write_sheet(made / f"{name}.csv", sheet.columns, rows)
    return place


def _toml(sheet: Sheet) -> str:
    values: dict[str, list[str]] = {}
    for row in sheet.rows:
        values.setdefault(row.text("field"), []).append(_quoted(row.text("value")))
    lines = []
    for key, texts in values.items():
        value = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
        lines.append(f"{_key(key)} = {value}\n")
    return "".join(lines)


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    """Return a text as a string of TOML, whose escapes are those of JSON and one more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
