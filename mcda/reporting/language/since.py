"""Sentences about what changed since an earlier version.

They say how much changed, and who leads instead, explained by what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from mcda.checks.significant_digits import as_parts
from mcda.reporting.language.first_page.plain_names import day
from mcda.reporting.language.numbers import share
from mcda.reporting.language.results import of_holders
from mcda.sensitivity.comparison.diff import group_name
from mcda.sentences.catalogue import counted, listed, told

Since = Mapping[str, Any]


def version(since: Since) -> str:
    """Return which version this one is compared with."""
    about = since["version"]
    key = "since.report" if "seal" in about else "since.question"
    return told(
        key,
        name=about["name"],
        date=day(about["date"]),
        created=day(about.get("created", "")[:10]),
        seal=about.get("seal", "")[:12],
    )


def changed(since: Since) -> list[str]:
    """Return how many things differ, by group; which files; and which holders joined or left."""
    groups = Counter(row[0] for row in since["changes"])
    parts = [
        told("since.group", count=count, group=group_name(group)) for group, count in groups.items()
    ]
    sentences = [told("since.changed", parts=listed(parts)) if groups else told("since.nothing")]
    sentences += [told("since.alone")] if since.get("alone") else []
    for key in ("files", "joined", "left"):
        sentences += [told(f"since.{key}", names=listed(since[key]))] if since[key] else []
    return sentences


def leads_since(since: Since, side: str, name: str) -> list[str]:
    """Return for how many holders the leader is as before on one side of the floor.

    A sentence says who moved to which option.
    """
    leads = [lead for lead in since["leads"] if lead["side"] == side]
    moves: dict[tuple[str, str], list[str]] = {}
    for one in leads:
        if one["before"] != one["after"]:
            moves.setdefault((named(since, one["before"]), named(since, one["after"])), []).append(
                one["holder"]
            )
    if not leads:
        return []
    if not moves:
        return [
            told(
                "since.same",
                side=name,
                whom=of_holders(len(leads), [lead["holder"] for lead in leads]),
            )
        ]
    parts = [
        told("since.part", before=before, after=after, holders=listed(holders))
        for (before, after), holders in moves.items()
    ]
    count = sum(map(len, moves.values()))
    joined = told("join.semicolon").join(parts)
    return [
        told(
            "since.moved",
            side=name,
            count=count,
            holders=counted(len(leads), "holder"),
            parts=joined,
        )
    ]


def named(since: Since, options: Sequence[str]) -> str:
    """Return options by the names that they had or have."""
    names = (told("option.named", label=since["labels"][option], id=option) for option in options)
    return listed(names) or told("cell.none")


def explained(one: Mapping[str, Any]) -> str:
    """Return which share of a change of leader each group of changes explains.

    The largest comes first; the text is blank where none does.
    """
    shares = sorted(one["explained"].items(), key=lambda item: -item[1])
    shown = zip((group for group, _ in shares), as_parts(part for _, part in shares), strict=True)
    parts = {group: share(part) if part >= 0 else f"-{share(-part)}" for group, part in shown}
    return listed(
        told("since.explains", group=group_name(group), share=part) for group, part in parts.items()
    )
