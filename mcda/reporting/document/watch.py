"""What to watch: the values at which another option would take the lead.

They are those of every number that can change the leader alone.
"""

from __future__ import annotations

from mcda.checks.significant_digits import digits
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    annexed,
    bullets,
    cell,
    paragraph,
    section,
    table,
)
from mcda.reporting.study.study import Study
from mcda.sensitivity.switching.switching_scores import SwitchingEstimates

MOST_SHOWN = 15  # rows: what a reader can keep an eye on


def signposts(study: Study) -> Block:
    """Return the numbers that change who leads inside their ranges, the nearest first.

    There are tables for each side of the floor.
    """
    if not study.analysis.signposts:
        return section("signposts", paragraph(words.told("signposts.absent")))
    sentences = [
        words.signposts(study.problem, switching, words.told(f"leads.{side}"))
        for side, switching in study.analysis.signposts.items()
    ]
    return section(
        "signposts",
        paragraph(words.told("signposts.meaning"), tone="soft"),
        bullets(sentences),
        *annexed(
            *[
                _flips(study, switching, side)
                for side, switching in study.analysis.signposts.items()
            ]
        ),
    )


def _flips(study: Study, switching: SwitchingEstimates, side: str) -> Block | None:
    """Return a row for each number.

    It has the number now, its range, where the lead changes, who leads then, and how far along its
    range.
    """
    problem = study.problem
    rows = [
        [
            cell(words.estimate_name(problem, str(key)), under=[row["unit"]]),
            row["threshold"].now,
            words.told("cell.range", low=digits(row["low"]), high=digits(row["high"])),
            words.turning(row["threshold"]),
            words.then_leads(problem, row["then_leads"]),
            words.share(row["way"]),
        ]
        for key, row in words.flips(switching).head(MOST_SHOWN).iterrows()
    ]
    caption = words.told(
        "signposts.table", holder=switching.holder, side=words.told(f"leads.{side}")
    )
    columns = words.columns("watched", "now", "range", "turns", "then", "way")
    return table(caption, columns, rows, numbers=[1, 5], widths=[2.2, 0.7, 1, 1.1, 3, 1])
