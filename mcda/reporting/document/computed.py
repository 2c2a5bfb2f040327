"""Sections on what draws, scenarios and challenge tests say.

A result that the study lacks is reported as missing.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    annexed,
    bullets,
    heading,
    option_cell,
    paragraph,
    picture,
    section,
    table,
)
from mcda.reporting.study.study import Study
from mcda.sensitivity.scenarios.scenarios import has_scenarios
from mcda.uncertainty.smaa.robustness import Robustness

KINDS_OF_CHANGE = ("smallest change of weights", "smallest change of performances")


def usual_leader(study: Study, side: str) -> str:
    """Return the option that leads for most holders on a side, at the best estimates."""
    rankings = {holder: each.on(side) for holder, each in study.analysis.leading_answers.items()}
    ranked = {holder: ranking for holder, ranking in rankings.items() if ranking is not None}
    return words.usual(ranked)[0] if ranked else ""


def holds(study: Study) -> list[str]:
    """Return between which shares of draws the usual leader ranks first.

    There is a sentence without the floor and one with it.
    """
    sentences = []
    for side, before in (("without", ""), ("behind", words.told("whose.behind") + " ")):
        robust = study.analysis.robust_on(side)
        leader = usual_leader(study, side)
        if robust:
            parts = {holder: _share(result, leader) for holder, result in robust.items()}
            method = next(iter(study.analysis.leading_answers.values())).method
            draws = words.draws_of(*robust.values())
            sentences.append(
                before + words.first_across(study.problem, leader, parts, draws, method)
            )
    sentences += words.no_shares(
        {holder: each.without for holder, each in study.analysis.over_draws.items()}
    )
    return sentences or [words.told("robust.absent")]


def _share(robust: Robustness, option: str) -> float:
    """Return the share of draws in which an option is first, as it is shown.

    An option that a floor excludes never is.
    """
    return float(words.first_places(robust).get(option, 0.0))


def robustness(study: Study) -> Block:
    """Return how the order holds over the ranges of the evidence.

    The section also says which number would change the leader.
    """
    if not study.analysis.robust:
        return section("robustness", paragraph(*holds(study)))
    return section(
        "robustness",
        paragraph(*holds(study), words.told("robust.given")),
        *annexed(*[block for side in ("without", "behind") for block in _by_holder(study, side)]),
        *_one_holder(study),
        *_findings(
            study,
            ("switching weights", "switching scores", "rank reversal", "multiverse"),
            words.told(f"robust.changes_{_first_side(study)}"),
        ),
        *_pictures(study),
    )


def _first_side(study: Study) -> str:
    """Return the side that a challenge is told of: without a minimum, or the plain one."""
    return "without" if "without" in study.analysis.sides else "plain"


def _pictures(study: Study) -> list[Block]:
    """Return the pictures of what would change the leader.

    There is none of weights where one criterion has all of it, nor of ranges where no estimate has
    one.
    """
    tables = {"switching": "switching weights", "tornado": "switching estimates"}
    placed = []
    for name, result in tables.items():
        shown = study.analysis.challenge_result(result)
        if shown is not None and len(shown.table):
            placed.append(name)
    return annexed(*[picture(name, words.told(f"robust.{name}")) for name in placed])


def _by_holder(study: Study, side: str) -> list[Block | None]:
    """Return for each holder the first option and how it holds.

    This is its share of draws, the ranks between which it lies, and its rivals.
    """
    rows = []
    every = []
    for holder, robust in study.analysis.robust_on(side).items():
        ranking = study.analysis.leading_answers[holder].on(side)
        if ranking is None:
            continue
        every.append(robust)
        leader = ranking.leaders[0]
        low, high = (int(robust.rank_intervals.loc[leader, end]) for end in ("5%", "95%"))
        band = words.leading_band(study.problem, robust.pairwise_winning, leader)
        share = _share(robust, leader)
        error = float(robust.first_rank.loc[leader, "standard_error"])
        rows.append(
            [
                holder,
                option_cell(study.problem, leader),
                words.share(share),
                words.error_points(error),
                words.told("cell.range", low=low, high=high),
                ", ".join(band[1:]) or words.told("cell.none"),
            ]
        )
    named = words.told(f"leads.{side}")
    caption = words.told("robust.table", side=named, draws=words.draws_of(*every)) if every else ""
    columns = words.columns("holder", "leads", "first_in", "error", "ranks", "rivals")
    return [table(caption, columns, rows, numbers=[2, 3], widths=[1.6, 2.6, 1, 1, 1.5, 2.6])]


def _one_holder(study: Study) -> list[Block | None]:
    """Return how one holder's order holds, in words and as a picture.

    The list is empty where nothing was drawn for it.
    """
    holder = study.analysis.reference.holder
    if holder not in study.analysis.robust:
        return []
    shown = words.told(
        "robust.picture", holder=holder, draws=words.draws_of(study.analysis.robust[holder].without)
    )
    return [
        heading(words.told("robust.one_holder", holder=holder)),
        paragraph(words.told("robust.shown"), tone="soft"),
        bullets(_told_of_one(study, holder)),
        *annexed(picture("acceptability", shown)),
    ]


def _told_of_one(study: Study, holder: str) -> list[str]:
    problem = study.problem
    robust = study.analysis.robust[holder].without
    stated = study.analysis.leading_answers[holder].without.leaders
    leader = stated[0]
    low, high = (int(robust.rank_intervals.loc[leader, end]) for end in ("5%", "95%"))
    error = float(robust.first_rank.loc[leader, "standard_error"])
    by_count = words.leaders_by_count(stated, robust)
    return [
        words.leaders_apart(problem, holder, by_count),
        words.first_place(
            problem,
            leader,
            _share(robust, leader),
            error,
            int(robust.draws),
            words.what_was_drawn(robust),
        ),
        words.interval(problem, leader, low, high),
        *_closest(problem, robust, leader),
        words.band(problem, words.leading_band(study.problem, robust.pairwise_winning, leader)),
    ]


def _findings(study: Study, names: Sequence[str], title: str) -> list[Block | None]:
    """Return the sentences of the challenge results that there are, and which there can't be."""
    if study.analysis.challenge is None:
        return []
    sentences = [
        study.analysis.challenge.findings[name]
        for name in names
        if name in study.analysis.challenge.findings
    ]
    skipped = [
        words.told(f"parts_of_challenge.{name}")
        for name in names
        if name in study.analysis.challenge.skipped
    ]
    left = [words.told("robust.skipped", names=words.listed(skipped))] if skipped else []
    scope = study.analysis.challenge.scope if sentences else ""
    return [
        bullets(sentences, title),
        bullets(left),
        paragraph(scope, tone="soft"),
    ]


