"""The ranking of a bare table as text: what was found first, the table, then how it was read."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.checks.significant_digits import fixed, percents, plain
from mcda.display.visible_text import visible_lines
from mcda.methods.ranking import Ranking
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.terminal.columns import columns, heads

PLACES = 2  # decimals of a score


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
        head = words.told("terminal_table.notes")
        parts.append("\n".join([head, *(f"  {note}" for note in notes)]))
    title = problem.title
    return "\n\n".join(visible_lines(part) for part in (title, *parts))


def finding(rankings: Sequence[Ranking]) -> str:
    """Return who leads, in a sentence: by the one method, or by each of several."""
    if len(rankings) == 1:
        return _alone(rankings[0])
    by_leaders: dict[tuple[str, ...], list[str]] = {}
    for ranking in rankings:
        by_leaders.setdefault(ranking.leaders, []).append(words.method_name(ranking.method))
    if len(by_leaders) == 1:
        leaders = rankings[0].leaders
        key = "each" if len(leaders) == 1 else "each_tied"
        methods = words.listed([words.method_name(ranking.method) for ranking in rankings])
        names = _names(rankings[0].problem, leaders)
        return words.told(f"terminal_table.{key}", options=names, methods=methods)
    parts = words.joined(
        words.told(
            "terminal_table.by",
            options=_names(rankings[0].problem, leaders),
            methods=words.listed(methods),
        )
        for leaders, methods in by_leaders.items()
    )
    return words.told("terminal_table.depends", parts=parts)


def _alone(ranking: Ranking) -> str:
    table = ranking.table
    leaders = ranking.leaders
    about = {
        "options": _names(ranking.problem, leaders),
        "method": words.method_name(ranking.method),
        "score": fixed(float(table["score"].iloc[0]), PLACES),
    }
    behind = table[table["rank"] > 1]
    if len(leaders) > 1:
        return words.told("terminal_table.tied", **about)
    if behind.empty:
        return words.told("terminal_table.alone", **about)
    about["second"] = str(behind["label"].iloc[0])
    about["less"] = fixed(float(behind["score"].iloc[0]), PLACES)
    is_close = (table["band"] == 1).sum() > 1 and ranking.band_width
    kind = "close" if is_close else "ahead"
    return words.told(f"terminal_table.{kind}", **about)


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
    over = heads("option", "label") if labelled else heads("option")
    for ranking in rankings:
        over += [ranking.method.partition(" ")[0], *heads("rank")]
    return columns(rows, over)


def _weights(ranking: Ranking) -> str:
    holder = words.holder_name(ranking.holder)
    if ranking.weights.values.nunique() == 1:
        ways = _ways(ranking.problem)
        return words.told("terminal_table.alike", holder=holder, ways=ways)
    points = percents(ranking.weights.values.tolist(), unit="")
    parts = words.joined(
        words.told(f"terminal_table.weight_{leaf.direction}", label=leaf.label, points=share)
        for leaf, share in zip(ranking.problem.leaves, points, strict=True)
    )
    return words.told("terminal_table.weights", holder=holder, parts=parts)


def _ways(problem: Problem) -> str:
    """Return which way is better, of all criteria at once or by name."""
    labels: dict[str, list[str]] = {}
    for leaf in problem.leaves:
        labels.setdefault(leaf.direction, []).append(leaf.label)
    if len(labels) == 1 and len(problem.leaves) > 1:
        count = words.counted(len(problem.leaves), "criterion")
        return words.told(f"terminal_table.all_{next(iter(labels))}", criteria=count)
    sentence = words.joined(
        words.told(f"terminal_table.way_{way}", names=words.listed(names))
        for way, names in labels.items()
    )
    return sentence[:1].upper() + sentence[1:]


def _bands(rankings: Sequence[Ranking]) -> list[str]:
    """Return who is too close to call with the leader, by each method on which a band has a meaning."""
    close: dict[str, list[str]] = {}
    for ranking in rankings:
        table = ranking.table
        near = table.index[(table["band"] == 1) & (table["rank"] > 1)]
        if ranking.band_width and len(near) and len(rankings) > 1:
            names = _names(ranking.problem, list(near))
            within = plain(ranking.band_width)
            about = words.told("terminal_table.within", names=names, width=within)
            close.setdefault(about, []).append(ranking.method.partition(" ")[0])
    return [
        words.told("terminal_table.band", methods=words.listed(by), names=names)
        for names, by in close.items()
    ]
