"""Sentences about results: each function takes results and returns text with their numbers; no conclusion is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from mcda.methods.ranking import Ranking
from mcda.problem.check import Check
from mcda.problem.model import Problem

KIND_MARKS = {"fact": "F", "estimate": "E", "statement": "S", "derived": "D", "judgement": "J", "assumption": "A"}


def figure(number: float) -> str:
    """Return a number as plain text with about three digits that count, never in powers of ten, never "-0".

    >>> figure(7.352), figure(70.576), figure(1e-30), figure(1234.5)
    ('7.35', '70.6', '0', '1234')
    """
    size = abs(float(number))
    places = 0 if size >= 100 else 1 if size >= 10 else 2
    told = f"{round(float(number), places) + 0.0:.{places}f}"
    return told.rstrip("0").rstrip(".") if places else told


METHOD_NAMES = {"additive": "the additive model", "topsis": "TOPSIS", "ahp:ratings": "AHP in ratings mode",
                "ahp:ideal": "AHP in ideal mode", "ahp:distributive": "AHP in distributive mode"}  # fmt: skip


def method_name(method: str) -> str:
    """Return a method's name as prose has it.

    >>> method_name("topsis (anchored, p = 2)")
    'TOPSIS (anchored, p = 2)'
    """
    name, _, settings = method.partition(" (")
    return METHOD_NAMES.get(name, name) + (f" ({settings}" if settings else "")


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    names = list(names)
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


def option_name(problem: Problem, option: str) -> str:
    """Return an option's label with its id, and whether it is the baseline."""
    mark = ", the baseline" if option == problem.frame.baseline else ""
    return f"{problem.labels[option]} ({option}{mark})"


def leads(problem: Problem, rankings: Sequence[Ranking]) -> str:
    """Return who leads under how many holders, by one method: the most frequent leader first, ties told as ties."""
    method, counts = rankings[0].method, Counter(ranking.leaders for ranking in rankings)
    parts = [
        f"{' and '.join(option_name(problem, option) for option in leaders)} {'leads' if len(leaders) == 1 else 'tie'} "
        f"for {count} of {len(rankings)} holders"
        for leaders, count in counts.most_common()
    ]  # fmt: skip
    return f"By {method_name(method)}: {'; '.join(parts)}."


def leads_short(rankings: Sequence[Ranking]) -> str:
    """Return the same for a figure's title: ids only."""
    counts = Counter(ranking.leaders for ranking in rankings)
    return "; ".join(
        f"{' and '.join(leaders)} {'leads' if len(leaders) == 1 else 'tie'} for {count} of {len(rankings)} holders"
        for leaders, count in counts.most_common()
    )


def without_action(problem: Problem, rankings: Sequence[Ranking]) -> str:
    """Return, plainly, for how many holders the baseline leads; blank where the question marks no baseline."""
    if not problem.frame.baseline:
        return ""
    count = sum(problem.frame.baseline in ranking.leaders for ranking in rankings)
    name = problem.labels[problem.frame.baseline]
    if not count:
        return f"The baseline, {name}, leads for none of the {len(rankings)} combinations of holder and method."
    return f"The baseline, {name}, leads in {count} of {len(rankings)} combinations of holder and method."


def within_band(rankings: Sequence[Ranking]) -> str:
    """Return in how many rankings the leader shares its band, so that its lead is no finding."""
    shared = sum(int((ranking.table["band"] == 1).sum()) > 1 for ranking in rankings)
    width = rankings[0].band_width or 0
    return (
        f"In {shared} of {len(rankings)} rankings another option lies within {width:g} of the leader's score: "
        "there the lead is no finding."
    )


def excluded(problem: Problem, ranking: Ranking) -> str:
    """Return which options a floor excludes, with the reason for each."""
    if not len(ranking.excluded):
        return "The floor excludes no option."
    reasons = "; ".join(
        f"{option} at {figure(row['performance'])} on {row['criterion']}" for option, row in ranking.excluded.iterrows()
    )
    return f"The floor excludes {len(ranking.excluded)} of {len(problem.options)} options: {reasons}."


def floors_told(problem: Problem, floors: Mapping[str, float]) -> str:
    """Return the floors in words, with unit."""
    told = []
    for key, floor in floors.items():
        leaf = problem.criterion(key)
        side = "at least" if leaf.direction == "max" else "at most"
        told.append(f"{leaf.label} ({key}) {side} {figure(floor)} ({leaf.unit})")
    return listed(told)


def coverage(found: Check) -> str:
    """Return how many cells are of which kind, and how many have no source."""
    table = found.coverage
    kinds = listed(f"{row.cells} {kind}" for kind, row in table.iterrows() if row.cells)
    total, bare = int(table["cells"].sum()), int(table["without_source"].sum())
    return f"Of {total} cells of the performance table, by kind: {kinds}; {bare} have no source."


def disagreements(found: Check) -> str:
    """Return in how many derived cells the formula and the analyst disagree, and how badly."""
    table = found.disagreements
    if table.empty:
        return "No derived cell disagrees with the analyst's."
    apart = int(
        table["finding"]
        .isin(["the ranges don't meet", "the derived best estimate lies outside the analyst's range"])
        .sum()
    )
    return (
        f"{len(table)} derived cells differ from the analyst's; in {apart} of them the best estimate lies outside the "
        "analyst's range."
    )


def why(problem: Problem, contributions: pd.DataFrame, first: str, second: str) -> str:
    """Return where the lead of one option over another comes from: what it gains and loses most by head."""
    by_head = contributions["contribution"].groupby([problem.top(key) for key in contributions.index]).sum()
    lead = by_head.sum()
    gains = [
        f"{problem.criterion(key).label} ({figure(100 * part)})"
        for key, part in by_head.sort_values(ascending=False).items()
        if part > 0
    ]
    losses = [
        f"{problem.criterion(key).label} ({figure(100 * part)})"
        for key, part in by_head.sort_values().items()
        if part < 0
    ]
    told = f"{problem.labels[first]} scores {figure(100 * lead)} points of 100 more than {problem.labels[second]}"
    told += f": it gains on {listed(gains)}" if gains else ""
    told += f" and loses on {listed(losses)}" if losses else ""
    return f"{told}."


def dominance(pairs: pd.DataFrame) -> str:
    """Return which options another dominates at the best estimates."""
    if pairs.empty:
        return "No option is dominated: each is better than every other on some leaf."
    told = [f"{row.dominator} dominates {row.dominated}" for row in pairs.itertuples()]
    return f"{listed(told)} (at least as good on every leaf, better on one)."


def disagreement_of_methods(problem: Problem, rankings: Mapping[str, Sequence[Ranking]]) -> str:
    """Return for which holders the leader depends on the method."""
    split = [holder for holder, answers in rankings.items() if len({ranking.leaders for ranking in answers}) > 1]
    if not split:
        return f"For all {len(rankings)} holders the methods agree on the leader."
    return f"For {len(split)} of {len(rankings)} holders the leader depends on the method: {listed(split)}."
