"""What is shown is rounded once, by one rule: the last bit of a number never shows, and parts of a whole add up."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mcda.checks.significant_digits import (
    digits,
    fixed,
    parts,
    percent,
    percents,
    places_of,
    plain,
    rounded,
)

ANY = st.floats(-1e8, 1e8, allow_nan=False, allow_subnormal=False)
SHARES = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


def beside(number, bits):
    """A number so many last bits away."""
    for _ in range(abs(bits)):
        number = np.nextafter(number, math.copysign(np.inf, bits))
    return float(number)


@pytest.mark.parametrize("places", [0, 1, 2, 3])
@pytest.mark.parametrize("bits", [-40, -1, 1, 40])
def test_a_wrong_last_bit_never_shows(places, bits):
    """A half, and the numbers some last bits beside it, are shown alike: 12.5 as 13, whatever summed it."""
    for whole in (0, 1, 2, 12, 144, 99_999):
        half = (whole + 0.5) / 10**places
        right = fixed((whole + 1) / 10**places, places)
        assert fixed(half, places) == fixed(beside(half, bits), places) == right
        assert fixed(-half, places) == fixed(beside(-half, bits), places) == f"-{right}"
        assert rounded(beside(half, bits), places) == float(right)


def test_the_percent_of_the_workshop_is_one_number():
    """12.5 percent, summed in any order, by any processor: 13 alone, 13 and 12 among parts of a whole."""
    low = 0.12499999999999997
    assert percent(low) == percent(0.125) == "13%"
    assert percents([0.25, low, 0.125, 0.25, 0.25]) == ["25%", "13%", "12%", "25%", "25%"]
    assert percents([0.25, 0.125, low, 0.25, 0.25]) == ["25%", "13%", "12%", "25%", "25%"]


def test_half_is_away_from_zero():
    """As on paper: 0.5, 1.5 and 2.5 are 1, 2 and 3; 2.675 is 2.68 though the machine holds a little less."""
    assert [fixed(number) for number in (0.5, 1.5, 2.5, -0.5, -2.5)] == ["1", "2", "3", "-1", "-3"]
    assert (fixed(2.675, 2), fixed(1.005, 2), fixed(0.285, 2)) == ("2.68", "1.01", "0.29")


@given(ANY, st.integers(0, 6))
@example(0.1 + 0.2, 1)
@example(999_999.9999999999, 2)
def test_away_from_halves_it_is_the_nearest_decimal(number, places):
    """What is shown is the nearest decimal number; only within noise of a half may the other neighbour be taken."""
    unit, exact = Decimal(1).scaleb(-places), Decimal(number)
    shown = Decimal(fixed(number, places))
    off = abs(shown - exact) / unit
    assert off <= Decimal("0.5") + Decimal("0.001")
    if off < Decimal("0.499"):
        assert shown == exact.quantize(unit, ROUND_HALF_UP)
    assert "-" not in fixed(number, places) or shown < 0


@given(ANY.filter(lambda number: abs(number) > 1e-9), st.integers(1, 6))
def test_down_and_up_hold_the_number_between_them(number, count):
    """Down is never above and up never below the number, but for rounding noise; the nearest is one of the two."""
    down, near, up = (
        float(text.replace(",", ""))
        for text in (
            digits(number, count, down=True),
            digits(number, count),
            digits(number, count, up=True),
        )
    )
    noise = 1e-8 * abs(number)
    assert down <= number + noise and number - noise <= up and near in (down, up)


def test_down_and_up_keep_what_is_on_the_mark():
    """0.29 times 100 is 28.999999999999996: both ways it stays 0.29."""
    assert digits(0.29, 2, down=True) == digits(0.29, 2, up=True) == "0.29"
    assert (digits(32.401, up=True), digits(28.157, down=True)) == ("32.5", "28.1")


def test_digits_that_count_are_counted_after_rounding():
    """9.96 with two digits is 10, not 10.0, and 99.99999999999999 is 100."""
    assert (
        places_of(9.96, 2),
        digits(9.96, 2),
        places_of(99.99999999999999, 3),
        digits(99.99999999999999),
    ) == (
        0,
        "10",
        0,
        "100",
    )


@given(SHARES, st.integers(0, 2))
def test_parts_of_a_whole_add_up(counts, places):
    """Shown shares of a whole add up to 100, each within one unit of its share; equal shares stay in their order."""
    whole = sum(counts)
    shown = parts([100 * count / whole for count in counts], places)
    assert round(sum(shown) * 10**places) == 100 * 10**places
    for count, part in zip(counts, shown, strict=True):
        assert abs(Fraction(100 * count, whole) - Fraction(part)) < Fraction(
            1, 10**places
        ) * Fraction("1.000001")
    for first in range(len(counts)):
        for second in range(first + 1, len(counts)):
            assert counts[first] != counts[second] or shown[first] >= shown[second]
            assert counts[first] <= counts[second] or shown[first] >= shown[second]


@given(SHARES, st.integers(0, 2**32))
def test_parts_do_not_hang_on_last_bits(counts, seed):
    """Noise in the last bits of the shares leaves every shown part where it is."""
    shares = np.array(counts, dtype=float) / sum(counts)
    noisy = shares * (1 + np.random.default_rng(seed).uniform(-1e-14, 1e-14, len(shares)))
    assert percents(shares) == percents(noisy)


def test_parts_of_a_difference_add_up():
    """Gains and losses too: what is shown of a lead adds up to the lead that is shown."""
    gains = [3.449, -1.249, 0.35, -0.05]
    assert parts(gains, 1) == [3.4, -1.2, 0.4, -0.1]
    assert sum(parts(gains, 1)) == pytest.approx(rounded(sum(gains), 1)) == 2.5


def test_what_happened_is_never_none_and_what_is_not_all_never_all():
    """<1% counts as 0 in the sum and >99% as 100; both only where something is, or isn't all."""
    assert percents([0.004] * 3 + [0.988]) == ["1%", "<1%", "<1%", "99%"]
    assert percents([0.996, 0.004, 0.0]) == [">99%", "<1%", "0%"]
    assert percents([1.0, 0.0]) == ["100%", "0%"]
    assert percents([1 - 1e-16, 1e-17]) == ["100%", "0%"], "rounding noise is no event"
    assert (percent(0.004), percent(0.996), percent(1e-10), percent(0.9996, 1)) == (
        "<1%",
        ">99%",
        "<1%",
        ">99.9%",
    )


def test_a_typed_number_is_shown_as_typed():
    """What somebody wrote comes back as written, with no binary tail."""
    for text in ("0.1", "33", "1500000", "0.00012", "-2.5", "30", "123456"):
        assert plain(float(text)) == text
    assert (plain(0.1 + 0.2, 12), plain(1e300), plain(-1e-300), plain(float("inf"))) == (
        "0.3",
        "1e+300",
        "-1e-300",
        "inf",
    )


def test_very_large_numbers_are_whole():
    """No overflow, no noise beyond 2^53."""
    assert fixed(1e308, 2) == str(int(1e308)) + ".00"
    assert fixed(2.0**53 + 2, 0, grouped=True) == "9,007,199,254,740,994"
