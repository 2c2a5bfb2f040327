"""How long a report is: what stands in a section, what is looked up behind it, what paper leaves out.

Nothing is lost: what is moved is pointed to, and what is left out of paper stands in the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mcda.reporting import language as words
from mcda.reporting.document.blocks import Block, heading, pointer, section

LISTED = 3  # places that are named one by one; of more the first and the last
PLACED = ("table", "picture")  # kinds of block with a number, in the order in which they are named
NAMES = {"table": "table", "picture": "figure"}  # of a kind, in the words of a page and its anchors


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


def pointed(sections: Iterable[Block]) -> list[Block]:
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
        names = [_name(block) for block in placed if block["is"] == kind]
        if len(names) > LISTED:
            names = [words.told("cell.range", low=names[0], high=names[-1])]
        named += names
    text = words.told("page.details", annex=letter, places=words.listed(named))
    return pointer(text, _anchor(placed[0]))


def _name(block: Block) -> str:
    return f"{words.told('page.' + NAMES[block['is']])} {block['number']}"


def _anchor(block: Block) -> str:
    return f"{NAMES[block['is']]}-{block['number']}"


def on_paper(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report as a PDF and a Word file have it: long tables of inputs with their first rows.

    The caption of such a table says how many rows there are, and that the page has all.
    """
    sections = [
        {**one, "blocks": [_printed(block) for block in one["blocks"]]}
        for one in context["sections"]
    ]
    return {**context, "sections": sections}


def _printed(block: Block) -> Block:
    """Return a table with the rows that are printed; any other block as it is."""
    most = block.get("printed", 0)
    if not most or len(block["rows"]) <= most:
        return block
    shown = words.first_of(len(block["rows"]), most=most)
    caption = words.told("page.printed", caption=block["caption"], shown=shown)
    return {**block, "caption": caption, "rows": block["rows"][:most]}
