"""Decision diff: what changed between two runs, how the ranks moved, and how much of it each change explains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
import pandas as pd

from mcda.methods.ranking import Method, Ranking, rank
from mcda.preferences.weights import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.problem.shown import html_result
from mcda.robustness.contest import contest, leading
from mcda.robustness.draws import sample

CHUNK = 10_000


@dataclass(frozen=True, eq=False)
class Run:
    """One analysis: a question, whose weights, by which method, behind which floors; with draws if n is above 0.

    Without draws an option's score is that of the ranking at the best estimates; with n draws from a seed it is the
    share of draws in which it is first.
    """

    problem: Problem
    weights: Weights
    method: str | Method
    floors: Floors = None
    p: float = 2.0
    n: int = 0
    seed: int = 0

    @cached_property
    def ranking(self) -> Ranking:
        """The ranking at the best estimates."""
        return rank(self.problem, self.weights, self.method, floors=self.floors, p=self.p)

    @cached_property
    def scores(self) -> pd.Series:
        """The score of every option that passes the floors."""
        return self.ranking.table["score"].astype(float) if not self.n else self._first_shares()

    def _first_shares(self) -> pd.Series:
        case = contest(self.problem, self.weights, self.method, floors=self.floors, p=self.p)
        draws, counts = sample(case.problem or self.problem, self.n, self.seed), np.zeros(len(case.values))
        for first in range(0, self.n, CHUNK):
            scores = case.scored(draws.values(first, min(CHUNK, self.n - first)), case.weights.to_numpy(float))
            best = leading(scores)
            counts += (best / best.sum(axis=1, keepdims=True)).sum(axis=0)
        return pd.Series(counts / self.n, index=case.values.index)


GROUPS = ("options", "estimates", "criteria", "weights", "method", "floors", "draws")


@dataclass(frozen=True, eq=False)
class Diff:
    """What changed between two runs and what each change did.

    changes: a row for each thing that differs: group, what, before, after. ranks: a row for each option of either run:
    rank and score before and after (blank where it isn't ranked). explained: options x groups: how much of the option's
    change of score each group of changes makes (Shapley: the mean over every order of making them); a row sums to the
    change. lead: the same for the lead of the new leader over the old one. An option not ranked on one side has score
    0.
    """

    changes: pd.DataFrame
    ranks: pd.DataFrame
    explained: pd.DataFrame
    lead: pd.Series
    finding: str

    def _repr_html_(self) -> str:
        return html_result(self.finding, {"Changes": self.changes, "Ranks": self.ranks, "Explained": self.explained})


def diff(before: Run, after: Run) -> Diff:
    """Return what changed between two versions of a question, or two runs of one, and how much each change explains.

    Groups of changes: options, estimates, criteria (tree, scales, measures), weights, method (with its exponent),
    floors, draws (number and seed). Each group is taken over from the second run on top of the first, in every order; a
    question between the two holds the estimates of both where only one has them. Source: Shapley (1953).

    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = diff(Run(problem, holders["Paris"], "additive"), Run(problem, holders["Kyiv"], "topsis"))
    >>> sorted(found.explained.columns)
    ['method', 'weights']
    """
    changes = _changes(before, after)
    groups = [group for group in GROUPS if group in set(changes["group"])]
    options = list(dict.fromkeys([*before.problem.options.index, *after.problem.options.index]))
    cache: dict[frozenset[str], np.ndarray] = {}

    def worth(taken: frozenset[str]) -> np.ndarray:
        if taken not in cache:
            cache[taken] = _between(before, after, taken).scores.reindex(options).fillna(0.0).to_numpy()
        return cache[taken]

    explained = pd.DataFrame({group: _shapley(worth, group, groups) for group in groups}, index=options)
    ranks = _ranks(before, after, options)
    old, new = _leaders(before), _leaders(after)
    lead = explained.loc[new[0]] - explained.loc[old[0]]
    return Diff(changes, ranks, explained, lead, _told(before, after, changes, lead))


def _shapley(worth: Callable[[frozenset[str]], np.ndarray], group: str, groups: list[str]) -> np.ndarray:
    """Return the mean, over every order, of what taking over a group adds."""
    others, total = [one for one in groups if one != group], 0.0
    for size in range(len(others) + 1):
        share = factorial(size) * factorial(len(others) - size) / factorial(len(groups))
        for chosen in combinations(others, size):
            taken = frozenset(chosen)
            total = total + share * (worth(taken | {group}) - worth(taken))
    return np.asarray(total)


def _between(before: Run, after: Run, taken: frozenset[str]) -> Run:
    """Return the run that takes some groups from the second run and the rest from the first."""
    side: dict[str, Run] = {group: after if group in taken else before for group in GROUPS}
    problem = _problem_between(before.problem, after.problem, side)
    weights, floors = side["weights"], side["floors"].floors
    return Run(problem, weights.weights, side["method"].method, floors, side["method"].p, side["draws"].n,
               side["draws"].seed)  # fmt: skip


def _problem_between(first: Problem, second: Problem, side: Mapping[str, Run]) -> Problem:
    if first is second:
        return first
    options, estimates = side["options"].problem, side["estimates"].problem
    both = {**first.estimates, **second.estimates, **estimates.estimates}
    return replace(
        side["criteria"].problem, options=options.options, tables=options.tables, frame=options.frame, estimates=both,
        sources={**first.sources, **second.sources},
    )  # fmt: skip


def _changes(before: Run, after: Run) -> pd.DataFrame:
    rows = [*_problem_changes(before.problem, after.problem), *_weight_changes(before, after)]
    for group, what in (("method", "method"), ("method", "p"), ("floors", "floors"), ("draws", "n"), ("draws", "seed")):
        one, two = getattr(before, what), getattr(after, what)
        if one != two and not (what == "seed" and not after.n and not before.n):
            rows.append((group, what, _text(one), _text(two)))
    return pd.DataFrame(rows, columns=["group", "what", "before", "after"])


def _text(thing: Any) -> str:
    return getattr(thing, "__name__", None) or str(thing)


def _problem_changes(first: Problem, second: Problem) -> list[tuple[str, str, str, str]]:
    if first is second:
        return []
    rows = _differences("options", first.labels.to_dict(), second.labels.to_dict())
    rows += _differences(
        "estimates",
        {key: (one.low, one.mode, one.high, one.distribution) for key, one in first.estimates.items()},
        {key: (one.low, one.mode, one.high, one.distribution) for key, one in second.estimates.items()},
    )
    rows += _differences("criteria", *({one.key: _yardstick(one) for one in each.criteria} for each in (first, second)))
    return rows


def _yardstick(criterion: Any) -> tuple[Any, ...]:
    scale = (criterion.scale.anchors, criterion.scale.worth) if criterion.scale else None
    return criterion.parent, criterion.direction, scale, criterion.measure, criterion.floor


def _differences(group: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    return [
        (group, key, _short(first.get(key)), _short(second.get(key)))
        for key in dict.fromkeys([*first, *second]) if first.get(key) != second.get(key)
    ]  # fmt: skip


def _short(thing: Any) -> str:
    if thing is None:
        return "not there"
    if isinstance(thing, tuple):
        return ", ".join(f"{part:g}" if isinstance(part, float | int) else _text(part) for part in thing)
    return _text(thing)


def _weight_changes(before: Run, after: Run) -> list[tuple[str, str, str, str]]:
    if before.weights is after.weights:
        return []
    one, two = (over_leaves(run.problem, run.weights).values for run in (before, after))
    keys = dict.fromkeys([*one.index, *two.index])
    rows = [("weights", key, f"{100 * one.get(key, 0):.3g}%", f"{100 * two.get(key, 0):.3g}%")
            for key in keys if abs(one.get(key, 0) - two.get(key, 0)) > 1e-12]  # fmt: skip
    paired = [
        run.weights.pairwise.values.round(12).to_dict() if run.weights.pairwise else {} for run in (before, after)
    ]
    if not rows and paired[0] != paired[1]:
        rows.append(("weights", "pairwise judgements", "those before", "others"))
    if rows and before.weights.holder != after.weights.holder:
        rows.insert(0, ("weights", "holder", before.weights.holder, after.weights.holder))
    return rows


def _ranks(before: Run, after: Run, options: list[str]) -> pd.DataFrame:
    labels = {**after.problem.labels.to_dict(), **before.problem.labels.to_dict()}
    table = pd.DataFrame({"label": [labels[option] for option in options]}, index=options)
    for name, run in (("before", before), ("after", after)):
        scores = run.scores
        table[f"rank_{name}"] = scores.rank(ascending=False, method="min").reindex(options).astype("Int64")
        table[f"score_{name}"] = scores.reindex(options)
    return table.sort_values(["rank_after", "rank_before"], kind="stable")


def _leaders(run: Run) -> tuple[str, ...]:
    scores = run.scores
    return tuple(scores.index[leading(scores.to_numpy())])


def _told(before: Run, after: Run, changes: pd.DataFrame, lead: pd.Series) -> str:
    if changes.empty:
        return "Nothing changed."
    old, new = _leaders(before)[0], _leaders(after)[0]
    names = {**before.problem.labels.to_dict(), **after.problem.labels.to_dict()}
    what = ", ".join(dict.fromkeys(changes["group"]))
    count = f"{len(changes)} things changed ({what})" if len(changes) > 1 else f"One thing changed ({what})"
    if old == new:
        return f"{count}; {names[new]} ({new}) leads as before."
    total = float(lead.sum())
    if total <= 0:
        return f"{count}; {names[new]} ({new}) leads instead of {names[old]} ({old})."
    shares = "; ".join(
        f"{100 * share / total:.0f}% {group}"
        for group, share in lead.sort_values(ascending=False, kind="stable").items()
    )
    return (
        f"{count}; {names[new]} ({new}) leads instead of {names[old]} ({old}). Of the change in their distance of "
        f"{total:.2g}, each explains: {shares}."
    )
