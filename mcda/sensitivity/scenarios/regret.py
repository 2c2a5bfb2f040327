"""Regret: what choosing an option costs, in score, against the best choice of each future."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import digits, percent
from mcda.display.html_table import html_result
from mcda.methods.contest import Contest, contest
from mcda.methods.method import Choice
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.sampling.integer_programs import integer_program
from mcda.sensitivity.scenarios.scenarios import Futures, futures
from mcda.sentences.catalogue import counted, method_asked, told

# regrets that differ by less are equal: futures and options are then taken in their order
EVEN = 1e-9
PLACES = 9  # decimals, the same


@dataclass(frozen=True, eq=False)
class Regret:
    """How each option does in every future, without chances and with their ranges.

    Attributes
    ----------
    options : DataFrame
        A row for each option: its score at the reference, its worst score, its largest regret and
        the future with it, the share of futures it leads in, the share in which it meets every
        floor (`satisficing`, blank without floors), and the least and most that its expected score
        and regret can be under any chances inside the stated ranges and any dependence between
        scenarios.
    states : DataFrame
        A row for each state and option: score and regret with every other scenario at its
        reference, and the largest regret and satisficing share over all futures with the state.
    scores : DataFrame
        Futures x options.
    leaders : tuple of str
        The options that lead at the reference.
    rule : str
        The rule by which effects are combined.
    floors : dict of str to float
        The floors that satisficing is measured by.
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    finding : str
        The finding in words.
    """

    options: pd.DataFrame
    states: pd.DataFrame
    scores: pd.DataFrame
    leaders: tuple[str, ...]
    rule: str
    floors: dict[str, float]
    method: str
    holder: str
    finding: str

    @property
    def regret(self) -> pd.DataFrame:
        """Regret of every option in every future: the best score there less the option's own."""
        return self.scores.rsub(self.scores.max(axis=1), axis=0)

    def _repr_html_(self) -> str:
        futures = counted(len(self.scores), "future")
        caption = told("caption.regret", futures=futures, method=method_asked(self.method))
        return html_result(self.finding, {caption: self.options})


def regret(
    problem: Problem, weights: Weights, method: Choice, *, floors: Floors = None, p: float = 2.0
) -> Regret:
    """Return performance and regret of every option in every future, at the modes of all effects.

    No chances are needed. Where they are given as ranges, linear programs find the worst and the
    best expectation over every joint distribution with margins inside the ranges.

    Parameters
    ----------
    problem : Problem
        The question, with scenarios.
    weights : Weights
        The weights of the holder.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        Floors exclude at the reference, as in `rank`. The satisficing share counts futures in which
        an option meets them, or those that the question proposes.
    p : float
        The order of the distance in TOPSIS.

    Returns
    -------
    Regret
        Scores and regret, by option, state and future.

    References
    ----------
    Savage (1951). Lempert, Popper and Bankes (2003), Shaping the Next One Hundred Years.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> bool((regret(problem, holders["Paris"], "additive").options["max_regret"] >= 0).all())
    True
    """
    case = contest(problem, weights, method, floors=floors, p=p)
    remaining = case.problem or problem
    scenarios = futures(remaining)
    performances = scenarios.performances(remaining.performance.to_numpy(), scenarios.states)
    values = case.read(remaining, performances)
    scores = case.scored(values, case.weights.to_numpy(float))
    marks = _marks(remaining, floors)
    meets = _meets(remaining, marks, performances)
    labels = [scenarios.label(future) for future in scenarios.states]
    table = _by_option(case, scenarios, scores, meets, labels)
    table["leads"] = pd.Series(case.lead(scores, values).mean(axis=0), case.values.index)
    return Regret(
        table,
        _by_state(case, scenarios, scores, meets),
        pd.DataFrame(scores, columns=case.values.index, index=labels),
        case.leaders,
        scenarios.rule,
        marks,
        case.method,
        case.holder,
        _finding(case, table, len(labels)),
    )


def _marks(problem: Problem, floors: Floors) -> dict[str, float]:
    """Return the floors that satisficing is measured by.

    They are those given, or those that the question proposes.
    """
    if isinstance(floors, bool) or floors is None:
        return {leaf.key: leaf.floor for leaf in problem.leaves if leaf.floor is not None}
    return dict(floors)


