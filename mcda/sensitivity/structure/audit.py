"""The structure audit: how much the shape of the criteria tree decides before anything is varied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_whole
from mcda.checks.of_many import first_of_many, fitting
from mcda.checks.significant_digits import fixed
from mcda.display.html_table import html_table
from mcda.methods.ranks import competition_ranks
from mcda.preferences.weighting.spaces import weight_space
from mcda.preferences.weighting.stated import Weights, check_holders, check_weights, over_leaves
from mcda.preferences.weighting.tree_shares import leaves_below, suggested_shares
from mcda.problem.model import Problem
from mcda.problem.screening import Floors, check_problem, failures, floors_of, proposed_floors
from mcda.sensitivity.scenarios.scenarios import futures, has_scenarios
from mcda.sensitivity.structure.by_structure import leaders_by_structure
from mcda.sensitivity.structure.counted_twice import counted_twice
from mcda.sensitivity.structure.first_places import (
    COUNTED,
    EXPONENTS,
    Firsts,
    are_drawn,
    over_subsets,
    over_tables,
    over_weights,
    parts_of,
)
from mcda.sensitivity.structure.flags import flagged
from mcda.sensitivity.structure.implied_prices import implied_prices, price_leaf
from mcda.sensitivity.structure.positions import position_ranks
from mcda.sensitivity.structure.what_tells_apart import earned, weights_beside_effect
from mcda.sentences.catalogue import told
from mcda.uncertainty.draws.draws import sample
from mcda.uncertainty.smaa.standard_errors import share_errors

HEADS = "weights on heads"
LEAVES = "weights on leaves"
SUBSETS = "subsets of leaves"
FUTURES = "futures"
ANYONE = "anyone"
DRAWN = 100_000  # sets of weights: a share of a half then has an error of 0.16 points of a hundred
MOVED = 2_000  # draws of the facts that show which leaves move together
MOST = 2 / 3  # of all weights, subsets or futures: beyond it the shape decides who leads
SIDES = ("without", "behind")
LEAD_COLUMNS = ("over", "holder", "method", "side", "option", "leads", "alone", "error", "cases")
Row = tuple[str, str, str, str, str, float, float, float, int]


@dataclass(frozen=True, eq=False)
class StructureAudit:
    """What the shape of a question decides, as tables.

    Attributes
    ----------
    weights : pandas.DataFrame
        A row for each holder and each head and leaf: level, label, stated (its weight), effective
        (the share of the variance of the weighted sum over the options that it makes: covariance
        with the sum over the variance of the sum, which may be negative), correlation_ratio (the
        share of that variance that knowing this criterion alone explains), spread (between its
        best and worst option, of the whole scale), lowest and highest (these options).
    leads : pandas.DataFrame
        A row for each option: in what share of cases it leads and leads alone, over all weights on
        the top criteria and on the leaves (alike likely, drawn; holder "anyone"), over all subsets
        of the leaves that a holder weighs, and over all futures, by the weighted sum ("additive")
        and TOPSIS, without the minimums and behind them. error: the standard error of a share that
        was drawn, 0 of one that was counted; cases: how many were looked at.
    earned : pandas.DataFrame
        What each leaf adds to the lead of the leader and of the baseline over every rival, by the
        weighted sum. not_happening: the baseline does better on the leaf than most others, so
        its points there are earned for what isn't done.
    positions : pandas.DataFrame
        The rank of each holder's own option by its own weights: a test of the model, not of the
        holder. can_lead: whether any weights on the top criteria put it first by the weighted sum;
        can_lead_in_range: whether any that the holder allows do.
    pairs : pandas.DataFrame
        Pairs of weighted leaves that read the same inputs or move together over draws.
    prices : pandas.DataFrame
        What a unit of each leaf is worth in units of one of them, with its range over the weights
        that the holder allows.
    structures : pandas.DataFrame
        Who leads under each structure that the question states, its stated shape first, for every
        holder, by both methods, without the minimums and behind them.
    flags : pandas.DataFrame
        What needs a look: kind ("sign", "gap", "flat", "twice", "chance", "own option"), holder
        (blank for all), subject, number and the bar that it passes.
    priced_in : str
        The leaf in whose unit prices are told.
    leaders : mapping of str to str
        The option that leads by the weighted sum at the best estimates, by holder.
    floors : mapping of str to float
        The minimums in force behind which options are looked at, by leaf.
    draws, seed : int
        How many weights were drawn, and where the random numbers start.
    subsets : int
        How many subsets of more leaves are drawn for each holder: fewer of a very large question.
    holders : int
        How many holders there are; of more than 40 the first are looked at.
    problem : Problem
        The question.
    """

    weights: pd.DataFrame
    leads: pd.DataFrame
    earned: pd.DataFrame
    positions: pd.DataFrame
    pairs: pd.DataFrame
    prices: pd.DataFrame
    structures: pd.DataFrame
    flags: pd.DataFrame
    priced_in: str
    leaders: Mapping[str, str]
    floors: Mapping[str, float]
    draws: int
    seed: int
    subsets: int
    holders: int
    problem: Problem = field(repr=False)

    @property
    def decided(self) -> pd.DataFrame:
        """The rows of `leads` in which one option leads in more than two thirds of the cases."""
        return self.leads[self.leads["leads"] > MOST].reset_index(drop=True)

    @property
    def scope(self) -> str:
        """Sentences on how many of very many holders and subsets were looked at; else blank."""
        parts = []
        count = len(self.leaders)
        if count < self.holders:
            parts.append(told("many.structure", holders=self.holders, count=count))
        if self.leads.loc[self.leads["over"] == SUBSETS, "error"].any() and self.subsets < COUNTED:
            counts = {"count": self.subsets, "usual": COUNTED}
            numbers = {name: fixed(number, grouped=True) for name, number in counts.items()}
            parts.append(told("many.subsets", **numbers))
        return " ".join(parts)

    @property
    def lead_parts(self) -> pd.DataFrame:
        """The lead over every rival, and what of it is earned for what doesn't happen.

        A row for each holder, option (leader or baseline) and rival: lead, not_happening.
        """
        keys = ["holder", "option", "rival"]
        idle = self.earned["contribution"].where(self.earned["not_happening"], 0.0)
        parts = self.earned[keys].assign(lead=self.earned["contribution"], not_happening=idle)
        return parts.groupby(keys, sort=False).sum().reset_index()

    def _repr_html_(self) -> str:
        draws = fixed(self.draws, grouped=True)
        tables = {
            told("caption.flags"): self.flags,
            told("caption.decided", draws=draws, seed=self.seed): self.decided,
            told("caption.effective_weights"): self.weights,
        }
        return "\n".join(html_table(table, name) for name, table in tables.items())


def structure_audit(
    problem: Problem,
    weights: Weights | Mapping[str, Weights],
    *,
    n: int = DRAWN,
    seed: int = 2025,
    floors: Floors = True,
    measure: str | None = None,
) -> StructureAudit:
    """Return how much the shape of a question decides, for one holder or several.

    All methods here rest on an option's own row: the weighted sum, and TOPSIS with p = 2 on the
    question's anchors. The weights on heads keep the question's local weights below them. Of more
    than 40 holders the first are looked at: `scope` says so.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights or mapping of str to Weights
        One holder's weights, or those of several by name.
    n : int
        How many weights are drawn for each share over all weights.
    seed : int
        Of all random numbers.
    floors : None, True or mapping of str to float
        The minimums behind which options are looked at as well: those that the question proposes
        (True; none where it proposes none), others, or none.
    measure : str, optional
        The leaf in whose unit prices are told: one in money where there is one, if not given.

    Returns
    -------
    StructureAudit
        The tables.

    Raises
    ------
    InputError
        For weights that don't fit the question, a number of draws below 1, or an unknown leaf.

    References
    ----------
    Paruolo, Saisana and Saltelli (2013), J. R. Stat. Soc. A 176, 609. Becker, Saisana, Paruolo and
    Vandecasteele (2017), Ecological Indicators 80, 12.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = structure_audit(problem, {"Paris": holders["Paris"]}, n=10_000)
    >>> of_heads = found.weights[found.weights["level"] == "head"].set_index("criterion")
    >>> of_heads[["stated", "effective"]].round(2).loc["C1"].tolist()
    [0.26, -0.09]
    >>> found.flags.iloc[0][["kind", "holder", "subject"]].tolist()
    ['sign', 'Paris', 'C1']
    """
    check_problem(problem)
    check_whole(n, 1, "number of draws")
    by_holder = _by_holder(weights)
    whose = first_of_many(by_holder)
    over = {holder: over_leaves(problem, each) for holder, each in whose.items()}
    weighed = [leaf.key for leaf in problem.weighed]
    shares = {holder: each.values[weighed].to_numpy(float) for holder, each in over.items()}
    in_force = proposed_floors(problem) if floors is True else floors_of(problem, floors)
    passing = ~problem.options.index.isin(failures(problem, in_force).index)
    stacked = np.array(list(shares.values()))
    leaf = price_leaf(problem, measure, stacked)
    leaders = _leaders(problem, shares)
    subsets = fitting(COUNTED, len(problem.options) * len(weighed) * len(shares))
    table = weights_beside_effect(problem, shares)
    positions = position_ranks(problem, shares, over, passing)
    pairs = counted_twice(problem, stacked, sample(problem, MOVED, seed))
    return StructureAudit(
        weights=table,
        leads=pd.DataFrame(
            [
                *_over_all_weights(problem, passing, n, seed),
                *_over_all_subsets(problem, shares, passing, seed, subsets),
                *_over_all_futures(problem, shares, passing),
            ],
            columns=list(LEAD_COLUMNS),
        ),
        earned=earned(problem, shares, leaders),
        positions=positions,
        pairs=pairs,
        prices=implied_prices(problem, shares, over, leaf),
        structures=leaders_by_structure(problem, whose, in_force),
        flags=flagged(problem, table, positions, pairs),
        priced_in=leaf,
        leaders=leaders,
        floors=in_force,
        draws=int(n),
        seed=int(seed),
        subsets=subsets,
        holders=len(by_holder),
        problem=problem,
    )


def _by_holder(weights: Weights | Mapping[str, Weights]) -> dict[str, Weights]:
    """Return the weights that were given, by holder's name."""
    if not isinstance(weights, Mapping):
        check_weights(weights)
        return {weights.holder: weights}
    check_holders(weights)
    return dict(weights)


