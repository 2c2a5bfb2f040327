"""Colour of what a person reads at a terminal: the title, the heads of tables, and the lines under them."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

BOLD = "\033[1m"
HEAD = "\033[36m"
DIM = "\033[2m"
ALARM = "\033[31m"
PLAIN = "\033[0m"
RULE = re.compile(r"-+( +-+)*")


def in_colour(stream: TextIO) -> bool:
    """Return whether a stream is a terminal that shows colour, and nobody asked for none.

    NO_COLOR with any text in it asks for none (no-color.org), and so does a terminal that is dumb.
    """
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    # the older console of Windows would print the signs of colour as they are
    return os.name != "nt" or "WT_SESSION" in os.environ


def painted(text: str) -> str:
    r"""Return lines of text with the title bold, and heads of tables and their rules set apart.

    >>> painted("Title\n\na  b\n-  -\n1  2").splitlines()[3]
    '\x1b[2m-  -\x1b[0m'
    """
    lines = text.split("\n")
    looks = [""] * len(lines)
    looks[0] = BOLD
    for at, line in enumerate(lines):
        if RULE.fullmatch(line):
            looks[at] = DIM
            above = at - 1
            while above > 0 and lines[above].strip():
                looks[above] = HEAD
                above -= 1
    pairs = zip(looks, lines, strict=True)
    painted_lines = [f"{look}{line}{PLAIN}" if look else line for look, line in pairs]
    return "\n".join(painted_lines)


def shown(text: str) -> str:
    """Return a text as standard output shows it: painted where that is a terminal with colour."""
    return painted(text) if in_colour(sys.stdout) else text


def alarmed(text: str) -> str:
    """Return a message as standard error shows it: its first word set apart where there is colour."""
    first, blank, rest = text.partition(" ")
    return f"{ALARM}{first}{PLAIN}{blank}{rest}" if in_colour(sys.stderr) else text
