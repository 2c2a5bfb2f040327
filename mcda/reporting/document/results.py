"""Rankings by method for every holder, with and without the floor.

Sections also say why the leader leads, and what leaving one criterion out changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from mcda.holders.answers import Answer, by_method
from mcda.methods.method import WEIGHTED_SUM, find_method
from mcda.methods.ranking import Ranking
from mcda.problem.model import Problem
from mcda.problem.screening import failures, proposed_floors
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    Cell,
    annexed,
    bullets,
    cell,
    headed_by,
    heading,
    paragraph,
    picture,
    section,
    table,
)
from mcda.reporting.study.finding import why_it_leads
from mcda.reporting.study.study import Study


def results(study: Study) -> Block:
    """Return dominance, then ranks and scores of every method, without the floor and with it."""
    finding = study.analysis.finding
    head = words.told("heading.without") if finding.floor else ""
    blocks: list[Block | None] = [
        paragraph(finding.dominance, *finding.methods, *finding.bands),
        bullets(finding.without, head),
        bullets(finding.screened, words.told("heading.behind", floor=finding.floor)),
        paragraph(*finding.repeats, tone="soft"),
    ]
    for answers in by_method(study.analysis.distinct_answers).values():
        blocks += annexed(*_method(study, answers))
    return section("results", *blocks)


def _method(study: Study, answers: Sequence[Answer[Ranking]]) -> list[Block | None]:
    """Return a row for each holder and a rank for each option.

    The ranks are without the floor and, where there is one, with it.
    """
    options = [str(option) for option in study.analysis.shown.options.index]
    behind = answers[0].behind
    passed = [] if behind is None else [one for one in options if one in behind.table.index]
    sides = {"without": options, "behind": passed}
    order = _exponent(study, answers[0].method)
    problem = study.analysis.shown
    return [
        _ranks_table(problem, answers, side, ranked, order)
        for side, ranked in sides.items()
        if ranked
    ]


def _exponent(study: Study, label: str) -> float | None:
    """Return the exponent of the distances that a method is made of; None of any other method.

    None, too, of one whose weights come from judgements in pairs, and not from those on show.
    """
    methods = (find_method(name, study.settings.p) for name in study.analysis.methods)
    orders = {
        method.label: method.order
        for method in methods
        if method.own_row and not method.uses_judgements
    }
    return orders.get(label)


def _ranks_table(
    problem: Problem,
    answers: Sequence[Answer[Ranking]],
    side: str,
    options: Sequence[str],
    order: float | None,
) -> Block | None:
    name = words.method_name(answers[0].method)
    rows = [[each.holder, *_ranks(each.on(side), options)] for each in answers]
    columns = range(1, len(options) + 1)
    recomputed = None
    if order is not None:
        recomputed = {"order": order, "side": side, "options": list(options)}
    return table(
        words.told("leads.ranks", method=name, side=words.told(f"leads.{side}")),
        [*words.columns("holder"), *headed_by(problem, options)],
        rows,
        numbers=columns,
        named=columns,
        widths=[2.4, *[1.0] * len(options)],
        recomputed=recomputed,
    )


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
    holder = study.analysis.reference.holder
    leading = study.analysis.leading_answers[holder]
    behind = leading.behind
    if behind is not None and behind.leaders == leading.without.leaders:
        behind = None
    key = "why.holder" if leading.without.form == WEIGHTED_SUM else "why.taken_apart"
    about = words.told(
        key,
        holder=holder,
        method=words.method_name(leading.method),
    )
    return section(
        "why",
        paragraph(about, words.mean_of_lottery(study.problem), tone="soft"),
        bullets([*_why(study, leading.without, "without"), *_why(study, behind, "behind")]),
        picture("contributions", words.told("why.picture", holder=holder)),
        *_left_out(study),
    )


def _why(study: Study, ranking: Ranking | None, side: str) -> list[str]:
    """Return why a ranking's leader leads, its weakest leaf, and whom the weighted sum puts first where it differs."""
    by_sum = study.analysis.weighted_sum.on(side)
    if ranking is None or by_sum is None:
        return []
    sentences = [
        why_it_leads(study.problem, ranking.weights, ranking),
        words.weakest_leaf(study.problem, ranking.leaders[0]),
    ]
    if by_sum.leaders == ranking.leaders:
        return sentences
    named = list(study.analysis.leading_rankings)[side == "behind"]
    return [*sentences, words.first_by_sum(study.problem, by_sum.leaders, named)]


def _left_out(study: Study) -> list[Block | None]:
    """Return what leaving out each criterion changes: a sentence for each head, a table for heads and leaves."""
    before = {holder: each.without for holder, each in study.analysis.leading_answers.items()}
    heads = [top.key for top in study.problem.tops if study.analysis.without_criterion]
    sentences = [
        words.without_head(study.problem, key, before, study.analysis.without_criterion[key])
        for key in heads
        if study.analysis.without_criterion[key]
    ]
    return [heading(words.told("heading.left_out")), bullets(sentences)] if sentences else []


def exclusions(study: Study) -> str:
    """Return what the floor excludes, in one sentence; or that there is no floor."""
    floors = proposed_floors(study.problem)
    if not floors:
        return words.told("floor.absent")
    return words.excluded(study.problem, failures(study.problem, floors))
