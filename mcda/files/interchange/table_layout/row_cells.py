"""The rows of a table as they stand: filled cells as texts and numbers, and what they look like together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from mcda.checks.table_words import folded, names
from mcda.files.tables.numerals import as_plain, convention
from mcda.files.tables.sheets import Row

ROUNDING = 1e-9  # of a sum: shares that a program computed miss it by so much
THRESHOLDS = ("indifference", "preference", "pref", "veto")
# the letters of outranking methods, below a table whose options have longer names
LETTERS = {
    "w": "weights",
    "f": "functions",
    "q": "indifference",
    "p": "preference",
    "v": "veto",
}


@dataclass(frozen=True)
class RowCells:
    """The rows as they stand, the roles that the caller gives by name, and the levels of words by criterion."""

    rows: Sequence[Row]
    criteria: Sequence[str]
    stated: Mapping[str, str]
    words: Mapping[str, Mapping[str, float]]

    def stated_role(self, row: Row) -> str:
        """Return the role that the caller gives a row, blank where there is none."""
        return self.stated.get(row.text(""), "")

    @cached_property
    def decimal(self) -> str:
        """The decimal sign that the cells prove."""
        return convention(
            row.text(key) for row in self.rows for key in self.criteria if key not in row.typed
        )

    @cached_property
    def has_letters(self) -> bool:
        """Whether rows are called by the letters of outranking methods, and all others otherwise.

        Others have longer names, or capital letters where these are small.
        """
        short = [name for row in self.rows if len(name := row.text("").strip()) == 1]
        small = [name for name in short if name in LETTERS]
        capitals = [name for name in short if name not in small]
        if small and all(name.isupper() for name in capitals):
            return len(small) < len(self.rows)
        return len(short) < len(self.rows) and all(folded(name) in LETTERS for name in short)

    @cached_property
    def lettered_thresholds(self) -> bool:
        """Whether two or more rows called q, p and v hold numbers that grow in this order."""
        numbers = {LETTERS.get(folded(row.text(""))): self.numbers(row) for row in self.rows}
        ranked = [np.array(numbers[part]) for part in THRESHOLDS if part in numbers]
        return len(ranked) > 1 and all((low <= high).all() for low, high in pairwise(ranked))

    def letter_weighs(self, row: Row) -> bool:
        """Return whether the cells of a row called w are weights: they sum to 1 or 100."""
        sums = sum(self.number(text) for text in self.filled(row))
        return is_whole(sums) and weighs(self, row)

    def filled(self, row: Row) -> list[str]:
        """Return the filled cells of a row but those whose words have levels."""
        texts = ((key, row.text(key).strip()) for key in self.criteria)
        return [text for key, text in texts if text and text not in self.words.get(key, {})]

    def coded(self, row: Row) -> bool:
        """Return whether a cell of the row is a word that has a level."""
        return any(row.text(key).strip() in self.words.get(key, {}) for key in self.criteria)

    def numbers(self, row: Row) -> list[float]:
        """Return the numbers of a row, NaN for a cell that is none."""
        return [self.number(row.text(key), key in row.typed) for key in self.criteria]

    def number(self, text: str, typed: bool = False) -> float:
        """Return the number of a text, a percentage as its points; NaN where it is none."""
        number = text.strip().removesuffix("%")
        plainly = number if typed else as_plain(number, self.decimal)
        try:
            return float(plainly) if plainly is not None else np.nan
        except ValueError:
            return np.nan

    def filled_numbers(self, row: Row) -> list[float]:
        """Return the numbers of a row, without the cells that are none."""
        numbers = [self.number(text) for text in self.filled(row)]
        return [number for number in numbers if not np.isnan(number)]

    def are_numbers(self, row: Row) -> list[bool]:
        """Return for each filled cell whether it is a number."""
        return [not np.isnan(self.number(text)) for text in self.filled(row)]


def weighs(table: RowCells, row: Row) -> bool:
    """Return whether cells look like weights: in percent, up to 1, 10 or 100, in steps of 5, or about 100 together."""
    if not is_positive(table, row):
        return False
    if names(row.text(""), "most points"):
        return _above_all(table, row)
    numbers = table.filled_numbers(row)
    largest = max(numbers)
    percent = all(text.endswith("%") for text in table.filled(row))
    steps = largest <= 100 and all(number % 5 == 0 for number in numbers)
    return percent or steps or largest <= 10 or abs(sum(numbers) - 100) <= 2 or largest == 100


def is_positive(table: RowCells, row: Row) -> bool:
    """Return whether no number is below 0 and one above."""
    numbers = table.filled_numbers(row)
    return bool(numbers) and min(numbers) >= 0 < max(numbers)


def _above_all(table: RowCells, row: Row) -> bool:
    """Return whether no other row has a higher number: the points that can be had."""
    most = np.array(table.numbers(row))
    others = [np.array(table.numbers(other)) for other in table.rows if other is not row]
    return not any((other > most).any() for other in others)


def is_whole(total: float) -> bool:
    """Return whether shares sum to 1 or to 100, but for rounding."""
    return any(abs(total - whole) < ROUNDING * whole for whole in (1.0, 100.0))
