"""Text as HTML for a notebook: paragraphs, and lists of the lines that begin with a dash.

Everything else is text: in Markdown a name could be a link, a picture from elsewhere, or a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

# tells the page's typesetter of formulas, under both of its names, that "$5 to $7" is none
NO_FORMULAS = "tex2jax_ignore mathjax_ignore"
ITEM = "- "


def html_text(text: str) -> str:
    """Return text as HTML: a paragraph for each line, a list for lines that begin with a dash.

    >>> html_text("It leads:")
    '<div class="tex2jax_ignore mathjax_ignore"><p>It leads:</p></div>'
    """
    return f'<div class="{NO_FORMULAS}">{"".join(_blocks(text))}</div>'


def _blocks(text: str) -> Iterator[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    for listed, group in groupby(lines, key=lambda line: line.startswith(ITEM)):
        if listed:
            items = (f"<li>{escape(line.removeprefix(ITEM))}</li>" for line in group)
            yield f"<ul>{''.join(items)}</ul>"
        else:
            yield from (f"<p>{escape(line)}</p>" for line in group)
