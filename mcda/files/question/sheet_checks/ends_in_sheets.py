"""Numbers beyond the ends of their scales, noted in the cells where they were typed."""

from __future__ import annotations

import numpy as np

from mcda.checks.significant_digits import plain
from mcda.files.tables.sheets import Note, Sheets
from mcda.problem.ends import ENDS, beyond_ends
from mcda.problem.model import Problem


def beyond_notes(problem: Problem, sheets: Sheets) -> list[Note]:
    """Return a note for each number of the sheet scores beyond the anchors, with its spot."""
    table = beyond_ends(problem).set_index(["option", "criterion", "end"])
    notes = []
    for row in sheets.rows("scores"):
        for end in ENDS:
            key = (row.text("option"), row.text("criterion"), end)
            if key in table.index and not problem.criterion(key[1]).derived:
                number, guess = table.loc[key, ["number", "guess"]]
                scale = problem.criterion(key[1]).scale
                anchors = sorted((scale.anchors[0], scale.anchors[-1])) if scale else [0.0, 0.0]
                question = (
                    "" if np.isnan(guess) else f"; was {plain(guess)} meant, in another unit?"
                )
                least, most = (plain(anchor) for anchor in anchors)
                what = f"{plain(number)}, beyond the anchors {least} and {most},"
                where = f"{row.place}, {row.named(end)}"
                notes.append(
                    Note(where, what, f"worth what the end is worth{question}", row.spot(end))
                )
    return notes
