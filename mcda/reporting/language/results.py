"""Sentences about rankings: who leads, for how many, with and without a floor, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from mcda.checks.significant_digits import fixed, places_of, plain, rounded
from mcda.checks.significant_digits import parts as parts_of
from mcda.holders.answers import Repeat
from mcda.methods.method import PYMCDM, Method
from mcda.methods.ranking import Ranking
from mcda.preferences.weighting.stated import NOBODY
from mcda.problem.model import Criterion, Problem
from mcda.reporting.language.numbers import as_stated, beside, figure, places_shown
from mcda.sentences.catalogue import counted, form_of, joined, listed, method_name, told

BOTH = 2  # holders that have a word of their own


def method_statement(method: Method) -> str:
    """Return what a method computes, and its source."""
    name = method.label.partition(" (")[0]
    key = "statement.pymcdm" if name.startswith(PYMCDM) else f"statement.{name}"
    return told(key)


def option_name(problem: Problem, option: str) -> str:
    """Return an option's name as sentences have it: without its code, which tables have."""
    return problem.name_of(option)


def criterion_name(criterion: Criterion) -> str:
    """Return a criterion's label, after its key where that is a code and not a word of its own.

    >>> criterion_name(Criterion("C1.2", label="Cost")), criterion_name(Criterion("cost", label="Cost"))
    ('C1.2 Cost', 'Cost')
    """
    is_code = any(sign.isdigit() for sign in criterion.key)
    return f"{criterion.key} {criterion.label}" if is_code else criterion.label


def compared(problem: Problem, holders: int) -> str:
    """Return what was compared: how many options on how many leaves, for how many holders."""
    about = {
        "options": counted(len(problem.options), "option"),
        "leaves": counted(len(problem.weighed), "measure"),
        "holders": counted(holders, "priorities"),
    }
    if len(problem.tops) == len(problem.weighed):
        return told("compared.measures", **about)
    return told("compared.all", **about, heads=counted(len(problem.tops), "tradeoff"))


def of_holders(count: int, holders: Sequence[str]) -> str:
    """Return for how many of the holders something is so; the one there is by name.

    >>> of_holders(2, ["Paris", "Rome"]), of_holders(1, ["Paris", "Rome"]), of_holders(1, ["Paris"])
    ('for both holders', 'for 1 of 2 holders', 'by the weights of Paris')
    """
    if len(holders) == 1:
        key = "by_equal" if holders[0] == NOBODY else "by_name"
        return told(f"headline.{key}", holder=holders[0])
    if count == len(holders) == BOTH:
        return told("headline.for_both")
    key = "for_all" if count == len(holders) else "for_some"
    return told(f"headline.{key}", count=count, holders=counted(len(holders), "holder"))


def leads(problem: Problem, rankings: Sequence[Ranking]) -> str:
    """Return who leads under how many holders, by one method.

    The most frequent leader comes first, and ties are shown as ties.
    """
    counts = Counter(ranking.leaders for ranking in rankings)
    holders = [ranking.weights.holder for ranking in rankings]
    parts = []
    for leaders, count in counts.most_common():
        key = "leads.one" if len(leaders) == 1 else "leads.tie"
        option = told("join.and").join(option_name(problem, option) for option in leaders)
        parts.append(told(key, whom=of_holders(count, holders), option=option))
    return told(
        "leads.sentence",
        method=method_name(rankings[0].method),
        parts=told("join.semicolon").join(parts),
    )


def without_action(problem: Problem, rankings: Sequence[Ranking], side: str) -> str:
    """Return in how many rankings of a side of the floor the baseline leads.

    The text is blank where no baseline is marked or ranked.
    """
    if not any(problem.frame.baseline in ranking.table.index for ranking in rankings):
        return ""
    count = sum(problem.frame.baseline in ranking.leaders for ranking in rankings)
    name = problem.short[problem.frame.baseline]
    combinations = counted(len(rankings), "combination")
    about = {"label": name, "combinations": combinations, "side": side}
    return told("baseline.some", **about, count=count) if count else told("baseline.none", **about)


def within_band(rankings: Sequence[Ranking], side: str) -> str:
    """Return in how many rankings of a side of the floor the leader shares its band.

    There its lead is no finding.
    """
    shared = sum(int((ranking.table["band"] == 1).sum()) > 1 for ranking in rankings)
    width = plain(rankings[0].band_width or 0)
    about = {"rankings": counted(len(rankings), "ranking"), "width": width, "side": side}
    return told("band.shared", **about, shared=shared) if shared else told("band.none", **about)


