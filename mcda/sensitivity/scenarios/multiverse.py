"""The multiverse: every defensible combination of choices, and which choice matters most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations, product

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_several, check_whole
from mcda.checks.faults import Fault, InputError, known
from mcda.checks.significant_digits import fixed, percent, plain, rounded
from mcda.display.html_table import html_result
from mcda.methods.compromise.topsis import check_exponent, norms, reference_gaps
from mcda.methods.contest import leading
from mcda.preferences.weighting.stated import Weights, check_holders, over_leaves
from mcda.problem.model import AS_STATED, Problem
from mcda.problem.screening import check_problem, screen, usable_floors
from mcda.problem.structures import NothingWeighed
from mcda.sensitivity.scenarios.scenarios import Futures, futures, has_scenarios
from mcda.sensitivity.scenarios.variance_shares import VarianceShares
from mcda.sentences.catalogue import told
from mcda.uncertainty.draws.draws import Draws, check_draws, sample

EXPONENTS = (1.0, 2.0, np.inf)  # the additive model, TOPSIS, the worst criterion alone
NORMALISATIONS = ("anchors", "minmax", "vector")
STRUCTURE = "structure"
SHAPE = "shape"
GROUPS = {
    "exponent": "method",
    "normalisation": "method",
    "holder": "values",
    "weights from": "values",
    "local weights": "values",
    "floor": "values",
    "estimates": "facts",
    "scenario": "future",
    STRUCTURE: SHAPE,
}
SETS = 8  # of estimates, drawn: enough to tell facts from values, few enough for a factorial
EVEN = 1e-9  # shares that differ by less are equal: choices are then taken in their order
PLACES = 9  # decimals, the same
# the highest order whose sums are products of matrices: of higher powers too little may be left
SQUARES = 2.0
HALF = 0.5  # of the variance: from here on a disagreement is mostly about one group


@dataclass(frozen=True, eq=False)
class Multiverse:
    """Who leads in every combination of choices, and what makes them disagree.

    Variance is that of the indicator of who leads, summed over options.

    Attributes
    ----------
    leads : Series
        For each option the share of combinations in which it leads; a tie is shared.
    choices : DataFrame
        A row for each choice: group (facts, values, method, future or shape), levels, `first` (the share
        of variance it makes alone) and `total` (with its interactions).
    groups : DataFrame
        The same for each group.
    interactions : DataFrame
        What two choices make together beyond what each makes alone.
    levels : DataFrame
        A row for each level of each choice: the share that each option leads in.
    combinations : int
        How many combinations there are.
    finding : str
        The finding in words.
    """

    leads: pd.Series
    choices: pd.DataFrame
    groups: pd.DataFrame
    interactions: pd.DataFrame
    levels: pd.DataFrame
    combinations: int
    finding: str

    def _repr_html_(self) -> str:
        count = fixed(self.combinations, grouped=True)
        return html_result(self.finding, {told("caption.choices", count=count): self.choices})


def multiverse(
    problem: Problem,
    holders: Mapping[str, Weights],
    draws: Draws,
    *,
    exponents: Sequence[float] = EXPONENTS,
    normalisations: Sequence[str] = NORMALISATIONS,
    sets: int = SETS,
) -> Multiverse:
    """Return who leads under every combination of eight choices, of nine where shapes are stated.

    The choices are: the exponent of distance; the normalisation; the holder; weights from points or
    from pairwise judgements (AHP); local weights as they came or equal among siblings; no floor or
    the proposed ones; the best estimates or one of `sets` drawn sets; the reference future or one
    state changed; and the question's shape as stated or in one of its structures. Choices with one
    level are left out, and so is a way to weights that gives every holder the weights of another
    one in every shape. So are a floor that no option passes, and a structure in which a holder
    weighs nothing. Where an option may fail to happen, its score is that of the lottery: distances
    are measured once, over the options at hand and what happens otherwise to them.
    Options that a floor excludes at the best estimates lead nowhere behind it, whatever is drawn.
    The results are never averaged into a ranking.

    Parameters
    ----------
    problem : Problem
        The question.
    holders : mapping of str to Weights
        The weights of the holders, by name.
    draws : Draws
        The draws of the question, from `sample`.
    exponents : sequence of float
        Exponents of distance: 1 is the additive model and AHP's synthesis, 2 is TOPSIS, infinity is
        the worst criterion alone.
    normalisations : sequence of str
        The question's anchors, or "minmax", "vector", "max", "sum" over the options at hand.
    sets : int
        The number of drawn sets of estimates.

    Returns
    -------
    Multiverse
        Who leads, and which choice makes the difference.

    References
    ----------
    Saisana, Saltelli and Tarantola (2005). Steegen and others (2016).

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> from mcda.uncertainty.draws.draws import sample
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> draws = sample(problem, n=2, seed=1)
    >>> found = multiverse(problem, {"Paris": holders["Paris"]}, draws, sets=2)
    >>> bool(np.isclose(found.leads.sum(), 1)), sorted(found.groups.index)
    (True, ['facts', 'future', 'method', 'shape', 'values'])
    """
    check_problem(problem)
    check_draws(draws)
    _check(holders, exponents, normalisations, sets)
    shapes = _shapes(problem, holders)
    states, futures_told = _states(problem)
    floors = [False, True] if usable_floors(problem) else [False]
    rules = {
        "exponent": [f"p = {plain(p)}" for p in exponents],
        "normalisation": list(normalisations),
        "floor": ["the proposed floor" if floor else "no floor" for floor in floors],
    }
    weight_levels, weight_sets = _distinct(
        _weight_levels(problem, holders),
        [_weight_sets(shape, len(holders), spread) for shape, spread in shapes.values()],
    )
    facts = {"estimates": _estimate_names(draws, sets), "scenario": futures_told}
    by_shape = {STRUCTURE: list(shapes)} if len(shapes) > 1 else {}
    levels = {**by_shape, **rules, **facts, **weight_levels}
    lead = []
    for (shape, _), weights in zip(shapes.values(), weight_sets, strict=True):
        tables = _tables(_draws_in(shape, draws), sets, states)
        rows = weights.reshape(-1, weights.shape[-1])
        passed = [screen(shape, floor and bool(usable_floors(shape)))[0] for floor in floors]
        choices = product(normalisations, passed)
        by_choice = [_leads(shape, some, tables, rows, exponents, rule) for rule, some in choices]
        lead.append(np.stack(by_choice, axis=1))
    outcomes = np.array(lead).reshape(
        [*(len(level) for level in levels.values()), len(problem.options)]
    )
    return _result(problem, levels, outcomes)


def refuse_unknown(normalisations: Iterable[str]) -> None:
    """Raise InputError for a normalisation that isn't offered."""
    offered = ("anchors", "minmax", "vector", "max", "sum")
    for rule in normalisations:
        if rule not in offered:
            raise InputError(Fault("normalisation", f"one of {known(offered)}", repr(rule)))


