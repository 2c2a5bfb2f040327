"""The terminal: how wide it is, how wide a text is in it, and text broken into lines."""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator

from mcda.display.progress_line import write_over
from mcda.display.visible_text import visible_lines
from mcda.reporting.terminal.paint import alarmed, shown

USUAL = 80  # characters of a line, where nothing says how many
NARROWEST = 40  # characters of a line, below which nothing can be shown
WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
# marks that never begin a line
ENDING = "\u3001\u3002\uff0c\uff0e\uff09\u300d\u300f\uff01\uff1f\uff1a\uff1b"
BLANK = r"[^\S\u00a0\u202f]"  # where a line may end: none is between a number and its sign
# what no line end divides, with the blanks before it
PIECE = re.compile(rf"{BLANK}*(?:[{WIDE}][{ENDING}]*|(?:(?!{BLANK})[^{WIDE}])+)")


def line_width() -> int:
    """Return how many characters a line holds: COLUMNS, else what the terminal says, else 80."""
    return max(NARROWEST, shutil.get_terminal_size((USUAL, 1)).columns)


def shown_width(text: str) -> int:
    """Return how many places a text takes in a line.

    An East Asian wide character takes two, a mark on another character none.

    >>> shown_width("Rome"), shown_width("北京")
    (4, 4)
    """
    return sum(_places(char) for char in text)


def _places(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def lines_of(text: str, width: int, *, below: str = "", divide: bool = False) -> list[str]:
    """Return a text as lines of at most a width, broken between words or beside a wide character.

    A word that is longer has a line of its own (a path can still be copied), or is divided where
    that is asked for. below: what each line but the first begins with.

    >>> lines_of("how sure is that?", 8)
    ['how sure', 'is that?']
    """
    lines = [""]
    most = width if divide else None
    for piece in _pieces(text, most):
        if lines[-1] and shown_width(lines[-1] + piece) > width:
            lines.append(below + piece.lstrip())
        else:
            lines[-1] += piece
    return lines


def _pieces(text: str, most: int | None) -> Iterator[str]:
    """Go through what stays together; of a piece wider than the most, through what fits of it."""
    for piece in PIECE.findall(text):
        while most is not None and shown_width(piece.lstrip()) > most:
            yield piece[:most]
            piece = piece[most:]
        yield piece


def wrapped(text: str, hang: int = 0) -> str:
    """Return text in lines that fit the terminal.

    What goes on starts under its line's beginning, `hang` further in.
    """
    return "\n".join(part for line in text.split("\n") for part in _wrapped_line(line, hang))


def _wrapped_line(line: str, hang: int) -> list[str]:
    if shown_width(line) <= line_width():
        return [line]
    begin = len(line) - len(line.lstrip())
    return lines_of(line, line_width(), below=" " * (begin + hang))


def show(text: str, hang: int = 0) -> None:
    """Print text for a reader, in lines that fit.

    Data for programs, and paths, are printed as they are.
    """
    write_over("")
    print(shown(wrapped(text, hang)))


def tell(message: object) -> None:
    """Print a message on standard error.

    A terminal gets lines that fit; a file gets one line for each message, to be searched.
    """
    write_over("")
    line = f"mcda: {visible_lines(str(message))}"
    laid_out = alarmed(wrapped(line, 2)) if sys.stderr.isatty() else line
    print(laid_out, file=sys.stderr)
