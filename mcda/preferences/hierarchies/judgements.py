"""Pairwise judgements of one holder, complete or not, kept exactly as given.

They come from a dict, a square table or a file.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_several
from mcda.checks.faults import AssumptionWarning, Fault, Faults, InputError, known, refuse
from mcda.checks.labels import name_faults
from mcda.display.html_table import html_table
from mcda.files.tables.csv_file import read_sheet
from mcda.files.tables.sheets import Row, Sheet
from mcda.preferences.pairwise.incomplete import most_telling
from mcda.preferences.pairwise.reciprocal_matrix import TOLERANCE, items_of, pair_told, reciprocal
from mcda.preferences.pairwise.saaty_scale import in_words, ratio_of
from mcda.sentences.catalogue import told

Pair = tuple[str, str]
PAIRS = ("first", "second", "ratio")
CORNER = "item"


@dataclass(frozen=True, eq=False)
class Judgements:
    """Pairwise judgements of items: how many times the first is preferred to the second.

    A pair and its mirror must agree; a pair may be left out. A ratio outside 1/9 to 9 (Saaty's
    scale) is legal; `priorities` warns of it.

    Parameters
    ----------
    items : sequence of str
        The names of the n items, in order.
    ratios : mapping of (str, str) to float, str or Fraction
        (first, second) -> ratio: a number above 0, text such as "1/3" (read exactly), or words of
        Saaty's scale such as "strong".

    Raises
    ------
    InputError
        That names the pair.

    Examples
    --------
    >>> Judgements(["cost", "legal"], {("cost", "legal"): "1/3"}).matrix.loc["legal", "cost"]
    np.float64(3.0)
    """

    items: Sequence[str]
    ratios: Mapping[Pair, float | str | Fraction]

    def __post_init__(self) -> None:
        """Refuse unknown items, and judgements that are contradicted or no ratio above 0."""
        check_several(self.items, "items", "a list of names")
        check_kind(
            self.ratios, Mapping, "judgements", "ratios by pair", 'such as {("cost", "legal"): 3}'
        )
        refuse(name_faults(self.items, "item"))
        if not len(self.items):
            raise InputError(Fault("judgements", "at least one item", "none"))
        refuse(
            Fault("judgement", "a pair of items (first, second)", repr(pair))
            for pair in self.ratios
            if not isinstance(pair, tuple) or len(pair) != 2
        )
        refuse(fault for pair in self.ratios for fault in self._name_faults(*pair))
        refuse(fault for pair in self.exact for fault in self._contradiction(*pair))

    @classmethod
    def from_matrix(cls, matrix: Any, items: Sequence[str] | None = None) -> Judgements:
        """Return the judgements of a square matrix or labelled DataFrame.

        A blank (NaN, None, "") is a pair left out. Entries are as in `Judgements`; of a pair and
        its mirror the larger is kept, with a warning for a rounded mirror. Raises InputError that
        names the pair, the diagonal or the form.

        >>> Judgements.from_matrix([[1, "1/3"], [3, 1]], ["cost", "legal"]).ratios
        {('legal', 'cost'): 3}
        """
        cells, names = _cells(matrix, items)
        numbers, *_ = reciprocal(pd.DataFrame(cells, index=names, columns=names))
        pairs = [
            (i, j)
            for i in range(len(names))
            for j in range(i + 1, len(names))
            if not np.isnan(numbers[i, j])
        ]
        larger = [(i, j) if numbers[i, j] >= numbers[j, i] else (j, i) for i, j in pairs]
        stated = {
            (names[i], names[j]): numbers[i, j] if _blank(cells[i, j]) else cells[i, j]
            for i, j in larger
        }
        return cls(names, stated)

    @classmethod
    def from_csv(cls, path: str | Path, items: Sequence[str] | None = None) -> Judgements:
        """Return the judgements in a CSV file.

        It has columns first, second, ratio, or is a square with the items on both sides. `items`
        gives their order; without it they come as they are met. Raises InputError with every fault.
        """
        sheet, notes = read_sheet(Path(path), corner=CORNER)
        for note in notes:
            warnings.warn(str(note), AssumptionWarning, stacklevel=2)
        return cls.from_sheet(sheet, items)

    @classmethod
    def from_sheet(cls, sheet: Sheet, items: Sequence[str] | None = None) -> Judgements:
        """Return the judgements in a sheet, as `from_csv` has them."""
        if set(PAIRS) <= set(sheet.columns):
            return cls._from_pairs(sheet, items)
        head, *names = sheet.columns
        rows = [row.text(head) for row in sheet.rows]
        cells = []
        for row in sheet.rows:
            cells.append([row.text(name) for name in names])
        if rows != names:
            raise InputError(
                Fault(
                    sheet.name,
                    f"columns {known(PAIRS)}, or the same items in rows and columns",
                    f"columns {known(sheet.columns)} and rows {known(rows)}",
                )
            )
        judgements = cls.from_matrix(cells, names)
        return judgements if items is None else cls(items, judgements.ratios)

    @classmethod
    def _from_pairs(cls, sheet: Sheet, items: Sequence[str] | None) -> Judgements:
        ratios: dict[Pair, str] = {}
        faults = Faults()
        if items is not None:
            check_several(items, "items", "a list of names")
        for row in sheet.rows:
            pair = row.text("first").strip(), row.text("second").strip()
            if pair in ratios:
                faults.append(
                    Fault(
                        row.place,
                        "every pair once",
                        f"'{pair[0]}' to '{pair[1]}' again",
                        "keep one",
                    )
                )
            faults.extend(_unknown_names(row, items))
            ratios[pair] = row.text("ratio")
            with faults.gathered(row, "ratio"):
                ratio_of(row.text("ratio").strip() or 1, f"judgement '{pair[0]}' to '{pair[1]}'")
        refuse(faults)
        met = (
            list(dict.fromkeys(item for pair in ratios for item in pair))
            if items is None
            else items
        )
        return cls(met, {pair: ratio for pair, ratio in ratios.items() if ratio.strip()})

    @cached_property
    def exact(self) -> dict[Pair, Fraction]:
        """The ratios as exact fractions, by pair as given."""
        read = {}
        faults = Faults()
        for (a, b), ratio in self.ratios.items():
            with faults.gathered():
                read[a, b] = ratio_of(ratio, f"judgement '{a}' to '{b}'")
        refuse(faults)
        return read

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """The reciprocal matrix of the judgements, labelled; NaN where a pair wasn't judged."""
        at = {item: number for number, item in enumerate(self.items)}
        table = np.full((len(at), len(at)), np.nan)
        np.fill_diagonal(table, 1.0)
        for (a, b), ratio in self.exact.items():
            table[at[a], at[b]] = float(ratio)
            table[at[b], at[a]] = float(1 / ratio)
        return pd.DataFrame(table, index=list(self.items), columns=list(self.items))

    @property
    def table(self) -> pd.DataFrame:
        """One row a judgement: first, second, ratio, and its words on Saaty's scale."""
        rows = [(a, b, str(ratio), in_words(ratio)) for (a, b), ratio in self.exact.items()]
        return pd.DataFrame(rows, columns=[*PAIRS, "words"])

    @property
    def missing(self) -> tuple[Pair, ...]:
        """The pairs that weren't judged, in the order of the items."""
        pairs = [(a, b) for i, a in enumerate(self.items) for b in self.items[i + 1 :]]
        return tuple(
            (a, b) for a, b in pairs if (a, b) not in self.ratios and (b, a) not in self.ratios
        )

    def next_question(self) -> Pair | None:
        """Return the unjudged pair that would tell most, or None if all were judged.

        It is the pair of which the others say least, so that the judgements together tell most
        (D-optimal design); parts that nothing connects come first. Ties go by the order of the
        items.

        >>> Judgements(["a", "b", "c"], {("a", "b"): 2}).next_question()
        ('a', 'c')
        """
        pair = most_telling(~np.isnan(self.matrix.to_numpy()))
        return (self.items[pair[0]], self.items[pair[1]]) if pair else None

    def _name_faults(self, a: str, b: str) -> Iterator[Fault]:
        where = f"judgement '{a}' to '{b}'"
        for item in (a, b):
            if item not in self.items:
                yield Fault(
                    where, f"items among {known(self.items)}", f"'{item}'", "correct the name"
                )
        if a == b:
            yield Fault(where, "two different items", "one item with itself", "leave it out")

    def _contradiction(self, a: str, b: str) -> Iterator[Fault]:
        mirror = self.exact.get((b, a))
        if (
            mirror is not None
            and (a, b) > (b, a)
            and abs(float(self.exact[a, b] * mirror) - 1) > TOLERANCE
        ):
            ratios = f"{self.ratios[a, b]} and, the other way, {self.ratios[b, a]}"
            yield Fault(
                f"judgement '{a}' to '{b}'",
                "one judgement, or two that are reciprocal",
                ratios,
                "keep one",
            )

    def _repr_html_(self) -> str:
        return html_table(
            self.table,
            told("caption.judgements", judged=len(self.exact), missing=len(self.missing)),
        )