def _check(
    holders: Mapping[str, Weights], exponents: Sequence[float], rules: Sequence[str], sets: int
) -> None:
    check_holders(holders)
    for choices, what in ((exponents, "exponents"), (rules, "normalisations")):
        check_several(choices, what, "several in a list")
        if not choices:
            raise InputError(Fault(what, "at least one", "none"))
    for p in exponents:
        check_exponent(p)
    refuse_unknown(rules)
    check_whole(sets, 0, "sets")


def _shapes(
    problem: Problem, holders: Mapping[str, Weights]
) -> dict[str, tuple[Problem, np.ndarray]]:
    """Return the question in each of its shapes by name, the stated one first, and weights there.

    The weights (holders x sources, n) are spread over the leaves. A question that is in a structure
    already is looked at in it alone, and a structure that leaves a holder nothing isn't looked at.
    """
    stated = [
        over_leaves(problem, replace(source, space=None))  # ranges aren't looked at
        for holder in holders.values()
        for source in _sources(holder, _are_paired(holders))
    ]
    shapes = {AS_STATED: (problem, _rows(stated))}
    for structure in problem.structures if problem.stated is None else ():
        shape = problem.structured(structure.name)
        with suppress(NothingWeighed):
            carried = [over_leaves(shape, weights) for weights in stated]
            shapes[structure.name] = (shape, _rows(carried))
    return shapes


def _sources(stated: Weights, paired: bool) -> list[Weights]:
    """Return a holder's weights as stated and, if asked for, those from pairwise judgements."""
    return [stated, stated.pairwise or stated] if paired else [stated]


