"""The lines of the table alone: without titles, footnotes, groups of columns above the header, and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mcda.checks.faults import Fault, refuse
from mcda.checks.table_words import direction, role
from mcda.files.interchange.table_layout.table_lines import Line, span
from mcda.files.tables.numerals import as_plain
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import number_of

OF_NAMES = ("", "alternatives", "label", "count")  # what the head of a column of names may be
REST = "delete it if it is no part of the table"


def framed(name: str, lines: Sequence[Line]) -> tuple[list[Line], list[Note]]:
    """Return the lines of the table alone, all as long as the widest, and a note for each line that was left out.

    Raises InputError for a line of fewer cells, with the line to delete.
    """
    lines = _without_merged_title(lines)
    first, end = span(lines)
    if not end:
        return [line for line in lines if not line.blank()], []
    notes = _notes_around(lines, first, end)
    table = [line for line in lines[first:end] if not line.blank()]
    if _is_line_of_groups(table):
        notes.append(Note(table[0].place, "a line above the header", "groups of columns: left out"))
        del table[0]
    width = max(line.filled for line in table)
    refuse(_short(table, width))
    columns = _filled_columns(table, width)
    blank = max(len(line.texts) for line in table) - len(columns)
    if blank:
        notes.append(Note(name, number_of(blank, "blank column"), "no part of the table"))
    return [line.picked(columns) for line in table], notes


def _notes_around(lines: Sequence[Line], first: int, end: int) -> list[Note]:
    """Return a note for each title, each footnote, and each blank line between the first and the end of the table."""
    notes = [_left_out(line, "a title") for line in lines[:first] if not line.blank()]
    notes += [_left_out(line, "a footnote") for line in lines[end:] if not line.blank()]
    for line in lines[first:end]:
        if line.blank():
            notes.append(Note(line.place, "a blank line", "no part of the table"))
    return notes


def _filled_columns(table: Sequence[Line], width: int) -> list[int]:
    """Return the positions of columns with any text; that of the names stays also where it is blank."""
    columns = {0}
    for line in table:
        columns.update(at for at in range(width) if line.texts[at].strip())
    return sorted(columns)


def _is_line_of_groups(table: Sequence[Line]) -> bool:
    """Return whether the first line names groups of columns: with gaps or names twice, above a whole header."""
    if len(table) < 3 or any(table[1].typed):
        return False
    groups = [text.strip() for text in table[0].texts[1:]]
    corner, *heads = (text.strip() for text in table[1].texts)
    has_heads = all(heads) and len(set(heads)) == len(heads) and role(corner) in OF_NAMES
    in_words = not any(as_plain(head) is not None for head in heads)
    is_header = has_heads and in_words and not all(map(direction, heads))
    above_numbers = any(as_plain(text) is not None for text in table[2].texts[1:])
    return is_header and above_numbers and len(set(groups) - {""}) < len(groups)


def _left_out(line: Line, what: str) -> Note:
    return Note(line.place, repr(" ".join(line.texts[0].split())[:60]), f"{what}: left out")


def _without_merged_title(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a title that a merged cell spreads over all columns written once."""
    first = next((at for at, line in enumerate(lines) if not line.blank()), 0)
    written_once = list(lines)
    for at in range(first, len(lines)):
        line = lines[at]
        texts = {text.strip() for text in line.texts if text.strip()}
        if line.filled < 3 or len(texts) != 1 or "".join(texts).replace(".", "").isdigit():
            break
        blank = ("",) * (len(line.texts) - 1)
        written_once[at] = replace(line, texts=(texts.pop(), *blank))
    return written_once


def _short(table: Sequence[Line], width: int) -> list[Fault]:
    """Return a fault for each line of fewer cells than the commonest number, or of more."""
    lengths = [len(line.texts) for line in table]
    if min(lengths) >= width:
        return []
    commonest = max(lengths, key=lambda length: (lengths.count(length), length == lengths[0]))
    usual = max(commonest, table[0].filled)
    remedy = f'as in the header, {table[0].place}; put a cell that holds the sign between cells in "quotes", or {REST}'
    return [
        Fault(line.place, f"{usual} cells", f"{len(line.texts)}", remedy)
        for line in table
        if len(line.texts) < usual or line.filled > usual
    ]
