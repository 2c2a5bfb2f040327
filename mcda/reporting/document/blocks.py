"""The content of a report as plain data: sections of paragraphs, lists, tables and pictures.

Writers only lay it out. Text that a question brought is marked as quoted: it is shown, never judged
as ours, never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mcda.checks.of_many import SHOWN
from mcda.checks.web_address import web_address
from mcda.problem.model import Problem
from mcda.sentences.catalogue import first_of, told

Block = dict[str, Any]
Cell = dict[str, Any]


def section(key: str, *blocks: Block | None, annex: bool = False) -> Block:
    """Return a section; blocks that are None are left out.

    Its key is the target of links and the name of its title.
    """
    return {
        "key": key,
        "title": told(f"title.{key}"),
        "annex": annex,
        "blocks": [block for block in blocks if block],
    }


def paragraph(*sentences: str, tone: str = "", quoted: bool = False) -> Block | None:
    """Return sentences as one paragraph; None where there are none. tone: "", "lead" or "soft"."""
    text = " ".join(sentence for sentence in sentences if sentence)
    return {"is": "paragraph", "text": text, "tone": tone, "quoted": quoted} if text else None


def opened(opening: str, text: str) -> Block:
    """Return a paragraph that opens with words set apart; either may be blank."""
    return {"opening": opening, "text": text}


def pointer(text: str, target: str) -> Block:
    """Return a line that leads to a table or a figure elsewhere in the report."""
    return {"is": "pointer", "text": text, "target": target}


def annexed(*blocks: Block | None) -> list[Block]:
    """Return blocks that are looked up, not read through: an annex has them, by section."""
    return [{**block, "annexed": True, "fine": True} for block in blocks if block]


def tables_annexed(*blocks: Block | None) -> list[Block]:
    """Return blocks whose tables an annex has; what they come to is said in the section."""
    found: list[Block] = []
    for block in filter(None, blocks):
        found += annexed(block) if block["is"] == "table" else [block]
    return found


def answer(paragraphs: Iterable[Block]) -> Block:
    """Return the answer of a report: a few paragraphs that a reader sees first."""
    return {"is": "answer", "paragraphs": list(paragraphs)}


def facts(entries: Iterable[Block]) -> Block:
    """Return a row of facts, each with a head, a text, and whether a reader should beware."""
    return {"is": "facts", "entries": list(entries)}


def side_by_side(lists: Iterable[tuple[str, Iterable[Block]]]) -> Block:
    """Return lists of paragraphs under titles, side by side; those without any are left out."""
    filled = [{"title": title, "paragraphs": list(held)} for title, held in lists]
    return {"is": "columns", "parts": [one for one in filled if one["paragraphs"]]}


def bullets(sentences: Iterable[str], title: str = "", quoted: bool = False) -> Block | None:
    """Return a list of sentences under a title; None where there are none."""
    items = [sentence for sentence in sentences if sentence]
    return {"is": "list", "items": items, "title": title, "quoted": quoted} if items else None


def heading(text: str) -> Block:
    """Return a heading inside a section."""
    return {"is": "heading", "text": text}


def picture(name: str, caption: str, heading: str = "") -> Block:
    """Return a place for a picture; its alternative text comes with the drawing.

    heading: what stands above a picture that has no title of its own; its caption then stands there
    too, and it has no number.
    """
    return {"is": "picture", "name": name, "alt": "", "caption": caption, "heading": heading}


def explorer(caption: str) -> Block:
    """Return the place of the weight explorer; writers that can't hold it leave it out."""
    return {"is": "explorer", "caption": caption}