def _rows(many: Iterable[Weights]) -> np.ndarray:
    return np.stack([weights.values.to_numpy() for weights in many])


def _draws_in(shape: Problem, draws: Draws) -> Draws:
    """Return the draws of a shape: numbers that the stated question has too are drawn alike."""
    if shape.stated is None or shape is draws.problem:
        return draws
    fixed = {key for key, estimate in draws.problem.estimates.items() if estimate.varies}
    fixed -= set(draws.varying)
    vary = [key for key in shape.estimates if key not in fixed]
    return sample(shape, draws.n, draws.seed, vary=vary)


def _are_paired(holders: Mapping[str, Weights]) -> bool:
    return all(weights.pairwise is not None for weights in holders.values())


def _has_heads(problem: Problem) -> bool:
    """Say whether the question has heads as it was stated: a structure may leave none."""
    return bool((problem.stated or problem).heads)


def _weight_levels(problem: Problem, holders: Mapping[str, Weights]) -> dict[str, list[str]]:
    """Return the levels of the choices of weights."""
    sources = ["points"]
    if _are_paired(holders):
        sources.append("pairwise judgements")
    local = ["as suggested"]
    if _has_heads(problem):
        local.append("equal among siblings")
    return {"holder": list(holders), "weights from": sources, "local weights": local}


def _weight_sets(problem: Problem, holders: int, spread: np.ndarray) -> np.ndarray:
    """Return weights (holders, sources, local schemes, n), in the order of their levels."""
    schemes = [spread]
    if _has_heads(problem):
        schemes.append(_evenly(problem, spread))
    return np.stack(schemes, axis=1).reshape(holders, -1, len(schemes), spread.shape[-1])


def _distinct(
    levels: dict[str, list[str]], weight_sets: list[np.ndarray]
) -> tuple[dict[str, list[str]], list[np.ndarray]]:
    """Return levels and weights without a way to weights that gives what the first way gives.

    Holders stay: two who weigh alike are two.
    """
    levels = dict(levels)
    for axis, name in enumerate(levels):
        firsts = [weights.take([0], axis) for weights in weight_sets]
        alike = all(
            np.abs(weights - first).max() < EVEN
            for weights, first in zip(weight_sets, firsts, strict=True)
        )
        if alike and name != "holder":
            levels[name] = levels[name][:1]
            weight_sets = firsts
    return levels, weight_sets


def _evenly(problem: Problem, spread: np.ndarray) -> np.ndarray:
    """Return weights (k, n) over the leaves in which siblings share each top's weight equally.

    They do so at every level down to the leaves.
    """
    paths = [problem.path(leaf.key) for leaf in problem.leaves]
    tops = np.array([path[-1] for path in paths])
    parts = []
    for path in paths:
        siblings = [len(problem.children(head)) for head in path[1:]]
        parts.append(1 / np.prod(siblings))
    return spread @ (tops[:, None] == tops) * np.array(parts)


def _estimate_names(draws: Draws, sets: int) -> list[str]:
    return ["best estimates", *(f"draw {at + 1}" for at in range(min(sets, draws.n)))]


def _states(problem: Problem) -> tuple[np.ndarray | None, list[str]]:
    """Return the futures that are looked at, None without scenarios, and their names."""
    if not has_scenarios(problem):
        return None, ["reference"]
    return _one_by_one(futures(problem))


def _tables(draws: Draws, sets: int, states: np.ndarray | None) -> np.ndarray:
    """Return performances (estimate sets x futures, m, n)."""
    best = draws.problem.performance.to_numpy()[None]
    count = min(sets, draws.n)
    bases = np.concatenate([best, draws.performances(0, count)])
    if states is None:
        return bases
    numbers = np.concatenate([draws.problem.modes[None], draws.numbers(0, count)])
    return futures(draws.problem).performances(
        bases.repeat(len(states), axis=0),
        np.tile(states, (len(bases), 1)),
        numbers=numbers.repeat(len(states), axis=0),
    )


def _one_by_one(scenarios: Futures) -> tuple[np.ndarray, list[str]]:
    """Return the reference future and every future in which one scenario is in another state."""
    states = [np.array(scenarios.reference)]
    for at, scenario in enumerate(scenarios.scenarios):
        for which in range(len(scenario.states)):
            if which != scenarios.reference[at]:
                states.append(np.where(np.arange(len(scenarios.scenarios)) == at, which, states[0]))
    return np.array(states), [scenarios.label(state) for state in states]


