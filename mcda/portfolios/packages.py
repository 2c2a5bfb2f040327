"""Packages: which of all that a question's parts allow no other beats, with the proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_named, check_number, check_whole
from mcda.checks.faults import Fault, InputError, known
from mcda.checks.labels import as_numbers
from mcda.display.html_table import html_table
from mcda.portfolios.amounts import Asked, Limits, asked_of
from mcda.portfolios.frontier import Frontier, Search
from mcda.portfolios.relaxation import Reason, why_none
from mcda.portfolios.solver import Clock
from mcda.portfolios.states import States, states_of, states_of_weights
from mcda.portfolios.undominated import undominated
from mcda.portfolios.whole_steps import FINEST
from mcda.preferences.weighting.normalise import normalised
from mcda.preferences.weighting.spaces import ConstrainedWeights, WeightSpace, weight_space
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.sentences.catalogue import counted, told
from mcda.uncertainty.draws.draws import Draws, check_draws

SECONDS = 60.0  # how long a search may take, where nothing else is said
MOST = 1_000  # packages on a frontier, of which more are not listed
# a frontier is built up part by part; where too much is unfinished on the way, and the aims are few,
# its zones are searched by programs instead: one aim takes a handful of them
UNFINISHED = 20_000
UNFINISHED_OF_ONE = 1_000
MOST_SEARCHED = 4
STATES = 1_000  # draws of weights, where the facts aren't drawn


@dataclass(frozen=True, eq=False)
class Packages:
    """The packages of a question that no other beats, and what hangs on values and facts.

    Attributes
    ----------
    table : pandas.DataFrame
        A row for each package that no other beats at the best estimates (for every weight that is
        allowed, where a space of them is given), "P1" first: `size` (how
        many parts), every quantity, and where parts have chances `chance` (that all its parts come
        about, each independently of the others) and the chance that those which do reach the least
        that a limit asks for (of more than 34 parts, in steps of a millionth of all amounts where
        these are finer). Of packages with the same quantities those with the fewest parts are
        listed, all of them.
    members : pandas.DataFrame
        The same packages by the parts that they hold, True or False; then those that are best in a
        state alone.
    parts : pandas.DataFrame
        A row for each part: label, core_index (the share of the packages of `table` that hold it),
        and with states core_in_states (the share of the packages that are best in some state) and
        in_best (the share of states whose best package holds it).
    states : pandas.DataFrame
        A row for each package of `table` and each that is best in a state: best_in (share of states),
        within_limits (share of states in which it keeps the limits), mean_regret and most_regret
        (what it falls short of the best, from 0 to 1, where it keeps them). Empty without states.
    best : str
        The package with the largest weighted sum at the best estimates; blank without weights.
    aims, directions : tuple of str
        The quantities that count, and of each "max" or "min".
    limits : tuple of str
        The limits that hold, in words.
    relaxation : pandas.DataFrame
        Where no package keeps the limits: for each end of a limit the nearest number at which it
        alone would do, and what the smallest change of all together is. Empty otherwise.
    conflict : tuple of str
        The fewest rules that exclude each other, where no package keeps the rules.
    proven : bool
        Whether no package is missing from `table`, every state was searched to its end, and why
        there is no package, if there is none, is told to the full.
    open_zones : int
        How much of the frontier was left unsearched when time was up, in zones; 0 when proven.
    rounded : tuple of str
        Aims whose amounts were rounded to a millionth of all of them, so that a solver could compare
        them: only where packages are too many to be built up part by part.
    no_package_in : float
        The share of states in which no package keeps the limits; NaN without states.
    searched : int
        How many programs were solved for the frontier.
    draws, seed : int
        How many states were searched, and where their random numbers start; 0 without any. They
        are fewer than asked for where time was up.
    problem : Problem
        The question.
    """

    table: pd.DataFrame
    members: pd.DataFrame
    parts: pd.DataFrame
    states: pd.DataFrame
    best: str
    aims: tuple[str, ...]
    directions: tuple[str, ...]
    limits: tuple[str, ...]
    relaxation: pd.DataFrame
    conflict: tuple[str, ...]
    proven: bool
    open_zones: int
    rounded: tuple[str, ...]
    no_package_in: float
    searched: int
    draws: int
    seed: int
    problem: Problem = field(repr=False)

    def of(self, package: str) -> tuple[str, ...]:
        """Return the keys of the parts of a package; raises InputError that lists the packages."""
        if package not in self.members.index:
            expected = f"one of {known(self.members.index, 30)}"
            raise InputError(Fault("package", expected, f"'{package}'"))
        row = self.members.loc[package]
        return tuple(row.index[row])

    @property
    def steps(self) -> pd.DataFrame:
        """The frontier of two aims as steps: what one more unit of the first costs in the second.

        A row for each point beyond the first, from the least of the first aim: the package there,
        gained, given, and price (given for each unit gained). Empty for other numbers of aims.
        """
        columns = ["package", "gained", "given", "price"]
        if len(self.aims) != 2:
            return pd.DataFrame(columns=columns)
        first, second = self.aims
        table = self.table.drop_duplicates([first, second]).sort_values(first, kind="stable")
        gained = table[first].diff()
        given = table[second].diff()
        rows = {"package": table.index, "gained": gained, "given": given, "price": given / gained}
        return pd.DataFrame(rows).iloc[1:].reset_index(drop=True)

    def _repr_html_(self) -> str:
        found = "packages" if self.proven else "packages_unproven"
        tables = {told(f"caption.{found}"): self.table, told("caption.parts"): self.parts}
        if len(self.states):
            states = told("caption.states", states=counted(self.draws, "state"), seed=self.seed)
            tables[states] = self.states
        if len(self.relaxation):
            tables = {told("caption.no_package"): self.relaxation}
        return "\n".join(html_table(table, name) for name, table in tables.items())


def packages(
    problem: Problem,
    aims: Iterable[str] | Mapping[str, str] | None = None,
    *,
    limits: Limits | None = None,
    hold: Iterable[str] = (),
    leave_out: Iterable[str] = (),
    weights: Mapping[str, float] | pd.Series | WeightSpace | None = None,
    per: Mapping[str, float] | None = None,
    draws: Draws | None = None,
    seconds: float = SECONDS,
    seed: int | None = None,
    most: int = MOST,
) -> Packages:
    """Return the packages of a question's parts that no other beats.

    A package is any choice of parts that keeps the rules and the limits. It is listed if no other
    has at least as much of every aim and more of one (less, where less is better), at the best
    estimates. With weights or draws the best package by the weighted sum is found in each state
    besides: a row of weights and a draw of the facts.

    Parameters
    ----------
    problem : Problem
        A question with parts.
    aims : iterable of str or mapping of str to str, optional
        One to twelve quantities that count; all that have a direction, if not given. A mapping says
        of each whether more ("max") or less ("min") is better.
    limits : mapping of str to pair of float, optional
        The least and the most of a quantity, None for no such end; in place of the question's own.
    hold, leave_out : iterable of str
        Parts or groups that every package holds, or none.
    weights : mapping, Series or WeightSpace, optional
        What going from the least to the most that all parts bring is worth on each aim; or a space
        of such weights, and a package is then beaten by one that is worth as much for every weight
        that is allowed, and more for one. With draws alone every weight is allowed.
    per : mapping of str to float, optional
        The amount of each aim that its weight is for, where it is another than that.
    draws : Draws, optional
        Of the question's estimates.
    seconds : float
        How long all searches may take together. What isn't proven by then is told.
    seed : int, optional
        Of the draws of weights: needed where weights come from a space and nothing else is drawn.
    most : int
        How many packages are listed at most.

    Returns
    -------
    Packages
        The tables, with what is proven.

    Raises
    ------
    InputError
        For aims, limits, parts or weights that the question doesn't have.
    NotApplicable
        For a question without parts.

    References
    ----------
    Haimes, Lasdon and Wismer (1971), IEEE Trans. SMC 1, 296. Klamroth, Lacour and Vanderpooten
    (2015), EJOR 245, 767. Liesiö, Mild and Salo (2007), EJOR 181, 1488.

    Examples
    --------
    >>> from mcda import Amount, Criterion, Estimate, Frame, Part, Parts, Quantity, Rule, Scale
    >>> numbers = {"cost/A": 4, "cost/B": 3, "cost/C": 2, "use/A": 6, "use/B": 5, "use/C": 1}
    >>> estimates = {key: Estimate(key, at, at, at) for key, at in numbers.items()}
    >>> parts = [Part(key, amounts=(Amount("cost", (f"cost/{key}",)), Amount("use", (f"use/{key}",))))
    ...     for key in "ABC"]
    >>> budget = Rule("budget", "limit", quantity="cost", most=6.0)
    >>> both = (Quantity("cost", "EUR m", "min"), Quantity("use", "points", "max"))
    >>> scale = Scale((0.0, 10.0), (0.0, 1.0))
    >>> leaf = Criterion("fit", direction="max", scale=scale)
    >>> estimates["fit/NONE"] = Estimate("fit/NONE", 1, 2, 3)
    >>> options = pd.DataFrame({"label": ["Nothing"]}, index=["NONE"])
    >>> asked = Problem("p", Frame(), options, (leaf,), estimates,
    ...     parts=Parts(tuple(parts), (budget,), both))
    >>> found = packages(asked)
    >>> found.table[["cost", "use"]].to_numpy().tolist(), found.proven
    ([[0.0, 0.0], [2.0, 1.0], [3.0, 5.0], [4.0, 6.0], [6.0, 7.0]], True)
    """
    check_problem(problem)
    check_number(seconds, lambda it: 0 < it < np.inf, "seconds", "a number above 0")
    check_whole(most, 1, "most")
    if draws is not None:
        _check_draws(draws, problem)
    asked = asked_of(problem, aims, limits, hold, leave_out, per)
    given = _weights(asked, weights, draws, seed)
    search = _searched(asked, weights, given, draws, Clock.of(float(seconds)), most)
    best = _best(asked, search.listed, weights)
    start = 0 if search.states is None else _seed(draws, seed)
    return _packages(asked, search, best, start, problem)


@dataclass(frozen=True, eq=False)
class _Searched:
    """What the searches found: a frontier, what is best in each state, and why there is no package.

    listed: the packages of the frontier (k, parts). states: None where there are none.
    """

    found: Frontier
    listed: np.ndarray
    states: States | None = None
    reason: Reason = field(default_factory=Reason)

    @property
    def is_proven(self) -> bool:
        """Whether nothing was left unsearched."""
        searched = self.states is None or self.states.proven
        return self.found.proven and self.reason.proven and searched

    @property
    def state_count(self) -> int:
        """How many states were searched."""
        return 0 if self.states is None else len(self.states.best)

    @property
    def without_package(self) -> float:
        """The share of states in which no package keeps the limits; NaN without states."""
        return np.nan if self.states is None else float((self.states.best < 0).mean())


def _searched(
    asked: Asked,
    weights: object,
    given: np.ndarray | None,
    draws: Draws | None,
    clock: Clock,
    most: int,
) -> _Searched:
    """Search for the frontier, and then in each state; where it is empty, for the reason."""
    found = _found(asked, weights, clock, most)
    listed = np.array(found.packages).reshape(-1, asked.program.size)
    if found.proven and not found.packages:
        return _Searched(found, listed, reason=why_none(asked, clock))
    return _Searched(found, listed, _states(asked, given, draws, found, listed, clock))


def _packages(asked: Asked, search: _Searched, best: str, seed: int, problem: Problem) -> Packages:
    """Return what the searches found as tables, with what is proven."""
    met = search.listed if search.states is None else search.states.packages
    searched = search.found.searched
    return Packages(
        table=_named(asked.table(search.listed)),
        members=_members(asked, met),
        parts=_part_table(asked, search.listed, search.states),
        states=_state_table(search.states),
        best=best,
        aims=tuple(aim.key for aim in asked.aims),
        directions=tuple(aim.direction for aim in asked.aims),
        limits=tuple(limit.told for limit in asked.limits),
        relaxation=search.reason.relaxation,
        conflict=search.reason.conflict,
        proven=search.is_proven,
        open_zones=search.found.open_zones,
        rounded=_rounded(asked, bool(searched)),
        no_package_in=search.without_package,
        searched=searched,
        draws=search.state_count,
        seed=seed,
        problem=problem,
    )


def _rounded(asked: Asked, searched: bool) -> tuple[str, ...]:
    """Return the aims whose amounts are rounded where a solver compares them; none of those listed."""
    if not searched:
        return ()
    steps = [asked.in_coarse_steps[place] for place in asked.places]
    return tuple(aim.key for aim, (_, _, exact) in zip(asked.aims, steps, strict=True) if not exact)


def _found(asked: Asked, weights: object, clock: Clock, most: int) -> Frontier:
    """Return the packages that no other beats: in every aim, or for every weight that is allowed."""
    allowed = weights if isinstance(weights, ConstrainedWeights) and not weights.whole else None
    if allowed is not None:
        keys = [aim.key for aim in asked.aims]
        worth = allowed.vertices[keys].to_numpy() @ asked.gains
        return _listed(undominated(asked.program, worth, asked.step_limits, clock), most)
    is_few = len(asked.aims) <= MOST_SEARCHED
    room = UNFINISHED if is_few else np.inf
    if len(asked.aims) == 1:
        room = UNFINISHED_OF_ONE
    found = undominated(asked.program, -asked.costs, asked.step_limits, clock, room)
    if found is None and is_few:
        limits = asked.best_limits.scaled(float(FINEST))
        return Search(asked.program, asked.coarse_costs, limits, clock, most).run()
    return _listed(found, most)


def _listed(packages: list[np.ndarray] | None, most: int) -> Frontier:
    """Return a frontier that was built up part by part; without a list, time was up."""
    if packages is None:
        return Frontier(proven=False, open_zones=1)
    return Frontier(packages[:most], len(packages) <= most, int(len(packages) > most))


def _states(
    asked: Asked,
    given: np.ndarray | None,
    draws: Draws | None,
    found: Frontier,
    listed: np.ndarray,
    clock: Clock,
) -> States | None:
    """Return what is best in each state, None where there are none.

    Where weights alone vary, the best for any of them is on a frontier that is proven.
    """
    if given is None:
        return None
    if draws is None and found.proven:
        return states_of_weights(asked, given, listed)
    return states_of(asked, given, draws, listed, clock)


def _check_draws(draws: Draws, problem: Problem) -> None:
    """Refuse draws of other estimates than those of the question."""
    check_draws(draws)
    if dict(draws.problem.estimates) != dict(problem.estimates):
        remedy = "mcda.sample(problem, n=..., seed=...) makes them"
        expected = f"draws of the estimates of '{problem.name}'"
        raise InputError(Fault("draws", expected, "draws of other estimates", remedy))


def _seed(draws: Draws | None, seed: int | None) -> int:
    """Return where the random numbers start; raises InputError where nobody said it."""
    if draws is not None:
        return draws.seed
    if seed is None:
        expected = "a whole number: weights of a space are drawn"
        raise InputError(Fault("seed", expected, "none", "give one, such as seed=1, or draws"))
    return seed


def _weights(
    asked: Asked,
    weights: Mapping[str, float] | pd.Series | WeightSpace | None,
    draws: Draws | None,
    seed: int | None,
) -> np.ndarray | None:
    """Return the weights of each state (states, aims); None where there are no states."""
    if weights is None and draws is None:
        return None
    keys = [aim.key for aim in asked.aims]
    count = STATES if draws is None else draws.n
    if isinstance(weights, WeightSpace) or weights is None:
        space = weight_space(keys) if weights is None else weights
        if set(space.criteria) != set(keys):
            what = known(space.criteria)
            raise InputError(Fault("weights", f"a space over the aims {known(keys)}", what))
        order = [space.criteria.index(key) for key in keys]
        return space.sample(count, _seed(draws, seed))[:, order]
    one = _point(asked, weights)
    return None if draws is None else np.repeat(one[None], count, axis=0)


def _point(asked: Asked, weights: Mapping[str, float] | pd.Series) -> np.ndarray:
    """Return the weights of one holder on the aims (aims,), which sum to 1."""
    check_named(weights, "weights", "numbers by quantity", '{"cost": 60, "use": 40}')
    stated = dict(weights)
    keys = [aim.key for aim in asked.aims]
    if set(stated) != set(keys):
        raise InputError(Fault("weights", f"one for each of {known(keys)}", known(stated)))
    numbers = as_numbers([stated[key] for key in keys], lambda at: f"weight of '{keys[at[0]]}'")
    return np.asarray(normalised(numbers, keys))


def _best(asked: Asked, listed: np.ndarray, weights: object) -> str:
    """Return the name of the package with the largest weighted sum; blank without one point.

    A largest weighted sum is always on the frontier; of equal ones the first listed is named.
    """
    if not isinstance(weights, Mapping | pd.Series) or not len(listed):
        return ""
    worth = _point(asked, weights) * asked.signs / asked.spans
    values = (asked.program.filled(listed) @ asked.best[asked.places].T) @ worth
    return f"P{int((values >= values.max() - 1e-12).argmax()) + 1}"


def _named(table: pd.DataFrame) -> pd.DataFrame:
    table.index = pd.Index([f"P{at}" for at in range(1, len(table) + 1)], name="package")
    return table


def _members(asked: Asked, packages: np.ndarray) -> pd.DataFrame:
    return _named(pd.DataFrame(packages > 0, columns=list(asked.program.parts.keys)))


def _part_table(asked: Asked, listed: np.ndarray, states: States | None) -> pd.DataFrame:
    parts = asked.program.parts
    core = listed.mean(axis=0) if len(listed) else np.full(len(parts.keys), np.nan)
    table = pd.DataFrame(
        {"label": [part.name for part in parts.parts], "core_index": core},
        index=pd.Index(parts.keys, name="part"),
    )
    if states is not None:
        chosen = states.best[states.best >= 0]
        some = np.unique(chosen)
        held = states.packages > 0
        table["core_in_states"] = held[some].mean(axis=0) if len(some) else np.nan
        table["in_best"] = held[chosen].mean(axis=0) if len(chosen) else np.nan
    return table


def _state_table(states: States | None) -> pd.DataFrame:
    columns = ["best_in", "within_limits", "mean_regret", "most_regret"]
    if states is None:
        return pd.DataFrame(columns=columns)
    regret = states.regret
    kept = ~np.isnan(regret)
    some = np.maximum(kept.sum(axis=0), 1)
    total = np.where(kept, regret, 0.0).sum(axis=0)
    most = np.where(kept, regret, -np.inf).max(axis=0, initial=-np.inf)
    never = ~kept.any(axis=0)
    at = np.arange(len(states.packages))
    shares = [(states.best == one).mean() for one in at]
    columns_found = {
        "best_in": shares,
        "within_limits": states.within.mean(axis=0),
        "mean_regret": np.where(never, np.nan, total / some),
        "most_regret": np.where(never, np.nan, most),
    }
    return _named(pd.DataFrame(columns_found))
