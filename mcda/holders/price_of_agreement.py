"""The price of agreement: how far a holder's weights must move before another option is first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number, check_word
from mcda.checks.of_many import unbeaten, with_place
from mcda.checks.significant_digits import plain
from mcda.display.html_table import html_table
from mcda.holders.nearest_weights.branch_and_bound import nearest_by_boxes
from mcda.holders.nearest_weights.first_anywhere import Anywhere
from mcda.holders.nearest_weights.goal import Nearest
from mcda.holders.nearest_weights.linear_program import nearest_by_program
from mcda.holders.nearest_weights.lottery_goal import LotteryGoal, nearest_lottery, outcomes_of
from mcda.methods.contest import contest
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.preferences.weighting.stated import Weights, check_holders, over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import Floors, check_problem, keep_passing
from mcda.sentences.catalogue import method_asked, told

METHODS = ("additive", "topsis")
IN_RANGE = "in range"
WITHOUT = "without limit"
INSIDE = 1e-9  # of a weight: what a linear program may be outside of the ranges
# of the whole weight: a ten-thousandth of a point, far below the whole points that are shown
TOLERANCE = 1e-6


def bound_of(reach: str) -> str:
    """Return the column that holds the proven bound of a reach."""
    return f"{reach}, at least"


@dataclass(frozen=True, eq=False)
class Prices:
    """The price of agreement for every holder and option.

    A rise in one weight and the fall that pays for it both count.

    Attributes
    ----------
    table : DataFrame
        A row for each (holder, option), and for each reach a pair of columns in shares of the whole
        weight (1 is 100 points): the smallest sum of changes found, and a bound below which there
        is none. The two are equal where the answer is exact. Infinite means never, proven. A
        missing price with a finite bound means that none was found.
    moved : mapping of (holder, option, reach) to Series
        The weights after the change, over what the holder weighs.
    method : str
        The method that scores the options.
    """

    table: pd.DataFrame
    moved: Mapping[tuple[str, str, str], pd.Series]
    method: str

    def never(self, reach: str = "without limit") -> tuple[str, ...]:
        """Return the options that come first for no holder, whatever its weights within the reach.

        This is proven.
        """
        bound = self.table[bound_of(reach)].unstack("holder")
        return tuple(bound.index[np.isinf(bound).all(axis=1)])

    def _repr_html_(self) -> str:
        return html_table(self.table, told("caption.prices", method=method_asked(self.method)))


def price_of_agreement(
    problem: Problem,
    holders: Mapping[str, Weights],
    method: str,
    *,
    floors: Floors = None,
    p: float = 2.0,
    tolerance: float = TOLERANCE,
    options: Iterable[str] | None = None,
) -> Prices:
    """Return the smallest change of each holder's weights that puts each option first or level.

    The change is the sum of absolute differences over what the holder weighs: over heads where it
    weighs heads, with its local weights as they are. Of equally near weights the result has those
    that change the last criteria least.

    Parameters
    ----------
    problem : Problem
        The question.
    holders : mapping of str to Weights
        The weights of the holders, by name.
    method : {"additive", "topsis"}
        "additive" is exact, by linear programming. "topsis" is searched, and the search proves a
        bound.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.
    tolerance : float
        The largest difference between price and bound at which the search may end, in shares of the
        whole weight. Both are shown.
    options : iterable of str, optional
        The options to price, by id; all if not given. Each is priced against all others.

    Returns
    -------
    Prices
        Prices for two reaches: "in range" keeps inside the holder's stated ranges, "without limit"
        takes any weights.

    Raises
    ------
    InputError
        For other methods.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> holders = {"Paris": ukraine_force.perspectives()["Paris"]}
    >>> prices = price_of_agreement(ukraine_force.problem(), holders, "additive")
    >>> prices.table.loc[("Paris", "OPT07"), "without limit"].round(3), prices.never()
    (np.float64(0.363), ('OPT02', 'OPT04', 'OPT06', 'OPT08', 'OPT11'))
    """
    method = _method(problem, method)
    check_number(p, lambda p: 1 <= p < np.inf, "exponent p", "a finite number of at least 1")
    check_number(
        tolerance, lambda tolerance: 0 < tolerance < np.inf, "tolerance", "a finite number above 0"
    )
    check_holders(holders)
    passed = keep_passing(problem, floors)
    contending = ~passed.counted_as_others(passed.values.to_numpy(float))
    priced = passed.places(options)
    rows = {}
    moved = {}
    anywhere = Anywhere()
    for holder, stated in holders.items():
        weighed = Weighed.of(passed, stated, method, p)
        ranks = contest(passed, stated, method, p=p).ranks
        for option, at in priced.items():
            # one that never comes about comes first nowhere: its fallback leads for both
            nearest = weighed.prices(at, tolerance, anywhere) if contending[at] else weighed.never
            rows[(holder, option)] = {
                "label": passed.labels[option],
                "rank": ranks[at],
                **_row(nearest),
            }
            moved.update(
                {
                    (holder, option, reach): pd.Series(one.weights, weighed.tops)
                    for reach, one in nearest.items()
                    if one.weights is not None
                }
            )
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index = pd.MultiIndex.from_tuples(rows, names=["holder", "option"])
    label = method if method == "additive" else f"topsis (anchored, p = {plain(p)})"
    return Prices(table, moved, label)


def _method(problem: Problem, method: str) -> str:
    """Return a method's name in lower case; refuse one that is none here, or isn't for the question."""
    check_problem(problem)
    lower = method.lower() if isinstance(method, str) else method
    if lower not in METHODS:
        check_word(method, METHODS, "price of agreement, method")
    return lower


def _row(found: Mapping[str, Nearest]) -> dict[str, float]:
    told = {}
    for reach, one in found.items():
        never = np.inf if np.isinf(one.bound) else np.nan
        told[reach] = one.distance if one.weights is not None else never
        told[bound_of(reach)] = one.bound
    return told


@dataclass(frozen=True, eq=False)
class Weighed:
    """One holder's weights on its own level, the spaces they may move in, and the worth of options.

    `worth` (2, m, tops): sums over the leaves below each top of (share x value)^p and of (share x
    gap)^p. An option is first where its ratio of the two, weighed by the p-th powers of the
    weights, is largest; with p = 1 where its weighted sum is.
    """

    tops: tuple[str, ...]
    weights: np.ndarray
    spaces: Mapping[str, ConstrainedWeights]
    worth: np.ndarray
    order: float
    chances: np.ndarray | None = None

    @classmethod
    def of(cls, problem: Problem, stated: Weights, method: str, order: float) -> Weighed:
        """Return what is weighed: the tops of the holder's space, or leaves without a range."""
        used = over_leaves(problem, stated)
        exponent = 1.0 if method == "additive" else float(order)
        leaves = tuple(leaf.key for leaf in problem.weighed)
        stated_space = used.space if isinstance(used.space, ConstrainedWeights) else None
        space = stated_space or ConstrainedWeights(leaves, used.holder)
        shares = (
            np.eye(len(leaves)) if space.spread is None else space.spread[list(leaves)].to_numpy()
        )
        tops = (shares > 0) @ used.values[list(leaves)].to_numpy()
        spaces = {IN_RANGE: stated_space} if stated_space else {}
        spaces[WITHOUT] = replace(space, constraints=())
        values = problem.expected_values.to_numpy()
        chances = None
        if problem.has_chances and exponent > 1:
            values, chances = outcomes_of(problem)
        worth = np.stack([(part**exponent) @ (shares**exponent).T for part in (values, 1 - values)])
        return cls(space.tops, tops, spaces, worth, exponent, chances)

    @property
    def never(self) -> dict[str, Nearest]:
        """The prices of an option that comes first nowhere."""
        return dict.fromkeys(self.spaces, Nearest(None, np.inf, np.inf))

    def prices(self, option: int, tolerance: float, anywhere: Anywhere) -> dict[str, Nearest]:
        """Return the nearest weights in each space at which an option is first.

        The widest space goes first: if no weights in it do, none inside it do, and those found in
        it may lie inside a narrower space.
        """
        wide = self.nearest(option, self.spaces[WITHOUT], tolerance, anywhere)
        nearest = {WITHOUT: wide}
        for reach, space in self.spaces.items():
            if wide.weights is None or bool(space.polytope.contains(wide.weights, INSIDE)):
                nearest[reach] = wide
            elif reach != WITHOUT:
                nearest[reach] = self.nearest(option, space, tolerance, anywhere)
        return {reach: nearest[reach] for reach in self.spaces}

    def nearest(
        self,
        option: int,
        space: ConstrainedWeights,
        tolerance: float,
        anywhere: Anywhere,
    ) -> Nearest:
        """Return the nearest weights in a space at which an option is first."""
        if self.chances is not None:
            parts = (self.worth, self.weights, option, space.polytope, self.order)
            return nearest_lottery(LotteryGoal(*parts, chances=self.chances), tolerance)
        worth, at = self.faced(option)
        if self.order == 1:
            return nearest_by_program(worth[0], self.weights, at, space.polytope)
        witness, possible = anywhere.first(worth, at, self.order)
        if not possible:
            return Nearest(None, np.inf, np.inf)
        start = self.weights if witness is None else witness
        return nearest_by_boxes(
            worth, self.weights, at, space.polytope, self.order, tolerance, start
        )

    def faced(self, option: int) -> tuple[np.ndarray, int]:
        """Return the worth of an option and of all that it has to beat, and its place among them.

        Of very many options those are left out that another beats at any weights.
        """
        rivals, at = with_place(self.unbeaten, option)
        return self.worth[:, rivals], at

    @cached_property
    def unbeaten(self) -> np.ndarray:
        """The places of the options that no other beats at any weights; of few options all."""
        near, far = self.worth
        return unbeaten(np.concatenate([near, -far], axis=1))
