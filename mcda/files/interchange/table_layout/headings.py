"""The header of a table and the column of its names: proven by what stands in them, told where they are numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mcda.checks.faults import Fault, Faults, InputError, known, refuse
from mcda.checks.labels import alike, name_faults
from mcda.checks.table_words import names, role
from mcda.files.interchange.table_layout.table_lines import Line
from mcda.files.tables.csv_file import header_faults
from mcda.files.tables.numerals import as_plain
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import named, number_of, quoted

YEAR = re.compile(r"(19|20|21)\d\d")
NO_NAMES = "none"  # as the head of the column of names: the rows have no name but their number
SURE = 3  # as many names that count from 0 or 1 are an index under any head


@dataclass(frozen=True)
class Headed:
    """Lines whose first cell is a name: the header, then the rows; and notes on how they were told apart."""

    header: Line
    rows: list[Line]
    notes: tuple[Note, ...] = ()

    @property
    def corner(self) -> str:
        """The head of the column of names."""
        return self.header.texts[0].strip()

    @property
    def heads(self) -> list[str]:
        """The heads of the other columns."""
        return [text.strip() for text in self.header.texts[1:]]


def headed(
    name: str, lines: Sequence[Line], called: str | None = None, header: bool | None = None
) -> Headed:
    """Return the header and the rows of a table with the column of names in front.

    `called` is the head of the column of names; `header` says whether the first line is one. Raises InputError where
    numbers stand as header or names and nothing says that they are.
    """
    if not lines:
        raise InputError(Fault(name, "a header and rows", "an empty file or area"))
    nameless = called == NO_NAMES and NO_NAMES not in _texts(lines[0])
    named_lines = _numbered(lines, header) if nameless else lines
    lines = _with_header(name, named_lines, header)
    first = lines[0]
    rows = list(lines[1:])
    at, notes = (0, [_nameless_note(first)]) if nameless else _names_at(first, rows, called)
    unused = _headless_counts(first, rows, at)
    order = [at, *(other for other in range(len(first.texts)) if other not in (at, *unused))]
    notes += [_count_note(first, other) for other in unused]
    found = Headed(first.picked(order), [line.picked(order) for line in rows])
    if len(order) < 2:
        raise InputError(Fault(first.place, "at least one criterion", f"'{found.corner}' alone"))
    heading = "" if nameless else called
    notes += _notes_on_numbers(found, heading, header)
    refuse(_blank_heads(lines, found))
    refuse(header_faults(first.place, (found.corner or "alternative", *found.heads)))
    refuse(name_faults(found.heads, "criterion"))
    return Headed(found.header, found.rows, tuple(notes))


def _with_header(name: str, lines: Sequence[Line], header: bool | None) -> Sequence[Line]:
    """Return the lines with a header above them, where they are told to have none."""
    if header is not False:
        return lines
    blank = ["", *(f"criterion {at}" for at in range(1, len(lines[0].texts)))]
    return [Line(name, tuple(blank)), *lines]


def _notes_on_numbers(found: Headed, called: str | None, header: bool | None) -> list[Note]:
    """Return notes on numbers as header and as names; raises InputError for both, where they read like data."""
    notes = list[Note]()
    asked = Faults()
    with asked.gathered():
        notes += _header_notes(found, header)
    with asked.gathered():
        notes += _name_notes(found, called)
    refuse(asked)
    return notes


def _blank_heads(lines: Sequence[Line], found: Headed) -> list[Fault]:
    """Return the fault of columns without a head, with the first row that holds something there."""
    blank = [at for at, text in enumerate(lines[0].texts) if at and not text.strip()]
    if not blank:
        return []
    filled = ((line, at) for line in lines for at in blank if line.texts[at].strip())
    first, at = next(filled, (None, blank[0]))
    described = f"{number_of(len(blank), 'column')} without one, such as column {at + 1}"
    if first is not None:
        described += f", which holds '{first.texts[at].strip()[:60]}' in {first.place}"
    remedy = "write a head, or delete what stands there if it is no part of the table"
    return [Fault(found.header.place, "columns with a name each", described, remedy)]


def _numbered(lines: Sequence[Line], header: bool | None) -> list[Line]:
    """Return the lines of a table that has no column of names with the numbers of its rows in front."""
    if header is False:
        return [line.behind(str(at)) for at, line in enumerate(lines, 1)]
    rows = [line.behind(str(at)) for at, line in enumerate(lines[1:], 1)]
    return [lines[0].behind(""), *rows]


def _nameless_note(first: Line) -> Note:
    return Note(first.place, "a table without names", "one of alternatives 1, 2, ..., as told")


def _texts(line: Line) -> list[str]:
    return [text.strip() for text in line.texts]


def counts(texts: Sequence[str]) -> bool:
    """Return whether texts count on from 0 or 1.

    >>> counts(["1", "2", "3"]), counts(["0", "1"]), counts(["1", "3"])
    (True, True, False)
    """
    plainly = [text.strip() for text in texts]
    from_zero = [str(number) for number in range(len(plainly) + 1)]
    return len(plainly) > 1 and plainly in (from_zero[:-1], from_zero[1:])


def _years(texts: Sequence[str]) -> bool:
    return all(YEAR.fullmatch(text.strip()) for text in texts)


def _number(text: str) -> bool:
    return as_plain(text) is not None or as_plain(text, ",") is not None


def _names_at(first: Line, rows: Sequence[Line], called: str | None) -> tuple[int, list[Note]]:
    """Return the column of names: the one that is called so, else the first; the second beside a running number."""
    heads = _texts(first)
    if called is not None:
        if called.strip() not in heads:
            raise InputError(Fault("names", f"a column among {known(heads)}", repr(called)))
        return heads.index(called.strip()), [
            Note(first.place, f"the column '{called.strip()}'", "the names, as told")
        ]
    numbered = [line.texts[0] for line in rows if not role(line.texts[0])]
    if len(heads) > 2 and counts(numbered) and (not heads[0] or names(heads[0], "count")):
        beside = [line.texts[1].strip() for line in rows]
        if len(set(beside)) == len(beside) and not any(
            not text or _number(text) for text in beside
        ):
            found = f"the column '{heads[1]}' beside a running number"
            return 1, [Note(first.place, found, "the names")]
    return 0, []


def _headless_counts(first: Line, rows: Sequence[Line], names_at: int) -> list[int]:
    """Return the columns beside the names that count the rows under no head, as pandas writes its index."""
    columns = []
    for at, head in enumerate(_texts(first)):
        texts = [line.texts[at] for line in rows]
        if at != names_at and not head and counts(texts):
            columns.append(at)
    return columns


def _count_note(first: Line, at: int) -> Note:
    return Note(first.place, f"column {at + 1}, which has no head", "a running number: left out")


def _header_notes(found: Headed, header: bool | None) -> list[Note]:
    """Return notes on a header of numbers; raises InputError for one that reads like data."""
    numbers = [text for text in found.heads if text and _number(text)]
    if not numbers or header is not None:
        return []
    sound = not _number(found.corner) and (
        _years(numbers) or (counts(numbers) and numbers == found.heads)
    )
    if sound:
        what = "years" if _years(numbers) else "an index"
        return [Note(found.header.place, named("the head", numbers), f"names of criteria, {what}")]
    remedy = "give header=True if they name criteria, header=False if the table has no header, or write one above"
    raise InputError(
        Fault(
            found.header.place,
            "a header with names of criteria",
            f"numbers, {known(numbers)}",
            remedy,
        )
    )


def _name_notes(found: Headed, called: str | None) -> list[Note]:
    """Return notes on names that are numbers; raises InputError for those that read like data."""
    texts = [line.texts[0].strip() for line in found.rows]
    names = [text for text in texts if text and not role(text)]
    if called is not None or not names or not all(map(_number, names)):
        return []
    what = _naming_numbers(names, found.corner)
    if what:
        column = f"the column '{found.corner}'"
        return [Note(found.header.place, column, f"names of alternatives, {what}")]
    remedy = _names_remedy(found)
    raise InputError(
        Fault(
            f"{found.header.place}, column '{found.corner}'",
            "names of alternatives",
            f"numbers, {known(names, 4)}",
            remedy,
        )
    )


def _naming_numbers(names: Sequence[str], corner: str) -> str:
    """Return what numbers that name alternatives are; blank for those that read like data."""
    if counts(names) and (len(names) >= SURE or _names_index(corner)):
        return "an index"
    if _years(names):
        return "years"
    return "numbers" if _distinct_whole(names) and _names_index(corner) else ""


def _names_index(corner: str) -> bool:
    return (
        not corner
        or names(corner, "count")
        or names(corner, "alternatives")
        or names(corner, "label")
    )


def _distinct_whole(names: Sequence[str]) -> bool:
    return len(set(names)) == len(names) and all(text.isdigit() for text in names)


def _names_remedy(found: Headed) -> str:
    worded = [found.corner]
    for at, head in enumerate(found.heads, 1):
        if not any(_number(line.texts[at]) for line in found.rows):
            worded.append(head)
    ways = [f"names={head!r}" for head in worded if head]
    none = f"names={NO_NAMES!r} if none does"
    return f"say which column holds the names, {' or '.join([*ways, none])}"


def alike_notes(called: Sequence[str], what: str, place: str) -> list[Note]:
    """Return a note for names that differ by case or blanks alone: they are read as two.

    >>> [str(note) for note in alike_notes(["Route 4", "route 4"], "alternatives", "x.csv")]
    ["x.csv: 'Route 4', 'route 4' were read as alternatives of their own"]
    """
    return [Note(place, quoted(group), f"{what} of their own") for group in alike(called)]
