"""A drawn figure as little SVG: the same picture in a fifth of the bytes, to stand in a page itself.

Looks that shapes share are stated once, positions have the digits that can be seen, and what no
reader sees is left out. Names are unique among the figures of a page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from mcda.reporting.writers.word_table import allowed

NAMESPACE = "http://www.w3.org/2000/svg"
SVG = "{" + NAMESPACE + "}"
LINK = "{" + "http://www.w3.org/1999/xlink" + "}href"
UNSEEN = ("title", "metadata", "style")
FINE = 2  # decimals of what is drawn many times over from one shape
PLAIN = 1  # decimals of a place on the page: a tenth of a point
LOOKS = ("style", "clip-path", "opacity")
PLACES = ("x", "y", "width", "height", "transform", "viewBox")
BASE = "stroke-linejoin:round"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
STEP = re.compile(r"([MLCQzZ])([^MLCQzZ]*)")
# closed paths of one look, one after the other: they are drawn as one path in several parts
ALIKE = re.compile(r'<path class="(\w+)" d="M[^"]*z"/>(?:<path class="\1" d="M[^"]*z"/>)+')
BETWEEN = re.compile(r'"/><path class="\w+" d="')
REFERENCE = re.compile(r"#(\w+)")
UNTURNED = re.compile(r"rotate\(-?0 [^)]*\)")


def compacted(pictures: Mapping[str, str]) -> dict[str, str]:
    """Return figures given as SVG text by name in their compact form.

    Each has marks of its own for its shapes and looks, so that all can stand in one page.
    """
    return {
        name: compact(drawn, f"{_letters(at)}") for at, (name, drawn) in enumerate(pictures.items())
    }


def compact(drawn: str, mark: str) -> str:
    """Return SVG text in its compact form; mark: what the names of its looks begin with.

    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><path d="M 1.04 2 L 3 2 L 3 5 z"'
    >>> print(compact(f'{svg} style="fill: #ffffff"/></g></svg>', "a"))
    <svg class="a" xmlns="http://www.w3.org/2000/svg"><style>.a{stroke-linejoin:round}\
