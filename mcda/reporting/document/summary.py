"""The first page.

It has the finding, what would change it, what is not known, the limits, and the status.
"""

from __future__ import annotations

from mcda.methods.ranking import Ranking
from mcda.problem.screening import proposed_floors
from mcda.reporting import language as words
from mcda.reporting.document.assurance import status_sentences
from mcda.reporting.document.blocks import Block, bullets, heading, paragraph, section
from mcda.reporting.document.results import exclusions
from mcda.reporting.document.since import leaders_since
from mcda.reporting.study.study import Study


def summary(study: Study) -> Block:
    """Return the decision summary on one page.

    It says who leads, what would change it, what is not known, and the limits.
    """
    problem = study.problem
    method = words.method_name(_leading(study, "without")[0].method)
    return section(
        "summary",
        *[paragraph(told, tone="lead") for told in leaders(study)],
        paragraph(*(words.settled_by_shape(study.shape) if study.shape else [])),
        paragraph(
            words.told("headline.by", method=method),
            words.redacted(study.redactions),
            *status_sentences(study),
        ),
        bullets(compared(study), words.told("summary.compared")),
        bullets(what_would_change_it(study), words.told("summary.change")),
        bullets(words.unknown(problem, study.evidence), words.told("summary.unknown")),
        heading(words.told("summary.limits")),
        paragraph(*words.limits(problem.frame, _leading(study, "without")[0].band_width or 0.0)),
    )


def leaders(study: Study) -> list[str]:
    """Return who leads by the leading method, without the floor and behind it, each with who leads by another count."""
    told = words.headlines(
        study.problem, study.leading, study.robust, proposed_floors(study.problem)
    )
    apart = [*leaders_apart(study), "", ""]
    return [" ".join(filter(None, pair)) for pair in zip(told, apart[: len(told)], strict=True)]


def leaders_apart(study: Study) -> list[str]:
    """Return, on each side of the floor, the holders for whom most first places or the mean score name another."""
    drawn = {side: study.robust_on(side) for side in study.sides}
    held = study.told_sides.values()
    return [
        words.leaders_apart_across(study.problem, rankings, found)
        for rankings, found in zip(held, drawn.values(), strict=True)
    ]


def _leading(study: Study, side: str) -> list[Ranking]:
    rankings = (each.on(side) for each in study.leading.values())
    return [ranking for ranking in rankings if ranking is not None]


def compared(study: Study) -> list[str]:
    """Return what was compared, how often the baseline leads, and what a floor excludes.

    Sentences also say where a lead is no finding.
    """
    found = study.finding
    return [
        words.compared(study.problem, len(study.chosen)),
        *found.plain,
        exclusions(study),
        words.never_happens(study.problem),
        *found.bands,
        *leaders_since(study),
    ]


def what_would_change_it(study: Study) -> list[str]:
    """Return what the order depends on: a little weight, the floor, the method, a number."""
    return [*_nearest(study), _floors(study), *study.finding.methods, *_closest_switch(study)]


def _nearest(study: Study) -> list[str]:
    """Return which holders a little weight would lead to another answer.

    There is a sentence for each side of the floor.
    """
    return [
        words.nearest_holders(study.problem, prices, words.told(f"leads.{side}"))
        for side, prices in study.prices.items()
    ]


def _floors(study: Study) -> str:
    """Return at which floors the leader changes, where it was computed."""
    found = study.found("floors")
    return "" if found is None else words.floor_steps(found)


def _closest_switch(study: Study) -> list[str]:
    """Return the smallest change found that changes who leads.

    There is one for each side of the floor, where it was computed.
    """
    return [
        words.handover(study.problem, found, side)
        for side, found in study.handovers.items()
        if len(found.changes)
    ]
