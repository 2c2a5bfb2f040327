"""The lines of a CSV file, parted by the one sign that fits all of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.limits import Limits
from mcda.files.interchange.table_layout.table_lines import Line, blocks_of, core, tells_directions
from mcda.files.tables.clean_cells import clean_cell
from mcda.files.tables.csv_file import counted, decoded, unguarded
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import Several

BAR = "|"  # frames the lines of a Markdown table, and parts their cells
SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", BAR: "bars"}
OTHER_SIGNS = (BAR, " ")
RULE = re.compile(r"\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")  # below the header of a Markdown table
SPELLED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " "}


def read_csv_lines(
    path: Path, limits: Limits, separator: str | None = None
) -> tuple[list[Line], list[Note], str]:
    """Return the lines of a CSV file, blank ones too, notes on its form, and the sign between cells.

    The sign between cells is the one that gives all lines of the table as many cells. Raises InputError where two do,
    with both readings, or none.
    """
    text, notes = decoded(path, limits)
    separator = SPELLED.get(separator or "", separator)
    stated, rest = _stated_separator(text)
    start = text[: len(text) - len(rest)].count("\n")
    if stated and not separator:
        notes.append(Note(path.name, f"the first line 'sep={stated}'", "the sign between cells"))
    bar = BAR if _is_markdown(rest) else ""
    sign = separator or stated or bar
    if sign:
        lines = _separated(rest, sign, path.name, limits, start)
    else:
        sign, lines = _proven(rest, path.name, limits)
    if sign in SIGNS and sign not in (",", separator, stated):
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


def _stated_separator(text: str) -> tuple[str, str]:
    """Return the sign of a first line 'sep=;' that Excel writes, and the text after that line."""
    first, _, rest = text.partition("\n")
    statement = first.strip("\r\n").strip('"')
    if statement.lower().startswith("sep=") and len(statement) == 5:
        return statement[4], rest
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
    without_rule = [
        line for line in lines if line.blank() or not RULE.fullmatch(BAR.join(line.texts))
    ]
    filled = [line for line in without_rule if not line.blank()]
    ends = {text.strip() for line in filled for text in (line.texts[0], line.texts[-1])}
    if ends != {""} or min(len(line.texts) for line in filled) < 3:
        return without_rule
    return [line.picked(range(1, len(line.texts) - 1)) for line in without_rule]


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
    left_out = {}
    for sign, lines in readings.items():
        table = core(lines)
        if _even(table):
            left_out[sign] = len(lines) - len(table)
    return [sign for sign, count in left_out.items() if count == min(left_out.values())]


def _tables(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the blocks of lines that must be even each: all together, but where a first one tells directions."""
    return blocks_of(lines) if tells_directions(lines) else [list(lines)]


def _even(lines: Sequence[Line]) -> bool:
    """Return whether all lines have as many cells as the widest, and that is more than one."""
    width = max((line.filled for line in lines), default=0)
    return width > 1 and all(len(line.texts) >= width for line in lines if not line.blank())


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
    remedy = "write commas, semicolons or tabs between cells"
    if sign:
        remedy = f"is {sign!r} the sign between cells? give separator={sign!r}"
    found = f"one column, {first[:60]!r}: no criterion"
    return [Fault(name, "a column of names and at least one criterion", found, remedy)]
