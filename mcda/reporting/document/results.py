"""Rankings by method for every holder, with and without the floor; why the leader leads; one criterion left out."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.methods.method import WEIGHTED_SUM
from mcda.methods.ranking import Ranking
from mcda.problem.screening import failures
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    Cell,
    bullets,
    cell,
    heading,
    paragraph,
    picture,
    section,
    table,
)
from mcda.reporting.study.both_answers import by_method, proposed_floors
from mcda.reporting.study.finding import why_it_leads
from mcda.reporting.study.study import Study


def results(study: Study) -> Block:
    """Return dominance, then ranks and scores of every method, without the floor and with it."""
    found = study.finding
    blocks: list[Block | None] = [
        paragraph(found.dominance, *found.repeats, *found.methods, *found.bands),
        bullets(found.without, words.told("heading.without")),
        bullets([*found.screened, found.excluded], words.told("heading.behind", floor=found.floor)),
    ]
    for pairs in by_method(study.counted).values():
        blocks += _method(study, pairs)
    return section("results", *blocks)


def _method(study: Study, pairs: Sequence[tuple[Ranking, Ranking | None]]) -> list[Block | None]:
    """Return a row for each holder and a rank for each option, without the floor and (where there is one) with it."""
    options = [str(option) for option in study.problem.options.index]
    passed = [
        option
        for option in options
        if pairs[0][1] is not None and option in pairs[0][1].table.index
    ]
    name = words.method_name(pairs[0][0].method)
    sides = [(words.told("leads.without"), options, 0), (words.told("leads.behind"), passed, 1)]
    return [
        table(
            words.told("leads.ranks", method=name, side=side),
            [*words.columns("holder"), *columns],
            [[pair[0].holder, *_ranks(pair[at], columns)] for pair in pairs],
            numbers=range(1, len(columns) + 1),
            widths=[2.4, *[1.0] * len(columns)],
        )
        for side, columns, at in sides
        if columns
    ]


def _ranks(ranking: Ranking | None, options: Sequence[str]) -> list[Cell]:
    rows = {} if ranking is None else ranking.table.to_dict("index")
    return [
        cell(
            rows[option]["rank"],
            under=[words.score(rows[option]["score"])],
            strong=rows[option]["rank"] == 1,
        )
        for option in options
    ]


def why(study: Study) -> Block:
    """Return what the lead is made of, with the leader's weakest leaf, without the floor and with it."""
    holder, pair = study.reference.holder, study.leading[study.reference.holder]
    behind = pair[1] if pair[1] is not None and pair[1].leaders != pair[0].leaders else None
    exact = pair[0].form == WEIGHTED_SUM
    about = words.told(
        "why.holder" if exact else "why.taken_apart",
        holder=holder,
        method=words.method_name(pair[0].method),
    )
    return section(
        "why",
        paragraph(about, tone="soft"),
        bullets([*_why(study, pair[0], 0), *_why(study, behind, 1)]),
        picture("contributions", words.told("why.picture", holder=holder)),
        *_left_out(study),
    )


def _why(study: Study, ranking: Ranking | None, at: int) -> list[str]:
    """Return why a ranking's leader leads, its weakest leaf, and whom the weighted sum puts first where it differs."""
    by_sum = study.weighted_sum[at]
    if ranking is None or by_sum is None:
        return []
    told = [
        why_it_leads(study.problem, ranking.weights, ranking),
        words.weakest_leaf(study.problem, ranking.leaders[0]),
    ]
    if by_sum.leaders == ranking.leaders:
        return told
    side = list(study.told_sides)[at]
    return [*told, words.first_by_sum(study.problem, by_sum.leaders, side)]


def _left_out(study: Study) -> list[Block | None]:
    """Return what leaving out each criterion changes: a sentence for each head, a table for heads and leaves."""
    before = {holder: pair[0] for holder, pair in study.leading.items()}
    heads = [top.key for top in study.problem.tops if study.left_out]
    told = [
        words.without_head(study.problem, key, before, study.left_out[key])
        for key in heads
        if study.left_out[key]
    ]
    return [heading(words.told("heading.left_out")), bullets(told)] if told else []


def exclusions(study: Study) -> str:
    """Return what the floor excludes, in one sentence; or that there is no floor."""
    floors = proposed_floors(study.problem)
    if not floors:
        return words.told("floor.absent")
    return words.excluded(study.problem, failures(study.problem, floors))
