"""The lines of a table as a file holds them: parted by the one sign that fits all, without titles, footnotes, gaps."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mcda.checks.faults import Fault, InputError, Spot, known, refuse
from mcda.checks.limits import Limits
from mcda.checks.table_words import direction, role
from mcda.files.tables.clean_cells import clean_cell
from mcda.files.tables.csv_file import counted, decoded, unguarded
from mcda.files.tables.numerals import as_plain
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import Several, number_of

BAR = "|"  # frames the lines of a Markdown table, and parts their cells
SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", BAR: "bars"}
OTHER_SIGNS = (BAR, " ")
RULE = re.compile(r"\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")  # below the header of a Markdown table
SPELLED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " "}
OF_NAMES = ("", "alternatives", "label", "count")  # what the head of a column of names may be
REST = "delete it if it is no part of the table"


@dataclass(frozen=True)
class Line:
    """One row of a block of cells: its words for a place, its texts, the spot of each, and which were typed numbers."""

    place: str
    texts: tuple[str, ...]
    spots: tuple[Spot | None, ...] = ()
    typed: tuple[bool, ...] = ()

    def blank(self) -> bool:
        """Return whether nothing stands in it."""
        return not any(text.strip() for text in self.texts)

    @property
    def filled(self) -> int:
        """How many cells there are up to the last that is filled."""
        return max((at for at, text in enumerate(self.texts, 1) if text.strip()), default=0)

    @property
    def lone(self) -> bool:
        """Whether its first cell alone is filled: a title, a footnote, or a name without numbers."""
        return self.filled == 1

    def behind(self, name: str) -> Line:
        """Return the line with a name in front of its cells."""
        return Line(
            self.place,
            (name, *self.texts),
            (None, *self.spots) if self.spots else (),
            (False, *self.typed) if self.typed else (),
        )

    def picked(self, positions: Sequence[int]) -> Line:
        """Return the line of some of its cells, in the order of the positions; a cell beyond its end is blank."""
        return Line(
            self.place,
            tuple(self.texts[at] if at < len(self.texts) else "" for at in positions),
            tuple(self.spots[at] for at in positions) if self.spots else (),
            tuple(self.typed[at] for at in positions) if self.typed else (),
        )


def read_csv_lines(
    path: Path, limits: Limits, separator: str | None = None
) -> tuple[list[Line], list[Note], str]:
    """Return the lines of a CSV file, blank ones too, notes on its form, and the sign between cells.

    The sign between cells is the one that gives all lines of the table as many cells. Raises InputError where two do,
    with both readings, or none.
    """
    text, notes = decoded(path, limits)
    separator = SPELLED.get(separator or "", separator)
    told, rest = _told_separator(text)
    start = text[: len(text) - len(rest)].count("\n")
    if told and not separator:
        notes.append(Note(path.name, f"the first line 'sep={told}'", "the sign between cells"))
    sign = separator or told or (BAR if _is_markdown(rest) else "")
    if sign:
        lines = _separated(rest, sign, path.name, limits, start)
    else:
        sign, lines = _proven(rest, path.name, limits)
    if sign in SIGNS and sign not in (",", separator, told):
        notes.append(Note(path.name, Several(SIGNS[sign]), "the signs between cells"))
    return [_clean_line(line, notes) for line in lines], notes, sign


def _clean_line(line: Line, notes: list[Note]) -> Line:
    """Return a line with texts that can be printed, and put a note for each cell that was changed."""
    if all(map(str.isprintable, line.texts)):
        return line
    texts = [
        clean_cell(text, f"{line.place} cell {at}", notes) for at, text in enumerate(line.texts, 1)
    ]
    return replace(line, texts=tuple(texts))


def _told_separator(text: str) -> tuple[str, str]:
    """Return the sign of a first line 'sep=;' that Excel writes, and the text after that line."""
    first, _, rest = text.partition("\n")
    told = first.strip("\r\n").strip('"')
    if told.lower().startswith("sep=") and len(told) == 5:
        return told[4], rest
    return "", text


def _is_markdown(text: str) -> bool:
    """Return whether bars frame every line of a text, and a rule stands below the first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    is_framed = all(line.startswith(BAR) and line.endswith(BAR) for line in lines)
    return len(lines) > 2 and is_framed and bool(RULE.fullmatch(lines[1]))


