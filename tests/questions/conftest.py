"""Questions as flat and as small as the reader accepts, written as folders."""

import csv

import pytest

CELLS = {
    "BUS": {"cost": (1, 2, 3), "reach": (4, 5, 6)},
    "TRAM": {"cost": (4, 5, 7), "reach": (7, 8, 9)},
}
EVEN = (40, 50, 60)
HEADER = "id,parent,label,unit,scale_type,direction,anchor_0,anchor_100,floor,floor_reason"


def write_question(folder, cells=CELLS, holders=None, floor=None, points=False):
    """Write a question: cells by option and leaf, holders' weights by leaf, a floor by leaf.

    points: whether every number is a point, without a range.
    """
    leaves = list(next(iter(cells.values())))
    if holders is None:
        holders = {"Ann": dict.fromkeys(leaves, EVEN)}
    sheets = {
        "question": [["field", "value"], ["title", "Which line?"], ["date", "2026-11-28"]],
        "options": [["id", "label"], *([option, f"The {option} line"] for option in cells)],
        "criteria": [HEADER.split(","), *(criterion(leaf, floor or {}) for leaf in leaves)],
        "scores": [["option", "criterion", "low", "mode", "high", "kind", "rationale"]],
        "perspectives": [["holder_id", "holder", "criterion", "low", "mode", "high", "kind"]],
    }
    for option, row in cells.items():
        for leaf, ends in row.items():
            sheets["scores"].append([option, leaf, *spread(ends, points), "judgement", "made up"])
    for at, (holder, weights) in enumerate(holders.items()):
        for leaf, ends in weights.items():
            stated = [f"H{at}", holder, leaf, *spread(ends, points), "judgement"]
            sheets["perspectives"].append(stated)
    folder.mkdir(parents=True)
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return folder


def criterion(leaf, floor):
    """A leaf from 0 to 10; of cost less is better."""
    direction, ends = ("min", (10, 0)) if leaf == "cost" else ("max", (0, 10))
    pass_mark = floor.get(leaf, "")
    row = [leaf, "", leaf.capitalize(), "points", "natural", direction, *ends, pass_mark]
    return [*row, "agreed" if leaf in floor else ""]


def spread(ends, points):
    """Low, mode and high; the mode alone where numbers are points."""
    return (ends[1],) * 3 if points else ends


def alike(options):
    """The same cells for every option."""
    return {f"O{at}": {"cost": (4, 5, 6), "reach": (4, 5, 6)} for at in range(options)}


def many(options):
    """Cells that differ from option to option, in 35 ways."""
    cells = {}
    for at in range(options):
        low, reach = at % 7, at % 5
        cells[f"O{at}"] = {"cost": (low, low + 1, low + 2), "reach": (reach, reach + 1, reach + 2)}
    return cells


def wide(leaves):
    """Two options on so many leaves."""
    keys = [f"l{at}" for at in range(leaves)]
    return {"A": dict.fromkeys(keys, (3, 4, 5)), "B": dict.fromkeys(keys, (4, 5, 6))}


ZERO = {
    "Ann": {"cost": (60, 70, 80), "reach": (20, 30, 40)},
    "Bob": {"cost": (0, 0, 0), "reach": (100, 100, 100)},
}
CONSTANT = {"BUS": {"cost": (1, 2, 3), "reach": (5, 5, 5)}}
CONSTANT["TRAM"] = {"cost": (4, 5, 7), "reach": (5, 5, 5)}
WORST = {"cells": {"BUS": {"reach": (4, 5, 6)}}, "holders": {}, "points": True}
QUESTIONS = {
    "plain": {},
    "two holders, weight 0": {"holders": ZERO},
    "no holder": {"holders": {}},
    "points": {"points": True},
    "one option": {"cells": {"BUS": CELLS["BUS"]}},
    "one leaf": {"cells": {"A": {"reach": (4, 5, 6)}, "B": {"reach": (7, 8, 9)}}},
    "constant leaf": {"cells": CONSTANT},
    "equal options": {"cells": alike(3)},
    "all at once": WORST,
    "equal points of nobody": {"cells": alike(3), "holders": {}, "points": True},
    "floor none passes": {"floor": {"reach": 10}},
    "floor all pass": {"floor": {"reach": 1}},
    "floor one passes": {"floor": {"reach": 7}, "holders": ZERO, "points": True},
    "the one option fails": WORST | {"floor": {"reach": 9}},
    "301 options": {"cells": many(301), "holders": ZERO},
    "40 leaves": {"cells": wide(40), "points": True},
}


@pytest.fixture
def written(tmp_path):
    """Write one of the questions by name, or another by its parts, and return its folder."""

    def write(name="plain", folder="question", **changes):
        return write_question(tmp_path / folder, **(QUESTIONS[name] | changes))

    return write
