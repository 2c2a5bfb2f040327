"""Signs that no reader sees, or that no page can print, made plain where text enters.

Every reader (folder, workbook, bare table, JSON, XMCDA, TOML) passes its texts through here once,
and tells what it found.
"""

from __future__ import annotations

import unicodedata

KEPT = "\t\n\r"  # of the control characters
BREAKS = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
# nothing is seen of them: two names that differ by them alone look the same
UNSEEN = dict.fromkeys("\u200b\u2060\u2061\u2062\u2063\u2064\u180e\ufeff", "")
# of the signs that Word writes in the private area for the bullets of its Symbol and Wingdings fonts
BULLETS = {"\uf0b7": "•", "\uf0a7": "▪"}
PLAIN = BREAKS | UNSEEN | BULLETS
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TAGS = range(0xE0001, 0xE0080)  # hidden letters; after a black flag they are the flag of a region
FLAG = "\U0001f3f4"
KINDS = {
    "Cc": "a control character",
    "Co": "private use",
    "Cn": "no character",
    "Cs": "half a character",
    "Cf": "it hides or turns text",
}


def clean(text: str) -> tuple[str, dict[str, str]]:
    r"""Return a text whose every sign can be seen and printed, and as what each other one was read.

    Line ends of other kinds become plain ones, unseen signs go, Word's bullets become bullets;
    what else can't be printed, or turns the direction of the text, is written out as its code.

    >>> clean("fine"), clean("x\ue000y")
    (('fine', {}), ('x\\ue000y', {'U+E000 (private use)': '\\ue000'}))
    """
    if text.isprintable():
        return text, {}
    words_of_sign: dict[str, str] = {}
    signs = []
    flagged = False
    for sign in text:
        flagged = sign == FLAG or (flagged and ord(sign) in TAGS)
        shown = sign if flagged else _plain(sign)
        if shown != sign:
            words_of_sign[_code(sign)] = {"": "nothing", "\n": "the end of a line"}.get(
                shown, shown
            )
        signs.append(shown)
    return "".join(signs), words_of_sign


def _plain(sign: str) -> str:
    """Return what a sign is read as: itself, if it can be seen and printed."""
    if sign in PLAIN:
        return PLAIN[sign]
    kind = unicodedata.category(sign)
    odd = kind in ("Cc", "Co", "Cn", "Cs") and sign not in KEPT
    hides = sign in TURNING or ord(sign) in TAGS or "\ufff9" <= sign <= "\ufffb"
    return sign.encode("unicode_escape").decode("ascii") if odd or hides else sign


def _code(sign: str) -> str:
    name = unicodedata.name(sign, "").lower() or KINDS.get(unicodedata.category(sign), "")
    return f"U+{ord(sign):04X} ({name})"
