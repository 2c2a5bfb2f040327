"""`mcda weights`: the holders' weights with their ranges, and which holders are close."""

from __future__ import annotations

import argparse
from math import isnan
from typing import Any

import pandas as pd

from mcda.checks.faults import NotApplicable
from mcda.checks.significant_digits import fixed, plain
from mcda.commands.arguments.question import (
    add_json,
    add_question,
    add_structure,
    chosen,
    open_given,
    print_json,
)
from mcda.commands.arguments.results_out import add_out, check_files, write_out
from mcda.display.visible_text import visible
from mcda.holders.side_by_side import Clusters, perspectives
from mcda.preferences.weighting.dispersion import dispersion_weights
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.notebooks.holders import stated_ends, weights_table
from mcda.reporting.terminal.columns import columns, heads
from mcda.reporting.terminal.lines import show


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser, tables=True)
    add_structure(parser)
    add_json(parser)
    add_out(parser)
    parser.add_argument(
        "--holder",
        metavar="NAME",
        help="one holder's weights down the tree (all holders, if not given)",
    )


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print every holder's weights on the heads, or one holder's down the tree."""
    check_files(given, parser)
    problem, holders = open_given(given, parser)
    whose = {
        weights.holder: over_leaves(problem, weights)
        for weights in chosen(problem, holders, given.holder, parser)
    }
    write_out(given, lambda: _results(whose))
    title = visible(problem.title)
    if given.json:
        print_json(
            {
                "question": problem.name,
                "title": problem.frame.title,
                "holders": [_document(one) for one in whose.values()],
            }
        )
    elif given.holder:
        show(f"{title}\n\n{_tree_text(problem, whose[given.holder])}", hang=2)
    else:
        show(f"{title}\n\n{_all_text(problem, whose)}", hang=2)


def _results(whose: dict[str, Weights]) -> Any:
    from mcda.reporting.results.of_results import of_weights

    return of_weights(whose)


def _all_text(problem: Problem, whose: dict[str, Weights]) -> str:
    table = weights_table(problem, whose)
    near = perspectives(problem, whose, "additive").clusters("weights")
    table["nearest"] = [_nearest(near, holder) for holder in table.index]
    return "\n".join(
        [
            words.told("terminal_weights.caption"),
            "",
            columns(_rows(table), [*heads("holder"), *table.columns[:-1], *heads("nearest")]),
            "",
            words.told("terminal_weights.nearest"),
            _contrast(problem),
        ]
    )


def _contrast(problem: Problem) -> str:
    """Return what the spread of the data would say, or that the options are alike."""
    try:
        spread = dispersion_weights(problem)
    except NotApplicable:
        return words.told("terminal_weights.alike")
    row = weights_table(problem, {"": spread}).iloc[0]
    points = words.joined(f"{visible(head)} {point}" for head, point in row.items())
    return words.told("terminal_weights.contrast", points=points)


def _nearest(near: Clusters, holder: str) -> str:
    row = near.table.loc[holder]
    return f"{row['nearest']}, {fixed(100 * row['distance'])}" if row["nearest"] else ""


def _tree_text(problem: Problem, used: Weights) -> str:
    rows = []
    for leaf in problem.leaves:
        if leaf.scale:
            points = fixed(100 * used.values[leaf.key], 1)
            ends = [plain(leaf.scale.anchors[0]), plain(leaf.scale.anchors[-1])]
            rows.append([leaf.key, leaf.label, points, *ends, leaf.unit])
    about = {"holder": words.holder_name(used.holder), "method": words.stated_by(used.method)}
    caption = words.told("terminal_weights.down_the_tree", **about)
    header = heads("criterion", "label", "points", "from", "to", "unit")
    return f"{visible(caption)}\n\n{columns(rows, header)}"


def _rows(table: pd.DataFrame) -> list[list[object]]:
    rows: list[list[object]] = table.reset_index().to_numpy().tolist()
    return rows


def _document(used: Weights) -> dict[str, Any]:
    ranges = {}
    for key, (low, high) in stated_ends(used).items():
        ranges[key] = [float(low), float(high)]
    return {
        "holder": used.holder,
        "method": used.method,
        "meaning": used.meaning,
        "ranges": ranges,
        "weights": {key: float(weight) for key, weight in used.values.items()},
        "consistency": _consistency(used),
    }


def _consistency(used: Weights) -> dict[str, Any] | None:
    """Return how far the judgements behind weights agree, as plain data; None where there are none."""
    coherence = used.pairwise.consistency if used.pairwise else None
    if not coherence:
        return None
    ratio = None if isnan(coherence.ratio) else float(coherence.ratio)
    return {"ratio": ratio, "table": coherence.table, "n": coherence.size}
