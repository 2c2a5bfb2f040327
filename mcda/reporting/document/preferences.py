"""Whose weights, and what each holder's weights lead to."""

from __future__ import annotations

import numpy as np

from mcda.checks.of_many import SHOWN
from mcda.checks.significant_digits import fixed, percents
from mcda.preferences.pairwise.consistency import ratio_told
from mcda.preferences.weighting.stated import Weights
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    annexed,
    bullets,
    cell,
    explorer,
    heading,
    option_cell,
    paragraph,
    picture,
    section,
    table,
)
from mcda.reporting.study.study import Study

HOLDERS = "holder's"
ADVOCATES = "advocate's"


def weights(study: Study) -> Block:
    """Return every holder's weights on the heads, how they came about and how coherent they are."""
    problem = study.problem
    tops = study.problem.tops
    rows = []
    judged = any(stated.pairwise for stated in study.analysis.weights)
    for stated in study.analysis.weights:
        shares = words.head_shares(problem, stated)
        points = percents([shares[top.key] for top in tops], unit="")
        how = words.stated_by(stated.method)
        ratio = [_ratio(stated)] if judged else []
        rows.append([cell(stated.holder, under=[stated.rationale]), *points, how, *ratio])
    heads = [words.criterion_name(top) for top in tops]
    told_last = ("stated", "consistency") if judged else ("stated",)
    columns = [*words.columns("holder"), *heads, *words.columns(*told_last)]
    return section(
        "weights",
        paragraph(words.told("weights.meaning")),
        bullets(words.from_statements(study.analysis.weights)),
        paragraph(
            words.spread(problem, study.analysis.weights),
            *words.consistency(study.analysis.weights),
            *words.contradictions(problem, study.analysis.weights),
        ),
        table(
            words.told("table.weights"),
            columns,
            rows,
            numbers=range(1, len(tops) + 1),
            widths=[2, *[1.1] * len(tops), *[1.8] * len(told_last)],
        ),
    )


def _ratio(stated: Weights) -> str:
    """Return how coherent a holder's judgements in pairs are; the table of random indices is told above."""
    coherence = stated.pairwise.consistency if stated.pairwise else None
    return ratio_told(coherence.ratio, 2) if coherence else ""


def whose_values(study: Study) -> Block:
    """Return each holder's first options, where they disagree, and the minority's view."""
    sentence = [
        sentence
        for side, rankings in study.analysis.leading_rankings.items()
        for sentence in words.whose(study.problem, rankings, side)
    ]
    method = study.analysis.leading_answers[study.analysis.reference.holder].method
    live = explorer(words.told("whose.explorer"))
    return section(
        "holders",
        bullets(sentence),
        picture("ranks", words.told("whose.picture", method=words.method_name(method))),
        *[block for side in study.analysis.prices for block in _agreement(study, side)],
        *[block for side in study.analysis.advocates for block in _advocacy(study, side)],
        live,
    )


def _agreement(study: Study, side: str) -> list[Block | None]:
    """Return what agreement would cost, and for each holder the cheapest other first option."""
    problem = study.problem
    prices = study.analysis.prices[side]
    name = words.told(f"leads.{side}")
    rows = [
        [
            holder,
            words.listed(map(problem.name_of, row["first"])),
            option_cell(problem, row["option"]),
            words.points_moved(row["price"], row["at least"]),
            _inside(row["inside"]),
        ]
        for holder, row in words.nearest_change(prices).iterrows()
    ]
    method = words.method_name(prices.method)
    columns = [
        words.told(f"agreement.{key}") for key in ("holder", "first", "other", "price", "reach")
    ]
    return [
        heading(words.told("agreement.title", side=name, method=method)),
        bullets([*words.agreement(problem, prices), _tried(study, len(prices.table))]),
        *annexed(
            table(
                words.told("agreement.table", side=name, method=method),
                columns,
                rows,
                numbers=[3],
                widths=[1.6, 2.6, 2.6, 1.3, 1.3],
            )
        ),
    ]


def _tried(study: Study, priced: int) -> str:
    """Return how many of very many options and holders were tried; blank where all were."""
    options = len(study.problem.options)
    holders = len(study.analysis.tried_holders)
    count = priced // max(holders, 1)
    parts = []
    if options > SHOWN:
        parts.append(words.told("many.tried", options=options, count=count))
    if holders < len(study.holders):
        parts.append(words.told("many.tried_holders", holders=len(study.holders), count=holders))
    return " ".join(parts)


def _inside(change: float) -> str:
    """Return the points that change hands inside the stated ranges.

    No points may do it, or no range may be stated.
    """
    if np.isnan(change):
        return words.told("agreement.unstated")
    return words.points_moved(change) if np.isfinite(change) else words.told("agreement.no")


def _advocacy(study: Study, side: str) -> list[Block | None]:
    """Return what weights within the holders' ranges could do for each option.

    The section also says how far they must be bent.
    """
    problem = study.problem
    advocacy = study.analysis.advocates[side]
    name = words.told(f"leads.{side}")
    rows = [
        [
            option_cell(problem, str(option)),
            words.put_first(row),
            row["nearest holder"],
            words.told(
                "advocacy.change",
                label=row["bent most"],
                before=fixed(100 * row[HOLDERS]),
                after=fixed(100 * row[ADVOCATES]),
            ),
        ]
        for option, row in advocacy.table.iterrows()
    ]
    method = words.method_name(advocacy.method)
    columns = [words.told(f"advocacy.{key}") for key in ("option", "first", "nearest", "bent")]
    return [
        heading(words.told("advocacy.title", side=name, method=method)),
        paragraph(words.advocacy(problem, advocacy)),
        *annexed(
            table(
                words.told("advocacy.table", side=name, method=method),
                columns,
                rows,
                widths=[3.6, 1.1, 1.6, 3],
            )
        ),
    ]
