"""What differs between two results, and between two texts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

LONGEST = 60  # characters of a value in a message: a line of the terminal with its place before it
WORDS = 12  # words of a passage in a message


def differences(then: Any, now: Any, at: str = "results") -> Iterator[tuple[str, Any, Any, float]]:
    """Go through what differs between two results.

    Each difference says where, then, now, and by how much (infinite for what isn't a number).

    >>> list(differences({"a": [1.0, 2.0]}, {"a": [1.0, 2.5]}))
    [('results.a[1]', 2.0, 2.5, 0.5)]
    """
    if isinstance(then, dict) and isinstance(now, dict):
        for key in {**then, **now}:
            yield from differences(then.get(key), now.get(key), f"{at}.{key}")
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for number, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from differences(one, other, f"{at}[{number}]")
    elif then != now and is_number(then) and is_number(now):
        yield at, then, now, abs(then - now)
    elif then != now:
        yield at, brief(then), brief(now), math.inf


def is_number(value: Any) -> bool:
    """Say whether a value of JSON is a number: true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def brief(value: Any) -> str:
    """Return a value as a message shows it."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def first_passage(then: Sequence[str], now: Sequence[str]) -> tuple[str, str]:
    """Return the first passage in which two texts differ, as words of each; blank where none does.

    Only words near the first difference are compared, so that long texts take no longer.

    >>> first_passage("send no force now".split(), "send a large force now".split())
    ('no', 'a large')
    """
    pairs = zip(then, now, strict=False)
    shorter = min(len(then), len(now))
    start = next((at for at, (one, other) in enumerate(pairs) if one != other), shorter)
    old = then[start : start + WORDS]
    new = now[start : start + WORDS]
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            return " ".join(old[a:b]), " ".join(new[c:d])
    return "", ""
