"""Leave named options, holders, sources or columns out of a question.

What remains is a question that runs and verifies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mcda.checks.faults import Fault, known, refuse
from mcda.checks.limits import LIMITS, Limits
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.folder import write_folder
from mcda.files.tables.sheets import Row, Sheet, Sheets
from mcda.files.tables.things import number_of

# the columns with the names of a thing, by the sheet that lists it
NAMES = {
    "options": ("label", "short"),
    "perspectives": ("holder",),
    "sources": ("title", "url"),
}
OPTION_COLUMNS = ("option", "options")
KEPT = {
    "options": ("id", "label"),
    "criteria": ("id", "parent", "label", "direction", "scale_type", "measure", "bill"),
    "scores": ("option", "criterion", "low", "mode", "high", "kind"),
    "question": ("field", "value"),
    "estimates": ("key", "low", "mode", "high", "unit", "kind"),
    "sources": ("id",),
    "statements": (
        "holder",
        "says",
        "first",
        "second",
        "amount",
        "low",
        "high",
        "start",
        "second_start",
    ),
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


@dataclass(frozen=True)
class _Gone:
    """What is left out: options, holders and sources with the names that tell them, and columns."""

    options: dict[str, list[str]]
    holders: dict[str, list[str]]
    sources: dict[str, list[str]]
    columns: list[str]

    @property
    def called(self) -> set[str]:
        """Every id and name of a holder that goes."""
        return {*self.holders, *(name for names in self.holders.values() for name in names)}


def redacted(question: Path, what: Sequence[str], target: Path, limits: Limits = LIMITS) -> Path:
    """Write a question without the named things and columns into a folder; return the folder.

    Options and sources are named by id, holders by id or name, columns as SHEET.COLUMN. With a
    holder go the sources that nothing else cites. The question is a folder or a workbook. Logs are
    left out too, since an entry can't be cut without breaking its chain. Raises InputError for a
    name that isn't there, a column that the computation needs, or a thing that is still named in
    what remains.
    """
    sheets = read_sheets(question, limits)
    refuse(sheets.distinct_faults())
    gone = _gone(sheets, what)
    refuse(_unknown(gone.columns, sheets, [*gone.options, *_named(sheets, "options", "id")]))
    before = _cited(sheets)
    _leave_out(sheets, gone)
    lone = [source for source in sorted(before - _cited(sheets)) if gone.holders]
    alone = replace(gone, sources={**gone.sources, **_named(sheets, "sources", "id", lone)})
    _leave_out(sheets, alone)
    refuse(_still_named(write_folder(sheets, target), alone))
    return target


def redactions_told(question: Path, what: Sequence[str], limits: Limits = LIMITS) -> list[str]:
    """Return what a report says was left out: options and columns by name, the others by number."""
    if not what:
        return []
    gone = _gone(read_sheets(question, limits), what)
    told = [*gone.options, *gone.columns]
    for things, word in ((gone.holders, "holder"), (gone.sources, "source")):
        told += [number_of(len(things), word)] if things else []
    return told


def _gone(sheets: Sheets, what: Sequence[str]) -> _Gone:
    """Return what is meant by each name: an option, a holder, a source, else a column."""
    options = _named(sheets, "options", "id", what)
    holders = _named(sheets, "perspectives", "holder_id")
    meant = {key: names for key, names in holders.items() if {key, *names} & set(what)}
    sources = _named(sheets, "sources", "id", what)
    found = {*options, *sources, *meant, *(name for names in meant.values() for name in names)}
    return _Gone(options, meant, sources, [name for name in what if name not in found])


def _named(
    sheets: Sheets, sheet: str, key: str, only: Sequence[str] | None = None
) -> dict[str, list[str]]:
    """Return the names of each thing that a sheet lists, by id; of some alone where they are given."""
    named = {}
    for row in sheets.rows(sheet):
        if only is None or row.text(key) in only:
            texts = (row.text(column) for column in NAMES[sheet])
            named[row.text(key)] = [text for text in texts if text.strip()]
    return named


def _cited(sheets: Sheets) -> set[str]:
    """Return the sources that any row cites."""
    rows = (row for sheet in sheets.sheets.values() for row in sheet.rows)
    return {source for row in rows for source in row.listed("sources")}


def _leave_out(sheets: Sheets, gone: _Gone) -> None:
    for name, sheet in list(sheets.sheets.items()):
        if name.partition("/")[2] in gone.called and name.startswith("judgements/"):
            del sheets.sheets[name]
        else:
            sheets.sheets[name] = _less(sheet, gone)


def _unknown(columns: list[str], sheets: Sheets, options: list[str]) -> Iterator[Fault]:
    for name in columns:
        sheet, _, column = name.rpartition(".")
        if sheet not in sheets.sheets or column not in sheets.sheets[sheet].columns:
            expected = f"an option ({known(options)}), a holder, a source or a column such as "
            expected += "scores.rationale"
            yield Fault(f"redaction '{name}'", expected, "neither")
        elif column in KEPT.get(sheet, ()):
            yield Fault(
                f"redaction '{name}'",
                "a column that the computation can do without",
                "one that it needs",
            )


def _less(sheet: Sheet, gone: _Gone) -> Sheet:
    """Return a sheet without the rows and entries of what goes.

    The columns that go are blank.
    """
    blank = dict.fromkeys(
        (column for column in sheet.columns if f"{sheet.name}.{column}" in gone.columns), ""
    )
    options = list(gone.options)
    rows = [
        row
        for row in sheet.rows
        if not _belongs(sheet.name, row, options) and not _tells(sheet.name, row, gone)
    ]
    cells = [
        _without(_without(row.cells, "options", options), "sources", [*gone.sources])
        for row in rows
    ]
    return replace(
        sheet,
        rows=tuple(replace(row, cells=left | blank) for row, left in zip(rows, cells, strict=True)),
    )


def _tells(name: str, row: Row, gone: _Gone) -> bool:
    """Say whether a row is about a holder or a source that goes."""
    if name == "sources":
        return row.text("id") in gone.sources
    return bool({row.text("holder_id"), row.text("holder")} & gone.called)


def _belongs(name: str, row: Row, gone: list[str]) -> bool:
    """Say whether a row is about an option that goes alone, or names it as the baseline."""
    if name == "question":
        return row.text("field") == "baseline" and row.text("value") in gone
    if name == "options":
        return row.text("id") in gone
    if any(row.text(column) in gone for column in OPTION_COLUMNS):
        return True
    return name == "estimates" and bool(set(row.text("key").split("/")) & set(gone))


def _without(cells: dict[str, str], column: str, gone: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row with nothing that goes among what a column lists."""
    if column not in cells:
        return dict(cells)
    listed = [entry for entry in cells[column].split(";") if entry.strip() not in gone]
    return {**cells, column: ";".join(listed)}


def _still_named(target: Path, gone: _Gone) -> Iterator[Fault]:
    """Go through the places where something that went is still named.

    It may be named in full, short, or by an id that is no word.
    """
    things = {**gone.options, **gone.holders, **gone.sources}
    words = {key: [*names, *([key] if len(key) > 2 else [])] for key, names in things.items()}
    for path in sorted(target.rglob("*.*")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for key, names in words.items():
                if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) for name in names):
                    remedy = "leave that column out as well, or change the text"
                    where = f"{path.name} line {number}"
                    yield Fault(where, f"no word of '{key}'", repr(line[:80]), remedy)
