"""Text that can't steer a terminal: control characters written out."""

from __future__ import annotations

import unicodedata


def visible(text: object) -> str:
    r"""Return text with control characters written out, so that no name can steer a terminal.

    >>> visible("a\tb")
    'a\\tb'
    """
    return "".join(
        char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in ("Cc", "Cf") else char
        for char in str(text)
    )


def visible_lines(text: str) -> str:
    """Return text with control characters other than line ends written out."""
    return "\n".join(visible(line) for line in text.split("\n"))