.a0{fill:#fff}</style><path class="a0" d="M1 2h2v3z"/></svg>
    """
    from defusedxml.ElementTree import fromstring

    plain = allowed(drawn)
    return _Compact(fromstring(plain), plain, mark).text()


def _letters(number: int) -> str:
    """Return a short name for a number, of letters alone.

    >>> _letters(0), _letters(25), _letters(26)
    ('a', 'z', 'ba')
    """
    rest, last = divmod(number, 26)
    return (_letters(rest) if rest else "") + chr(ord("a") + last)


class _Compact:
    """A figure being written anew: its looks by number, and the names that its parts refer to."""

    def __init__(self, root: Any, drawn: str, mark: str) -> None:
        self.root = root
        self.mark = mark
        self.looks: dict[str, str] = {}
        self.shortened: dict[tuple[tuple[str, str], ...], str] = {}
        self.named = {
            name: f"{mark}-{at}" for at, name in enumerate(dict.fromkeys(REFERENCE.findall(drawn)))
        }
        self.family = _family(root)

    def text(self) -> str:
        """Return the figure as text."""
        body = ALIKE.sub(self._joined_up, "".join(self._inside(self.root, PLAIN)))
        base = f"{BASE};font-family:{self.family}" if self.family else BASE
        rules = [f".{self.mark}{{{base}}}"]
        rules += [f".{name}{{{look}}}" for look, name in self.looks.items()]
        head = self._attributes(self.root, PLAIN)
        return (
            f'<svg class="{self.mark}" xmlns="{NAMESPACE}"{head}>'
            f"<style>{escape(''.join(rules))}</style>{body}</svg>"
        )

    def _inside(self, parent: Any, decimals: int) -> Iterator[str]:
        """Go through the parts of an element; groups that only gather them are left out."""
        for element in parent:
            tag = str(element.tag).removeprefix(SVG)
            if tag in UNSEEN:
                continue
            fine = FINE if tag in ("defs", "pattern", "clipPath") else decimals
            inside = escape((element.text or "").strip()) + "".join(self._inside(element, fine))
            attributes = self._attributes(element, fine)
            if tag in ("g", "defs") and not (attributes and inside):
                yield inside if tag == "g" or not inside else f"<defs>{inside}</defs>"
            else:
                yield f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"

    def _attributes(self, element: Any, decimals: int) -> str:
        """Return what remains of an element's attributes, the look first."""
        given = dict(element.attrib)
        found = self._look({name: given.pop(name) for name in LOOKS if name in given})
        for name, value in given.items():
            short = self._short(name, value, decimals)
            if short:
                found += f" {'href' if name == LINK else name}={quoteattr(short)}"
        return found

    def _short(self, name: str, value: str, decimals: int) -> str:
        """Return the value of an attribute, shorter; blank where the attribute says nothing."""
        if name == "id":
            return self.named.get(value, "")
        if name == LINK:
            return REFERENCE.sub(self._renamed, value) if value.startswith("#") else value
        if name == "d":
            return _path(value, decimals)
        if name in PLACES:
            return _rounded(UNTURNED.sub("", value).strip(), decimals)
        return "" if name == "version" else value

    def _look(self, stated: Mapping[str, str]) -> str:
        """Return the class that stands for a look, as an attribute; blank where there is none."""
        key = tuple(stated.items())
        if key not in self.shortened:
            self.shortened[key] = self._shortened(stated)
        return self.shortened[key]

    def _shortened(self, stated: Mapping[str, str]) -> str:
        style = stated.get("style", "").rstrip("; ")
        parts = [part for part in style.split(";") if part.strip()]
        parts += [f"{name}:{value}" for name, value in stated.items() if name != "style"]
        short = [self._declared(part) for part in parts]
        look = ";".join(filter(None, short))
        if not look:
            return ""
        name = self.looks.setdefault(look, f"{self.mark}{len(self.looks)}")
        return f' class="{name}"'

    def _declared(self, part: str) -> str:
        """Return one declaration of a look; blank for the typeface that the whole figure has."""
        name, _, value = (piece.strip() for piece in part.partition(":"))
        if name == "font-family" and value == self.family:
            return ""
        if value.startswith("url("):
            value = REFERENCE.sub(self._renamed, value)
        elif value.startswith("#"):
            value = _colour(value)
        elif name != "font-family":
            value = _rounded(value, FINE)
        return f"{name}:{value}"

    def _joined_up(self, found: re.Match[str]) -> str:
        """Return paths of one look as one; what is seen through stays apart, where it may overlap."""
        look = next(look for look, name in self.looks.items() if name == found[1])
        return found[0] if "opacity" in look else BETWEEN.sub("", found[0])

    def _renamed(self, found: re.Match[str]) -> str:
        return f"#{self.named[found[1]]}"


def _family(root: Any) -> str:
    """Return the typeface that the first text of a figure has."""
    for text in root.iter(f"{SVG}text"):
        found = re.search(r"font-family: ([^;]*)", text.get("style", ""))
        if found:
            return found[1].strip()
    return ""


def _colour(value: str) -> str:
    """Return a colour in the fewest letters.

    >>> _colour("#ffffff"), _colour("#0072b2")
    ('#fff', '#0072b2')
    """
    doubled = len(value) == 7 and value[1::2] == value[2::2]
    return f"#{value[1::2]}" if doubled else value


def _rounded(value: str, decimals: int) -> str:
    """Return a text with its numbers rounded.

    >>> _rounded("rotate(-90 12.345678 4.0001)", 1)
    'rotate(-90 12.3 4)'
    """
    return NUMBER.sub(lambda found: _number(_units(found[0], decimals), decimals), value)


def _units(number: str, decimals: int) -> int:
    """Return a number in whole units of its last decimal."""
    return math.floor(float(number) * 10**decimals + 0.5)


def _number(units: int, decimals: int) -> str:
    """Return a number given in units of its last decimal, in the fewest letters.

    >>> _number(-5, 1), _number(1230, 2)
    ('-.5', '12.3')
    """
    whole, rest = divmod(abs(units), 10**decimals)
    fraction = f"{rest:0{decimals}d}".rstrip("0") if decimals and rest else ""
    number = f"{whole or ''}.{fraction}" if fraction else f"{whole}"
    return f"-{number}" if units < 0 else number


def _path(given: str, decimals: int) -> str:
    """Return a path with rounded places, each told from the one before where that is shorter.

    >>> _path("M 10.04 20 L 30 20 L 30 5.5 C 1 2 3 4 5 6 z", 1)
    'M10 20h20v-14.5c-29-3.5-27-1.5-25 .5z'
    """
    written = []
    here = start = (0, 0)
    for letter, text in STEP.findall(given):
        numbers = [_units(number, decimals) for number in NUMBER.findall(text)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if not points:
            written.append("z")
            here = start
            continue
        written.append(_step(letter, points, here, decimals))
        here = points[-1]
        start = here if letter == "M" else start
    return "".join(written)


def _step(letter: str, points: list[tuple[int, int]], here: tuple[int, int], decimals: int) -> str:
    """Return one step of a path from where it is."""
    if letter == "M":
        return f"M{_joined([*points[0]], decimals)}"
    moves = [(x - here[0], y - here[1]) for x, y in points]
    if letter == "L" and moves[0][1] == 0:
        return f"h{_number(moves[0][0], decimals)}"
    if letter == "L" and moves[0][0] == 0:
        return f"v{_number(moves[0][1], decimals)}"
    return letter.lower() + _joined([part for move in moves for part in move], decimals)


def _joined(numbers: list[int], decimals: int) -> str:
    """Return numbers of a path with a blank only where a sign doesn't part them."""
    texts = [_number(number, decimals) for number in numbers]
    text = texts[0]
    for one in texts[1:]:
        text += one if one.startswith("-") else f" {one}"
    return text
