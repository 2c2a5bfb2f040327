"""Decision diff: what changed between two runs, and how much of it each change explains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from math import factorial
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind
from mcda.checks.significant_digits import as_parts, percent, plain
from mcda.display.html_table import html_result
from mcda.methods.contest import leading
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import floors_of
from mcda.sensitivity.comparison.changes import changes
from mcda.sensitivity.comparison.run import Run
from mcda.sentences.catalogue import joined, listed, told

GROUPS = ("options", "estimates", "criteria", "weights", "method", "floors", "draws")
Part = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Diff:
    """What changed between two runs and what each change did.

    An option that isn't ranked on one side has score 0 there.

    Attributes
    ----------
    changes : DataFrame
        A row for each thing that differs: group, what, before, after.
    ranks : DataFrame
        A row for each option of either run: rank and score before and after, blank where it isn't
        ranked.
    explained : DataFrame
        Options x groups: how much of the option's change of score each group of changes makes
        (Shapley: the mean over every order of making them). A row sums to the change. Groups of
        which one alone makes no run share a column, such as "options and criteria".
    lead : Series
        The same for the lead of the new leader over the old one.
    finding : str
        The finding in words.
    """

    changes: pd.DataFrame
    ranks: pd.DataFrame
    explained: pd.DataFrame
    lead: pd.Series
    finding: str

    def _repr_html_(self) -> str:
        return html_result(
            self.finding,
            {
                told("caption.changes"): self.changes,
                told("caption.both_ranks"): self.ranks,
                told("caption.explained"): self.explained,
            },
        )


def diff(before: Run, after: Run) -> Diff:
    """Return what changed between two runs, and how much each change explains.

    The runs are of two versions of a question, or of one. The groups of changes are: options (with
    tables that formulas or correlations read), estimates, criteria (tree, scales, measures),
    weights (over the leaves), method (with its exponent), floors (those in force), draws (number
    and seed). Each group is taken over from the second run on top of the first, in every order. A
    question between the two has the estimates of both where only one has them. A criterion that the
    weights don't name has no weight there, and weights and floors of a criterion that isn't there
    are left out.

    Parameters
    ----------
    before, after : Run
        The two runs.

    Returns
    -------
    Diff
        What changed, and what each change did to scores and lead.

    References
    ----------
    Shapley (1953).

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> before = Run(problem, holders["Paris"], "additive")
    >>> after = Run(problem, holders["Kyiv"], "topsis")
    >>> found = diff(before, after)
    >>> sorted(found.explained.columns)
    ['method', 'weights']
    """
    for run in (before, after):
        check_kind(run, Run, "run", "a Run", 'such as mcda.Run(problem, weights, "additive")')
    changed = changes(before, after)
    groups = [group for group in GROUPS if group in set(changed["group"])]
    options = list(dict.fromkeys([*before.problem.options.index, *after.problem.options.index]))
    scores = _scores_between(before, after, groups, options)
    parts = _finest(groups, scores)
    explained = pd.DataFrame(
        {" and ".join(part): _shapley(scores, part, parts) for part in parts}, index=options
    )
    ranks = _ranks(before, after, options)
    old = _leaders(before)
    new = _leaders(after)
    lead = explained.loc[new[0]] - explained.loc[old[0]]
    return Diff(changed, ranks, explained, lead, _finding(before, after, changed, lead))


def _scores_between(
    before: Run, after: Run, groups: Sequence[str], options: Sequence[str]
) -> dict[frozenset[str], np.ndarray]:
    """Return the scores (options,) after each set of groups is taken over.

    There are scores for every set that makes a run.
    """
    found = {frozenset[str](): before.scores, frozenset(groups): after.scores}
    for taken in map(frozenset, _choices(groups)):
        try:
            found[taken] = found[taken] if taken in found else _between(before, after, taken).scores
        except Exception:  # noqa: S112 (a mix that nobody wrote may fail in any way; both of its ends didn't)
            continue
    return {
        taken: scores.reindex(options).fillna(0.0).to_numpy() for taken, scores in found.items()
    }


def _choices(things: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Go through every choice among things, from none to all."""
    return chain.from_iterable(combinations(things, size) for size in range(len(things) + 1))


def _finest(groups: Sequence[str], scores: Mapping[frozenset[str], np.ndarray]) -> tuple[Part, ...]:
    """Return the finest partition of the groups into parts that can change by themselves.

    Any part can be taken over without the others.
    """
    finest_first = sorted(_partitions(groups), key=len, reverse=True)
    return next(parts for parts in finest_first if _free(parts, scores))


def _free(parts: Sequence[Part], scores: Mapping[frozenset[str], np.ndarray]) -> bool:
    """Return whether every choice of parts makes a run."""
    return all(frozenset(chain(*chosen)) in scores for chosen in _choices(parts))


