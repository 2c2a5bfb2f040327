"""The ranking of a bare table as text: what was found first, the table, then how it was read."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.checks.significant_digits import fixed, percents, plain
from mcda.checks.visible_text import visible_lines
from mcda.methods.ranking import Ranking
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.terminal.columns import columns
from mcda.sentences.catalogue import counted

PLACES = 2  # decimals of a score
BETTER = {"max": "more", "min": "less"}


def table_ranking_text(rankings: Sequence[Ranking], told: Sequence[str]) -> str:
    """Return the rankings of one table by one or several methods, and how the table was read."""
    problem = rankings[0].problem
    parts = [
        finding(rankings),
        _table(rankings),
        "\n".join([_weights(rankings[0]), *_bands(rankings)]),
    ]
    notes = list(dict.fromkeys([*told, *(note for one in rankings for note in one.notes)]))
    if notes:
        parts.append("\n".join(["How it was read and ranked", *(f"  {note}" for note in notes)]))
    title = problem.frame.title or problem.name
    return "\n\n".join(visible_lines(part) for part in (title, *parts))


def finding(rankings: Sequence[Ranking]) -> str:
    """Return who leads, in a sentence: by the one method, or by each of several."""
    if len(rankings) == 1:
        return _alone(rankings[0])
    by_leaders: dict[tuple[str, ...], list[str]] = {}
    for ranking in rankings:
        by_leaders.setdefault(ranking.leaders, []).append(words.method_name(ranking.method))
    named = [
        f"{_names(rankings[0].problem, leaders)} by {words.listed(methods)}"
        for leaders, methods in by_leaders.items()
    ]
    if len(named) == 1:
        leaders = rankings[0].leaders
        verb = "leads" if len(leaders) == 1 else "tie for the lead"
        listed = words.listed([words.method_name(ranking.method) for ranking in rankings])
        return f"{_names(rankings[0].problem, leaders)} {verb} by each method: {listed}."
    return f"Who leads depends on the method: {'; '.join(named)}."


def _alone(ranking: Ranking) -> str:
    table = ranking.table
    leaders = ranking.leaders
    score = fixed(float(table["score"].iloc[0]), PLACES)
    method = words.method_name(ranking.method)
    behind = table[table["rank"] > 1]
    names = _names(ranking.problem, leaders)
    if len(leaders) > 1:
        return f"{names} tie for the lead by {method}, with {score} each."
    sentence = f"{names} leads by {method}, with {score}"
    if behind.empty:
        return f"{sentence}."
    second = f"{behind['label'].iloc[0]} has {fixed(float(behind['score'].iloc[0]), PLACES)}"
    close = (table["band"] == 1).sum() > 1 and ranking.band_width
    return f"{sentence}; {second}{', too close to call' if close else ''}."


def _names(problem: Problem, options: Sequence[str]) -> str:
    return words.listed([str(problem.labels[option]) for option in options])


def _table(rankings: Sequence[Ranking]) -> str:
    first = rankings[0]
    labelled = any(str(label) != str(option) for option, label in first.problem.labels.items())
    rows = []
    for option in first.table.index:
        row: list[object] = [option]
        label = str(first.table.loc[option, "label"])
        row += [label if label != str(option) else ""] if labelled else []
        for ranking in rankings:
            row += [fixed(float(ranking.table.loc[option, "score"]), PLACES)]
            row += [ranking.table.loc[option, "rank"]]
        rows.append(row)
    heads = [head for ranking in rankings for head in (ranking.method.partition(" ")[0], "rank")]
    return columns(rows, ["option", *(["label"] if labelled else []), *heads])


def _weights(ranking: Ranking) -> str:
    if ranking.weights.values.nunique() == 1:
        return f"Weights of {ranking.holder}: all the same. {_ways(ranking.problem)}."
    points = percents(ranking.weights.values.tolist(), unit="")
    parts = [
        f"{leaf.label} {share} ({BETTER[leaf.direction]} is better)"
        for leaf, share in zip(ranking.problem.leaves, points, strict=True)
    ]
    return f"Weights of {ranking.holder}, of 100: {'; '.join(parts)}."


def _ways(problem: Problem) -> str:
    """Return which way is better, of all criteria at once or by name."""
    labels: dict[str, list[str]] = {}
    for leaf in problem.leaves:
        labels.setdefault(BETTER[leaf.direction], []).append(leaf.label)
    if len(labels) == 1 and len(problem.leaves) > 1:
        count = counted(len(problem.leaves), "criterion")
        return f"On all {count} {next(iter(labels))} is better"
    told = [f"{way} is better on {words.listed(names)}" for way, names in labels.items()]
    sentence = "; ".join(told)
    return sentence[:1].upper() + sentence[1:]


def _bands(rankings: Sequence[Ranking]) -> list[str]:
    """Return who is too close to call with the leader, by each method on which a band has a meaning."""
    close: dict[str, list[str]] = {}
    for ranking in rankings:
        table = ranking.table
        near = table.index[(table["band"] == 1) & (table["rank"] > 1)]
        if ranking.band_width and len(near) and len(rankings) > 1:
            names = _names(ranking.problem, list(near))
            close.setdefault(f"{names} (within {plain(ranking.band_width)})", []).append(
                ranking.method.partition(" ")[0]
            )
    return [f"Too close to call by {words.listed(by)}: {names}." for names, by in close.items()]
