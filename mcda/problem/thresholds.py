"""Where an answer changes: a number with its relation, rounded past the change.

So the statement holds for the number as it is printed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from mcda.checks.significant_digits import places_of, with_signs
from mcda.problem.searches_in_step import Search, in_step
from mcda.sentences.catalogue import told

COUNT = 3  # digits that count in prose, as in `digits`
STATED = 6  # a number with no more digits than this was stated by somebody, and is printed in full
LONGEST = 17  # digits that fix a double
NOISE = 1e-12  # relative: what the last steps of a search leave
LEAST = 1e-12  # a number this near 0 is printed as 0: no unit is so large

Answer = Callable[[float], str]


@dataclass(frozen=True)
class Threshold:
    """A number at which an answer changes, as it is printed, and the side on which it changes.

    number: the value printed. relation: "rises to" or "falls to" where the answer has changed at
    the number itself; "rises just above" or "falls just below" where it has not, but changes as
    soon as the number is passed. shown and before: the number and its present value, as text; then:
    the answer on the far side. str() is the phrase.

    >>> str(Threshold(30.0, "falls just below", "30", "32", "OPT03"))
    'falls just below 30'
    """

    number: float
    relation: str
    shown: str
    before: str
    then: str

    def __str__(self) -> str:
        """Return the phrase that a sentence, a table or a figure prints."""
        return told(f"threshold.{self.relation.replace(' ', '_')}", number=with_signs(self.shown))

    @property
    def now(self) -> str:
        """The present value as a sentence prints it."""
        return with_signs(self.before)

    @property
    def first(self) -> float:
        """The first number with the changed answer: the printed one, or the next one past it."""
        if "just" not in self.relation:
            return self.number
        return _next(self.number, rises=self.relation.startswith("rises"))


def threshold(now: float, beyond: float, answer: Answer, end: float, then: str = "") -> Threshold:
    """Return the threshold of a number with an answer that changes at `beyond`, and not before.

    now: the present value of the number. answer: what holds at a number instead of the present
    answer, "" where that stays. end: the furthest number that may be printed, at or past beyond.
    then: the answer to name; whatever holds at the printed number where none so short gives that. A
    stated number at which the change lies is printed in full; another is rounded away from now with
    as few digits as the change allows. Every number returned was tried.

    >>> at_least_30 = lambda number: "" if number >= 30 else "fails"
    >>> str(threshold(32.0, math.nextafter(30.0, 0), at_least_30, 0.0))
    'falls just below 30'
    >>> str(threshold(25.0, 32.40412, lambda number: "B" if number >= 32.40412 else "", 40.0))
    'rises to 32.5'
    """
    return in_step(
        [search_threshold(now, beyond, end, then)],
        lambda _, numbers: [answer(at) for at in numbers],
    )[0]


def search_threshold(now: float, beyond: float, end: float, then: str = "") -> Search[Threshold]:
    """Return the search for what `threshold` returns.

    It asks what holds at numbers, and is sent "" where the present answer stays.

    >>> edges = 30.0, 32.40412
    >>> searches = [search_threshold(25.0, edge, 40.0, "B") for edge in edges]
    >>> def answers(which, numbers):
    ...     pairs = zip(which, numbers)
    ...     return ["B" if number >= edges[at] else "" for at, number in pairs]
    >>> [str(one) for one in in_step(searches, answers)]
    ['rises to 30', 'rises to 32.5']
    """
    if not then:
        (then,) = yield [beyond]
    for wanted, longest in ((then, STATED), ("", LONGEST)):
        turn = yield from _threshold_at(now, beyond, end, wanted)
        turn = turn or (yield from _rounded(now, beyond, end, wanted, longest))
        if turn is not None:
            return turn
    (then,) = yield [beyond]
    return _threshold(now, Decimal(repr(beyond)), beyond > now, then)


def _threshold_at(now: float, beyond: float, end: float, wanted: str) -> Search[Threshold | None]:
    """Return the threshold of a change at a number that was stated: at it, or just past it."""
    rises = beyond > now
    for number in _numbers(beyond, now, STATED, ROUND_HALF_UP):
        if abs(float(number) - beyond) > NOISE * max(abs(beyond), abs(end - now)):
            continue
        at = float(number)
        (here,) = yield [at]
        if at != now and _gives(here, wanted):
            return _threshold(now, number, rises, here)
        if here:
            continue
        (there,) = yield [_next(at, rises)]
        if _gives(there, wanted):
            return _threshold(now, number, rises, there, just=True)
    return None


def _rounded(
    now: float, beyond: float, end: float, wanted: str, longest: int
) -> Search[Threshold | None]:
    """Return the threshold with the fewest digits that lies past the change, not past the end."""
    rises = beyond > now
    rounding = ROUND_CEILING if rises else ROUND_FLOOR
    for number in _numbers(beyond, now, longest, rounding):
        at = float(number)
        if (at > end) if rises else (at < end):
            continue
        (here,) = yield [at]
        if _gives(here, wanted):
            return _threshold(now, number, rises, here)
    return None


def _next(number: float, rises: bool) -> float:
    """Return the next float above a number, or below it."""
    towards = math.inf if rises else -math.inf
    return math.nextafter(number, towards)


def _gives(answer: str, wanted: str) -> bool:
    return answer == wanted if wanted else bool(answer)


def _numbers(beyond: float, now: float, longest: int, rounding: str) -> Iterator[Decimal]:
    """Go through a number rounded to ever more significant digits, from three on.

    Near 0 the digits of the way to it count.
    """
    size = max(abs(beyond), abs(beyond - now) / 10**COUNT, LEAST)
    first = places_of(size, COUNT)
    for places in range(first, first + longest - COUNT + 1):
        yield Decimal(repr(beyond)).quantize(Decimal(1).scaleb(-places), rounding=rounding)


def _threshold(
    now: float, number: Decimal, rises: bool, then: str, just: bool = False
) -> Threshold:
    relation = "rises to" if rises else "falls to"
    if just:
        relation = "rises just above" if rises else "falls just below"
    return Threshold(
        float(number), relation, _plainly(number), _told_apart(now, number, just), then
    )


def _told_apart(now: float, number: Decimal, just: bool) -> str:
    """Return the present value with as many digits as tell it from the number printed beside it."""
    start = Decimal(repr(float(now)))
    fewest = places_of(now, COUNT) if now else 0
    for places in range(fewest, LONGEST):
        shown = start.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if (shown < number) == (start < number) and (shown > number) == (start > number):
            return _plainly(shown)
    return _plainly(start)


def _plainly(number: Decimal) -> str:
    """Return a number without powers of ten, zeros at its end or "-0"."""
    digits = f"{number + 0:,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


def past(
    before: Sequence[float],
    after: Sequence[float],
    ends: Sequence[float],
    answer: Callable[[list[float]], str],
    then: str,
) -> list[Threshold]:
    """Return the thresholds of several numbers that move together.

    They are rounded so that all of them, set as printed, give `then`, or whatever holds instead of
    the present answer where no numbers so short give that. before, after, ends: where each is,
    goes, and may go at most. answer: what holds at the numbers together, "" where that stays.
    """
    moves = list(zip(before, after, ends, strict=True))
    numbers, then = _together(moves, answer, then)
    return [
        _threshold(now, number, float(number) > now, then)
        for now, number in zip(before, numbers, strict=True)
    ]


def _together(
    moves: Sequence[tuple[float, float, float]], answer: Callable[[list[float]], str], then: str
) -> tuple[list[Decimal], str]:
    """Return the shortest numbers that give what is wanted together, or else another answer."""
    for wanted, longest in ((then, STATED), ("", LONGEST)):
        for numbers in _ever_longer(moves, longest):
            held = answer([float(number) for number in numbers])
            if _gives(held, wanted):
                return numbers, held
    return numbers, then


def _ever_longer(moves: Sequence[tuple[float, float, float]], most: int) -> Iterator[list[Decimal]]:
    """Go through the numbers of moves (now, after, end) rounded away, with ever more digits.

    None goes past the end of its range as a reader sees it, or, where that is not far enough, past
    the end rounded away.
    """
    for longest in range(COUNT, most + 1):
        for rounding in (ROUND_HALF_UP, ""):
            yield [
                _away(now, after, shown_end(now, end, rounding), longest)
                for now, after, end in moves
            ]


def shown_end(now: float, end: float, rounding: str = "") -> float:
    """Return the end of a range as a reader sees it: in full where it was stated, else in 3 digits.

    It is rounded away from `now` if no other rounding is asked for.

    >>> shown_end(14.7, 9.264705882), shown_end(14.7, 9.267058823, ROUND_HALF_UP)
    (9.26, 9.27)
    >>> shown_end(14.7, 9.26705)
    9.26705
    """
    outward = ROUND_CEILING if end > now else ROUND_FLOOR
    *_, stated = _numbers(end, end, STATED, ROUND_HALF_UP)
    if float(stated) == end:
        return end
    return float(next(_numbers(end, end, COUNT, rounding or outward)))


def _away(now: float, after: float, end: float, longest: int) -> Decimal:
    """Return a number rounded away from `now`, with enough digits not to pass its end, or the end."""
    rises = after > now
    rounding = ROUND_CEILING if rises else ROUND_FLOOR
    for number in list(_numbers(after, now, LONGEST, rounding))[longest - COUNT :]:
        if (float(number) <= end) if rises else (float(number) >= end):
            return number
    return Decimal(repr(end))
