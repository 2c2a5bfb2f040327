"""The rows of a table as a Word document has them.

They are written as text at once, because a report has thousands of cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

from mcda.checks.significant_digits import fixed

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BREAKS = {"\n": "<w:br/>", "\r": "<w:br/>", "\t": "<w:tab/>"}
SMALL = 8.5  # points
FINE = 7.5  # points, of a table that is looked up, or that has many columns
MANY = 8  # columns
TALLEST = 90.0  # points, of a name that stands upright above its column
BOLD = 0.72  # of the size of letters: how wide one of them is in a head, of the widest face at hand
ONE_PAGE = 1_200  # letters of a table that is kept together
UPRIGHT = '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>'  # of a cell read from below
BOTTOM = '<w:vAlign w:val="bottom"/>'
BLUE = '<w:color w:val="0B5C94"/>'  # of a link, which is underlined too
UNDERLINED = '<w:u w:val="single"/>'


@dataclass(frozen=True)
class Links:
    """Where the cells of a document lead.

    relate: gives the name by which a document knows an address of the web. places: the bookmark of
    each source, by its id.
    """

    relate: Callable[[str], str]
    places: Mapping[str, str] = field(default_factory=dict)

    def out(self, address: str, inside: str) -> str:
        """Return runs that lead to an address of the web."""
        return f'<w:hyperlink r:id="{escape(self.relate(address))}">{inside}</w:hyperlink>'

    def to_source(self, ref: str, size: float) -> str:
        """Return the id of a source, as a link to its row if the document has one."""
        if ref not in self.places:
            return _run(ref, size)
        return (
            f'<w:hyperlink w:anchor="{self.places[ref]}">{_run(ref, size, link=True)}</w:hyperlink>'
        )


def allowed(text: object) -> str:
    r"""Return text without the characters that no XML file can hold.

    >>> allowed("a\x00b")
    'a\ufffdb'
    """
    return FORBIDDEN.sub("\ufffd", str(text))


def rows(block: Mapping[str, Any], widths: Sequence[int], links: Links) -> str:
    """Return the rows of a table as XML.

    Columns are so many twentieths of a point wide, and heads are repeated on every page.
    """
    heads = [[_head(name) for name in block["columns"]]]
    if block["groups"]:
        heads.insert(0, _group_heads(block["groups"]))
    lines = [*heads, *block["rows"]]
    last = len(lines) - 1 if _length(lines) <= ONE_PAGE else len(heads)
    texts = []
    for number, cells in enumerate(lines):
        is_head = number < len(heads)
        stays = is_head or number < last
        size = letters_of(block)
        upright = block["upright"] if number == len(heads) - 1 else []
        parts = []
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            inside = _bookmarked(cell, block, is_head or at > 0, links) + _inside(cell, size, links)
            if at in upright:
                parts.append(_cell(inside, width, stays, False, UPRIGHT))
            else:
                turn = BOTTOM if upright else ""
                parts.append(_cell(inside, width, stays, at in block["numbers"], turn))
        texts.append(f"<w:tr>{_row_look(cells, upright, size, is_head)}{''.join(parts)}</w:tr>")
    names = f'xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"'
    return f"<w:tbl {names}>{''.join(texts)}</w:tbl>"


def _row_look(
    cells: Sequence[Mapping[str, Any]], upright: Sequence[int], size: float, is_head: bool
) -> str:
    """Return how a row stands: never parted, on each page if a head, as high as its upright names."""
    height = ""
    if upright:
        longest = max(len(cells[at]["text"]) for at in upright)
        points = min(longest * BOLD * size + size, TALLEST)
        height = f'<w:trHeight w:val="{fixed(20 * points)}" w:hRule="atLeast"/>'
    repeated = "<w:tblHeader/>" if is_head else ""
    return f"<w:trPr><w:cantSplit/>{height}{repeated}</w:trPr>"


def letters_of(block: Mapping[str, Any]) -> float:
    """Return how large the letters of a table are, in points."""
    return FINE if block["fine"] or len(block["columns"]) > MANY else SMALL


def _bookmarked(
    cell: Mapping[str, Any], block: Mapping[str, Any], inner: bool, links: Links
) -> str:
    """Return the bookmark of a source's row, in its first cell."""
    place = "" if inner or block["targets"] != "source" else links.places.get(cell["text"], "")
    if not place:
        return ""
    number = place.rpartition("_")[2]
    return f'<w:bookmarkStart w:id="{number}" w:name="{place}"/><w:bookmarkEnd w:id="{number}"/>'


def _group_heads(groups: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return the head over groups of columns: a name over the first of each, blank over the rest."""
    heads = []
    for name, span in groups:
        names = [name, *[""] * (span - 1)]
        heads += [_head(text) for text in names[:span]]
    return heads


def _length(lines: Sequence[Sequence[Mapping[str, Any]]]) -> int:
    """Return how many characters a table has."""
    cells = chain.from_iterable(lines)
    return sum(len(cell["text"]) + sum(map(len, cell["under"])) for cell in cells)


def _head(name: str) -> dict[str, Any]:
    return {
        "text": name,
        "under": [],
        "mark": "",
        "refs": [],
        "more": "",
        "strong": True,
        "address": "",
    }


def _cell(inside: str, width: int, kept: bool, right: bool, turn: str = "") -> str:
    look = "<w:keepNext/>" * kept + '<w:spacing w:after="20"/>' + '<w:jc w:val="right"/>' * right
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{turn}</w:tcPr><w:p><w:pPr>{look}</w:pPr>'
        f"{inside}</w:p></w:tc>"
    )


def _inside(cell: Mapping[str, Any], size: float, links: Links) -> str:
    """Return what a cell says, smaller lines under it, and its sources, which lead to their rows."""
    if cell["address"]:
        text = links.out(cell["address"], _run(cell["text"], size, cell["strong"], link=True))
    else:
        text = _run(cell["text"], size, cell["strong"])
    mark = _run(f" [{cell['mark']}]", size, cell["strong"]) if cell["mark"] else ""
    below = [_run(under, size - 1) for under in cell["under"] if under]
    named = [links.to_source(ref, size - 1) for ref in cell["refs"]]
    named += [_run(cell["more"], size - 1)] if cell["more"] else []
    below += [_run(" ", size - 1).join(named)] if named else []
    return "<w:r><w:br/></w:r>".join([text + mark, *below])


def _run(text: str, size: float, bold: bool = False, link: bool = False) -> str:
    parts = (
        BREAKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in re.split(r"([\n\r\t])", allowed(text))
        if part
    )
    letters = f'<w:sz w:val="{fixed(2 * size)}"/>'
    look = "<w:b/>" * bold + BLUE * link + letters + UNDERLINED * link  # in the order of the schema
    return f"<w:r><w:rPr>{look}</w:rPr>{''.join(parts)}</w:r>"
