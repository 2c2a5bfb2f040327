"""The findings in detail: who leads, what was compared, and what would change it."""

from __future__ import annotations

from mcda.methods.ranking import Ranking
from mcda.problem.screening import proposed_floors
from mcda.reporting import language as words
from mcda.reporting.document.blocks import Block, bullets, paragraph, section
from mcda.reporting.document.for_reviewers.assurance import status_sentences
from mcda.reporting.document.for_reviewers.since import leaders_since
from mcda.reporting.document.results import exclusions
from mcda.reporting.study.study import Study


def findings(study: Study) -> Block:
    """Return who leads, what was compared and what would change it, with every name and number."""
    method = words.method_name(_leading(study, "without")[0].method)
    settled = words.settled_by_shape(study.analysis.shape) if study.analysis.shape else []
    return section(
        "findings",
        *[paragraph(sentence, tone="lead") for sentence in leaders(study)],
        paragraph(*settled),
        paragraph(
            words.told("headline.by", method=method),
            words.redacted(study.redactions),
            *status_sentences(study),
        ),
        bullets(compared(study), words.told("summary.compared")),
        bullets(what_would_change_it(study), words.told("summary.change")),
        bullets(
            words.unknown(study.problem, study.analysis.evidence), words.told("summary.unknown")
        ),
    )


def leaders(study: Study) -> list[str]:
    """Return who leads by the leading method, without the floor and behind it, each with who leads by another count."""
    sentences = words.headlines(
        study.problem,
        study.analysis.leading_answers,
        study.analysis.robust,
        proposed_floors(study.problem),
    )
    apart = [*leaders_apart(study), "", ""]
    return [
        " ".join(filter(None, pair))
        for pair in zip(sentences, apart[: len(sentences)], strict=True)
    ]


def leaders_apart(study: Study) -> list[str]:
    """Return, on each side of the floor, the holders for whom most first places or the mean score name another."""
    drawn = {side: study.analysis.robust_on(side) for side in study.analysis.sides}
    sides = study.analysis.leading_rankings.values()
    return [
        words.leaders_apart_across(study.problem, rankings, robust)
        for rankings, robust in zip(sides, drawn.values(), strict=True)
    ]


def _leading(study: Study, side: str) -> list[Ranking]:
    rankings = (each.on(side) for each in study.analysis.leading_answers.values())
    return [ranking for ranking in rankings if ranking is not None]


def compared(study: Study) -> list[str]:
    """Return what was compared, how often the baseline leads, and what a floor excludes.

    Sentences also say where a lead is no finding.
    """
    finding = study.analysis.finding
    return [
        words.compared(study.problem, len(study.analysis.weights)),
        *finding.plain,
        exclusions(study),
        words.never_happens(study.problem),
        *finding.bands,
        *leaders_since(study),
    ]


def what_would_change_it(study: Study) -> list[str]:
    """Return what the order depends on: a little weight, the floor, the method, a number."""
    return [
        *_nearest(study),
        _floors(study),
        *study.analysis.finding.methods,
        *_closest_switch(study),
    ]


def _nearest(study: Study) -> list[str]:
    """Return which holders a little weight would lead to another answer.

    There is a sentence for each side of the floor.
    """
    return [
        words.nearest_holders(study.problem, prices, words.told(f"leads.{side}"))
        for side, prices in study.analysis.prices.items()
    ]


def _floors(study: Study) -> str:
    """Return at which floors the leader changes, where it was computed."""
    curve = study.analysis.challenge_result("floors")
    return "" if curve is None else words.floor_steps(study.problem, curve)


def _closest_switch(study: Study) -> list[str]:
    """Return the smallest change found that changes who leads.

    There is one for each side of the floor, where it was computed.
    """
    return [
        words.handover(study.problem, smallest, side)
        for side, smallest in study.analysis.handovers.items()
        if len(smallest.changes)
    ]
