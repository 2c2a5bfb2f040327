"""The advocate test: how good stated ranges can make an option look, and at what distance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind
from mcda.checks.faults import Fault, InputError, NotApplicable, refuse
from mcda.checks.of_many import unbeaten, with_place
from mcda.display.html_table import html_table
from mcda.methods.lottery import method_for
from mcda.methods.method import Choice, Method
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.preferences.weighting.spaces import ConstrainedWeights, WeightSpace, weight_space
from mcda.preferences.weighting.stated import Weights, check_holders, over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import Floors, keep_passing
from mcda.sampling.linear_programs import least
from mcda.sentences.catalogue import method_asked, told

Scores = Callable[[np.ndarray], np.ndarray]
DRAWN = 1_000  # weights of a space that a search starts from
NARROWINGS = 12  # times that draws close in by half: to 1/4,000 of the space
EQUAL = 12  # decimals: among equals the first is named, on any machine
# of a lead: what decides among equally favourable weights costs less than a tie is wide
MIND = TIE_TOLERANCE / 10


class Best(NamedTuple):
    """The most favourable weights of one option.

    weights (tops,); lead: the option's lead under them; at_most: a proven bound of any lead,
    infinite where none is proven.
    """

    weights: np.ndarray
    lead: float
    at_most: float


@dataclass(frozen=True, eq=False)
class Advocacy:
    """What an advocate of each option could claim.

    Attributes
    ----------
    table : DataFrame
        A row for each option. lead: its score less that of the best other under its most favourable
        weights. at most: the proven bound of the lead, infinite where a search proves none. first:
        whether the option is ahead there, or level with the first. nearest holder, and distance:
        the sum of absolute differences of weights over the leaves, in shares of the whole weight.
        The last columns name the one weight that had to be bent most, with the share that its
        holder and the advocate give it.
    weights : DataFrame
        The most favourable weights, options x criteria of the space.
    method : str
        The method that scores the options.
    exact : bool
        Whether the leads are proven to be the largest. Otherwise a lead is the largest that a
        search found: a larger one may exist, and an option that isn't first may be first under
        other weights.
    """

    table: pd.DataFrame
    weights: pd.DataFrame
    method: str
    exact: bool

    def _repr_html_(self) -> str:
        return html_table(self.table, told("caption.advocates", method=method_asked(self.method)))


def advocate_test(
    problem: Problem,
    holders: Mapping[str, Weights],
    method: Choice,
    *,
    space: WeightSpace | None = None,
    floors: Floors = None,
    p: float = 2.0,
    options: Iterable[str] | None = None,
) -> Advocacy:
    """Return the most favourable weights for each option, and their distance from any real holder.

    The additive method is exact: a linear program for each option, and of equally favourable
    weights those that weigh the first criterion most, then the second, and so on. Other methods are
    searched, and a search bounds their leads from below alone.

    Parameters
    ----------
    problem : Problem
        The question.
    holders : mapping of str to Weights
        The weights of the real holders, by name.
    method : str or function
        The method that scores the options, as for `rank`.
    space : WeightSpace, optional
        What an advocate may claim. Without it: for each criterion from the lowest to the highest
        weight that the ranges of any holder allow, with the question's local weights.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.
    options : iterable of str, optional
        The options that have an advocate, by id; all if not given.

    Returns
    -------
    Advocacy
        The most favourable weights of each option and what they show.

    Raises
    ------
    InputError
        If no space is given and a holder states no ranges, and for the methods of pymcdm.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem = ukraine_force.problem()
    >>> holders = ukraine_force.perspectives()
    >>> found = advocate_test(problem, holders, "additive", floors=True)
    >>> found.table.loc[["OPT03", "OPT10"], "first"].tolist()
    [True, True]
    """
    passed = keep_passing(problem, floors)
    by = method_for(passed, method, p)
    if not by.over_draws:
        remedy = "pymcdm scores one set of weights at a time: too slow for a search"
        raise InputError(
            Fault(
                "advocate test, method",
                "'additive', 'topsis', an AHP mode or a function",
                by.name,
                remedy,
            )
        )
    check_holders(holders)
    check_kind(
        space, WeightSpace | None, "space", "a WeightSpace", "such as mcda.weight_space(criteria)"
    )
    name = by.name
    stated = envelope(passed, holders) if space is None else space
    claimed = over_leaves(passed, stated)
    exact = name == "additive" and isinstance(claimed, ConstrainedWeights)
    values = (_mean_rows(passed) if exact else by.table(passed)).to_numpy(float)
    # one that never comes about is level with its fallback, which leads for both
    contending = ~passed.counted_as_others(passed.values.to_numpy(float))
    argued = passed.places(options)
    best = [_against_all(values, at, contending, claimed, by, exact) for at in argued.values()]
    tops = pd.DataFrame(
        [one.weights for one in best],
        index=passed.options.loc[list(argued)].index,
        columns=list(claimed.tops),
    )
    table = _table(passed, holders, tops, claimed, best)
    table["first"] &= contending[list(argued.values())]
    return Advocacy(table, tops, name, exact)


def _mean_rows(problem: Problem) -> pd.DataFrame:
    """Return the mean values of options whose weighted sums are scores, on every leaf (m, n).

    They are 0 on what nobody weighs.
    """
    keys = [leaf.key for leaf in problem.leaves]
    return problem.expected_values.reindex(columns=keys, fill_value=0.0)


def _against_all(
    values: np.ndarray,
    option: int,
    contending: np.ndarray,
    space: WeightSpace,
    by: Method,
    exact: bool,
) -> Best:
    """Return the most favourable weights of an option against all that can be the best other.

    Of very many options those that another beats on every measure can't, where a score rests on its
    own row and never falls as a value rises.
    """
    rises = exact or (by.order is not None and by.own_row and by.outcome is None)
    deciding = unbeaten(values) if rises else np.arange(len(values))
    rows, at = with_place(deciding[contending[deciding]], option)
    faced = values[rows]
    return most_favourable(faced, at, space, partial(by.scores, faced), exact)


def most_favourable(
    values: np.ndarray, option: int, space: WeightSpace, score: Scores, exact: bool
) -> Best:
    """Return the weights of a space under which an option leads by most, or by most that was found.

    values: (m, leaves).
    """
    if exact and isinstance(space, ConstrainedWeights):
        return by_program(space.passed_on(np.eye(len(space.tops))) @ values.T, option, space)
    return by_search(score, option, space)


def envelope(problem: Problem, holders: Mapping[str, Weights]) -> ConstrainedWeights:
    """Return the weights that the stated ranges of any holder allow, criterion by criterion.

    >>> from criteria import ukraine_force
    >>> space = envelope(ukraine_force.problem(), ukraine_force.perspectives())
    >>> space.vertices.max().round(2).to_dict()
    {'C1': 0.55, 'C2': 0.62, 'C3': 0.64, 'C4': 0.4, 'C5': 0.45}
    """
    spaces = _stated_spaces(holders)
    tops = spaces[0].tops
    corners = [pd.DataFrame(space.polytope.corners, columns=list(space.tops)) for space in spaces]
    low = pd.DataFrame([each.min() for each in corners])
    high = pd.DataFrame([each.max() for each in corners])
    tree = problem.stated or problem  # on which the ranges were stated, whatever its structure
    in_order = [criterion.key for criterion in tree.criteria if criterion.key in tops]
    return weight_space(
        in_order, holder="an advocate", low=low.min().clip(0).to_dict(), high=high.max().to_dict()
    )


def _stated_spaces(holders: Mapping[str, Weights]) -> list[ConstrainedWeights]:
    """Return the holders' spaces; raises NotApplicable for those unlike the first stated one."""
    stated = {
        holder: weights.space
        for holder, weights in holders.items()
        if isinstance(weights.space, ConstrainedWeights)
    }
    tops = next((set(space.tops) for space in stated.values()), set())
    without = [
        holder for holder in holders if holder not in stated or set(stated[holder].tops) != tops
    ]
    expected = "stated ranges on the same criteria as the others'"
    remedy = "give the space that an advocate may claim"
    refuse(
        (Fault(f"weights of '{holder}'", expected, "none such", remedy) for holder in without),
        NotApplicable,
    )
    if not stated:
        raise InputError(Fault("holders", "at least one", "none"))
    return list(stated.values())


