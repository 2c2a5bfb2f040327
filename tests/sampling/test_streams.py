"""Random numbers by counting: the published generator, any cut of a stream, and what isn't a seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.sampling.streams import bits, single_fractions, stream, uniforms, words


def test_words_are_those_of_the_published_generator():
    """SplitMix64 from seed 1234567, as its authors' program prints it."""
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    assert words(np.array([1234567], dtype=np.uint64), 0, 4)[0].tolist() == published


def test_a_number_is_a_half_of_a_word():
    """Two 32-bit numbers from each word, the low half first: what a compiled kernel must read too."""
    word = words(np.array([9], dtype=np.uint64), 5, 1)[0, 0]
    assert bits(np.array([9], dtype=np.uint64), 10, 2)[0].tolist() == [
        int(word) & 0xFFFFFFFF,
        int(word) >> 32,
    ]


def test_single_fractions_stay_in_the_open_interval():
    """The least and the most of 32 bits, and what is left to 1: exact, never 0, 1 or a multiple of 2^-23."""
    u = single_fractions(np.array([0, 2**31, 2**32 - 1], dtype=np.uint32))
    assert u.dtype == np.float32
    assert u.tolist() == [2**-24, 0.5 + 2**-24, 1 - 2**-24]
    assert (1 - u).tolist() == [1 - 2**-24, 0.5 - 2**-24, 2**-24]


@given(
    first=st.integers(0, 2**40),
    count=st.integers(0, 50),
    cut=st.integers(0, 50),
    width=st.integers(1, 4),
)
def test_any_cut_gives_the_same_rows(first, count, cut, width):
    """A row depends on its number alone: asked for together, apart, or one by one."""
    whole = uniforms(0, "key", first, count + cut, width)
    parts = [uniforms(0, "key", first, count, width), uniforms(0, "key", first + count, cut, width)]
    assert whole.shape == (count + cut, width)
    assert (whole == np.concatenate(parts)).all()
    assert all(
        (uniforms(0, "key", first + d, 1, width)[0] == whole[d]).all()
        for d in range(0, count + cut, 17)
    )


def test_streams_of_other_seeds_and_keys_differ():
    """Seed 0 is a seed like any other; "1/2" and "12" are two things."""
    starts = {
        stream(seed, key) for seed in (0, 1, -1, 12, 2**70) for key in ("", "a", "b", "2/a", "/a")
    }
    assert len(starts) == 25
    assert not (uniforms(0, "a", 0, 100) == uniforms(1, "a", 0, 100)).any()


def test_numbers_are_uniform_and_inside_the_open_interval():
    """Mean, variance, neighbours and pairs of streams of a million numbers, within five standard errors."""
    n = 1_000_000
    numbers = uniforms(2025, "uniform", 0, n, 2)
    assert 0 < numbers.min() < 1e-5 and 1 - 1e-5 < numbers.max() < 1
    assert np.abs(numbers.mean(axis=0) - 0.5).max() < 5 * np.sqrt(1 / 12 / n)
    assert np.abs(numbers.var(axis=0) - 1 / 12).max() < 5 * np.sqrt(1 / 180 / n)
    assert abs(np.corrcoef(numbers.T)[0, 1]) < 5 / np.sqrt(n)
    assert abs(np.corrcoef(numbers[:-1, 0], numbers[1:, 0])[0, 1]) < 5 / np.sqrt(n)
    counts = np.bincount((numbers.ravel() * 1000).astype(int), minlength=1000)
    assert ((counts - 2 * n / 1000) ** 2).sum() / (2 * n / 1000) < 999 + 5 * np.sqrt(2 * 999)


@pytest.mark.parametrize("seed", [None, True, 1.0, "1", -1])
def test_what_is_no_seed_is_refused(seed):
    """A seed is a whole number of at least 0 that the caller gives; one rule for every part that draws."""
    with pytest.raises(mcda.InputError, match="seed: expected a whole number of at least 0, found"):
        uniforms(seed, "key", 0, 1)


def test_every_bad_count_is_named():
    """All faults at once."""
    with pytest.raises(mcda.InputError) as caught:
        uniforms(0, "key", -1, -2, 0)
    assert [fault.where for fault in caught.value.faults] == [
        "first draw",
        "number of draws",
        "width",
    ]
