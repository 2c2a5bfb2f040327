"""Change a question one thing at a time, as a stranger or a slip would, and see how its reader takes it.

A change ends well if it is refused by name, told in a note, or leaves a number that is plainly one.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import mcda
from mcda.checks.faults import Fault, InputError
from mcda.checks.labels import NUMBER
from mcda.files.question.open_question import open_sheets
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.plain_numbers import NUMBERS

Table = list[list[str]]
NUMBERS_LIKE = (
    *("1e400", "NaN", "inf", "-inf", "-0", "0x10", "1_000", "1,5", "1.5%", "50 %", "1.234.567"),
    *("1 000", " 12 ", "12\u00a0", "½", "1/2", "=1+1", "1e-320", "--5", "5-", "(5)", "$5", "5 EUR"),
    *("TRUE", "2026-01-01", "<b>1</b>", "\u200b5", "\u22125", "", " ", "1e308", "-1e308", "0.1.2"),
    *("1,234", "1;2", "'5", "~5", ">5", "5..", "5e", "12-15", "²", "\u2167", "५", "101", "1e16"),
)
WORDS = (
    *("😀", "OPT99", "../../etc/passwd", "#N/A", "-", "n/a", "head", "min", "triangular"),
    *(
        "judgement",
        "Judgement",
        "{{7*7}}",
        "A\tB",
        "x" * 40_000,
        "9" * 400,
        "a\nb",
        "\r",
        '"',
        "a,b",
    ),
)
SIGNS = (
    *("\ue000", "\uf0b7", "x\u202ey", "\x01", "\x7f", "\ufffe", "\u0378", "\x0b", "\x00", "\udcff"),
)
TEXTS = (*NUMBERS_LIKE, *WORDS, *SIGNS)
FRACTION = re.compile(r"\d+/\d+")  # what a ratio may be written as


@dataclass(frozen=True)
class Change:
    """What was done to which sheet, and where it can be seen."""

    sheet: str
    what: str
    column: str = ""
    text: str = ""


def changed(rows: Table, chance: random.Random) -> tuple[Table, str, str, str]:
    """Return a table with one thing changed, and in words what, in which column, to which text."""
    return chance.choices((_cell, _row, _heading, _raw), (12, 2, 2, 1))[0](rows, chance)


def _cell(rows: Table, chance: random.Random) -> tuple[Table, str, str, str]:
    row = chance.randrange(1, len(rows))
    column = chance.randrange(len(rows[row]))
    text = chance.choice(TEXTS)
    rows[row][column] = text
    in_words = "constructed" in rows[row]  # then its levels hold any text
    return rows, f"row {row + 1}", "" if in_words else rows[0][column], text


def _row(rows: Table, chance: random.Random) -> tuple[Table, str, str, str]:
    at = chance.randrange(1, len(rows))
    return chance.choice(([*rows, rows[at]], rows[:at] + rows[at + 1 :], rows[:1])), "rows", "", ""


def _heading(rows: Table, chance: random.Random) -> tuple[Table, str, str, str]:
    at = chance.randrange(len(rows[0]))
    rows[0][at] = chance.choice(["", rows[0][0], "MODE", "x\ue000", "mode ", "=1"])
    return rows, "heading", "", ""


def _raw(rows: Table, chance: random.Random) -> tuple[Table, str, str, str]:
    at = chance.randrange(len(rows))
    rows[at] = chance.choice([rows[at][:-1], [*rows[at], "more"], [], ["\ufeff"]])
    return rows, "length", "", ""


def mutations(source: Path, place: Path, number: int, seed: int) -> Iterator[Change]:
    """Put copies of a folder with one change each into a place, one after the other."""
    chance = random.Random(seed)
    sheets = [path for path in sorted(source.rglob("*.csv")) if path.read_bytes().count(b"\n") > 1]
    for _ in range(number):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(source, place)
        sheet = chance.choice(sheets).relative_to(source)
        text = (place / sheet).read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        rows, what, column, new = changed(rows, chance)
        with (place / sheet).open(
            "w", encoding="utf-8", errors="surrogateescape", newline=""
        ) as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        yield Change(sheet.as_posix(), what, column, new)


def book_mutations(book: Path, place: Path, number: int, seed: int) -> Iterator[Change]:
    """Put copies of a workbook with one cell changed each into a place, one after the other."""
    import openpyxl

    chance = random.Random(seed)
    for _ in range(number):
        held = openpyxl.load_workbook(book)
        page = chance.choice([one for one in held.worksheets if one.max_row > 2])
        cell = chance.choice([cell for row in page.iter_rows(min_row=2) for cell in row])
        text = chance.choice([text for text in TEXTS if text.isprintable() and len(text) < 500])
        if hasattr(cell, "column_letter"):
            cell.value = text
        held.save(place)
        yield Change(page.title, f"cell {cell.coordinate}", "", text)


def ended(place: Path, change: Change, read: Callable[[Path], object]) -> str:
    """Return how reading ended: refused, told, plain, unsaid (silently), or the error that came through."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            told = read(place)
        except InputError as error:
            return "refused by name" if _names(error.faults) else "refused without a place"
        except Exception as error:
            return f"ERROR {type(error).__name__}: {change}"
    text = change.text.strip()
    is_plain = NUMBER.fullmatch(text) or (change.column == "ratio" and FRACTION.fullmatch(text))
    silent = NUMBERS.fullmatch(change.column) and text and not is_plain
    if silent and change.sheet not in str(told):
        return f"UNSAID {change}"
    return "read, and told" if told else "read plainly"


def _names(faults: tuple[Fault, ...]) -> bool:
    return all(fault.where and fault.expected and fault.found for fault in faults)


def read(place: Path) -> list[str]:
    """Read a question with its holders, and return what was said of it."""
    sheets = read_sheets(place)
    open_sheets(sheets)
    return [str(note) for note in (*sheets.notes, *sheets.alarms)]


def cell_run(room: Path, number: int, seed: int, books: int = 0) -> Counter[str]:
    """Return how many changes of the example question ended how."""
    found: Counter[str] = Counter()
    source = mcda.new_question(room / "example")
    for change in mutations(source, room / "q", number, seed):
        found[ended(room / "q", change, read)] += 1
    if books:
        book = mcda.new_question(room / "example.xlsx")
        for change in book_mutations(book, room / "q.xlsx", books, seed):
            found[ended(room / "q.xlsx", change, read)] += 1
    return found
