"""What changed since the last version: which inputs, and who leads now instead."""

from __future__ import annotations

from mcda.reporting import language as words
from mcda.reporting.document.blocks import Block, bullets, paragraph, section, table
from mcda.reporting.study.study import Study
from mcda.sensitivity.comparison.diff import group_name

MOST_SHOWN = 60  # rows; the rest is counted


def since(study: Study) -> Block:
    """Return what differs from the version that was named; where none was, how to name one."""
    changes = study.since
    if changes is None:
        return section(
            "since", paragraph(words.told("since.absent", annex=words.told("title.decisions")))
        )
    rows = [
        [group_name(group), what, before, after]
        for group, what, before, after in changes["changes"]
    ]
    rest = words.told("since.more", count=len(rows) - MOST_SHOWN) if len(rows) > MOST_SHOWN else ""
    return section(
        "since",
        paragraph(words.version(changes)),
        bullets([*words.changed(changes), *leaders_since(study)]),
        table(
            words.told("since.table"),
            words.columns("group", "what", "before", "after"),
            rows[:MOST_SHOWN],
            widths=[1, 2, 2, 2],
            most=MOST_SHOWN,
        ),
        paragraph(rest),
        _moved(study),
    )


def _moved(study: Study) -> Block | None:
    """Return a row for each holder and side of the floor on which another leads now."""
    changes = study.since or {"leads": []}
    rows = [
        [
            lead["holder"],
            words.told(f"leads.{lead['side']}"),
            words.named(changes, lead["before"]),
            words.named(changes, lead["after"]),
            words.explained(lead),
        ]
        for lead in changes["leads"]
        if lead["before"] != lead["after"]
    ]
    columns = words.columns("holder", "side", "before_leads", "after_leads", "explained")
    return table(words.told("since.leaders"), columns, rows, widths=[1.3, 1.2, 2.4, 2.4, 1.8])


def leaders_since(study: Study) -> list[str]:
    """Return where another option leads than before, on each side of the floor.

    The list is empty where no version was named.
    """
    return [
        sentence
        for side in study.analysis.sides
        if study.since is not None
        for sentence in words.leads_since(study.since, side, words.told(f"leads.{side}"))
    ]
