"""Scenario discovery: a short rule for where the leader fails, found and tried on draws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_several, check_whole
from mcda.checks.faults import Fault, NotApplicable, refuse
from mcda.checks.html_table import html_result
from mcda.checks.labels import as_numbers, length_fault
from mcda.checks.significant_digits import digits, percent
from mcda.methods.contest import Contest, contest, leading
from mcda.methods.method import Choice
from mcda.preferences.weighting.stated import Weights
from mcda.problem.screening import Floors
from mcda.sampling.streams import runs
from mcda.sensitivity.scenarios.scenarios import Futures, futures, has_scenarios
from mcda.sentences.catalogue import told
from mcda.uncertainty.counting.drawn_and_held import FACTS, WEIGHTS
from mcda.uncertainty.draws.draws import AT_ONCE, Draws, check_draws, drawn_behind

PEEL = 0.05  # share of a box that is cut off at a time: patient, so that a bad cut can be mended
LEAST = 0.03  # share of the draws below which a box is too small to say anything
MOST = 3  # inputs in a rule: more are hard to remember
SCREENED = 24  # inputs that are looked at, to keep the work small
BINS = 12  # of an input, to see how much it says about the cases
RESAMPLES = 20  # half samples in which the rule is sought again
# a limit is shown in steps of at most a hundredth of its input's width: a peel is five of them
HUNDREDTH = 2
LIMIT_DIGITS = 12  # those of a limit that was rounded, all of them: not those of its last bits
# decimals: inputs that say equally much, such as the two states of a scenario, keep their order
EVEN = 9


@dataclass(frozen=True, eq=False)
class Box:
    """A rule "every listed input lies in its interval", and how well it fits the cases.

    Attributes
    ----------
    rule : DataFrame
        A row for each restricted input: low and high, blank where open, and `found_again`: the
        share of half samples in which a new rule restricts the input too.
    coverage : float
        The share of all cases that lie in the box.
    density : float
        The share of the draws in the box that are cases.
    support : float
        The share of draws in the box.
    base : float
        The share of cases in all draws.
    held_out_coverage, held_out_density : float
        Coverage and density of the rule found in one half of the draws, tried on the other half.
    """

    rule: pd.DataFrame
    coverage: float
    density: float
    support: float
    base: float
    held_out_coverage: float
    held_out_density: float

    def holds(self, inputs: pd.DataFrame) -> np.ndarray:
        """Return which rows of inputs lie in the box."""
        return _inside(
            inputs[list(self.rule.index)].to_numpy(float),
            self.rule[["low", "high"]].to_numpy(float),
        )


def discover_box(inputs: pd.DataFrame, cases: Any, *, most: int = MOST, seed: int = 0) -> Box:
    """Return a short rule for where cases happen, by patient rule induction (PRIM).

    The box is peeled by 5% at a time where that raises the share of cases most. Of the boxes with
    at most `most` inputs the one is kept that correlates best with the cases, and restrictions that
    don't improve the correlation are dropped. The limits are then rounded outward, as they are
    shown. Only the 24 inputs that each say most about the cases are looked at.

    Parameters
    ----------
    inputs : DataFrame, (draws, inputs)
        The inputs in each draw.
    cases : sequence of bool, (draws,)
        Whether the draw is a case.
    most : int
        The largest number of inputs in the rule.
    seed : int
        The seed of the half samples.

    Returns
    -------
    Box
        The rule, and how well it fits.

    Raises
    ------
    InputError
        For sizes that differ, or cases that are all alike.

    References
    ----------
    Friedman and Fisher (1999). Bryant and Lempert (2010).

    Examples
    --------
    >>> numbers = np.random.default_rng(0).random((4000, 3))
    >>> inputs = pd.DataFrame(numbers, columns=list("abc"))
    >>> cases = (inputs["a"] > 0.7) & (inputs["b"] < 0.4)
    >>> found = discover_box(inputs, cases)
    >>> sorted(found.rule.index), round(found.density, 1), round(found.coverage, 1)
    (['a', 'b'], 1.0, 1.0)
    """
    check_whole(most, 1, "most")
    check_whole(seed, 0, "seed")
    check_kind(inputs, pd.DataFrame, "inputs", "a DataFrame of draws by inputs")
    check_several(cases, "cases", "True or False for each draw")
    table = as_numbers(inputs, lambda at: f"input '{inputs.columns[at[1]]}', draw {at[0] + 1}")
    happens = np.asarray(cases, dtype=bool)
    refuse(length_fault("cases", happens, len(table), "draw"))
    if happens.all() or not happens.any():
        raise NotApplicable(
            Fault(
                "cases", "some true and some false", "all of them alike", "there is nothing to tell"
            )
        )
    best = _screened(table, happens)
    limits = _outward(_peeled(table[:, best], happens, most), np.ptp(table[:, best], axis=0))
    coverage, density, support = _quality(table[:, best], happens, limits)
    again, held_out = _resampled(table[:, best], happens, most, seed)
    used = np.flatnonzero(np.isfinite(limits).any(axis=1))
    rule = pd.DataFrame(
        {"low": limits[used, 0], "high": limits[used, 1], "found_again": again[used]},
        index=pd.Index([inputs.columns[best[at]] for at in used], name="input"),
    ).sort_values("found_again", ascending=False, kind="stable")
    return Box(rule, coverage, density, support, float(happens.mean()), *held_out)


def _screened(table: np.ndarray, happens: np.ndarray) -> np.ndarray:
    """Return the positions of the inputs whose bins differ most in their share of cases.

    They are in the order of the inputs.
    """
    information = np.zeros(table.shape[1])
    for at in range(table.shape[1]):
        edges = np.unique(np.quantile(table[:, at], np.linspace(0, 1, BINS + 1)[1:-1]))
        cell = np.searchsorted(edges, table[:, at], side="right")
        counts = np.bincount(cell, minlength=len(edges) + 1)
        shares = np.bincount(cell, happens, minlength=len(edges) + 1) / np.maximum(counts, 1)
        information[at] = (counts * (shares - happens.mean()) ** 2).sum()
    return np.sort(np.argsort(-information.round(EVEN), kind="stable")[:SCREENED])


def _peeled(table: np.ndarray, happens: np.ndarray, most: int) -> np.ndarray:
    """Return the limits (inputs, 2) of the best box met while peeling, infinite where open."""
    limits = np.tile([-np.inf, np.inf], (table.shape[1], 1))
    inside = np.ones(len(table), dtype=bool)
    best = (0.0, limits)
    while inside.sum() > LEAST * len(table):
        cut = _best_peel(table[inside], happens[inside], limits, most)
        if cut is None:
            break
        at, side, limit = cut
        limits = limits.copy()
        limits[at, side] = limit
        inside = _inside(table, limits)
        best = max(best, (_fit(table, happens, limits), limits), key=lambda pair: pair[0])
    return _without_idle(table, happens, best[1])


def _outward(limits: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """Return limits (inputs, 2) rounded outward, with few digits.

    Each has as few digits as hundredths of its input's width (inputs,) need. What is said of a box
    is counted in the box that is printed; outward, so that no value at a limit falls out of it.
    """
    rounded = limits.copy()
    for at, side in np.argwhere(np.isfinite(limits)).tolist():
        step = Decimal(1).scaleb(math.floor(math.log10(widths[at])) - HUNDREDTH)
        way = ROUND_CEILING if side else ROUND_FLOOR
        rounded[at, side] = float(
            (Decimal(repr(float(limits[at, side]))) / step).to_integral_value(way) * step
        )
    return rounded


def _best_peel(
    table: np.ndarray, happens: np.ndarray, limits: np.ndarray, most: int
) -> tuple[int, int, float] | None:
    """Return the input, side and new limit whose peel leaves the largest share of cases.

    The result is None where no peel is left.
    """
    used = np.isfinite(limits).any(axis=1)
    allowed = used if used.sum() >= most else np.ones(len(used), dtype=bool)
    best: tuple[float, tuple[int, int, float]] | None = None
    peels = np.quantile(table[:, allowed], [PEEL, 1 - PEEL], axis=0).T
    for at, ends in zip(np.flatnonzero(allowed), peels.tolist(), strict=True):
        column = table[:, at]
        for side, limit in enumerate(ends):
            limit = _beyond(column, limit, side)
            left = column >= limit if side == 0 else column <= limit
            if not 0 < left.sum() < len(column):
                continue
            density = float(happens[left].mean())
            if best is None or density > best[0]:
                best = density, (int(at), side, limit)
    return best[1] if best else None


def _beyond(column: np.ndarray, limit: float, side: int) -> float:
    """Return the limit, or the next value where the limit is the column's end.

    In this way few values are peeled one by one.
    """
    end = column.min() if side == 0 else column.max()
    if limit != end:
        return limit
    rest = column[column > end] if side == 0 else column[column < end]
    if not len(rest):
        return limit
    return float(rest.min()) if side == 0 else float(rest.max())


def _without_idle(table: np.ndarray, happens: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """Return the limits without those that can go and leave the rule as good."""
    for at in np.flatnonzero(np.isfinite(limits).any(axis=1)):
        open_there = limits.copy()
        open_there[at] = -np.inf, np.inf
        if _fit(table, happens, open_there) >= _fit(table, happens, limits):
            limits = open_there
    return limits


def _inside(table: np.ndarray, limits: np.ndarray) -> np.ndarray:
    used = np.flatnonzero(np.isfinite(limits).any(axis=1))
    return ((table[:, used] >= limits[used, 0]) & (table[:, used] <= limits[used, 1])).all(axis=1)


def _quality(
    table: np.ndarray, happens: np.ndarray, limits: np.ndarray
) -> tuple[float, float, float]:
    """Return coverage, density and support of a box."""
    inside = _inside(table, limits)
    hit = float((inside & happens).sum())
    return (
        float(hit / max(happens.sum(), 1)),
        float(hit / max(inside.sum(), 1)),
        float(inside.mean()),
    )


def _fit(table: np.ndarray, happens: np.ndarray, limits: np.ndarray) -> float:
    """Return the correlation between lying in the box and being a case.

    It is 0 where the box has all draws or none.
    """
    coverage, _, support = _quality(table, happens, limits)
    base = float(happens.mean())
    spread = support * (1 - support) * base * (1 - base)
    return base * (coverage - support) / np.sqrt(spread) if spread > 0 else 0.0


def _resampled(
    table: np.ndarray, happens: np.ndarray, most: int, seed: int
) -> tuple[np.ndarray, tuple[float, float]]:
    """Return how often half samples restrict each input, and how well their rules fit.

    The fit is the mean coverage and density on the other halves.
    """
    rng = np.random.default_rng(seed)
    restricted = np.zeros(table.shape[1])
    quality = []
    for _ in range(RESAMPLES):
        order = rng.permutation(len(table))
        half = order[: len(order) // 2]
        rest = order[len(order) // 2 :]
        limits = _peeled(table[half], happens[half], most)
        restricted += np.isfinite(limits).any(axis=1)
        quality.append(_quality(table[rest], happens[rest], limits)[:2])
    coverage, density = np.mean(quality, axis=0)
    return restricted / RESAMPLES, (float(coverage), float(density))


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
        tables = {} if self.box is None else {"Where the leader fails": self.box.rule}
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
        _drawn(draws, inputs),
    )


def _drawn(draws: Draws, inputs: pd.DataFrame) -> tuple[str, ...]:
    """Return what was drawn: facts, and the states of scenarios."""
    facts = inputs.columns.isin(draws.varying)
    return tuple(
        part for part, some in ((FACTS, facts.any()), ("scenarios", not facts.all())) if some
    )


def _drawn_failures(draws: Draws, case: Contest, n: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the inputs of n draws, and whether the leader isn't first in each.

    The states of the futures are among the inputs.
    """
    passed = case.problem or draws.problem
    scenarios = futures(passed) if has_scenarios(passed) else None
    known = drawn_behind(draws, passed)
    parts = []
    fails = []
    for first, count in runs(0, n, AT_ONCE):
        numbers = draws.numbers(first, count)
        tables = passed.measured(numbers)
        states = np.zeros((count, 0))
        if scenarios is not None:
            drawn, sizes = scenarios.draw(count, draws.seed, first)
            tables = scenarios.performances(tables, drawn, sizes, numbers)
            states = _indicators(scenarios, drawn)
        scores = case.scored(case.read(passed, tables), case.weights.to_numpy(float))
        fails.append(
            ~leading(scores)[:, int(case.leading.argmax())]
        )  # level with the first is first, on any machine
        parts.append(np.concatenate([numbers[:, list(known.values())], states], axis=1))
    names = [*known, *(_state_names(scenarios) if scenarios else [])]
    return pd.DataFrame(np.concatenate(parts), columns=names), np.concatenate(fails)


def _indicators(scenarios: Futures, states: np.ndarray) -> np.ndarray:
    return np.concatenate(
        [
            states[:, [at]] == np.arange(len(one.states))
            for at, one in enumerate(scenarios.scenarios)
        ],
        axis=1,
    ).astype(float)


def _state_names(scenarios: Futures) -> list[str]:
    return [f"{one.label}: {state.name}" for one in scenarios.scenarios for state in one.states]


def _finding(case: Contest, draws: Draws, box: Box | None, share: float, futures: int) -> str:
    fails = told("failure.fails", leader=case.first(), share=percent(share), futures=futures)
    if box is None:
        return told("failure.none" if share == 0 else "failure.no_box", fails=fails)
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


def _named(draws: Draws, key: str) -> str:
    """Return the names of a judged cell's criterion and option; the key of another estimate."""
    problem = draws.problem
    leaf, _, option = key.partition("/")
    labels = {one.key: one.label for one in problem.criteria}
    if leaf not in labels or option not in problem.options.index:
        return key
    return told("option.estimate", label=labels[leaf], option=problem.name_of(option))


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
        estimate=_named(draws, key),
        limits=told("join.and").join(limits),
        unit=estimate.unit,
    )
    return text.strip()
