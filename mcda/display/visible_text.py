"""Text as a page has it: nothing in it steers a terminal or a page, and a minus is no hyphen."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# a hyphen before a number that no word, number or range goes before
HYPHENATED = re.compile(r"(?<![^\s(])-(?=\d)")
MINUS = "\u2212"


def visible(text: object) -> str:
    r"""Return text with control characters written out, so that no name can steer a terminal.

    >>> visible("a\tb")
    'a\\tb'
    """
    return "".join(map(_visible_character, str(text)))


def _visible_character(char: str) -> str:
    if unicodedata.category(char) in ("Cc", "Cf"):
        return char.encode("unicode_escape").decode("ascii")
    return char


def visible_lines(text: str) -> str:
    """Return text with control characters other than line ends written out."""
    return "\n".join(visible(line) for line in text.split("\n"))


def upright(data: Any) -> Any:
    r"""Return plain data with the characters that turn the direction of text written out.

    >>> upright({"label": ["a\u202eb"]})
    {'label': ['a\\u202eb']}
    """
    if isinstance(data, str):
        return TURNING.sub(lambda found: visible(found.group()), data)
    if isinstance(data, dict):
        return {key: upright(item) for key, item in data.items()}
    return [upright(item) for item in data] if isinstance(data, (list, tuple)) else data


def with_minus(data: Any) -> Any:
    """Return plain data in whose texts a number below zero has a minus, which no line end parts from it.

    >>> with_minus({"acts": ["-10% to -2%", "2026-11-24", "1-2"]})
    {'acts': ['−10% to −2%', '2026-11-24', '1-2']}
    """
    if isinstance(data, str):
        return HYPHENATED.sub(MINUS, data)
    if isinstance(data, dict):
        return {key: with_minus(item) for key, item in data.items()}
    return [with_minus(item) for item in data] if isinstance(data, (list, tuple)) else data
