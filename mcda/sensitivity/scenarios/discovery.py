"""Scenario discovery: a short rule for where the leader fails, found and tried on draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_whole
from mcda.checks.significant_digits import digits, percent
from mcda.display.html_table import html_result
from mcda.methods.contest import Contest, contest, leading
from mcda.methods.method import Choice
from mcda.preferences.weighting.stated import Weights
from mcda.problem.estimate_names import estimate_name
from mcda.problem.screening import Floors
from mcda.sampling.streams import runs
from mcda.sensitivity.scenarios.box_search import LIMIT_DIGITS, Box, discover_box
from mcda.sensitivity.scenarios.scenarios import Futures, futures, has_scenarios
from mcda.sentences.catalogue import told
from mcda.uncertainty.counting.drawn_and_held import FACTS, WEIGHTS
from mcda.uncertainty.draws.draws import AT_ONCE, Draws, check_draws, drawn_behind


@dataclass(frozen=True, eq=False)
class Discovery:
    """Where the leader fails: the box, in the words of the question.

    Its inputs are the drawn estimates and, as 0 and 1, the states of scenarios.

    Attributes
    ----------
    box : Box or None
        The rule with its coverage, density and resampling check. None where the leader never or
        always fails.
    leader : str
        The leader at the best estimates.
    fails : float or None
        The share of draws in which the leader isn't first. None where nothing was drawn.
    draws : int
        The number of draws.
    seed : int
        The seed of the draws.
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    finding : str
        The finding in words.
    drawn : tuple of str
        What was drawn: "facts", "scenarios".
    held : tuple of str
        What stays as stated: "weights".
    """

    box: Box | None
    leader: str
    fails: float | None
    draws: int
    seed: int
    method: str
    holder: str
    finding: str
    drawn: tuple[str, ...] = (FACTS,)
    held: tuple[str, ...] = (WEIGHTS,)

    def _repr_html_(self) -> str:
        tables = {} if self.box is None else {told("caption.failing"): self.box.rule}
        return html_result(self.finding, tables)


def discover(
    draws: Draws,
    weights: Weights,
    method: Choice,
    *,
    floors: Floors = None,
    p: float = 2.0,
    n: int = 20_000,
) -> Discovery:
    """Return a short rule for the draws in which the leader isn't first.

    The leader is that at the best estimates. Drawn are the estimates and, where the question has
    scenarios, a future for each draw with effects of drawn sizes; the weights are held as stated.

    Parameters
    ----------
    draws : Draws
        The draws of the question, from `sample`.
    weights : Weights
        The weights of the holder.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.
    n : int
        The largest number of draws that are used, the first ones.

    Returns
    -------
    Discovery
        The rule and what was drawn for it.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> from mcda.uncertainty.draws.draws import sample
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> draws = sample(problem, n=2_000, seed=1)
    >>> found = discover(draws, holders["Paris"], "additive", floors=True)
    >>> found.leader, 0 < found.fails < 1
    ('OPT10', True)
    """
    check_draws(draws)
    check_whole(n, 1, "n")
    case = contest(draws.problem, weights, method, floors=floors, p=p)
    inputs, fails = _drawn_failures(draws, case, min(n, draws.n))
    if not inputs.shape[1]:
        told = (
            "Nothing was drawn: no score has a range, there are no scenarios, and weights are "
            "held as stated."
        )
        about = (draws.seed, case.method, case.holder, told)
        return Discovery(None, case.leaders[0], None, len(fails), *about, drawn=())
    share = float(fails.mean())
    box = discover_box(inputs, fails, seed=draws.seed) if 0 < share < 1 else None
    return Discovery(
        box,
        case.leaders[0],
        share,
        len(fails),
        draws.seed,
        case.method,
        case.holder,
        _finding(case, draws, box, share, len(fails)),
        _drawn_parts(draws, inputs),
    )


def _drawn_parts(draws: Draws, inputs: pd.DataFrame) -> tuple[str, ...]:
    """Return what was drawn: facts, and the states of scenarios."""
    facts = inputs.columns.isin(draws.varying)
    return tuple(
        part for part, some in ((FACTS, facts.any()), ("scenarios", not facts.all())) if some
    )


def _drawn_failures(draws: Draws, case: Contest, n: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the inputs of n draws, and whether the leader isn't first in each.

    The states of the futures are among the inputs.
    """
    remaining = case.problem or draws.problem
    scenarios = futures(remaining) if has_scenarios(remaining) else None
    known = drawn_behind(draws, remaining)
    parts = []
    fails = []
    for first, count in runs(0, n, AT_ONCE):
        numbers = draws.numbers(first, count)
        tables = remaining.measured(numbers)
        states = np.zeros((count, 0))
        if scenarios is not None:
            drawn, sizes = scenarios.draw(count, draws.seed, first)
            tables = scenarios.performances(tables, drawn, sizes, numbers)
            states = _indicators(scenarios, drawn)
        scores = case.scored(case.read(remaining, tables), case.weights.to_numpy(float))
        fails.append(
            ~leading(scores)[:, int(case.leading.argmax())]
        )  # level with the first is first, on any machine
        parts.append(np.concatenate([numbers[:, list(known.values())], states], axis=1))
    names = [*known, *(_state_names(scenarios) if scenarios else [])]
    return pd.DataFrame(np.concatenate(parts), columns=names), np.concatenate(fails)


def _indicators(scenarios: Futures, states: np.ndarray) -> np.ndarray:
    return np.concatenate(
        [
            states[:, [at]] == np.arange(len(scenario.states))
            for at, scenario in enumerate(scenarios.scenarios)
        ],
        axis=1,
    ).astype(float)


def _state_names(scenarios: Futures) -> list[str]:
    return [
        f"{scenario.label}: {state.name}"
        for scenario in scenarios.scenarios
        for state in scenario.states
    ]


def _finding(case: Contest, draws: Draws, box: Box | None, share: float, futures: int) -> str:
    fails = told("failure.fails", leader=case.first(), share=percent(share), futures=futures)
    if box is None:
        key = "failure.none" if share == 0 else "failure.no_box"
        return told(key, fails=fails)
    if box.rule.empty:
        return told("failure.no_rule", fails=fails)
    rules = [
        _condition(draws, str(key), row["low"], row["high"]) for key, row in box.rule.iterrows()
    ]
    return told(
        "failure.where",
        fails=fails,
        rules=told("join.and").join(rules),
        density=percent(box.density),
        elsewhere=percent(_elsewhere(box)),
        coverage=percent(box.coverage),
        held_out=percent(box.held_out_density),
    )


def _elsewhere(box: Box) -> float:
    return box.base * (1 - box.coverage) / (1 - box.support) if box.support < 1 else 0.0


def _condition(draws: Draws, key: str, low: float, high: float) -> str:
    estimate = draws.problem.estimates.get(key)
    if estimate is None:
        scenario, _, state = key.partition(": ")
        rule = "failure.state" if low > 0 else "failure.not_state"
        return told(rule, scenario=scenario, state=state)
    limits = []
    if np.isfinite(low):
        limits.append(told("failure.at_least", low=digits(low, LIMIT_DIGITS)))
    if np.isfinite(high):
        limits.append(told("failure.at_most", high=digits(high, LIMIT_DIGITS)))
    text = told(
        "failure.limits",
        estimate=estimate_name(draws.problem, key),
        limits=told("join.and").join(limits),
        unit=estimate.unit,
    )
    return text.strip()
