"""All that a report says, as plain data in the order of its outline.

Every writer lays out the same data, and a hash seals them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import asdict
from typing import Any

from mcda.checks.significant_digits import signs
from mcda.reporting import language as words
from mcda.reporting.document import (
    computed,
    consequences,
    evidence,
    packages,
    preferences,
    question,
    results,
    shape,
    watch,
)
from mcda.reporting.document.blocks import Block, heading, pointer, section
from mcda.reporting.document.for_reviewers import annexes, assurance, since
from mcda.reporting.document.opening.findings import findings
from mcda.reporting.document.opening.first_page import first_page
from mcda.reporting.document.pictures import Picture, drawn
from mcda.reporting.study.question_language import speaking_of
from mcda.reporting.study.study import Study

OUTLINE: tuple[Callable[[Study], Block | None], ...] = (
    first_page,
    findings,
    question.context,
    question.options,
    question.criteria,
    evidence.evidence,
    evidence.scoring,
    preferences.weights,
    results.results,
    results.why,
    shape.shape,
    consequences.consequences,
    packages.packages,
    computed.robustness,
    computed.futures,
    watch.signposts,
    preferences.whose_values,
    computed.challenge,
    computed.information,
    since.since,
    assurance.confidence,
    assurance.assurance,
    annexes.method_statement,
    annexes.assumptions,
    annexes.sources,
    annexes.decisions,
    annexes.verification,
    annexes.elicitation,
    assurance.checklist,
    annexes.glossary,
    annexes.ai_use,
    annexes.numbers,
)
# what a page says beside the report, with the fields that it fills in by itself
PAGE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("contents", "marking", "run", "table", "figure", "rests_on", "try"), ()),
    **dict.fromkeys(("search", "unfound", "kind", "note", "sources", "beside", "sideways"), ()),
    "found": ("places", "sections"),
    "csv": ("table",),
    "matches": ("cells", "tables"),
    "differs": ("differ", "cells", "tables", "first"),
}
LISTED = 3  # places that are named one by one; of more the first and the last
PLACED = ("table", "picture")  # kinds of block with a number, in the order in which they are named
NAMES = {"table": "table", "picture": "figure"}  # of a kind, in the words of a page and its anchors
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def placed(sections: Iterable[Block]) -> list[str]:
    """Return the names of the pictures that sections place."""
    return [
        block["name"]
        for section in sections
        for block in section["blocks"]
        if block["is"] == "picture"
    ]


def context(
    study: Study, executor: Executor | None = None
) -> tuple[dict[str, Any], dict[str, Picture]]:
    """Return the whole report as plain data, and its pictures by name.

    Titles are numbered later (`numbered`), when the annex on the run has joined them.
    """
    frame = study.problem.frame
    with speaking_of(study.problem, study.settings.language):
        written = [write(study) for write in OUTLINE]
        sections = set_apart(section for section in written if section is not None)
        pictures = drawn(study, placed(sections), executor)
        return {
            "title": frame.title or study.name,
            "question": frame.question,
            "author": frame.analyst,
            "date": words.day(frame.date),
            "language": study.settings.language,
            "marking": frame.marking,
            "stamp": _unsaid(study.status.stamp, frame.marking),
            "page": _page_words(),
            "signs": asdict(signs()),
            "kinds": dict(words.KIND_MARKS),
            "sections": [_with_words(section, pictures) for section in sections],
        }, pictures


def _page_words() -> dict[str, str]:
    """Return what a page says beside the report; the page fills in what stands in braces."""
    texts = {}
    for name, fields in PAGE.items():
        left = {field: "{" + field + "}" for field in fields}
        texts[name] = words.told(f"page.{name}", **left)
    return {**texts, "unsaid": words.told("cell.not_said")}


def _unsaid(stamp: str, marking: str) -> str:
    """Return the parts of a stamp that a marking doesn't say already."""
    comma = words.told("join.comma")
    parts = stamp.split(comma)
    return comma.join(part for part in parts if part.casefold() not in marking.casefold())


