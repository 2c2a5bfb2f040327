"""Sentences about what changed since an earlier version: how much, and who leads instead, explained by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from mcda.report.words.catalogue import counted, listed, told
from mcda.report.words.headline import of_holders
from mcda.report.words.numbers import share

Since = Mapping[str, Any]


def version(since: Since) -> str:
    """Return which version this one is compared with."""
    about = since["version"]
    return told("since.report" if "seal" in about else "since.question", name=about["name"], date=about["date"],
                created=about.get("created", ""), seal=about.get("seal", "")[:12])  # fmt: skip


def changed(since: Since) -> list[str]:
    """Return how many things differ, by group; which files; and which holders joined or left."""
    groups = Counter(row[0] for row in since["changes"])
    parts = [told("since.group", count=count, group=group_name(group)) for group, count in groups.items()]
    sentences = [told("since.changed", parts=listed(parts)) if groups
                 else told("since.nothing")]  # fmt: skip
    for key in ("files", "joined", "left"):
        sentences += [told(f"since.{key}", names=listed(since[key]))] if since[key] else []
    return sentences


def group_name(group: str) -> str:
    """Return a group of changes, or several that are taken over together, as prose has it."""
    return listed(told(f"since.{part}") for part in group.split(" and "))


def leads_since(since: Since, side: str, name: str) -> list[str]:
    """Return for how many holders the leader is as before on one side of the floor, and each one that is another."""
    leads = [one for one in since["leads"] if one["side"] == side]
    moved = [one for one in leads if one["before"] != one["after"]]
    if not leads:
        return []
    if not moved:
        return [told("since.same", side=name, whom=of_holders(len(leads), [one["holder"] for one in leads]))]
    return [told("since.moved", side=name, count=len(moved), holders=counted(len(leads), "holder"),
                 parts=told("join.semicolon").join(_moved(one, since["labels"]) for one in moved))]  # fmt: skip


def _moved(one: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    before, after = (_names(one[key], labels) for key in ("before", "after"))
    parts = sorted(one["explained"].items(), key=lambda item: -item[1])
    why = [told("since.explains", share=share(part) if part >= 0 else f"-{share(-part)}", group=group_name(group))
           for group, part in parts]  # fmt: skip
    tail = told("since.because", parts=listed(why)) if len(why) > 1 else ""
    return told("since.part", holder=one["holder"], before=before, after=after) + tail


def _names(options: Sequence[str], labels: Mapping[str, str]) -> str:
    return listed(told("option.named", label=labels[option], id=option) for option in options) or told("cell.none")