def futures(study: Study) -> Block:
    """Return regret over the futures that scenarios make, and when the leader fails."""
    regret = study.analysis.challenge_result("regret")
    if regret is None:
        key = "futures.not_computed" if has_scenarios(study.problem) else "futures.absent"
        return section("futures", paragraph(words.told(key)))
    return section(
        "futures",
        paragraph(
            words.told("futures.holder", holder=study.analysis.reference.holder), tone="soft"
        ),
        *_findings(study, ("regret", "discovery"), ""),
        picture("regret", words.told("futures.picture")),
    )


def challenge(study: Study) -> Block:
    """Return the smallest changes that hand the lead over, and what challenge was recorded."""
    kinds = (name for name in KINDS_OF_CHANGE if not _is_smallest(study, name))
    names = ("smallest change", *kinds, "floors")
    missing = (
        paragraph(words.told("challenge.absent")) if study.analysis.challenge is None else None
    )
    title = words.told(
        f"challenge.smallest_{_first_side(study)}", holder=study.analysis.reference.holder
    )
    return section(
        "challenge",
        missing,
        *_findings(study, names, title),
        paragraph(words.told("challenge.record")),
    )


def _is_smallest(study: Study, name: str) -> bool:
    """Say whether a kind of change moves the very numbers that the smallest change of all moves."""
    smallest = study.analysis.challenge_result("smallest change")
    other = study.analysis.challenge_result(name)
    if smallest is None or other is None:
        return False
    moved = [
        list(zip(one.changes["label"], one.changes["option"], strict=True))
        for one in (smallest, other)
    ]
    return moved[0] == moved[1]


def information(study: Study) -> Block:
    """Return what finding out more would be worth, input by input."""
    value = study.analysis.challenge_result("value of information")
    if value is None:
        return section("information", paragraph(words.told("information.absent")))
    rows = [
        [
            _known(study, str(name), row),
            words.estimated(row["worth"], row["standard_error"]),
            words.share(float(row["change"])),
        ]
        for name, row in value.table.head(12).iterrows()
    ]
    return section(
        "information",
        bullets(words.worth_of_information(study.problem, value)),
        *annexed(
            table(
                words.told("information.table", draws=words.draws_of(value)),
                words.columns("to_know", "worth", "other_choice"),
                rows,
                numbers=[1, 2],
                widths=[3, 2, 1.4],
            )
        ),
    )


def _known(study: Study, key: str, row: pd.Series) -> str:
    """Return what would be known: an estimate by name, a criterion or the weights by label."""
    return (
        words.estimate_name(study.problem, key) if row["kind"] == "estimate" else str(row["label"])
    )


def _closest(problem: Problem, robust: Robustness, leader: str) -> list[str]:
    """Return how the leader's closest rival stands to it; nothing where pairs aren't kept."""
    if robust.pairwise_winning is None:
        return []
    return [words.closest(problem, robust.pairwise_winning, leader)]