def _unknown_names(row: Row, items: Sequence[str] | None) -> Iterator[Fault]:
    """Go through the names in a row of a pair that belong to none of the items.

    Any name is an item where none are given.
    """
    if items is None:
        return
    for column in PAIRS[:2]:
        item = row.text(column).strip()
        if item not in items:
            yield row.fault(column, f"items among {known(items)}", f"'{item}'", "correct the name")


def _cells(matrix: Any, items: Sequence[str] | None) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the cells of a square matrix and the names of its items.

    Text becomes exact ratios and blanks NaN.
    """
    if items is not None:
        check_several(items, "items", "a list of names")
    names = items_of(matrix) if items is None else tuple(items)
    cells = np.array(matrix, dtype=object) if len(items_of(matrix)) == len(names) else np.empty(0)
    if cells.ndim != 2:
        raise InputError(
            Fault("pairwise matrix", f"a square of {len(names)} items", f"shape {np.shape(matrix)}")
        )
    faults = Faults()
    for at, cell in np.ndenumerate(cells):
        if _blank(cell):
            cells[at] = np.nan
        elif isinstance(cell, str):
            with faults.gathered():
                cells[at] = ratio_of(cell, pair_told(names, at))
    refuse(faults)
    return cells, names


def _blank(cell: object) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())
