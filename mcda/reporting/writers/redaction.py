"""Leave named options or columns out of a question.

What remains is a question that runs and verifies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mcda.checks.faults import Fault, known, refuse
from mcda.checks.limits import LIMITS, Limits
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.folder import write_folder
from mcda.files.tables.sheets import Row, Sheet, Sheets

OPTION_COLUMNS = ("option", "options")
KEPT = {
    "options": ("id", "label"),
    "criteria": ("id", "parent", "label", "direction", "scale_type", "measure", "bill"),
    "scores": ("option", "criterion", "low", "mode", "high", "kind"),
    "question": ("field", "value"),
    "estimates": ("key", "low", "mode", "high", "unit", "kind"),
    "sources": ("id",),
    "events": (
        "event",
        "option",
        "chance",
        "years",
        "low",
        "mode",
        "high",
        "loss",
        "unit",
        "criterion",
        "group",
        "kind",
    ),
}


def redacted(question: Path, what: Sequence[str], target: Path, limits: Limits = LIMITS) -> Path:
    """Write a question without the named options and columns into a folder; return the folder.

    Options are named by id, columns as SHEET.COLUMN. The question is a folder or a workbook. Logs
    are left out too, since an entry can't be cut without breaking its chain. Raises InputError for
    a name that isn't there, a column that the computation needs, or an option that is still named
    in what remains.
    """
    sheets = read_sheets(question, limits)
    refuse(sheets.told())
    options = {
        row.text("id"): [row.text("label"), row.text("short")] for row in sheets.rows("options")
    }
    columns = [name for name in what if name not in options]
    gone = [name for name in what if name in options]
    refuse(_unknown(columns, sheets, options))
    for name, sheet in sheets.sheets.items():
        sheets.sheets[name] = _less(sheet, gone, columns)
    refuse(_still_named(write_folder(sheets, target), gone, options))
    return target


def _unknown(columns: list[str], sheets: Sheets, options: dict[str, list[str]]) -> Iterator[Fault]:
    for name in columns:
        sheet, _, column = name.rpartition(".")
        if sheet not in sheets.sheets or column not in sheets.sheets[sheet].columns:
            expected = f"an option ({known(options)}) or a column such as scores.rationale"
            yield Fault(f"redaction '{name}'", expected, "neither")
        elif column in KEPT.get(sheet, ()):
            yield Fault(
                f"redaction '{name}'",
                "a column that the computation can do without",
                "one that it needs",
            )


def _less(sheet: Sheet, gone: list[str], columns: list[str]) -> Sheet:
    """Return a sheet without the rows and entries of the options that go.

    The columns that go are blank.
    """
    blank = dict.fromkeys(
        (column for column in sheet.columns if f"{sheet.name}.{column}" in columns), ""
    )
    rows = [row for row in sheet.rows if not _belongs(sheet.name, row, gone)]
    return replace(
        sheet, rows=tuple(replace(row, cells=_without(row.cells, gone) | blank) for row in rows)
    )


def _belongs(name: str, row: Row, gone: list[str]) -> bool:
    """Say whether a row is about an option that goes alone, or names it as the baseline."""
    if name == "question":
        return row.text("field") == "baseline" and row.text("value") in gone
    if name == "options":
        return row.text("id") in gone
    if any(row.text(column) in gone for column in OPTION_COLUMNS):
        return True
    return name == "estimates" and bool(set(row.text("key").split("/")) & set(gone))


def _without(cells: dict[str, str], gone: list[str]) -> dict[str, str]:
    """Return the cells of a row with no option that goes among those that it lists."""
    listed = [entry for entry in cells.get("options", "").split(";") if entry.strip() not in gone]
    return {**cells, "options": ";".join(listed)} if "options" in cells else dict(cells)


def _still_named(target: Path, gone: list[str], options: dict[str, list[str]]) -> Iterator[Fault]:
    """Go through the places where an option that went is still named.

    It may be named in full, short, or by an id that is no word.
    """
    names = {
        option: [*filter(str.strip, options[option]), *([option] if len(option) > 2 else [])]
        for option in gone
    }
    for path in sorted(target.rglob("*.*")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for option in gone:
                if any(
                    re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) for name in names[option]
                ):
                    remedy = "leave that column out as well, or change the text"
                    yield Fault(
                        f"{path.name} line {number}",
                        f"no word of '{option}'",
                        repr(line[:80]),
                        remedy,
                    )