def _meets(
    problem: Problem, marks: dict[str, float], performances: np.ndarray
) -> np.ndarray | None:
    """Return whether each option meets every floor in each future, (futures, m).

    The result is None without floors.
    """
    if not marks:
        return None
    met = np.ones(performances.shape[:-1], dtype=bool)
    for column, leaf in enumerate(problem.leaves):
        if leaf.key in marks:
            mark = leaf.sign * marks[leaf.key]
            met &= leaf.sign * performances[..., column] >= mark - EVEN
    return met


def _by_option(
    case: Contest,
    scenarios: Futures,
    scores: np.ndarray,
    meets: np.ndarray | None,
    labels: list[str],
) -> pd.DataFrame:
    lost = scores.max(axis=1, keepdims=True) - scores
    worst = [
        labels[column.round(PLACES).argmax()] if column.max() > EVEN else "" for column in lost.T
    ]
    satisficing = np.nan if meets is None else meets.mean(axis=0)
    table = pd.DataFrame(
        {
            "label": [case.labels.get(option, option) for option in case.values.index],
            "score": case.scores,
            "worst_score": scores.min(axis=0),
            "max_regret": lost.max(axis=0),
            "worst_future": worst,
            "leads": np.nan,
            "satisficing": satisficing,
        },
        index=case.values.index,
    )
    for name, numbers in (("score", scores), ("regret", lost)):
        table[[f"expected_{name}_low", f"expected_{name}_high"]] = expectations(scenarios, numbers)
    return table.sort_values("max_regret", kind="stable", key=lambda lost: lost.round(PLACES))


def expectations(scenarios: Futures, numbers: np.ndarray) -> np.ndarray:
    """Return the least and most expected value (k, 2) of numbers (futures, k).

    The expectation goes over all chances inside their ranges, and over any dependence between
    scenarios: the unknown is the chance of every future, and its margins are bounded.
    """
    from scipy.optimize import LinearConstraint

    margins = [
        (scenarios.states[:, at] == which, state.chance)
        for at, scenario in enumerate(scenarios.scenarios)
        for which, state in enumerate(scenario.states)
    ]
    rows = np.array([inside for inside, _ in margins], dtype=float)
    above = np.array([chance[2] for _, chance in margins])
    below = np.array([chance[0] for _, chance in margins])
    chances = [
        LinearConstraint(rows, below, above),
        LinearConstraint(np.ones(len(numbers)), 1.0, 1.0),
    ]
    ends = np.empty((numbers.shape[1], 2))
    for at, side in np.ndindex(ends.shape):
        sign = 1 - 2 * side
        ends[at, side] = (
            sign * integer_program(sign * numbers[:, at], constraints=chances).fun + 0.0
        )  # never -0
    return ends


def _by_state(
    case: Contest, scenarios: Futures, scores: np.ndarray, meets: np.ndarray | None
) -> pd.DataFrame:
    rows = []
    lost = scores.max(axis=1, keepdims=True) - scores
    for at, scenario in enumerate(scenarios.scenarios):
        for which, state in enumerate(scenario.states):
            alone = np.where(np.arange(len(scenarios.scenarios)) == at, which, scenarios.reference)[
                None
            ]
            there = _scores(
                case,
                scenarios.problem,
                scenarios.performances(scenarios.problem.performance.to_numpy(), alone),
            )[0]
            inside = scenarios.states[:, at] == which
            share = np.full(len(there), np.nan) if meets is None else meets[inside].mean(axis=0)
            columns = (
                case.values.index,
                there,
                there.max() - there,
                lost[inside].max(axis=0),
                share,
            )
            rows += [
                (scenario.key, scenario.label, state.name, *cells)
                for cells in zip(*columns, strict=True)
            ]
    names = ["scenario", "label", "state", "option", "score", "regret", "max_regret", "satisficing"]
    return pd.DataFrame(rows, columns=names)


def _scores(case: Contest, problem: Problem, performances: np.ndarray) -> np.ndarray:
    return case.scored(case.read(problem, performances), case.weights.to_numpy(float))


def _finding(case: Contest, table: pd.DataFrame, count: int) -> str:
    leader = case.leaders[0]
    row = table.loc[leader]
    leads = told("regrets.leads", leader=case.first(), share=percent(row["leads"]), futures=count)
    if row["max_regret"] <= EVEN:
        return told("regrets.none", leads=leads)
    regret = digits(row["max_regret"], 2)
    largest = told("regrets.largest", leads=leads, regret=regret, future=row["worst_future"])
    least = str(table.index[0])
    if least == leader:
        return f"{largest} {told('regrets.least')}"
    smallest = digits(table.iloc[0]["max_regret"], 2)
    return f"{largest} {told('regrets.smaller', option=case.name(least), regret=smallest)}"
