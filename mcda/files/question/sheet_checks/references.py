"""Every id that a sheet names is an id of another: what resolves to nothing is a fault, once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from mcda.checks.faults import Fault, known
from mcda.files.question.as_typed.names_in_cells import (
    EVERY_OPTION,
    JOINING,
    LISTED,
    PAIR,
    SHEET_OF,
    Names,
    holder_names,
    is_baseline,
    names_of,
)
from mcda.files.question.schema import CLAIM_KINDS
from mcda.files.tables.sheets import Row, Sheet, Sheets
from mcda.problem.claims import fits

# of a holder whose public line names none, of an event that is alike for all options, of what was
# ruled out and is near to no option, and of a criterion at the top of the tree
MAY_BE_BLANK = {
    ("positions", "option"),
    ("events", "option"),
    ("screened_out", "option"),
    ("criteria", "parent"),
}
# where the sheet itself says whether a cell may be blank
FILLED_OR_NOT = ("criterion", "fallback", "like", *PAIR)
KNOWN = 6  # ids that a way out lists
CELLS = 6  # further cells that a fault lists


@dataclass(frozen=True)
class Mention:
    """A cell that names something: its sheet, its row, its column, and the text that names it."""

    sheet: str
    row: Row
    column: str
    text: str

    @property
    def cell(self) -> str:
        """The cell, or the row where cells have no letters."""
        spot = self.row.spot(self.column)
        return f"{spot.column}{spot.row}" if spot and spot.column else f"row {self._number}"

    @property
    def _number(self) -> str:
        return self.row.place.rpartition(" ")[2]


def check_references(sheets: Sheets) -> None:
    """Note every id that resolves to nothing, once for all cells that name it.

    These are options, criteria, sources, and kinds of claims.
    """
    for of in dict.fromkeys(SHEET_OF.values()):
        _check_names(sheets, of)
    if "perspectives" in sheets.sheets:
        sheets.faults.extend(check_holders(sheets, "positions"))
    _check_ruled_out(sheets)
    sheets.faults.extend(_link_faults(sheets))
    sheets.faults.extend(_claim_faults(sheets))


def _check_names(sheets: Sheets, of: str) -> None:
    """Note every cell that names nothing in the sheet `of`; without a sheet of sources, what needs one."""
    if of == "sources" and of not in sheets.sheets:
        if of not in sheets.broken:
            _check_unsourced(sheets)
        return
    names = names_of(sheets, of)
    unknown = list(_unknown(sheets, of, names))
    sheets.faults.extend(unknown_faults(sheets, of, names, unknown))


def _claim_faults(sheets: Sheets) -> Iterator[Fault]:
    """Go through the claims of a kind that isn't known."""
    for row in sheets.rows("claims"):
        kind = row.text("kind")
        if kind not in CLAIM_KINDS:
            yield row.fault("kind", f"one of {known(CLAIM_KINDS)}", repr(kind))


def _check_ruled_out(sheets: Sheets) -> None:
    """Note every option that the sheet "screened_out" rules out and the question has."""
    options = names_of(sheets, "options").ids
    for row in sheets.rows("screened_out"):
        key = row.text("id")
        if key in options:
            home = "options" if key in ids(sheets, "options") else "packages"
            remedy = f"delete it here, or in {sheets.place(home)}"
            expected = "an option that isn't ranked"
            sheets.faults.append(row.fault("id", expected, f"the option '{key}'", remedy))


def _link_faults(sheets: Sheets) -> Iterator[Fault]:
    """Go through the faults of links from claims to numbers: of an unknown claim, or to nothing."""
    claims = ids(sheets, "claims")
    links = sheets.rows("claims_links")
    targets = link_targets(sheets) if links else {}
    for row in links:
        if row.text("claim") not in claims:
            expected = f"a claim of {sheets.place('claims')}"
            yield row.fault("claim", expected, f"'{row.text('claim')}'")
        named = row.text("target")
        if named not in targets and not any(fits(named, target) for target in targets):
            expected = "criterion/option, the key of an estimate, or sheet/id"
            yield row.fault("target", expected, f"'{named}'")


def link_targets(sheets: Sheets) -> dict[str, None]:
    """Return all that a claim may stand behind: cells, keys of estimates, and rows by sheet and id."""
    options = names_of(sheets, "options").ids
    cells = [f"{key}/{one}" for key in ids(sheets, "criteria") for one in options]
    numbers = list(ids(sheets, "estimates", "key"))
    rows = [
        f"{name}/{row.text(sheet.columns[0])}"
        for name, sheet in sheets.sheets.items()
        for row in sheet.rows
        if sheet.columns
    ]
    return dict.fromkeys([*cells, *numbers, *rows])


def check_holders(sheets: Sheets, sheet: str) -> list[Fault]:
    """Return the faults of a sheet about holders who state no weights, once for each name."""
    names = holder_names(sheets)
    unknown = [
        Mention(sheet, row, "holder", row.text("holder"))
        for row in sheets.rows(sheet)
        if row.text("holder") not in names.ids
    ]
    expected = f"a holder of {sheets.place('perspectives')}: {known(names.ids, 30)}"
    return unknown_faults(sheets, "perspectives", names, unknown, expected)