def _leaders(problem: Problem, shares: Mapping[str, np.ndarray]) -> dict[str, str]:
    """Return who leads by the weighted sum, by holder: the first of several that tie."""
    values = problem.expected_values.to_numpy()
    leaders = {}
    for holder, weights in shares.items():
        ranks = competition_ranks(values @ weights)
        leaders[holder] = str(problem.options.index[int((ranks == 1).argmax())])
    return leaders


def _over_all_weights(problem: Problem, passing: np.ndarray, n: int, seed: int) -> Iterator[Row]:
    """Go through who leads over all weights on the top criteria, and on the leaves."""
    parts = parts_of(problem, problem.values.to_numpy())
    tops = weight_space([top.key for top in problem.tops]).sample(n, seed)
    below = leaves_below(problem, problem.tops) * suggested_shares(problem)[:, None]
    drawn = {HEADS: tops @ below.T} if len(problem.weighed) > len(problem.tops) else {}
    drawn[LEAVES] = weight_space([leaf.key for leaf in problem.weighed]).sample(n, seed)
    for over, weights in drawn.items():
        for method, order in EXPONENTS.items():
            counts = over_weights(parts, weights, order, passing)
            yield from _rows(problem, (over, ANYONE, method), counts, is_drawn=True)


def _over_all_subsets(
    problem: Problem, shares: Mapping[str, np.ndarray], passing: np.ndarray, seed: int, most: int
) -> Iterator[Row]:
    parts = parts_of(problem, problem.values.to_numpy())
    for holder, weights in shares.items():
        is_drawn = are_drawn(weights, most)
        for method, order in EXPONENTS.items():
            counts = over_subsets(parts, weights, order, passing, seed, most)
            yield from _rows(problem, (SUBSETS, holder, method), counts, is_drawn=is_drawn)


