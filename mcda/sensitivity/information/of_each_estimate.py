"""Value of information of every estimate, criterion and weight: which fact to find out first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError
from mcda.checks.significant_digits import CLEAR, clear_of_zero, digits, percent
from mcda.display.html_table import html_result
from mcda.methods.contest import Contest, contest
from mcda.methods.method import Choice
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.sampling.streams import runs
from mcda.sensitivity.information.cells import Cells, Edges, folds_of, gains_of
from mcda.sensitivity.information.expected_value import Worth, perfect, worth_of
from mcda.sensitivity.information.gains import Gain, Gains, Means
from mcda.sensitivity.information.surfaces import Surface, Tried, placed_each
from mcda.sentences.catalogue import counted, method_asked, told
from mcda.uncertainty.counting.drawn_and_held import (
    PARTS,
    drawn_in_words,
    nothing_drawn,
    reasons_held,
)
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.draws.draws import AT_ONCE, Draws, check_draws, drawn_behind

LEARNED = 20_000  # first draws on which a group is fitted, of half of them at most
MOST_CELLS = 512  # of one estimate: hundreds of them are tallied in one pass
GROUP_CELLS = 128  # of each number of a group: what a leaf says of ten options is ten numbers
Progress = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class ValueOfInformation:
    """The worth, in score, of knowing each thing before choosing.

    The choice is the option with the best mean score. Options that fail a floor at their best
    estimates are left out throughout: what finding out would change about who passes is not part of
    the worth.

    Attributes
    ----------
    evpi : Worth
        The worth of knowing everything.
    table : DataFrame
        A row for each thing, the most valuable first: kind ("estimate", "criterion", "weights"),
        label, unit, shared (an estimate that several options read), worth (EVPPI), standard_error,
        `change` (the share of draws in which knowing it leads to another choice), `of_evpi`. A
        worth that its `standard_error` doesn't tell apart from 0 is less than `Worth.high` of
        `worths`.
    choices : tuple of str
        The options with the best mean score, which are chosen without knowing; several where they
        tie.
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
        What was drawn, of "facts" and "weights".
    held_because : mapping of str to str
        What stayed the same in every draw, each with the reason, as in `Robustness`.
    """

    evpi: Worth
    table: pd.DataFrame
    choices: tuple[str, ...]
    draws: int
    seed: int
    method: str
    holder: str
    finding: str
    drawn: tuple[str, ...]
    held_because: Mapping[str, str]

    @property
    def choice(self) -> str:
        """The option chosen without knowing; the ids of several that tie are joined."""
        return " and ".join(self.choices)

    @property
    def worths(self) -> dict[str, Worth]:
        """The worth of each single estimate, by its key."""
        singles = self.table[self.table["kind"] == "estimate"]
        return {
            str(key): Worth(
                row["worth"], row["standard_error"], self.draws, row["change"], self.choices
            )
            for key, row in singles.iterrows()
        }

    def _repr_html_(self) -> str:
        draws = counted(self.draws, "draw")
        caption = told("caption.worths", method=method_asked(self.method), draws=draws)
        return html_result(self.finding, {caption: self.table.head(20)})


def value_of_information(
    draws: Draws,
    weights: Weights,
    method: Choice,
    *,
    floors: Floors = None,
    p: float = 2.0,
    progress: Progress | None = None,
) -> ValueOfInformation:
    """Return the value of perfect information, and of each estimate, criterion and the weights.

    The value of a criterion is that of all that is uncertain in it. The holder's weights are drawn
    from their stated ranges beside the estimates, where they have any. The draws are passed once.
    One estimate is cut into up to 512 cells; several numbers are fitted on the first draws and
    tried on the rest, both as in `evppi`. A choice is always made from other draws than those it is
    tried on, so noise isn't taken for information. Values are held between 0 and EVPI. Floors
    exclude at the best estimates, once: the worth of an estimate that decides who passes a floor is
    its worth among the options left.

    Parameters
    ----------
    draws : Draws
        The draws of the question, from `sample`; at least two.
    weights : Weights
        The weights of the holder.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.
    progress : function, optional
        Called with the name of the analysis and the share of it that is done.

    Returns
    -------
    ValueOfInformation
        The worth of everything and of each thing.

    Raises
    ------
    InputError
        For one draw.

    References
    ----------
    Raiffa and Schlaifer (1961). Strong, Oakley and Brennan (2014).

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> from mcda.uncertainty.draws.draws import sample
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> draws = sample(problem, n=2_000, seed=1)
    >>> found = value_of_information(draws, holders["Paris"], "additive", floors=True)
    >>> bool((found.table["worth"] >= 0).all() and (found.table["worth"] <= found.evpi).all())
    True
    """
    check_draws(draws)
    if draws.n < 2:
        raise InputError(
            Fault("number of draws", "at least 2: to learn from, and to try on", str(draws.n))
        )
    case = contest(draws.problem, weights, method, floors=floors, p=p)
    remaining = case.problem or draws.problem
    used = case.stated or weights
    whose = case.space or over_leaves(remaining, used)
    job = Job(draws, (whose,), method, p, {}, tuple(remaining.options.index))
    inquiry = _Inquiry(job, drawn_behind(draws, remaining), _groups(remaining, case))
    for first, count in runs(0, draws.n, AT_ONCE):
        inquiry.add(first, count)
        if progress:
            progress("value of information", (first + count) / draws.n)
    evpi = worth_of(inquiry.means, perfect(inquiry.gains, inquiry.means), case.values.index)
    table = _table(remaining, inquiry, evpi)
    reasons = reasons_held(draws, inquiry.singles, whose, weights, used)
    return ValueOfInformation(
        evpi=evpi,
        table=table,
        choices=evpi.choices,
        draws=draws.n,
        seed=draws.seed,
        method=case.method,
        holder=case.holder,
        finding=_finding(case, evpi, table, reasons),
        drawn=tuple(part for part in PARTS if part not in reasons),
        held_because=reasons,
    )


class _Inquiry:
    """All that one pass over the draws adds up.

    These are the means, perfect information, each estimate and each group.
    """

    def __init__(self, job: Job, singles: Mapping[str, int], groups: dict[str, _Group]) -> None:
        options = len(job.kept)
        self.job = job
        self.singles = singles
        self.means = Means(options)
        self.gains = Gains(options)
        self.groups = groups
        self.tallies: dict[str, Cells] = {}
        self.held: list[tuple[np.ndarray, ...]] = []

    def add(self, first: int, count: int) -> None:
        """Add draws first, first + 1, ...; the first ones cut the cells."""
        values = self.job.seen(first, count)
        shares = self.job.weights_of_one(0, first, count)
        scores = self.job.scoring.scores(values, shares)
        self._add_singles(first, scores)
        self._add_groups(first, scores, values, shares)
        self.means.add(scores, first)
        self.gains.add(scores, scores.argmax(axis=0))

    def _add_singles(self, first: int, scores: np.ndarray) -> None:
        options, count = scores.shape
        draws = self.job.draws
        numbers = draws.drawing.numbers(first, count)
        fold = folds_of(first, count)
        by_draw = np.ascontiguousarray(scores.T)
        for key, at in self.singles.items():
            if not first:
                edges = Edges.of(numbers[at], draws.n, MOST_CELLS)
                self.tallies[key] = Cells(edges, options)
            self.tallies[key].add(by_draw, numbers[at], fold)

    def _add_groups(
        self, first: int, scores: np.ndarray, values: np.ndarray, shares: np.ndarray
    ) -> None:
        """Hold the first draws until there are enough to learn from, and try on those behind them."""
        draws = self.job.draws.n
        cut = int(np.clip(min(LEARNED, draws // 2) - first, 0, scores.shape[1]))
        run = (scores, values, np.broadcast_to(shares, (len(shares), scores.shape[1])))
        if cut:
            self.held.append(tuple(part[..., :cut] for part in run))
        if cut == scores.shape[1]:
            return
        if self.held:
            self._learn(*(np.concatenate(part, axis=-1) for part in zip(*self.held, strict=True)))
            self.held.clear()
        scores, values, shares = (part[..., cut:] for part in run)
        for group in self.groups.values():
            group.tried.add(group.surface, scores, group.known(values, shares))

    def _learn(self, scores: np.ndarray, values: np.ndarray, shares: np.ndarray) -> None:
        """Learn what each group says of scores (m, k), from values and weights of the same draws.

        A leaf's values are placed in cells once, for the leaf and for what is above it.
        """
        placed = np.array([placed_each(leaf, GROUP_CELLS) for leaf in values])
        for group in self.groups.values():
            known = group.known(values, shares)
            if group.kind == "weights":
                own = placed_each(known, GROUP_CELLS)
            else:
                own = placed[group.columns].T.ravel().tolist()
            group.surface = Surface(known, scores, own)

    def known(self) -> dict[str, Gain]:
        """Return what knowing each thing gains, by its key."""
        gains = gains_of(list(self.tallies.values()), self.means)
        return {
            **dict(zip(self.tallies, gains, strict=True)),
            **{key: group.tried.gain(self.means) for key, group in self.groups.items()},
        }


class _Group:
    """Several numbers that are known together.

    They are learned by least squares on the first draws and tried on the rest.
    """

    def __init__(self, kind: str, label: str, columns: Any, options: int) -> None:
        self.kind = kind
        self.label = label
        self.columns = columns
        self.surface: Surface
        self.tried = Tried(options)

    def known(self, values: np.ndarray, shares: np.ndarray) -> np.ndarray:
        """Return the numbers (numbers, k) that would be known.

        These are values on some leaves, of each option in turn, or the weights of the tops.
        """
        if self.kind == "weights":
            return np.asarray(self.columns @ shares)
        return values[self.columns].swapaxes(0, 1).reshape(-1, values.shape[-1])


def _groups(remaining: Problem, case: Contest) -> dict[str, _Group]:
    """Return what can be known together.

    These are all values on a leaf, on all leaves below a head, and the weights.
    """
    keys = [leaf.key for leaf in remaining.leaves]
    options = len(case.values)
    groups = {
        leaf.key: _Group("criterion", leaf.label, [at], options)
        for at, leaf in enumerate(remaining.leaves)
    }
    for head in remaining.heads:
        if not head.parent:
            below = [at for at, key in enumerate(keys) if remaining.top(key) == head.key]
            groups[head.key] = _Group("criterion", head.label, below, options)
    if case.space is not None:
        tops = list(dict.fromkeys(remaining.top(key) for key in keys))
        top_of = np.array([remaining.top(key) for key in keys])
        under = (np.array(tops)[:, None] == top_of).astype(float)
        groups["weights"] = _Group("weights", f"weights of {case.holder}", under, options)
    return groups


def _table(remaining: Problem, inquiry: _Inquiry, evpi: Worth) -> pd.DataFrame:
    """Return a row for each thing that could be known, the most valuable first."""
    rows = {}
    groups = inquiry.groups
    for key, gain in inquiry.known().items():
        if key in groups:
            about = (groups[key].kind, groups[key].label, "", True)
        else:
            about = ("estimate", key, remaining.estimates[key].unit, not remaining.owners(key))
        rows[key] = (*about, min(gain.worth, float(evpi)), gain.error, gain.change)
    columns = ["kind", "label", "unit", "shared", "worth", "standard_error", "change"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table["of_evpi"] = table["worth"] / float(evpi) if evpi > 0 else 0.0
    return table.sort_values("worth", ascending=False, kind="stable")


def _finding(case: Contest, evpi: Worth, table: pd.DataFrame, held: Mapping[str, str]) -> str:
    choice = case.names(evpi.choices)
    if len(held) == len(PARTS):
        return told("to_know.nothing_drawn", choice=choice, reason=nothing_drawn(held))
    drawn = told("to_know.drawn", draws=evpi.draws, parts=drawn_in_words(held))
    if not evpi:
        most = digits(evpi.high, 2, up=True)
        return told("to_know.never", drawn=drawn, choice=choice, most=most)
    everything = told(
        "to_know.everything",
        choice=choice,
        change=percent(evpi.change),
        drawn=drawn,
        worth=digits(evpi, 2),
    )
    singles = table[table["kind"] == "estimate"]
    return f"{everything} {_single_finding(singles, evpi.high)}"


def _single_finding(singles: pd.DataFrame, highest: float) -> str:
    """Return which single estimate is most worth finding out, if any is clear of zero."""
    clear = [clear_of_zero(*row) for row in singles[["worth", "standard_error"]].to_numpy()]
    if not any(clear):
        ends = singles["worth"] + CLEAR * singles["standard_error"]
        most = min(ends.max(), highest) if len(ends) else 0.0
        return told("to_know.each_less", most=digits(most, 2, up=True))
    row = singles[clear].iloc[0]
    return told(
        "to_know.single",
        estimate=row.name,
        change=percent(row["change"]),
        worth=digits(row["worth"], 2),
        error=digits(CLEAR * row["standard_error"], 2),
    )
