"""What the words of keys are called: a row for each word, which must stand in a key."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from mcda.files.tables.sheets import Sheets
from mcda.problem.estimate_names import NAMES


def check_words(sheets: Sheets, keys: Iterable[str]) -> None:
    """Note every word of the sheet of names that is no part of a key: it would name nothing."""
    known = set(chain.from_iterable(key.split("/") for key in keys))
    expected = "a part of a key of the sheet estimates, as it stands between its strokes"
    for row in sheets.rows(NAMES):
        word = row.text("word")
        if word not in known:
            remedy = "correct it, or delete the row"
            sheets.faults.append(row.fault("word", expected, repr(word), remedy))
