"""Names in cells as people write them: ids or labels, in any case, each read as the id it means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mcda.checks.labels import printed
from mcda.files.question.schema import form_of
from mcda.files.tables.sheets import Note, Row, Sheet, Sheets

EVERY_OPTION = "ALL"
# the sheet that holds what a column names, and the columns that name several with ; between
SHEET_OF = {
    "option": "options",
    "options": "options",
    "fallback": "options",
    "like": "options",
    "criterion": "criteria",
    "parent": "criteria",
    "sources": "sources",
}
# the sheets whose rows join those of another: an option that is made of parts is an option
JOINING = {"options": ("packages",)}
LISTED = ("options", "sources")
PAIR = ("first", "second")
CLOSE = 0.6  # how like a known name a text must be to be taken for a slip of it


def folded(name: str) -> str:
    """Return a name without its case and blanks, in which people write it differently.

    >>> folded(" Heat  Pump ")
    'heat pump'
    """
    return printed(name).casefold()


@dataclass(frozen=True)
class Names:
    """The ids of a sheet, in order, and each id by its names in lower case: itself and its labels.

    A name of several things is the name of none. Every cell that names something looks for it
    here, so the ids are keys.
    """

    ids: Mapping[str, None] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, named: Iterable[tuple[str, Iterable[str]]]) -> Names:
        """Return the names of things: of each its id and its other names."""
        things = [(key, tuple(labels)) for key, labels in named]
        ids = dict.fromkeys(key for key, _ in things)
        meant: dict[str, set[str]] = {}
        for key, labels in things:
            for name in (key, *labels):
                if folded(name):
                    meant.setdefault(folded(name), set()).add(key)
        alone = {name: min(keys) for name, keys in meant.items() if len(keys) == 1}
        return cls(ids, alone)

    def meant(self, text: str) -> str:
        """Return the id that a text means; the text itself where it means none."""
        return text if text in self.ids else self.by_name.get(folded(text), text)

    def near(self, text: str) -> str:
        """Return the id whose name a text is most like; blank where it is like none."""
        matches = difflib.get_close_matches(folded(text), self.by_name, 1, CLOSE)
        return self.by_name[matches[0]] if matches else ""


def names_of(sheets: Sheets, name: str) -> Names:
    """Return the names of what a sheet lists, by its ids, labels and short labels.

    What joins it is among them, behind its own.
    """
    rows = list(sheets.rows(name))
    for joining in JOINING.get(name, ()):
        rows += sheets.rows(joining)
    return Names.of((row.text("id"), (row.text("label"), row.text("short"))) for row in rows)


def holder_names(sheets: Sheets) -> Names:
    """Return the names of the holders of weights: each by its full name and by its id."""
    return Names.of(
        (row.text("holder"), (row.text("holder_id"),)) for row in sheets.rows("perspectives")
    )


def is_baseline(row: Row) -> bool:
    """Return whether a row of the sheet question names the baseline."""
    return row.text("field").strip() == "baseline"


def with_ids(sheets: Sheets) -> Sheets:
    """Return the sheets with every name of an option, criterion, source or holder as its id.

    Words of a list, such as kinds, are read in any case. A note tells each text that was read as
    another, once for each sheet; a text that means nothing stays as it is, to be refused.
    """
    listed = {name: names_of(sheets, name) for name in set(SHEET_OF.values())}
    listed["options"].by_name[folded(EVERY_OPTION)] = EVERY_OPTION
    _rename_judgements(sheets)
    for name, sheet in sheets.sheets.items():
        columns = {
            column: listed[of]
            for column, of in SHEET_OF.items()
            if column in sheet.columns and listed[of].ids
        }
        if name.startswith("judgements/"):
            columns |= dict.fromkeys(PAIR, listed["criteria"])
        if name == "statements":
            columns |= dict.fromkeys(PAIR, _both(listed["options"], listed["criteria"]))
        if name in ("local_weights", "statements"):
            columns["holder"] = holder_names(sheets)
        columns |= _words(sheet)
        sheets.sheets[name] = _plainly(sheets, sheet, columns)
    if "question" in sheets.sheets:
        sheets.sheets["question"] = _with_baseline(sheets, listed["options"])
    return sheets


def _both(one: Names, other: Names) -> Names:
    """Return the names of two sheets together; a name of something in each means neither."""
    shared = one.by_name.keys() & other.by_name.keys()
    by_name = {**one.by_name, **other.by_name}
    alone = {name: key for name, key in by_name.items() if name not in shared}
    return Names({**one.ids, **other.ids}, alone)


def _words(sheet: Sheet) -> dict[str, Names]:
    """Return the words that each column of a sheet offers; directions have a reader of their own."""
    words = {}
    for column in form_of(sheet.name).columns:
        if column.choices and column.name in sheet.columns and column.name != "direction":
            words[column.name] = Names.of((word, ()) for word in column.choices)
    return words


def _rename_judgements(sheets: Sheets) -> None:
    """Let a sheet of judgements that bears a holder's name, or its id in other case, bear its id."""
    ids = Names.of(
        (row.text("holder_id"), (row.text("holder"),)) for row in sheets.rows("perspectives")
    )
    for name in [name for name in sheets.sheets if name.startswith("judgements/")]:
        meant = f"judgements/{ids.meant(name.partition('/')[2])}"
        if meant not in sheets.sheets:
            where = sheets.place(name)
            sheet = sheets.sheets.pop(name)
            sheets.sheets[meant] = replace(sheet, name=meant)
            sheets.titles[meant] = where


def _plainly(sheets: Sheets, sheet: Sheet, columns: dict[str, Names]) -> Sheet:
    notes: dict[str, Note] = {}
    rows = tuple(_row(row, columns, notes) for row in sheet.rows)
    sheets.notes += notes.values()
    return replace(sheet, rows=rows) if notes else sheet


def _row(row: Row, columns: dict[str, Names], notes: dict[str, Note]) -> Row:
    cells = dict(row.cells)
    for column, names in columns.items():
        text = row.text(column)
        entries = row.listed(column) if column in LISTED else (text,) * bool(text.strip())
        meant = [names.meant(entry) for entry in entries]
        for entry, other in zip(entries, meant, strict=True):
            if entry != other:
                where = f"{row.place}, {row.named(column)}"
                notes.setdefault(entry, Note(where, repr(entry), other, row.spot(column)))
        if list(entries) != meant:
            cells[column] = ";".join(meant)
    return replace(row, cells=cells) if cells != row.cells else row


def _with_baseline(sheets: Sheets, options: Names) -> Sheet:
    """Return the sheet question with the id of its baseline."""
    sheet = sheets.sheets["question"]
    notes: dict[str, Note] = {}
    rows = []
    for row in sheet.rows:
        read_row = _row(row, {"value": options}, notes) if is_baseline(row) else row
        rows.append(read_row)
    sheets.notes += notes.values()
    return replace(sheet, rows=tuple(rows))
