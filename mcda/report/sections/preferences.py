"""Whose weights, and what each holder's weights lead to."""

from __future__ import annotations

from mcda.preferences.weights import Weights
from mcda.report import words
from mcda.report.blocks import Block, bullets, cell, explorer, paragraph, picture, section, table
from mcda.report.study import Study


def weights(study: Study) -> Block:
    """Return every holder's weights on the heads, how they came about and how coherent they are."""
    problem, tops = study.problem, [criterion for criterion in study.problem.criteria if not criterion.parent]
    rows = []
    for stated in study.chosen:
        shares = words.head_shares(problem, stated)
        rows.append([cell(stated.holder, under=[stated.rationale]), *[f"{100 * shares[top.key]:.0f}" for top in tops],
                     stated.method, _ratio(stated)])  # fmt: skip
    columns = ["Holder", *[f"{top.key} {top.label}" for top in tops], "How stated", "Consistency ratio"]
    return section(
        "weights", "Weights",
        paragraph(words.told("weights.meaning")),
        paragraph(words.spread(problem, study.chosen), *words.consistency(study.chosen)),
        table("Weights on the heads, percent", columns, rows, numbers=range(1, len(tops) + 1),
              widths=[2.2, *[1.2] * len(tops), 1.4, 1.2]),
    )  # fmt: skip


def _ratio(stated: Weights) -> str:
    found = stated.pairwise.consistency if stated.pairwise else None
    return f"{found.ratio:.2f} ({found.table})" if found else ""


def whose_values(study: Study) -> Block:
    """Return each holder's first options, where they disagree, and the minority's view."""
    sides = [{holder: pair[side] for holder, pair in study.leading.items()} for side in (0, 1)]
    without = {holder: ranking for holder, ranking in sides[0].items() if ranking}
    behind = {holder: ranking for holder, ranking in sides[1].items() if ranking}
    told = [*words.whose(study.problem, without)]
    if behind:
        told += [
            f"{words.told('whose.behind')} {sentence}" for sentence in words.whose(study.problem, behind) if sentence
        ]
    return section(
        "holders", "Whose values", bullets(told),
        picture("ranks", words.told("whose.picture", method=words.method_name(next(iter(without.values())).method))),
        explorer(words.told("whose.explorer")),
    )  # fmt: skip
