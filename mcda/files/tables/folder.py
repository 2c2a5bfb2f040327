"""A question as a folder of CSV files and question.toml: read as sheets, and written back."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mcda.checks.arguments import check_kind, path_of
from mcda.checks.faults import Fault, InputError, Spot
from mcda.checks.limits import LIMITS, Limits, read_bytes
from mcda.files.tables.csv_file import read_sheet, write_sheet
from mcda.files.tables.plain_numbers import settled
from mcda.files.tables.sheets import Row, Sheet, Sheets

FRAME = ("field", "value")
BARE = re.compile(r"[A-Za-z0-9_-]+")


def read_folder(folder: Path, limits: Limits = LIMITS) -> Sheets:
    """Return the sheets of a folder, with their faults: question.toml, every CSV file, and those of judgements/."""
    sheets = Sheets(folder.resolve().name, titles={"question": "question.toml"})
    with sheets.faults.gathered():
        sheets.sheets["question"] = _read_frame(folder, limits)
    for path in [*sorted(folder.glob("*.csv")), *sorted((folder / "judgements").glob("*.csv"))]:
        name = path.relative_to(folder).with_suffix("").as_posix()
        sheets.broken.add(name)
        with sheets.faults.gathered():
            sheet, notes = read_sheet(path, name, limits)
            sheets.sheets[name], more, faults = settled(sheet)
            sheets.notes += [*notes, *more]
            sheets.faults += faults
            sheets.broken.discard(name)
    return sheets


def _read_frame(folder: Path, limits: Limits) -> Sheet:
    """Return question.toml as a sheet with a row for each entry: those of a list have a row each."""
    path, place = folder / "question.toml", "question.toml"
    try:
        given = tomllib.loads(read_bytes(path, limits).decode("utf-8-sig")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(Fault(place, "TOML in UTF-8", str(error))) from None
    entries = list(_entries(given))
    rows = tuple(
        Row(place, dict(zip(FRAME, entry, strict=True)), {"": Spot("question", 1)})
        for entry in entries
    )
    return Sheet("question", FRAME, rows)


def _entries(given: dict[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """Go through every entry with its field; that of a table within a table has a dotted name."""
    for key, value in given.items():
        if isinstance(value, dict):
            yield from _entries(value, f"{within}{key}.")
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
    ...     sorted(path.name for path in write_folder(read_sheets(book), Path(place) / "heating").glob("s*"))
    ['scenarios.csv', 'scores.csv', 'sources.csv']
    """
    remedy = "mcda.sheets_of(problem) gives those of a question"
    check_kind(sheets, Sheets, "sheets", "sheets as read_sheets gives them", remedy)
    folder = path_of(folder, "folder")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            Fault(
                str(folder), "a new or empty folder", "one that holds files", "choose another name"
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in sheets.sheets.items():
        if name == "question":
            (folder / "question.toml").write_text(_toml(sheet), encoding="utf-8")
            continue
        path = folder / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        write_sheet(
            path,
            sheet.columns,
            ([row.text(column) for column in sheet.columns] for row in sheet.rows),
        )
    return folder


def _toml(sheet: Sheet) -> str:
    held: dict[str, list[str]] = {}
    for row in sheet.rows:
        held.setdefault(row.text("field"), []).append(row.text("value"))
    told = {key: [_quoted(value) for value in values] for key, values in held.items()}
    return "".join(
        f"{_key(key)} = {values[0] if len(values) == 1 else '[' + ', '.join(values) + ']'}\n"
        for key, values in told.items()
    )


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    """Return a text as a string of TOML, whose escapes are those of JSON and one more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