def _partitions(groups: Sequence[str]) -> Iterator[tuple[Part, ...]]:
    if not groups:
        yield ()
        return
    for parts in _partitions(groups[1:]):
        yield ((groups[0],), *parts)
        yield from (
            ((groups[0], *part), *parts[:at], *parts[at + 1 :]) for at, part in enumerate(parts)
        )


def _shapley(
    scores: Mapping[frozenset[str], np.ndarray], part: Part, parts: Sequence[Part]
) -> np.ndarray:
    """Return the mean, over every order, of what taking over a part adds."""
    others = [one for one in parts if one != part]
    total = 0.0
    for chosen in _choices(others):
        share = (
            factorial(len(chosen)) * factorial(len(others) - len(chosen)) / factorial(len(parts))
        )
        total = total + share * (
            scores[frozenset(chain(part, *chosen))] - scores[frozenset(chain(*chosen))]
        )
    return np.asarray(total)


def _between(before: Run, after: Run, taken: frozenset[str]) -> Run:
    """Return the run that takes some groups from the second run and the rest from the first."""
    side: dict[str, Run] = {group: after if group in taken else before for group in GROUPS}
    problem = _problem_between(before.problem, after.problem, side)
    held = side["floors"]
    leaves = [leaf.key for leaf in problem.leaves]
    floors = {
        key: floor for key, floor in floors_of(held.problem, held.floors).items() if key in leaves
    }
    weights = _over(leaves, side["weights"].problem, side["weights"].weights)
    method = side["method"]
    draws = side["draws"]
    return Run(problem, weights, method.method, floors, method.p, draws.n, draws.seed)


def _problem_between(first: Problem, second: Problem, side: Mapping[str, Run]) -> Problem:
    if first is second:
        return first
    options = side["options"].problem
    estimates = side["estimates"].problem
    return replace(
        side["criteria"].problem,
        options=options.options,
        tables=options.tables,
        frame=options.frame,
        estimates={**first.estimates, **second.estimates, **estimates.estimates},
        sources={**first.sources, **second.sources, **estimates.sources},
        widening=estimates.widening,
    )


def _over(leaves: Sequence[str], problem: Problem, weights: Weights) -> Weights:
    """Return the weights that were stated for one question over the leaves of another."""
    spread = over_leaves(problem, weights)
    pairwise = _over(leaves, problem, weights.pairwise) if weights.pairwise else None
    raw = spread.raw.reindex(leaves, fill_value=0.0)
    return replace(spread, raw=raw, pairwise=pairwise, anchors={}, space=None)


def _ranks(before: Run, after: Run, options: list[str]) -> pd.DataFrame:
    labels = {**after.problem.labels.to_dict(), **before.problem.labels.to_dict()}
    table = pd.DataFrame({"label": [labels[option] for option in options]}, index=options)
    for name, run in (("before", before), ("after", after)):
        scores = run.scores
        table[f"rank_{name}"] = (
            scores.rank(ascending=False, method="min").reindex(options).astype("Int64")
        )
        table[f"score_{name}"] = scores.reindex(options)
    return table.sort_values(["rank_after", "rank_before"], kind="stable")


def _leaders(run: Run) -> tuple[str, ...]:
    scores = run.scores
    return tuple(scores.index[leading(scores.to_numpy())])


def group_name(group: str) -> str:
    """Return a group of changes, or several that are taken over together, as prose has it."""
    return listed(told(f"since.{part}") for part in group.split(" and "))


def _finding(before: Run, after: Run, changes: pd.DataFrame, lead: pd.Series) -> str:
    if changes.empty:
        return told("difference.none")
    groups = told("join.comma").join(map(group_name, dict.fromkeys(changes["group"])))
    number = "several" if len(changes) > 1 else "one"
    count = told(f"difference.{number}", count=len(changes), groups=groups)
    old = _leaders(before)[0]
    new = _leaders(after)[0]
    labels = {**before.problem.short.to_dict(), **after.problem.short.to_dict()}
    new_name = f"{labels[new]} ({new})"
    if old == new:
        return told("difference.same_leader", count=count, new=new_name)
    old_name = f"{labels[old]} ({old})"
    sentence = told("difference.leader", count=count, new=new_name, old=old_name)
    total = float(lead.sum())
    if total <= 0:
        return sentence
    ordered = lead.sort_values(ascending=False, kind="stable")
    parts = zip(as_parts(ordered / total), ordered.index, strict=True)
    shares = joined(
        told("difference.share", share=percent(share), group=group_name(group))
        for share, group in parts
    )
    explained = told("difference.explained", distance=plain(total, 2), shares=shares)
    return f"{sentence} {explained}"
