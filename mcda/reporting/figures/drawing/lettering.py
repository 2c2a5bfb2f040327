"""Which fonts of this machine letter a text: names may be written in any script."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from mcda.checks.faults import AssumptionWarning

FAMILY = "DejaVu Sans"  # comes with matplotlib, so that it is there on every machine
REGULAR = 400  # the weight of a font that letters plain text
BOX = "□"
CLUSTERS = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")  # what may join a letter, with it
JOINER = "\u200d"
SKIN = frozenset(map(chr, range(0x1F3FB, 0x1F400)))  # colours of the hand or face before them
SELECTS = "VARIATION SELECTOR"
STAND_IN = "last resort"  # a font that has a box for every letter
NAMES = {
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
}
SIGN = "emoji or symbol"  # the name of each begins with what it shows: a boy, a hand


@dataclass(frozen=True)
class Lettering:
    """The families that letter a text, the first of them first, and the scripts that none has.

    paths: the files of the families that are not the house's own.
    """

    families: tuple[str, ...]
    paths: tuple[str, ...]
    missing: tuple[str, ...]

    def tell(self) -> None:
        """Warn of the scripts that no font of this machine has."""
        if self.missing:
            scripts = " and ".join(self.missing)
            warnings.warn(
                f"no font on this machine has {scripts} letters: they are boxes in figures and in "
                "the PDF; install a font that has them, such as Noto Sans, and draw again",
                AssumptionWarning,
                stacklevel=4,
            )


def lettering(texts: Iterable[str]) -> Lettering:
    """Return what letters some texts.

    >>> lettering(["Seebrücke", "Λιμάνι"]).families
    ('DejaVu Sans',)
    """
    letters = frozenset("".join(texts))
    own = _own_letters()
    return _fewest_fonts(frozenset(letter for letter in letters - own if _is_drawn(letter)))


def boxed(text: str) -> str:
    r"""Return a text with a box for each sign that joins a letter of the house's font and isn't in it.

    The compiler of a PDF letters all that joins one letter by one font, and fails where none has it
    all: the ring of a keycap, the colour of a hand.

    >>> boxed("option 1\u20e3")
    'option 1□'
    """
    own = _own_letters()
    return CLUSTERS.sub(lambda found: _boxed(found.group(), own), text)


@lru_cache(maxsize=1)  # asked for every text of a report
def _own_letters() -> frozenset[str]:
    """Return the letters that the house's font has."""
    return _letters_of(font_manager.findfont(FAMILY))


def _boxed(text: str, own: frozenset[str]) -> str:
    signs: list[str] = []
    base = before = ""
    for sign in text:
        if not _joins(sign, before):
            base = sign
        if sign not in own and base in own:
            signs.append(BOX)
        else:
            signs.append(sign)
        before = sign
    return "".join(signs)


def _joins(sign: str, before: str) -> bool:
    """Return whether a sign is drawn together with the one before it."""
    if unicodedata.name(sign, "").startswith(SELECTS):
        return False  # it chooses a form and leaves no mark
    is_mark = unicodedata.category(sign).startswith("M")
    return bool(before) and (is_mark or sign in SKIN or before == JOINER)


def _is_drawn(letter: str) -> bool:
    """Return whether a letter leaves a mark of its own: not a blank, a mark of layout or a control."""
    return not letter.isspace() and unicodedata.category(letter) not in ("Cc", "Cf", "Cn")


@lru_cache(maxsize=64)
def _fewest_fonts(wanted: frozenset[str]) -> Lettering:
    """Return the fewest fonts, each the one that has most of what is still wanted."""
    families = [FAMILY]
    paths = []
    fonts = _fonts() if wanted else {}
    while wanted:
        has = {name: len(wanted & _letters_of(path)) for name, path in fonts.items()}
        best = max(sorted(has), key=lambda name: has[name], default="")
        if not has.get(best):
            break
        families.append(best)
        paths.append(fonts[best])
        wanted -= _letters_of(fonts[best])
    return Lettering(tuple(families), tuple(paths), tuple(sorted(set(map(_script, wanted)))))


def _fonts() -> dict[str, str]:
    """Return the file of each upright family of this machine in its plain weight."""
    upright = [
        font
        for font in font_manager.fontManager.ttflist
        if font.style == "normal" and font.weight == REGULAR and STAND_IN not in font.name.lower()
    ]
    return {font.name: font.fname for font in sorted(upright, key=lambda font: font.fname)}


@lru_cache(maxsize=512)
def _letters_of(path: str) -> frozenset[str]:
    """Return the letters that a font has, none of one that can't be read."""
    try:
        return frozenset(map(chr, FT2Font(path).get_charmap()))
    except (OSError, RuntimeError):
        return frozenset()


def _script(letter: str) -> str:
    """Return the script of a letter, as its name in Unicode starts; of a sign that it is one.

    >>> _script("ขนส่ง"[0]), _script("漢"), _script("각"), _script("👦")
    ('Thai', 'Chinese or Japanese', 'Korean', 'emoji or symbol')
    """
    if unicodedata.category(letter).startswith("S"):
        return SIGN
    first = unicodedata.name(letter, "other").split()[0]
    return NAMES.get(first, first.capitalize())


def letter(axes: Axes) -> None:
    """Give all texts of the axes fonts that have their letters; warn where there are none."""
    axes.get_xticklabels()  # asked for, labels of ticks have their text
    axes.get_yticklabels()
    texts = axes.findobj(Text)
    fonts = lettering(text.get_text() for text in texts)
    if len(fonts.families) > 1:
        for text in texts:
            text.set_fontfamily(list(fonts.families))
    fonts.tell()


@contextmanager
def told_once() -> Iterator[None]:
    """Leave out matplotlib's own warnings of letters that a font lacks: `letter` tells them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        yield