def cell(
    text: object = "",
    *,
    under: Iterable[str] = (),
    mark: str = "",
    refs: Iterable[str] = (),
    more: str = "",
    strong: bool = False,
    rests_on: Iterable[str] = (),
    why: str = "",
    address: str = "",
) -> Cell:
    """Return a table cell.

    It has its text, smaller lines under it, the mark of a kind, ids of sources, and whether it
    leads. more: text after the sources, such as how many others there are. rests_on: keys of the
    estimates behind the cell; a page links to their rows in the annex of numbers. why: the reason
    that somebody typed for the cell; a page shows it where the pointer rests. address: where its
    text leads on the web; every form makes a link of it, of nothing but an address of the web.

    >>> cell(3)["text"]
    '3'
    """
    return {
        "text": str(text),
        "under": [line for line in under if line],
        "mark": mark,
        "refs": list(refs),
        "more": more,
        "strong": strong,
        "rests_on": list(rests_on),
        "why": why,
        "address": web_address(address),
    }


def _as_cell(entry: object) -> Cell:
    return entry if isinstance(entry, dict) else cell(entry)


BESIDE = 4  # options whose names have room beside each other above columns of numbers


def option_cell(problem: Problem, option: str) -> Cell:
    """Return an option as a table has it: its name, and under it its id, where that is another.

    A reader knows options by their names, an auditor finds them by their ids.
    """
    name = str(problem.short[option])
    under = [] if name == option else [option]
    return cell(name, under=under)


def headed_by(problem: Problem, options: Iterable[object]) -> list[str]:
    """Return the names of options, as they stand above the columns of a table."""
    return [problem.name_of(str(option)) for option in options]


# what the rows of a table are that links lead to, and how their places begin
PLACES = {"source": "s", "option": "o", "number": "n"}


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: Iterable[int] = (),
    named: Iterable[int] = (),
    widths: Sequence[float] = (),
    targets: str = "",
    groups: Sequence[tuple[str, int]] = (),
    fine: bool = False,
    most: int = SHOWN,
    printed: int = 0,
    recomputed: Mapping[str, object] | None = None,
) -> Block | None:
    """Return a table in which the first column names the rows; None where it has no rows.

    numbers: columns that are aligned to the right. named: columns with the names of options above them,
    which stand upright where they are many. widths: relative widths, where text needs room.
    targets: what the rows are that links lead to, one a row ("source" gives s-1, s-2 and so on). groups:
    titles above the columns, with spans. fine: set in small type on paper, for a table of many rows
    that is looked up and not read through. most: how many rows of very many it has, from the first
    on; the caption says so, as of columns. printed: how many rows a PDF or a Word file has of a long table
    that the page holds whole; 0 for all. recomputed: for ranks with scores at the best estimates,
    the exponent and the side of the minimum by which a page with the data computes them again.
    """
    filled = []
    for row in rows:
        filled.append(list(map(_as_cell, row)))
    if not filled:
        return None
    shown = first_of(len(filled), len(columns) - 1, most)
    if shown:
        caption = told("many.table", caption=caption, shown=shown)
        filled = [row[: SHOWN + 1] for row in filled[:most]]
        columns = columns[: SHOWN + 1]
        widths = widths[: SHOWN + 1]
        numbers = [at for at in numbers if at <= SHOWN]
        named = [at for at in named if at <= SHOWN]
    names = list(named)
    return {
        "is": "table",
        "caption": caption,
        "columns": list(columns),
        "rows": filled,
        "numbers": list(numbers),
        "upright": names if len(names) > BESIDE else [],
        "widths": list(widths) or [1.0] * len(columns),
        "targets": targets,
        "groups": [list(group) for group in groups],
        "fine": fine,
        "printed": printed,
        "recomputed": dict(recomputed or {}),
    }


def tables_of(context: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return every table of a report."""
    blocks = (block for section in context["sections"] for block in section["blocks"])
    return [block for block in blocks if block["is"] == "table"]


def places(context: Mapping[str, Any], kind: str) -> dict[str, str]:
    """Return the place of each row that links lead to, by the text of its first cell.

    Places are numbered, never named by data, and short: a page leads to them thousands of times.
    """
    tables = tables_of(context)
    rows = [row for table in tables if table["targets"] == kind for row in table["rows"]]
    return {row[0]["text"]: f"{PLACES[kind]}-{number}" for number, row in enumerate(rows, 1)}
