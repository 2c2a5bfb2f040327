"""The rows of a table as a Word document holds them: written as text at once, for a report has thousands of cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from mcda.checks.significant_digits import fixed

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BREAKS = {"\n": "<w:br/>", "\r": "<w:br/>", "\t": "<w:tab/>"}
SMALL, FINE, MANY = 8.5, 7.5, 8  # points; columns
ONE_PAGE = 1_200  # letters of a table that is kept together


def allowed(text: object) -> str:
    r"""Return text without the characters that no XML file can hold.

    >>> allowed("a\x00b")
    'a\ufffdb'
    """
    return FORBIDDEN.sub("\ufffd", str(text))


def rows(block: Mapping[str, Any], widths: Sequence[int]) -> str:
    """Return the rows of a table as XML, columns so many twentieths of a point wide, heads repeated on every page."""
    heads = [[_head(name) for name in block["columns"]]]
    if block["groups"]:
        heads.insert(
            0,
            [
                _head(name if at == 0 else "")
                for name, span in block["groups"]
                for at in range(span)
            ],
        )
    lines = [*heads, *block["rows"]]
    together = (
        sum(len(cell["text"]) + sum(map(len, cell["under"])) for line in lines for cell in line)
        <= ONE_PAGE
    )
    made = []
    for number, cells in enumerate(lines):
        head = number < len(heads)
        kept = head or (together and number < len(lines) - 1)
        size = FINE if block["fine"] or len(cells) > MANY else SMALL
        told = (
            _cell(cell, width, size, kept, at in block["numbers"])
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        repeated = "<w:tblHeader/>" if head else ""
        made.append(f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(told)}</w:tr>")
    return f'<w:tbl xmlns:w="{NAMESPACE}">{"".join(made)}</w:tbl>'


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
    return f'<w:r><w:rPr>{"<w:b/>" * bold}<w:sz w:val="{fixed(2 * size)}"/></w:rPr>{"".join(parts)}</w:r>'
