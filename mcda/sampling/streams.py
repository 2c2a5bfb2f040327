"""Random numbers by counting: number t of a stream is computed from t.

So any draw can be made again, alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

import numpy as np

from mcda.checks.faults import Fault, refuse

# the constants of SplitMix64: 2^64 over the golden ratio, and the two multipliers of its mixer
GOLDEN = 0x9E3779B97F4A7C15
FIRST_MIX = 0xBF58476D1CE4E5B9
SECOND_MIX = 0x94D049BB133111EB
RESOLUTION = 2.0**-32  # the width of a cell of 32 bits
# of single precision
DROPPED = 9  # of 32 bits: 23 are the digits of a float
ONE_BITS = 0x3F800000  # the bits of 1.0, beside which the digits are put
BELOW_ONE = 1 - 2.0**-24  # taken from a float between 1 and 2: the middle of its cell is left


def runs(first: int, count: int, longest: int) -> Iterator[tuple[int, int]]:
    """Cut a run of draws into shorter ones, (first, count) each: where it is cut changes no number.

    >>> list(runs(5, 7, longest=3))
    [(5, 3), (8, 3), (11, 1)]
    """
    for at in range(first, first + count, longest):
        yield at, min(longest, first + count - at)


def uniforms(seed: int, key: str, first: int, count: int, width: int = 1) -> np.ndarray:
    """Return uniform numbers (count, width) in the open interval (0, 1) from a stream.

    The rows are first, first + 1, ... of the stream. Row d depends on (seed, key, d) and the width
    alone: not on how many are asked for at once, by whom or where. A number has 32 bits, the middle
    of one of 2^32 cells. Raises InputError for a seed that isn't a whole number of at least 0.
    Source: SplitMix64, Steele, Lea and Flood (2014); its streams start where a 64-bit hash of
    (seed, key) says.

    >>> uniforms(2025, "unit_cost", first=8_123_456, count=2).round(4).tolist()
    [[0.315], [0.0296]]
    """
    check_counts(seed, first, count, width)
    start = np.array([stream(seed, key)], dtype=np.uint64)
    return fractions(bits(start, first * width, count * width)).reshape(count, width)


def stream(seed: int, key: str) -> int:
    """Return where the stream of a seed and a key starts: a hash of both, the same everywhere."""
    return int.from_bytes(blake2b(f"{seed}/{key}".encode(), digest_size=8).digest(), "little")


def words(starts: np.ndarray, first: int, count: int, out: np.ndarray | None = None) -> np.ndarray:
    """Return 64-bit words first, first + 1, ... of SplitMix64 streams, (streams, count).

    out (2, streams, count): memory to use.
    """
    mixed, shifted = np.empty((2, len(starts), count), dtype=np.uint64) if out is None else out
    np.add(
        starts[:, None],
        np.arange(first + 1, first + count + 1, dtype=np.uint64) * np.uint64(GOLDEN),
        out=mixed,
    )
    for shift, factor in ((30, FIRST_MIX), (27, SECOND_MIX), (31, 1)):
        np.right_shift(mixed, np.uint64(shift), out=shifted)
        mixed ^= shifted
        if factor > 1:
            mixed *= np.uint64(factor)
    return mixed


def bits(starts: np.ndarray, first: int, count: int) -> np.ndarray:
    """Return 32-bit numbers first, first + 1, ... of streams, (streams, count).

    Number t is a half of word t // 2.
    """
    return halves(words(starts, *pairs(first, count)))[:, first % 2 :][:, :count]


def pairs(first: int, count: int) -> tuple[int, int]:
    """Return the first word of a run of 32-bit numbers, and how many words hold it."""
    return first // 2, (first + count + 1) // 2 - first // 2


def halves(mixed: np.ndarray) -> np.ndarray:
    """Return words as 32-bit numbers: the low half of a word comes first."""
    return mixed.astype("<u8", copy=False).view("<u4")


def fractions(numbers: np.ndarray) -> np.ndarray:
    """Return 32-bit numbers as floats in the open interval (0, 1): each the middle of its cell.

    The result is exact.
    """
    return (numbers + 0.5) * RESOLUTION


def single_fractions(numbers: np.ndarray) -> np.ndarray:
    """Return 32-bit numbers as single-precision floats in the open interval (0, 1).

    They are odd multiples of 2^-24, exact: the first 23 bits become the digits of a float from 1 to
    2, less almost 1, without conversion or rounding. The numbers' own memory is used.
    """
    numbers >>= np.uint32(DROPPED)
    numbers |= np.uint32(ONE_BITS)
    fraction = numbers.view(np.float32)
    fraction -= np.float32(BELOW_ONE)
    return fraction


def check_counts(seed: int, first: int, count: int, width: int = 1) -> None:
    """Refuse a seed that is no seed, and draws that can't be counted."""
    at_least = {"first draw": (first, 0), "number of draws": (count, 0), "width": (width, 1)}
    faults = seed_faults(seed)
    for name, (number, least) in at_least.items():
        if not _whole(number) or number < least:
            faults.append(Fault(name, f"a whole number of at least {least}", repr(number)))
    refuse(faults)


def seed_faults(seed: object) -> list[Fault]:
    """Return the fault of a seed that isn't a whole number of at least 0, as numpy wants it too.

    >>> seed_faults(0), str(seed_faults(-1)[0])
    ([], 'seed: expected a whole number of at least 0, found -1')
    """
    if _whole(seed) and seed >= 0:  # type: ignore[operator]
        return []
    return [Fault("seed", "a whole number of at least 0", repr(seed))]


def _whole(number: object) -> bool:
    return isinstance(number, int | np.integer) and not isinstance(number, bool)