def _separated(text: str, sign: str, name: str, limits: Limits, start: int = 0) -> list[Line]:
    if len(sign) != 1:
        raise InputError(Fault("separator", "one sign, such as ';'", repr(sign)))
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=sign, strict=True, skipinitialspace=sign == " "
    )
    lines = [
        Line(f"{name} row {number + start}", tuple(map(unguarded, cells)))
        for number, cells in counted(reader, name, limits)
    ]
    return _without_frame(lines) if sign == BAR else lines


def _without_frame(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a table of bars without the rule below its header, and without bars at both ends."""
    kept = [line for line in lines if line.blank() or not RULE.fullmatch(BAR.join(line.texts))]
    filled = [line for line in kept if not line.blank()]
    ends = {text.strip() for line in filled for text in (line.texts[0], line.texts[-1])}
    if ends != {""} or min(len(line.texts) for line in filled) < 3:
        return kept
    return [line.picked(range(1, len(line.texts) - 1)) for line in kept]


def _proven(text: str, name: str, limits: Limits) -> tuple[str, list[Line]]:
    """Return the one sign between cells that gives equal counts, and the lines it gives."""
    readings, broken = _readings(text, name, limits)
    fitting = _fitting(readings)
    if len(fitting) > 1:
        raise InputError(_two_readings(name, {sign: readings[sign] for sign in fitting}))
    if fitting:
        return fitting[0], readings[fitting[0]]
    several = {sign: lines for sign, lines in readings.items() if max(_widths(lines)) > 1}
    if not several and broken:
        raise broken[0]
    if not several:
        refuse(_one_column(name, text))
        return ",", _separated(text, ",", name, limits)
    likeliest = max(several, key=lambda sign: _likeness(several[sign]))
    return likeliest, several[likeliest]  # its lines of other counts are told where they are framed


def _readings(
    text: str, name: str, limits: Limits
) -> tuple[dict[str, list[Line]], list[InputError]]:
    """Return the lines that each sign of the text gives, and the faults of those whose quotes don't fit."""
    readings: dict[str, list[Line]] = {}
    broken: list[InputError] = []
    for sign in (sign for sign in SIGNS if sign in text and sign != BAR):
        try:
            readings[sign] = _separated(text, sign, name, limits)
        except InputError as error:
            if error.faults[0].expected.startswith("at most"):
                raise  # more cells than the limit
            broken.append(error)
    return readings, broken


def _fitting(readings: Mapping[str, Sequence[Line]]) -> list[str]:
    """Return the signs that give all lines as many cells; where none does, those that leave the fewest lines out."""
    whole = [sign for sign, lines in readings.items() if all(map(_even, _tables(lines)))]
    if whole:
        return whole
    left_out = {
        sign: len(lines) - len(_core(lines))
        for sign, lines in readings.items()
        if _even(_core(lines))
    }
    return [sign for sign, count in left_out.items() if count == min(left_out.values())]


def _tables(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the blocks of lines that must be even each: all together, but where a first one tells directions."""
    return blocks_of(lines) if tells_directions(lines) else [list(lines)]


def _even(core: Sequence[Line]) -> bool:
    width = max((line.filled for line in core), default=0)
    return width > 1 and all(len(line.texts) >= width for line in core if not line.blank())


def _widths(lines: Sequence[Line]) -> list[int]:
    return [line.filled for line in lines] or [0]


def _likeness(lines: Sequence[Line]) -> int:
    """Return how many lines have the commonest number of cells beyond one."""
    widths = [width for width in _widths(lines) if width > 1]
    return max((widths.count(width) for width in set(widths)), default=0)


def _two_readings(name: str, readings: dict[str, list[Line]]) -> Fault:
    shown = []
    for sign, lines in readings.items():
        first = next(line for line in lines if not line.blank())
        shown.append(
            f"with {SIGNS[sign]} the columns {known(text.strip() for text in first.texts)}"
        )
    ways = " or ".join(f"separator={sign!r}" for sign in readings)
    return Fault(name, "one sign between cells", "; ".join(shown), f"say which: {ways}")


def _one_column(name: str, text: str) -> list[Fault]:
    """Return the fault of a text in which no sign parts cells; none for an empty one."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if not first:
        return []
    sign = next((sign for sign in OTHER_SIGNS if sign in first), "")
    remedy = (
        f"is {sign!r} the sign between cells? give separator={sign!r}"
        if sign
        else "write commas, semicolons or tabs between cells"
    )
    found = f"one column, {first[:60]!r}: no criterion"
    return [Fault(name, "a column of names and at least one criterion", found, remedy)]


def tells_directions(lines: Sequence[Line]) -> bool:
    """Return whether the first block of a file is one of criteria and their directions, before that of the table."""
    first = next((line for line in lines if not line.blank()), None)
    heads = [text.strip() for text in first.texts[:2]] if first else []
    return heads == ["criterion", "direction"] and len(blocks_of(lines)) > 1


def blocks_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines that stand together, without the blank ones between."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.blank():
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _core(lines: Sequence[Line]) -> list[Line]:
    """Return the lines between titles and footnotes, blank ones too."""
    first, end = _span(lines)
    return list(lines[first:end])


def _span(lines: Sequence[Line]) -> tuple[int, int]:
    """Return where the table begins and ends: what stands alone before it is a title, apart after it a footnote."""
    whole = [at for at, line in enumerate(lines) if line.filled > 1]
    if not whole:
        return 0, 0
    end = whole[-1] + 1
    apart = False
    for at in range(end, len(lines)):
        if lines[at].blank():
            apart = True
        elif not (apart and _prose(lines[at].texts[0])):
            end = at + 1  # a name without numbers is told, not dropped
    return whole[0], end


def _prose(text: str) -> bool:
    """Return whether a text reads like a sentence, a source or a remark."""
    told = text.strip()
    return " " in told or ":" in told or told[:1] in "*†‡©"


def framed(name: str, lines: Sequence[Line]) -> tuple[list[Line], list[Note]]:
    """Return the lines of the table alone, all as long as the widest, and a note for each line that was left out.

    Raises InputError for a line of fewer cells, with the line to delete.
    """
    lines = _without_merged_title(lines)
    first, end = _span(lines)
    if not end:
        return [line for line in lines if not line.blank()], []
    core = lines[first:end]
    notes = [_left_out(line, "a title") for line in lines[:first] if not line.blank()]
    notes += [_left_out(line, "a footnote") for line in lines[end:] if not line.blank()]
    notes += [
        Note(line.place, "a blank line", "no part of the table") for line in core if line.blank()
    ]
    table = [line for line in core if not line.blank()]
    if _is_line_of_groups(table):
        notes.append(Note(table[0].place, "a line above the header", "groups of columns: left out"))
        del table[0]
    width = max(line.filled for line in table)
    refuse(_short(table, width))
    filled = {0}  # the column of names stays also where it is blank
    for line in table:
        filled.update(at for at in range(width) if line.texts[at].strip())
    kept = sorted(filled)
    blank = max(len(line.texts) for line in table) - len(kept)
    if blank:
        notes.append(Note(name, number_of(blank, "blank column"), "no part of the table"))
    return [line.picked(kept) for line in table], notes


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
    kept = list(lines)
    for at in range(first, len(lines)):
        texts = {text.strip() for text in lines[at].texts if text.strip()}
        if lines[at].filled < 3 or len(texts) != 1 or "".join(texts).replace(".", "").isdigit():
            break
        blank = ("",) * (len(lines[at].texts) - 1)
        kept[at] = Line(lines[at].place, (texts.pop(), *blank), lines[at].spots, lines[at].typed)
    return kept


def _short(table: Sequence[Line], width: int) -> list[Fault]:
    """Return a fault for each line of fewer cells than the commonest number, or of more."""
    widths = [len(line.texts) for line in table]
    usual = max(widths, key=lambda each: (widths.count(each), each == widths[0]))
    usual = usual if all(each >= width for each in widths) else max(usual, table[0].filled)
    if all(each >= width for each in widths):
        return []
    remedy = f'as in the header, {table[0].place}; put a cell that holds the sign between cells in "quotes", or {REST}'
    return [
        Fault(line.place, f"{usual} cells", f"{len(line.texts)}", remedy)
        for line in table
        if len(line.texts) < usual or line.filled > usual
    ]