def _leads(
    problem: Problem,
    passed: Problem,
    tables: np.ndarray,
    weights: np.ndarray,
    orders: Sequence[float],
    rule: str,
) -> np.ndarray:
    """Return the share of the lead of each option, (orders, tables, weights, m), by one rule.

    passed: the question with the options that may lead.
    """
    at = problem.options.index.get_indexer(passed.options.index)
    scores = _scores(passed, tables[:, at], weights, orders, rule)
    lead = np.zeros((*scores.shape[:-1], len(problem.options)))
    first = leading(scores)
    lead[..., at] = first / first.sum(axis=-1, keepdims=True)
    return lead


def _scores(
    problem: Problem, tables: np.ndarray, weights: np.ndarray, orders: Sequence[float], rule: str
) -> np.ndarray:
    """Return scores (orders, tables, weights, m) of tables (tables, m, leaves) by one rule.

    What never comes about beside its fallback is below all others: the fallback leads for both.
    """
    count = len(problem.weighed)
    rows = tables[..., :count]
    if not problem.has_chances:
        return _closeness(problem, rows, weights, orders, rule)
    further, instead = _otherwise_rows(problem)
    rows = np.concatenate([rows, tables[:, further, count + 1 :]], axis=1)
    scores = _closeness(problem, rows, weights[:, :count], orders, rule)
    values = problem.valued(tables)
    chance = values[:, None, :, count]
    mixed = chance * scores[..., : len(instead)] + (1 - chance) * scores[..., instead]
    level = problem.counted_as_others(values)[:, None]
    return np.where(level, -1.0, mixed)


def _otherwise_rows(problem: Problem) -> tuple[list[int], np.ndarray]:
    """Return the row of what happens otherwise to each option, (m,), behind which options' rows.

    Rows are those of the options, then one for each fallback that isn't beside them: it stands
    behind the first option that falls back on it.
    """
    instead = problem.otherwise.copy()
    behind: dict[str, int] = {}
    for at in np.flatnonzero(instead < 0).tolist():
        name = problem.fallbacks[str(problem.options.index[at])]
        behind.setdefault(name, at)
        instead[at] = len(instead) + list(behind).index(name)
    return list(behind.values()), instead


def _closeness(
    problem: Problem, tables: np.ndarray, weights: np.ndarray, orders: Sequence[float], rule: str
) -> np.ndarray:
    """Return closeness (orders, tables, weights, rows) of tables (tables, rows, n) on what is weighed."""
    # the leaves come first in what is gone through leaf by leaf: each step is one long vector
    gaps = [np.ascontiguousarray(np.moveaxis(each, -1, 0)) for each in _gaps(problem, tables, rule)]
    scores = []
    for order in orders:
        to_best, to_worst = (_lengths(each, weights, order) for each in gaps)
        scores.append(_shares(to_best, to_worst))
    return np.stack(scores)


def _lengths(gaps: np.ndarray, weights: np.ndarray, order: float) -> np.ndarray:
    """Return weighted norms (tables, weights, rows) of gaps (n, tables, rows), by weights (weights, n)."""
    if order <= SQUARES:
        powers = np.moveaxis(gaps, 0, 1) ** order
        return np.asarray((weights**order @ powers) ** (1 / order))
    parts = (gap[:, None] * weight[:, None] for gap, weight in zip(gaps, weights.T, strict=True))
    if np.isinf(order):
        return reduce(np.maximum, parts)
    return norms(np.stack(list(parts)), [order], axis=0)[0]


def _shares(to_best: np.ndarray, to_worst: np.ndarray) -> np.ndarray:
    """Return closeness from distances; 0.5 where both are 0."""
    whole = to_best + to_worst
    return np.divide(to_worst, whole, out=np.full_like(whole, 0.5), where=whole > 0)


