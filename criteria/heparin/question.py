"""The question put together: its data, its formulas, its holders and its futures."""

from pathlib import Path

import pandas as pd

import mcda
from criteria.heparin.outcomes import MEASURES

HERE = Path(__file__).parent
INSTALLED = HERE.parent / "data"
CHECKOUT = HERE.parents[1] / "data"
DATA = (INSTALLED if INSTALLED.is_dir() else CHECKOUT) / HERE.name


def problem(data: Path = DATA) -> mcda.Problem:
    """Return the question from its folder; raises mcda.InputError with every fault of the files."""
    return mcda.read_problem(data, MEASURES)


def perspectives(
    question: mcda.Problem | None = None, data: Path = DATA
) -> dict[str, mcda.Weights]:
    """Return the weights of every holder over the three outcomes, by the holder's name."""
    return mcda.read_perspectives(data, question or problem(data))


def scenarios(question: mcda.Problem | None = None) -> pd.DataFrame:
    """Return a row for each effect of a state: probabilities in percent, effects that multiply."""
    return (question or problem()).tables["scenarios"].copy()
