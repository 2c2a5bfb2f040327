"""The question put together: its data, and the formulas that the data name."""

from pathlib import Path

import mcda
from criteria.ukraine_force import cost, escalation, force_size, legal, us_dependence

HERE = Path(__file__).parent
INSTALLED, CHECKOUT = HERE.parent / "data", HERE.parents[1] / "data"
DATA = (INSTALLED if INSTALLED.is_dir() else CHECKOUT) / HERE.name

MEASURES = {**force_size.MEASURES, **cost.MEASURES, **legal.MEASURES, **escalation.MEASURES, **us_dependence.MEASURES}


def problem(data: Path = DATA) -> mcda.Problem:
    """Return the question from its folder of data; raises mcda.InputError with every fault of the files."""
    return mcda.read_problem(data, MEASURES)