def _gaps(problem: Problem, tables: np.ndarray, rule: str) -> tuple[np.ndarray, np.ndarray]:
    """Return distances to ideal and anti-ideal, (tables, rows, n) each, under a normalisation."""
    if rule == "anchors":
        scales = [leaf.scale for leaf in problem.weighed if leaf.scale]
        columns = [scale.value(tables[..., at]) for at, scale in enumerate(scales)]
        values = np.stack(columns, axis=-1)
        return 1 - values, values
    return reference_gaps(tables, [leaf.direction for leaf in problem.weighed], rule)


def _result(problem: Problem, levels: Mapping[str, list[str]], outcomes: np.ndarray) -> Multiverse:
    names = list(levels)
    axes = {name: at for at, name in enumerate(names) if len(levels[name]) > 1}
    shares = VarianceShares(outcomes)
    alone = shares.closed
    together = shares.total
    leads = pd.Series(shares.mean.ravel(), problem.options.index, name="leads")
    choices = pd.DataFrame(
        [
            (GROUPS[name], len(levels[name]), alone([at]), together([at]))
            for name, at in axes.items()
        ],
        index=pd.Index(list(axes), name="choice"),
        columns=["group", "levels", "first", "total"],
    ).sort_values("total", ascending=False, kind="stable", key=_even)
    members: dict[str, list[int]] = {
        group: [] for group in GROUPS.values() if group != SHAPE or STRUCTURE in axes
    }
    for name, at in axes.items():
        members[GROUPS[name]].append(at)
    groups = pd.DataFrame(
        [(alone(within), together(within)) for within in members.values()],
        index=pd.Index(list(members), name="group"),
        columns=["first", "total"],
    ).sort_values("first", ascending=False, kind="stable", key=_even)
    count = int(np.prod(outcomes.shape[:-1]))
    return Multiverse(
        leads,
        choices,
        groups,
        _interactions(alone, axes, choices["first"]),
        _by_level(problem, levels, shares),
        count,
        _finding(problem, leads, groups, choices, count),
    )


def _interactions(
    share: Callable[[Sequence[int]], float], axes: Mapping[str, int], alone: pd.Series
) -> pd.DataFrame:
    """Return the share of variance that each two choices make beyond what each makes alone."""
    rows = [
        (one, two, share([axes[one], axes[two]]) - alone[one] - alone[two])
        for one, two in combinations(axes, 2)
    ]
    table = pd.DataFrame(rows, columns=["first", "second", "share"])
    return table.sort_values("share", ascending=False, kind="stable", key=_even, ignore_index=True)


def _even(shares: pd.Series) -> pd.Series:
    """Return shares without the last bits, so that equal ones keep their order on any machine."""
    return shares.round(PLACES)


def _by_level(
    problem: Problem, levels: Mapping[str, list[str]], shares: VarianceShares
) -> pd.DataFrame:
    rows = {}
    for at, (name, labels) in enumerate(levels.items()):
        leads = shares.by_level(at)
        rows.update({(name, label): lead for label, lead in zip(labels, leads, strict=True)})
    table = pd.DataFrame.from_dict(rows, orient="index", columns=problem.options.index)
    table.index = pd.MultiIndex.from_tuples(table.index, names=["choice", "level"])
    return table


def _finding(
    problem: Problem, leads: pd.Series, groups: pd.DataFrame, choices: pd.DataFrame, count: int
) -> str:
    firsts = leads.index[leads >= leads.max() - EVEN]
    leaders = int((leads > 0).sum())
    key = "disagreement.leads" if len(firsts) == 1 else "disagreement.level"
    sentence = told(
        key,
        option=told("join.and").join(map(problem.name_of, firsts)),
        share=percent(leads.max()),
        combinations=count,
        leaders=leaders,
        options=len(leads),
    )
    if not (groups["total"] > EVEN).any():
        return f"{sentence} {told('disagreement.none')}"
    alone = float(groups["first"].iloc[0])
    far = "disagreement.mostly" if rounded(alone, 2) > HALF else "disagreement.rather"
    about = told(
        "disagreement.about",
        far=told(far),
        group=_group_name(str(groups.index[0])),
        alone=percent(alone),
        with_interactions=percent(groups["total"].iloc[0]),
        choice=told(f"choice.{_key(choices.index[0])}"),
        most=percent(choices["total"].iloc[0]),
    )
    return f"{sentence} {about}"


def _group_name(group: str) -> str:
    return told(f"disagreement.{group}")


def _key(choice: object) -> str:
    return str(choice).replace(" ", "_")