def _with_words(section: Block, pictures: Mapping[str, Picture]) -> Block:
    """Return a section with the alternative text of its pictures."""
    blocks = [
        {**block, "alt": pictures[block["name"]].alternative} if block["is"] == "picture" else block
        for block in section["blocks"]
    ]
    return {**section, "blocks": blocks}


def set_apart(sections: Iterable[Block]) -> list[Block]:
    """Return sections, and after those of the body an annex with what is looked up behind them.

    Each part of the annex has the title of its section. There is no annex where nothing is moved.
    """
    kept = []
    moved: list[Block] = []
    for one in sections:
        own = [block for block in one["blocks"] if block.get("annexed")]
        left = [block for block in one["blocks"] if not block.get("annexed")]
        kept.append({**one, "blocks": left})
        if own:
            moved.append(heading(one["title"]))
            moved += [{**block, "of": one["key"]} for block in own]
    if not moved:
        return kept
    body = [one for one in kept if not one["annex"]]
    annexes = [one for one in kept if one["annex"]]
    return [*body, section("details", *moved, annex=True), *annexes]


def numbered(sections: Iterable[Block]) -> list[Block]:
    """Return sections, annexes last, each with the number before its title.

    The first page has none; others have 1, 2 and so on, and annexes A, B and so on. Tables and
    pictures with a caption are counted through all of them, in every form alike. A section that
    something was moved from into an annex says where it is.
    """
    parts = list(sections)
    body = [one for one in parts if not one["annex"]]
    annexed = [one for one in parts if one["annex"]]
    numbers = {one["key"]: str(at) if at else "" for at, one in enumerate(body)}
    numbers |= {one["key"]: LETTERS[at] for at, one in enumerate(annexed)}
    counts = {"table": 0, "picture": 0}
    found = []
    for one in (*body, *annexed):
        number = numbers[one["key"]]
        blocks = [_counted(block, counts) for block in one["blocks"]]
        found.append({**one, "number": number, "heading": _heading(one, number), "blocks": blocks})
    return _pointed(found)


def _counted(block: Block, counts: dict[str, int]) -> Block:
    """Return a block with its number among those of its kind; a picture without a caption has none."""
    kind = block["is"]
    if kind not in counts or block.get("heading"):
        return block
    counts[kind] += 1
    return {**block, "number": counts[kind]}


def _heading(section: Block, number: str) -> str:
    """Return a section's title behind its number; the first page has none."""
    key = "page.annexed" if section["annex"] else "page.numbered"
    return (
        words.told(key, number=number, title=section["title"]) if number else str(section["title"])
    )


def _pointed(sections: Iterable[Block]) -> list[Block]:
    """Return numbered sections, each that something was moved from with a line that leads there."""
    parts = list(sections)
    found: dict[str, list[Block]] = {}
    letters = {}
    for annex in parts:
        for block in annex["blocks"]:
            if block.get("of") and block.get("number"):
                found.setdefault(block["of"], []).append(block)
                letters[block["of"]] = annex["number"]
    return [
        {**one, "blocks": [*one["blocks"], _leading(letters[one["key"]], found[one["key"]])]}
        if one["key"] in found
        else one
        for one in parts
    ]


def _leading(letter: str, blocks: Iterable[Block]) -> Block:
    """Return the line that names tables and figures of an annex, and leads to the first."""
    placed = list(blocks)
    named = []
    for kind in PLACED:
        of_kind = [block for block in placed if block["is"] == kind]
        if len(of_kind) > LISTED:
            ends = {"first": of_kind[0]["number"], "last": of_kind[-1]["number"]}
            named.append(words.told(f"page.{NAMES[kind]}s", **ends))
        else:
            named += map(_name, of_kind)
    text = words.told("page.details", annex=letter, places=words.listed(named))
    return pointer(text, _anchor(placed[0]))


def _name(block: Block) -> str:
    return f"{words.told('page.' + NAMES[block['is']])} {block['number']}"


def _anchor(block: Block) -> str:
    return f"{NAMES[block['is']]}-{block['number']}"