def excluded(problem: Problem, table: pd.DataFrame) -> str:
    """Return which options a floor excludes, with the reason for each; also where none is left."""
    if not len(table):
        return told("floor.excludes_none")
    reasons = told("join.semicolon").join(
        told(
            "floor.reason",
            option=option_name(problem, str(option)),
            performance=beside(row["performance"], row["floor"]),
            criterion=problem.criterion(row["criterion"]).label,
        )
        for option, row in table.iterrows()
    )
    gone = table.index.nunique()
    key = "floor.excludes_all" if gone == len(problem.options) else "floor.excludes"
    return told(key, count=gone, options=counted(len(problem.options), "option"), reasons=reasons)


def floors_told(problem: Problem, floors: Mapping[str, float]) -> str:
    """Return the floors in words, with unit."""
    sentences = []
    for key, floor in floors.items():
        leaf = problem.criterion(key)
        side = "floor.at_least" if leaf.direction == "max" else "floor.at_most"
        sentences.append(told(side, label=leaf.label, floor=as_stated(floor), unit=leaf.unit))
    return listed(sentences)


def limit_in_words(criterion: Criterion, floor: float) -> list[str]:
    """Return what a scale of words says at the stated steps next to a limit; nothing of one in numbers."""
    scale = criterion.scale
    if scale is None or not scale.words:
        return []
    steps = sorted(zip(scale.anchors, scale.words, strict=True))
    below = [step for step in steps if step[0] <= floor]
    above = [step for step in steps if step[0] >= floor]
    around = dict([*below[-1:], *above[:1]])
    return [
        told("floor.in_words", raw=as_stated(raw), meaning=meaning)
        for raw, meaning in around.items()
        if meaning
    ]


def split_by_method(rankings: Mapping[str, Sequence[Ranking]]) -> list[str]:
    """Return the holders for whom the leader depends on the method."""
    split = []
    for holder, answers in rankings.items():
        if len({ranking.leaders for ranking in answers}) > 1:
            split.append(holder)
    return split


def disagreement_of_methods(rankings: Mapping[str, Sequence[Ranking]], side: str) -> str:
    """Return for which holders the leader depends on the method, on a side of the floor."""
    split = split_by_method(rankings)
    holders = counted(len(rankings), "holder")
    if not split:
        return told("methods.agree", whom=of_holders(len(rankings), list(rankings)), side=side)
    return told("methods.differ", count=len(split), holders=holders, names=listed(split), side=side)


def repeats(repetitions: Iterable[Repeat], holders: Sequence[str]) -> list[str]:
    """Return which methods are neither counted nor tabled, and for how many of the holders.

    Such methods repeat another.
    """
    grouped: dict[tuple[str, str, bool], list[Repeat]] = {}
    for repetition in repetitions:
        grouped.setdefault((repetition.method, repetition.of, repetition.exact), []).append(
            repetition
        )
    sentences = []
    for (method, of, exact), held in grouped.items():
        about = {"method": method_name(method), "of": method_name(of)}
        near = {} if exact else {"width": plain(held[0].width)}
        key = "methods.same" if exact else "methods.near"
        sentences.append(told(key, whom=of_holders(len(held), holders), **about, **near))
    return sentences


def without_head(
    problem: Problem, head: str, before: Mapping[str, Ranking], after: Mapping[str, Ranking]
) -> str:
    """Return for which holders the leader changes when one head counts for nothing.

    A holder for whom nothing else counts has no ranking without it.
    """
    changed = {
        holder: (before[holder].leaders, after[holder].leaders)
        for holder in after
        if before[holder].leaders != after[holder].leaders
    }
    about = {
        "label": problem.criterion(head).label,
        "holders": counted(len(after), "holder"),
        "method": method_name(next(iter(before.values())).method),
    }
    if not changed:
        return told("without_head.same", whom=of_holders(len(after), list(after)), **about)
    parts = [
        told(
            "without_head.part",
            holder=holder,
            before=_named(problem, old),
            after=_named(problem, new),
        )
        for holder, (old, new) in changed.items()
    ]
    return told(
        "without_head.changed",
        **about,
        count=len(changed),
        parts=told("join.semicolon").join(parts),
    )


def _named(problem: Problem, options: Iterable[str]) -> str:
    return told("join.and").join(option_name(problem, option) for option in options)