def by_program(values: np.ndarray, option: int, space: ConstrainedWeights) -> Best:
    """Return the weights in a space that give an option the largest lead in weighted sums.

    values: (tops, m). Where several weights do so, the result weighs the first criterion as much as
    possible, then the second, and so on.
    """
    within = space.polytope
    n = len(values)
    behind = np.delete(values, option, axis=1).T - values[:, option]
    lead = np.eye(n + 1)[n]
    lowest = np.r_[np.zeros(n), min(0.0, -behind.max(initial=0.0))]
    most = np.inf if len(behind) else 0.0  # without another option there is no lead
    solution = least(
        [-lead, *-np.eye(n + 1)[: n - 1]],
        np.vstack(
            [
                np.c_[behind, np.ones(len(behind))],
                np.c_[within.inequalities, np.zeros(len(within.limits))],
            ]
        ),
        np.r_[np.zeros(len(behind)), within.limits],
        np.c_[within.equalities, np.zeros(len(within.sums))],
        within.sums,
        slack=MIND,
        low=lowest,
        high=np.r_[np.full(n, np.inf), most],
    )
    if solution is None:  # the polytope holds points, and the lead has room below every one of them
        raise ArithmeticError("the program of the largest lead has no answer")
    return Best(solution.at[:n], -solution.cost, -solution.cost)


