"""What a reader of a notebook sees of comparisons: the panel, what was said in it, and what follows."""

from __future__ import annotations

import pandas as pd

from mcda.checks.significant_digits import digits
from mcda.methods.ranking import rank
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.notebooks.absent import Absent, attempt, passing
from mcda.reporting.notebooks.brief import Table
from mcda.reporting.panels.asking import StatementPanel
from mcda.reporting.panels.asking import ask as panel_of


def ask(problem: Problem, holder: str, seed: int) -> StatementPanel | Absent:
    """Return the panel of comparisons."""
    panel: StatementPanel | Absent = attempt(panel_of, problem, seed=seed, holder=holder)
    return panel


@passing
def said(panel: StatementPanel) -> Table | Absent:
    """Return what was said so far, in words, and when."""
    if not panel.statements:
        return Absent(words.told("absent.statements"))
    heads = words.columns("statement", "as_of")
    rows = [(one.told, one.as_of) for one in panel.statements]
    return Table(pd.DataFrame(rows, columns=heads), panel.holder)


@passing
def weights_of(panel: StatementPanel) -> Weights | Absent:
    """Return the weights that follow, or that there is no statement yet."""
    return panel.weights if panel.statements else Absent(words.told("absent.statements"))


@passing
def ranked(problem: Problem, weights: Weights, method: str) -> Table:
    """Return the ranking by the middle of all weights that keep the statements."""
    table = rank(problem, weights, method).table
    names = [problem.name_of(str(option)) for option in table.index]
    rank_head, score_head = words.columns("rank", "score")
    scores = [digits(score) for score in table["score"]]
    shown = pd.DataFrame({rank_head: table["rank"].to_list(), score_head: scores}, index=names)
    return Table(shown, weights.holder)