def dominance(pairs: pd.DataFrame) -> str:
    """Return which options another dominates at the best estimates."""
    if pairs.empty:
        return told("dominance.none")
    named = [
        told("dominance.pair", dominator=row.dominator, dominated=row.dominated)
        for row in pairs.itertuples()
    ]
    return told("dominance.some", pairs=listed(named))


def why(problem: Problem, contributions: pd.DataFrame, first: str, second: str) -> str:
    """Return where the lead of one option over another comes from.

    The sentence says what it gains and loses most by head.
    """
    by_head = (
        contributions["contribution"]
        .groupby([problem.top(key) for key in contributions.index])
        .sum()
    )
    names = {"first": problem.short[first], "second": problem.short[second]}
    if abs(by_head).max() < 1e-9:
        return told("why.equal", **names)
    lead = 100 * by_head.sum()
    decimals = min(places_of(lead, 3), 2) if lead else 2
    shown = pd.Series(parts_of(100 * by_head, decimals), by_head.index)
    gained = _largest_first(problem, shown)
    lost = _largest_first(problem, -shown)
    gains = told("why.gains", parts=gained) if gained else ""
    losses = told("why.losses", parts=lost) if lost else ""
    key = "why.lead" if lead >= 0 else "why.behind"
    size = counted_points(abs(lead))
    return told(key, **names, lead=size, gains=gains, losses=losses)


def _largest_first(problem: Problem, points: pd.Series) -> str:
    """Return the heads with points above 0 in words, the one with most first."""
    parts = []
    for head, number in points.sort_values(ascending=False, kind="stable").items():
        if number > 0:
            label = problem.criterion(head).label
            parts.append(told("why.part", label=label, points=figure(number)))
    return listed(parts)


def first_by_sum(problem: Problem, leaders: Sequence[str], side: str) -> str:
    """Return which option the weighted sum puts first.

    It is said where the method that leads the report puts another first.
    """
    names = told("join.and").join(option_name(problem, option) for option in leaders)
    return told("why.first_by_sum", option=names, side=side)


def counted_points(points: float) -> str:
    """Return points of a 0-100 scale with their noun.

    >>> counted_points(1.0), counted_points(2.53)
    ('1 point', '2.53 points')
    """
    shown = rounded(points, places_shown(points))
    return f"{figure(points)} {form_of(shown, 'point')}"


def weakest_leaf(problem: Problem, option: str) -> str:
    """Return the leaf on which an option has its lowest value."""
    values = problem.values.loc[option, [leaf.key for leaf in problem.weighed]]
    leaf = problem.criterion(str(values.idxmin()))
    return told(
        "why.weakest",
        option=option_name(problem, option),
        leaf=leaf.label,
        value=fixed(100 * values.min()),
    )


def whose(problem: Problem, rankings: Mapping[str, Ranking], side: str) -> tuple[str, str]:
    """Return whether the holders agree on a first option, and what the minority holds.

    The second is blank where they agree. A minority is fewer than the largest group; where every
    group is as large, there is none, and no majority.
    """
    firsts: dict[tuple[str, ...], list[str]] = {}
    for holder, ranking in rankings.items():
        firsts.setdefault(ranking.leaders, []).append(holder)
    ordered = sorted(firsts.items(), key=lambda item: -len(item[1]))
    method = method_name(next(iter(rankings.values())).method)
    named = []
    for leaders, _ in ordered:
        named.append(told("join.and").join(option_name(problem, option) for option in leaders))
    if len(rankings) == 1:
        return told("whose.alone"), ""
    if len(ordered) == 1:
        about = {
            "whom": of_holders(len(rankings), list(rankings)),
            "option": named[0],
            "method": method,
            "side": side,
        }
        return told("whose.united", **about), ""
    most = len(ordered[0][1])
    larger = []
    fewer = []
    for name, (_, held) in zip(named, ordered, strict=True):
        if len(held) < most:
            fewer.append(told("whose.each", option=name, holders=listed(held)))
        else:
            larger.append(told("whose.first", option=name, whom=of_holders(most, list(rankings))))
    majority = "" if 2 * most > len(rankings) else told("whose.no_majority", side=side)
    minority = told("whose.minority", side=side, parts=joined(fewer)) if fewer else ""
    split = told("whose.split", side=side, parts=joined(larger))
    return split, " ".join(filter(None, (majority, minority)))
