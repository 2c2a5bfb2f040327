"""Saaty's words and numbers are each other's inverse; fractions are exact."""

from fractions import Fraction

import numpy as np
import pytest

from mcda import InputError
from mcda.preferences.pairwise.saaty_scale import WORDS, in_words, moved, ratio_of

SCALE = [Fraction(1, k) for k in range(9, 1, -1)] + [Fraction(k) for k in range(1, 10)]


@pytest.mark.parametrize("ratio", SCALE, ids=str)
def test_words_map_both_ways(ratio):
    """Each of the seventeen judgements of the scale has words of its own."""
    assert ratio_of(in_words(ratio)) == ratio == ratio_of(in_words(float(ratio)))
    assert in_words(ratio).removeprefix("inverse ") in WORDS


def test_what_lies_between_is_about():
    """A group's mean has words, which can't be read back as a number."""
    assert in_words(4.8) == "about strong" and in_words(1 / 4.8) == "about inverse strong"
    assert in_words(20) == "about extreme" and in_words(1.2) == "about equal"
    with pytest.raises(InputError, match="expected a ratio such as 3 or 1/3, found 'about strong'"):
        ratio_of("about strong")


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("1/3", Fraction(1, 3)),
        (" 2 / 7 ", Fraction(2, 7)),
        ("0.1", Fraction(1, 10)),
        ("1e2", 100),
        ("Very  strong", 7),
    ],
)
def test_text_is_read_exactly(text, ratio):
    """No rounding on the way."""
    assert ratio_of(text) == ratio


@pytest.mark.parametrize(
    "bad", ["", "three", "1/0", "1/2/3", "1e999", "1e-999999999", "nan", "-3", True, None, [2]]
)
def test_what_is_no_ratio_is_refused_at_once(bad):
    """Also where a number would take for ever to write out."""
    with pytest.raises(InputError, match="judgement: expected a ratio"):
        ratio_of(bad)


def test_steps_go_along_the_scale():
    """From any step to the next, through 1, never beyond an end."""
    scale = np.array([float(ratio) for ratio in SCALE])
    np.testing.assert_allclose(moved(scale, np.ones(17)), [*scale[1:], 9])
    np.testing.assert_allclose(moved(scale, -np.ones(17)), [1 / 9, *scale[:-1]])
    np.testing.assert_allclose(moved(np.array([2.5, 20.0]), np.array([1, 1])), [3.5, 20])


@pytest.mark.parametrize(
    ("date", "ratio", "number"),
    [
        ("2026-03-01", "1/3", "0.3333"),
        ("2026-01-03", "1/3", "0.3333"),
        ("2026-09-07T00:00:00", "7/9", "0.7778"),
        ("01.05.2026", "1/5", "0.2000"),
    ],
)
def test_a_date_was_a_ratio_once(date, ratio, number):
    """A spreadsheet made it; the error says of what, and the number it asks for is read."""
    with pytest.raises(InputError) as refused:
        ratio_of(date)
    assert str(refused.value).endswith(f"a date; Excel made a date of {ratio}; write {number}")
    assert float(ratio_of(number)) == pytest.approx(float(Fraction(ratio)), abs=1e-4)
