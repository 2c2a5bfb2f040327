"""Numbers as they are shown: one rule for rounding, and one for the parts of a whole.

The rule: a number is rounded half away from zero, as on paper, in spreadsheets and in pocket
calculators; half to even would show 0.5 and 1.5 as 0 and 2, which a reader takes for an error. A
number that lies within rounding noise of a half counts as that half: 12.5 with a wrong last bit is
shown as 12.5 is, on every processor. report/static/digits.js is the same rule for the page. No
sentence shows a power of ten.

Parts of a whole are rounded by largest remainder, equal remainders in the stated order: the numbers
shown add up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from numbers import Integral, Real

MOST_PLACES = 9  # decimal places that are shown at most, however small the number
# of a number's size: far above the last bits (1e-16 an operation), far below any digit shown
NOISE = 1e-9
MOST_NOISE = 1e-3  # of the last place shown: a number of very many digits is not all noise
LITTLE = 0.4  # of the last place shown: what is there and is rounded to nothing
# a share below it is rounding noise around none: one draw of the most that are drawn is 1e-10
NOTHING = 1e-12
WHOLE = 2.0**53  # from here on a floating-point number has no places
SPEC = re.compile(r"(?P<sign>\+?)(?P<grouped>,?)(?:\.(?P<places>\d+))?(?P<kind>[fg%])")
STATED = 12  # digits of a number that somebody stated: all but its last bits
EVERY = 17  # digits that fix a double
CLEAR = 1.96  # standard errors: the half of a 95% interval
PLAIN = range(-5, 16)  # powers of ten that are written out where a typed number is shown again


@dataclass(frozen=True)
class Signs:
    """The signs with which a language writes numbers; those of English and of files, if not given.

    percent: what stands behind a number of percent, with the space before it.
    """

    point: str = "."
    group: str = ","
    percent: str = "%"


OF_FILES = Signs()
_SIGNS: ContextVar[Signs] = ContextVar("signs", default=OF_FILES)


@contextmanager
def written_with(signs: Signs) -> Iterator[None]:
    """Write every number inside with these signs.

    >>> with written_with(Signs(",", ".", " %")):
    ...     fixed(1234.5, 1, grouped=True), percent(0.125, 1)
    ('1.234,5', '12,5 %')
    """
    before = _SIGNS.set(signs)
    try:
        yield
    finally:
        _SIGNS.reset(before)


def write_with(signs: Signs) -> None:
    """Write every number from here on with these signs.

    >>> write_with(OF_FILES)
    """
    _SIGNS.set(signs)


def signs() -> Signs:
    """Return the signs with which numbers are written at present.

    >>> signs().point
    '.'
    """
    return _SIGNS.get()


def clear_of_zero(estimate: float, error: float) -> bool:
    """Return whether an estimate lies above 0 by more than its 95% sampling error.

    >>> clear_of_zero(0.0042, 0.0006), clear_of_zero(0.00023, 0.0003)
    (True, False)
    >>> clear_of_zero(0.1, 0.0), clear_of_zero(0.0, 0.0)
    (True, False)
    """
    return estimate > CLEAR * error


def rounded(number: float, places: int = 0) -> float:
    """Return a number rounded as it is shown, never -0.

    >>> rounded(12.499999999999998), rounded(2.675, 2), rounded(1.005, 2)
    (13.0, 2.68, 1.01)
    >>> rounded(-0.5), rounded(-0.2)
    (-1.0, 0.0)
    """
    number = float(number)
    if not math.isfinite(number):
        return number
    return math.copysign(_units(number, places) / 10**places, number) + 0.0


def fixed(number: float, places: int = 0, *, sign: bool = False, grouped: bool = False) -> str:
    """Return a number with a fixed number of decimal places, trailing zeros included.

    sign: a plus before what is not negative; grouped: commas between thousands.

    >>> fixed(0.125, 2), fixed(12.499999999999998), fixed(-0.001, 2), fixed(3, 1, sign=True)
    ('0.13', '13', '0.00', '+3.0')
    >>> fixed(1234.56, 1, grouped=True), fixed(float("nan"), 2)
    ('1,234.6', 'nan')
    """
    number = float(number)
    if not math.isfinite(number):
        return f"{number:g}"
    units = _units(number, places)
    mark = "+" if sign else ""
    if number < 0 and units:
        mark = "-"
    return mark + with_signs(_written(units, places, grouped))


def at_most(number: float, places: int) -> str:
    """Return a number with at most so many decimal places, and no zeros at its end.

    >>> at_most(0.1299, 3), at_most(2.5, 3), at_most(-0.0001, 2)
    ('0.13', '2.5', '0')
    """
    units = _units(number, places)
    mark = "-" if number < 0 and units else ""
    return mark + with_signs(_bare(_written(units, places, grouped=False)))


def digits(number: float, count: int = 3, *, down: bool = False, up: bool = False) -> str:
    """Return a number with so many significant digits, whole where it is larger.

    down: never above the number; up: never below it (but for rounding noise, which is snapped
    first).

    >>> digits(32.44), digits(60_000), digits(0.0318, 2), digits(1461), digits(9.999), digits(12.35)
    ('32.4', '60,000', '0.032', '1,461', '10', '12.4')
    >>> digits(0.119, 2, down=True), digits(-1.239, down=True)
    ('0.11', '-1.24')
    >>> digits(32.401, up=True), digits(32.4, up=True)
    ('32.5', '32.4')
    """
    number = float(number)
    if number == 0 or not math.isfinite(number):
        return f"{number + 0.0:g}"
    places = min(places_of(number, count), MOST_PLACES)
    away = up if number > 0 else down
    towards = down if number > 0 else up
    share = 0.5
    if away:
        share = 0.0
    elif towards:
        share = 1.0
    units = _units(number, places, share)
    mark = "-" if number < 0 and units else ""
    return mark + with_signs(_bare(_written(units, places, grouped=True)))


def plain(number: float, count: int = 6) -> str:
    """Return a number as somebody typed it: no commas, and at most so many significant digits.

    Only what is larger than 1e15 or smaller than 1e-5 is a power of ten: it is shown to say what
    was found, and where.

    >>> plain(0.02), plain(1500000.0), plain(1 / 3, 3), plain(0.1 + 0.2, 12)
    ('0.02', '1500000', '0.333', '0.3')
    >>> plain(1e30), plain(3e-16, 1)
    ('1e+30', '3e-16')
    """
    number = float(number)
    if number == 0 or not math.isfinite(number):
        return f"{number + 0.0:g}"
    power = _power(number)
    if power in PLAIN:
        return at_most(number, places_of(number, count))
    mantissa = float(f"{number:.16e}".partition("e")[0])
    return f"{at_most(mantissa, count - 1)}e{power:+03d}"


def told_apart(number: float, other: float, count: int = 6) -> str:
    """Return a number as `plain` has it, with as many more digits as tell it from another.

    >>> told_apart(12.0, 30.0), told_apart(29.99999996, 30.0)
    ('12', '29.99999996')
    """
    while count < EVERY and plain(number, count) == plain(other, count):
        count += 1
    return plain(number, count)


def places_of(number: float, count: int) -> int:
    """Return how many decimal places a number has when it is shown with so many significant digits.

    >>> places_of(32.44, 3), places_of(0.0318, 2), places_of(1461, 3), places_of(9.96, 2)
    (1, 3, 0, 0)
    """
    places = max(0, count - 1 - _power(number))
    carried = places > 0 and _units(number, places) >= 10**count
    return places - carried


def shown_as(number: Real, spec: str) -> str:
    """Return a number in the format that a template names, rounded by the rule.

    spec: ".2f" for places, "+.1f" with a sign, ",.0f" in groups, ".0%" for percent, ".3g" or "g"
    for significant digits, and what has nothing to round ("", ",") as Python has it.

    >>> shown_as(12.499999999999998, ".0f"), shown_as(0.125, ".0%")
    ('13', '13%')
    >>> shown_as(0.05, "+.1f"), shown_as(1234, ",")
    ('+0.1', '1,234')
    """
    if spec == "," and isinstance(number, Integral):
        return fixed(int(number), grouped=True)
    form = SPEC.fullmatch(spec)
    if not form:
        return format(number, spec)
    places = int(form["places"] or 6)
    if form["kind"] == "g":
        return plain(float(number), places)
    if form["kind"] == "%":
        return percent(float(number), places)
    return fixed(float(number), places, sign=bool(form["sign"]), grouped=bool(form["grouped"]))


def percent(share: float, places: int = 0, unit: str | None = None) -> str:
    """Return a share in percent; only nothing is shown as 0%, and only all as 100%.

    unit: the text after the number; the sign of percent, if not given.

    >>> percent(0.724), percent(0.0), percent(0.001), percent(0.9996), percent(1), percent(0.145)
    ('72%', '0%', '<1%', '>99%', '100%', '15%')
    >>> percent(0.0004, 1), percent(0.12345, 1), percent(0, 1)
    ('<0.1%', '12.3%', '0%')
    """
    return _shown(float(share), rounded(100 * float(share), places), places, unit)


def in_percent(number: float, places: int = 0) -> str:
    """Return a number of percent with its sign.

    >>> in_percent(65.7, 1)
    '65.7%'
    """
    return fixed(number, places) + _SIGNS.get().percent


def parts(numbers: Iterable[float], places: int = 0, whole: float | None = None) -> list[float]:
    """Return numbers rounded so that they add up to their rounded sum: by largest remainder.

    Each is rounded down; the units still missing go to the largest remainders, equal ones in the
    order stated. whole: what they add up to, if something else than their rounded sum is shown for
    it (it must lie within a unit of their sum).

    >>> parts([25, 12.5, 12.5, 25, 25]), sum(parts([100 / 3] * 3))
    ([25.0, 13.0, 12.0, 25.0, 25.0], 100.0)
    >>> parts([0.06, -0.02, 0.01], 1)
    [0.1, 0.0, 0.0]
    """
    sizes = [float(number) * 10.0**places for number in numbers]
    noise = min(NOISE * max([1.0, *map(abs, sizes)]), MOST_NOISE)
    units = [math.floor(size + noise) for size in sizes]
    rests = [size - unit for size, unit in zip(sizes, units, strict=True)]
    if whole is None:
        whole = 0.0
        for size in sizes:  # one after the other, as JavaScript adds
            whole += size
    else:
        whole *= 10.0**places
    missing = int(math.copysign(_units(whole, 0), whole)) - sum(units)
    for at in _largest(rests, missing, noise):
        units[at] += 1
    return [unit / 10.0**places + 0.0 for unit in units]


def percents(shares: Iterable[float], places: int = 0, unit: str | None = None) -> list[str]:
    """Return the shares of one whole in percent, so that the numbers shown add up to 100.

    A share that is above 0 but gets no unit is shown as "<1%" and counts as 0 in the sum; one that
    gets all of 100 but is below 1 is shown as ">99%" and counts as 100. unit: the text after the
    number, "" for points of 100; the sign of percent, if not given.

    >>> percents([0.25, 0.125, 0.125, 0.25, 0.25]), percents([0.998, 0.002, 0])
    (['25%', '13%', '12%', '25%', '25%'], ['>99%', '<1%', '0%'])
    >>> percents([2 / 3, 1 / 3], 1, unit="")
    ['66.7', '33.3']
    """
    shares = [float(share) for share in shares]
    texts = parts([100 * share for share in shares], places)
    return [_shown(share, part, places, unit) for share, part in zip(shares, texts, strict=True)]


def as_parts(shares: Iterable[float], places: int = 0, whole: float | None = None) -> list[float]:
    """Return the shares of one whole, each as the share that is shown for it.

    The shown shares are parts of 100 with so many places. Whoever shows one of them (`percent`), or
    chooses a word by it, then agrees with whoever shows all. A share above 0 that gets no unit
    stays a little above 0, one below 1 that gets all stays a little below 1; a share that isn't
    known (NaN) makes no parts. whole: what they make together, as it is shown, if not their rounded
    sum.

    >>> as_parts([0.25, 0.125, 0.125, 0.25, 0.25]), as_parts([0.993, 0.007, 0])
    ([0.25, 0.13, 0.12, 0.25, 0.25], [0.99, 0.01, 0.0])
    >>> as_parts([0.337, 0.336], whole=0.67)
    [0.34, 0.33]
    >>> [percent(share) for share in as_parts([0.334, 0.334, 0.332])], percent(0.334)
    (['34%', '33%', '33%'], '33%')
    """
    shares = [float(share) for share in shares]
    if any(math.isnan(share) for share in shares):
        return shares
    little = LITTLE / 10.0 ** (places + 2)
    hundred = None if whole is None else 100 * whole
    held = parts([100 * share for share in shares], places, hundred)
    return [
        _off_the_ends(share, part / 100, little) for share, part in zip(shares, held, strict=True)
    ]


def _off_the_ends(share: float, part: float, little: float) -> float:
    """The shown part of 1 for a share, moved a little off 0 or 1 if the share itself is neither."""
    if part == 0:
        return min(share, little)
    return max(share, 1 - little) if part == 1 else part


def _shown(share: float, part: float, places: int, unit: str | None = None) -> str:
    """A share as text, given the part of 100 that is shown for it."""
    unit = _SIGNS.get().percent if unit is None else unit
    least = 10.0**-places
    if part == 0 and share > NOTHING:
        return f"<{fixed(least, places)}{unit}"
    if part == 100 and share < 1 - NOTHING:
        return f">{fixed(100 - least, places)}{unit}"
    if part in (0, 100):
        places = 0
    return f"{fixed(part, places)}{unit}"


def _largest(rests: list[float], count: int, noise: float) -> list[int]:
    """The positions of the `count` largest remainders; equal ones (within noise) in their order."""
    if count <= 0:
        return []
    last = sorted(rests, reverse=True)[count - 1]
    clear = [at for at, rest in enumerate(rests) if rest > last + noise]
    equal = [at for at, rest in enumerate(rests) if abs(rest - last) <= noise]
    return [*clear, *equal][:count]


def _units(number: float, places: int, share: float = 0.5) -> int:
    """The size of a number in whole units of its last place.

    share: the fraction of a unit that makes one more, less rounding noise. A number of 2^53 or more
    is whole.
    """
    number = abs(number)
    if number >= WHOLE:
        units: int = int(number) * 10**places
        return units
    size = number * 10.0**places
    whole = math.floor(size)
    noise = min(NOISE * size, MOST_NOISE)
    rest = size - whole
    return whole + (rest >= share - noise if share else rest > noise)


def _power(number: float) -> int:
    """The power of ten of a number's first digit, after rounding noise: 9.9999999999 gives 1."""
    return int(f"{abs(number):.9e}".partition("e")[2])


def _written(units: int, places: int, grouped: bool) -> str:
    """Whole units of the last place as a decimal number."""
    text = str(units).rjust(places + 1, "0")
    whole = text[: len(text) - places]
    rest = text[len(text) - places :]
    return (f"{int(whole):,}" if grouped else whole) + (f".{rest}" if places else "")


def with_signs(text: str) -> str:
    """Return a number of plain text as the present language writes it.

    >>> with_signs("1250.5")
    '1250.5'
    """
    signs = _SIGNS.get()
    whole, point, rest = text.partition(".")
    return whole.replace(",", signs.group) + (signs.point if point else "") + rest


def _bare(text: str) -> str:
    """A decimal number without zeros at its end."""
    return text.rstrip("0").rstrip(".") if "." in text else text
