"""A report as paper has it: long tables of inputs with their first rows.

Nothing is lost: the page holds every row, and the caption says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mcda.checks.of_many import SHOWN
from mcda.reporting import language as words
from mcda.reporting.document.blocks import Block


def on_paper(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report as a PDF and a Word file have it: long tables of inputs with their first rows.

    The caption of such a table says how many rows there are, and that the page has all.
    """
    sections = []
    for section in context["sections"]:
        blocks = [_printed(block) for block in section["blocks"]]
        sections.append({**section, "blocks": blocks})
    return {**context, "sections": sections}


def _printed(block: Block) -> Block:
    """Return a table with the rows that are printed; one that isn't long, and any other block, as it is."""
    most = block.get("printed", 0)
    if not most or len(block["rows"]) <= SHOWN:
        return block
    shown = words.first_of(len(block["rows"]), most=most)
    caption = words.told("page.printed", caption=block["caption"], shown=shown)
    return {**block, "caption": caption, "rows": block["rows"][:most]}