def _over_all_futures(
    problem: Problem, shares: Mapping[str, np.ndarray], passing: np.ndarray
) -> Iterator[Row]:
    """Go through who leads over all futures, at the modes of their effects; none without scenarios.

    The minimums exclude at the reference, as in `regret`.
    """
    if not has_scenarios(problem):
        return
    scenarios = futures(problem)
    tables = problem.valued(
        scenarios.performances(problem.performance.to_numpy(), scenarios.states)
    )
    parts = parts_of(problem, tables)
    for holder, weights in shares.items():
        for method, order in EXPONENTS.items():
            counts = over_tables(parts, weights, order, passing)
            yield from _rows(problem, (FUTURES, holder, method), counts, is_drawn=False)


def _rows(
    problem: Problem, about: tuple[str, str, str], found: tuple[Firsts, Firsts], *, is_drawn: bool
) -> Iterator[Row]:
    """Go through the rows of some counts: a row for each option, on each side of the minimums."""
    for side, counts in zip(SIDES, found, strict=True):
        if not counts.cases:
            continue
        shares = counts.leads / counts.cases
        errors = share_errors(shares, counts.cases) * is_drawn
        columns = (problem.options.index, shares, counts.alone / counts.cases, errors)
        for option, share, alone, error in zip(*columns, strict=True):
            yield (*about, side, option, share, alone, error, counts.cases)
