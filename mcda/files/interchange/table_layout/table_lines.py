"""The lines of a table: rows of texts with the place of each, blocks of them, and where the table begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.checks.faults import Spot


@dataclass(frozen=True)
class Line:
    """One row of a block of cells: its words for a place, its texts, the spot of each, and which were typed numbers."""

    place: str
    texts: tuple[str, ...]
    spots: tuple[Spot | None, ...] = ()
    typed: tuple[bool, ...] = ()

    def blank(self) -> bool:
        """Return whether nothing stands in it."""
        return not any(text.strip() for text in self.texts)

    @property
    def filled(self) -> int:
        """How many cells there are up to the last that is filled."""
        return max((at for at, text in enumerate(self.texts, 1) if text.strip()), default=0)

    @property
    def lone(self) -> bool:
        """Whether its first cell alone is filled: a title, a footnote, or a name without numbers."""
        return self.filled == 1

    def behind(self, name: str) -> Line:
        """Return the line with a name in front of its cells."""
        spots = (None, *self.spots) if self.spots else ()
        typed = (False, *self.typed) if self.typed else ()
        return Line(self.place, (name, *self.texts), spots, typed)

    def picked(self, positions: Sequence[int]) -> Line:
        """Return the line of some of its cells, in the order of the positions; a cell beyond its end is blank."""
        texts = [self.texts[at] if at < len(self.texts) else "" for at in positions]
        spots = tuple(self.spots[at] for at in positions) if self.spots else ()
        typed = tuple(self.typed[at] for at in positions) if self.typed else ()
        return Line(self.place, tuple(texts), spots, typed)


def blocks_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines that stand together, without the blank ones between."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.blank():
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def tells_directions(lines: Sequence[Line]) -> bool:
    """Return whether the first block of a file is one of criteria and their directions, before that of the table."""
    first = next((line for line in lines if not line.blank()), None)
    heads = [text.strip() for text in first.texts[:2]] if first else []
    return heads == ["criterion", "direction"] and len(blocks_of(lines)) > 1


def core(lines: Sequence[Line]) -> list[Line]:
    """Return the lines between titles and footnotes, blank ones too."""
    first, end = span(lines)
    return list(lines[first:end])


def span(lines: Sequence[Line]) -> tuple[int, int]:
    """Return where the table begins and ends: what stands alone before it is a title, apart after it a footnote."""
    whole = [at for at, line in enumerate(lines) if line.filled > 1]
    if not whole:
        return 0, 0
    end = whole[-1] + 1
    apart = False
    for at in range(end, len(lines)):
        if lines[at].blank():
            apart = True
        elif not (apart and _prose(lines[at].texts[0])):
            end = at + 1  # a name without numbers is told, not dropped
    return whole[0], end


def _prose(text: str) -> bool:
    """Return whether a text reads like a sentence, a source or a remark."""
    words = text.strip()
    return " " in words or ":" in words or words[:1] in "*†‡©"
