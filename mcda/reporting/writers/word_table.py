"""The rows of a table as a Word document has them.

They are written as text at once, because a report has thousands of cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

from mcda.checks.significant_digits import fixed

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BREAKS = {"\n": "<w:br/>", "\r": "<w:br/>", "\t": "<w:tab/>"}
SMALL = 8.5  # points
FINE = 7.5  # points, of a table that is looked up, or that has many columns
MANY = 8  # columns
ONE_PAGE = 1_200  # letters of a table that is kept together


def allowed(text: object) -> str:
    r"""Return text without the characters that no XML file can hold.

    >>> allowed("a\x00b")
    'a\ufffdb'
    """
    return FORBIDDEN.sub("\ufffd", str(text))


def rows(block: Mapping[str, Any], widths: Sequence[int]) -> str:
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
        size = FINE if block["fine"] or len(cells) > MANY else SMALL
        parts = []
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            parts.append(_cell(cell, width, size, stays, at in block["numbers"]))
        repeated = "<w:tblHeader/>" if is_head else ""
        texts.append(f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(parts)}</w:tr>")
    return f'<w:tbl xmlns:w="{NAMESPACE}">{"".join(texts)}</w:tbl>'


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
    return {"text": name, "under": [], "mark": "", "refs": [], "more": "", "strong": True}


def _cell(cell: Mapping[str, Any], width: int, size: float, kept: bool, right: bool) -> str:
    mark = f" [{cell['mark']}]" if cell["mark"] else ""
    sources = " ".join([*cell["refs"], cell["more"]]).strip()
    below = [
        f"<w:r><w:br/></w:r>{_run(under, size - 1)}" for under in (*cell["under"], sources) if under
    ]
    look = "<w:keepNext/>" * kept + '<w:spacing w:after="20"/>' + '<w:jc w:val="right"/>' * right
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr><w:p><w:pPr>{look}</w:pPr>'
        f"{_run(cell['text'] + mark, size, cell['strong'])}{''.join(below)}</w:p></w:tc>"
    )


def _run(text: str, size: float, bold: bool = False) -> str:
    parts = (
        BREAKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in re.split(r"([\n\r\t])", allowed(text))
        if part
    )
    look = f'{"<w:b/>" * bold}<w:sz w:val="{fixed(2 * size)}"/>'
    return f"<w:r><w:rPr>{look}</w:rPr>{''.join(parts)}</w:r>"