def by_search(score: Scores, option: int, space: WeightSpace) -> Best:
    """Return the best weights that a search finds, by draws that close in on the best so far.

    The space is convex, so what lies between the best and a draw lies in it too. Of draws with
    equal leads the first is taken. All that is proven is that the largest lead is no smaller.
    """
    drawn = _drawn(space)
    best = drawn[0]
    lead = -np.inf
    for narrowing in range(NARROWINGS):
        near = best + (drawn - best) / 2**narrowing if narrowing else drawn
        leads = _leads(score(space.passed_on(near)), option)
        if leads.max() > lead + MIND:
            at = int((leads >= leads.max() - MIND).argmax())
            best = near[at]
            lead = float(leads[at])
    return Best(best, lead, np.inf)


def _drawn(space: WeightSpace) -> np.ndarray:
    """Return draws over the tops of a space, its corners among them where they can be listed."""
    drawn = replace(space, spread=None).sample(DRAWN, seed=0)
    if isinstance(space, ConstrainedWeights) and space.polytope.body.has_few_corners:
        return np.vstack([space.polytope.corners, drawn])
    return drawn


def _leads(scores: np.ndarray, option: int) -> np.ndarray:
    """Return an option's score (..., m) less that of the best other; 0 where there is no other."""
    others = np.delete(scores, option, axis=-1)
    return scores[..., option] - (others.max(axis=-1) if others.shape[-1] else scores[..., option])


def _table(
    problem: Problem,
    holders: Mapping[str, Weights],
    best: pd.DataFrame,
    space: WeightSpace,
    cases: list[Best],
) -> pd.DataFrame:
    leaves = [leaf.key for leaf in problem.leaves]
    real = pd.DataFrame(
        {name: over_leaves(problem, stated).values for name, stated in holders.items()}
    ).T[leaves]
    claimed = space.passed_on(best.to_numpy())
    apart = abs(claimed[:, None] - real.to_numpy()).sum(axis=-1)
    nearest = real.index[apart.round(EQUAL).argmin(axis=1)]
    leads = np.array([one.lead for one in cases])
    bounds = np.array([one.at_most for one in cases])
    columns = {
        "label": problem.labels[best.index],
        "lead": leads,
        "at most": bounds,
        "first": leads >= -TIE_TOLERANCE,
    }
    table = pd.DataFrame(columns, best.index)
    table["nearest holder"] = nearest
    table["distance"] = apart.min(axis=1)
    heads = [problem.top(key) for key in leaves]
    of_holder, of_advocate = (
        pd.DataFrame(part, best.index, leaves).T.groupby(heads, sort=False).sum().T
        for part in (real.loc[nearest].to_numpy(), claimed)
    )
    bent = abs(of_advocate - of_holder).round(EQUAL).idxmax(axis=1)
    table["bent most"] = [problem.criterion(key).label for key in bent]
    table["holder's"] = [of_holder.loc[at, key] for at, key in bent.items()]
    table["advocate's"] = [of_advocate.loc[at, key] for at, key in bent.items()]
    return table