def unknown_faults(
    sheets: Sheets, of: str, names: Names, unknown: Iterable[Mention], expected: str = "a known id"
) -> list[Fault]:
    """Return a fault for each text that names nothing in the sheet `of`, with all cells that have it."""
    by_text: dict[str, list[Mention]] = {}
    for mention in unknown:
        by_text.setdefault(mention.text, []).append(mention)
    if not by_text:
        return []
    mentioned = set(_texts_that_name(sheets, of))
    for joining in JOINING.get(of, ()):
        mentioned.update(ids(sheets, joining))  # what joins need not be named anywhere
    unused = [key for key in names.ids if key not in mentioned]
    faults = []
    for text, mentions in by_text.items():
        first = mentions[0]
        meant = names.near(text) or (unused[0] if len(unused) == len(by_text) == 1 else "")
        what = f"'{text}'{_also(sheets, mentions)}"
        remedy = _way_out(sheets, of, names, text, meant)
        fault = first.row.fault(first.column, expected, what, remedy)
        if first.sheet == "question":  # a field has a name of its own
            fault = replace(
                fault, where="baseline", expected=f"one of the options {known(names.ids)}"
            )
        faults.append(fault)
    return faults


def _way_out(sheets: Sheets, of: str, names: Names, text: str, meant: str) -> str:
    if not text.strip():
        return f"name one of {known(names.ids, KNOWN)}"
    add = f"or add '{text}' to {sheets.place(of)}"
    if meant:
        return f"did you mean '{meant}'? Write '{meant}', {add}"
    return f"write one of {known(names.ids, KNOWN)}, {add}"


def _also(sheets: Sheets, mentions: list[Mention]) -> str:
    """Return the words for the other cells with the same text; blank where it stands in one."""
    by_sheet: dict[str, list[str]] = {}
    for mention in mentions[1:]:
        cells = by_sheet.setdefault(mention.sheet, [])
        if mention.cell not in (*cells, mentions[0].cell * (mention.sheet == mentions[0].sheet)):
            cells.append(mention.cell)
    texts = []
    for name, cells in by_sheet.items():
        more = f" and {len(cells) - CELLS} more" if len(cells) > CELLS else ""
        where = "" if name == mentions[0].sheet else f" of {sheets.place(name)}"
        if cells:
            texts.append(f"{', '.join(cells[:CELLS])}{more}{where}")
    return f" (also in {'; '.join(texts)})" if texts else ""


def _unknown(sheets: Sheets, of: str, names: Names) -> Iterator[Mention]:
    """Go through the cells of all sheets that name nothing in the sheet `of`."""
    for sheet in sheets.sheets.values():
        for column in _columns(sheet, of):
            yield from _unknown_in(sheet, column, names)
    if of == "options":
        yield from _unknown_baseline(sheets, names)


def _unknown_in(sheet: Sheet, column: str, names: Names) -> Iterator[Mention]:
    """Go through the cells of a column that hold no name, but for blank ones where they may be."""
    ids = _names_allowed(column, names)
    may_be_blank = (sheet.name, column) in MAY_BE_BLANK
    for mention in _mentions(sheet, column):
        if mention.text not in ids and (mention.text or not may_be_blank):
            yield mention


def _unknown_baseline(sheets: Sheets, names: Names) -> Iterator[Mention]:
    """Go through the rows of the question whose baseline is no option."""
    for row in sheets.rows("question"):
        text = row.text("value")
        if is_baseline(row) and text.strip() and text not in names.ids:
            yield Mention("question", row, "value", text)


def _names_allowed(column: str, names: Names) -> Collection[str]:
    if column == "options":
        return {*names.ids, EVERY_OPTION}
    return {*names.ids, ""} if column in FILLED_OR_NOT else names.ids


def _columns(sheet: Sheet, of: str) -> list[str]:
    """Return the columns of a sheet that name something in another or in itself."""
    if sheet.name.startswith("judgements/"):
        named = {"criteria": PAIR, "sources": ("sources",)}.get(of, ())
        return [column for column in named if column in sheet.columns]
    return [column for column, named in SHEET_OF.items() if named == of and column in sheet.columns]


def _mentions(sheet: Sheet, column: str) -> Iterator[Mention]:
    for row in sheet.rows:
        entries = row.listed(column) if column in LISTED else (row.text(column),)
        for entry in entries:
            yield Mention(sheet.name, row, column, entry)


def _texts_that_name(sheets: Sheets, of: str) -> Iterator[str]:
    """Go through the texts that name something in a sheet, wherever they stand."""
    if of == "perspectives":
        yield from (row.text("holder") for row in sheets.rows("local_weights"))
    for sheet in sheets.sheets.values():
        for column in _columns(sheet, of):
            for mention in _mentions(sheet, column):
                yield mention.text


def _check_unsourced(sheets: Sheets) -> None:
    """Note that the sheet of sources is missing, once, where any row names one."""
    naming = []
    for name, sheet in sheets.sheets.items():
        if any(row.listed("sources") for row in sheet.rows):
            naming.append(name)
    if naming:
        found = f"none, though {', '.join(map(sheets.place, naming))} name some"
        remedy = "add it, or leave the columns 'sources' blank"
        sheets.faults.append(Fault(sheets.name, sheets.place("sources"), found, remedy))


def ids(sheets: Sheets, name: str, column: str = "id") -> dict[str, None]:
    """Return the ids that a sheet holds, in order."""
    return dict.fromkeys(row.text(column) for row in sheets.rows(name))
