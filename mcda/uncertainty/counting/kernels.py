"""Compiled counting for many draws of a bare matrix: the same sums as numpy's, many times faster.

Floating point is strict throughout (no fastmath), so every draw has the bits that numpy gives it; a
test proves it. Draws lie side by side in `LANES`, the last axis: each line of a loop is one vector
instruction for sixteen draws. The module is imported only where the work repays the time to start
the compiler.
"""

from __future__ import annotations

import math

import numpy as np
from llvmlite import ir
from numba import float32, float64, int32, int64, njit, types, uint32, uint64
from numba.extending import intrinsic

from mcda.sampling.simplex import LOG_2, SINGLE
from mcda.sampling.streams import BELOW_ONE, DROPPED, FIRST_MIX, GOLDEN, ONE_BITS, SECOND_MIX
from mcda.uncertainty.counting.tally import BLOCK, FIXED, SHARE, SINGLE_TOLERANCE

LANES = BLOCK  # long loops repay their start, and a block stays in the second-level cache
WAYS = 4  # additions that need not wait for each other
ROW = LANES + 16  # rows a power of two apart would take each other's places in the cache
STRICT = {
    "fastmath": False,
    "error_model": "numpy",
    "nogil": True,
    "cache": True,
    "boundscheck": False,
}
# the steps of SplitMix64
G = np.uint64(GOLDEN)
C1 = np.uint64(FIRST_MIX)
C2 = np.uint64(SECOND_MIX)
# single-precision numbers: a literal would be read as double precision
ZERO = np.float32(0)
HALF = np.float32(0.5)
ONE = np.float32(1)
BELOW = np.float32(BELOW_ONE)
# what the logarithm of a single-precision number is made of
ROOT_OF_HALF = np.uint32(SINGLE.root_of_half)
MANTISSA = SINGLE.mantissa
LOG2 = np.float32(LOG_2)
SERIES = tuple(np.float32(factor) for factor in SINGLE.series)
TOLERANCE = np.float32(SINGLE_TOLERANCE)


def _read_as(read: types.Type, written: types.Type, kind: ir.Type):  # type: ignore[no-untyped-def]
    @intrinsic
    def read_as(typing, given):
        return read(written), lambda context, builder, signature, values: builder.bitcast(
            values[0], kind
        )

    return read_as


as_float = _read_as(types.float32, types.uint32, ir.FloatType())
as_bits = _read_as(types.uint32, types.float32, ir.IntType(32))
as_long_bits = _read_as(types.uint64, types.float64, ir.IntType(64))


def _pick(name: str):  # type: ignore[no-untyped-def]
    @intrinsic
    def pick(typing, one, other):
        def code(context, builder, signature, given):
            kind = given[0].type
            function = builder.module.declare_intrinsic(
                name, [kind], ir.FunctionType(kind, [kind] * 2)
            )
            return builder.call(function, given, fastmath=("nnan", "nsz"))

        return types.float32(types.float32, types.float32), code

    return pick


@intrinsic
def choose(typing, condition, one, other):
    """Choose by a mask, without a branch.

    From a branch the compiler would compute both sides anyway, roots included.
    """
    return types.float32(
        types.boolean, types.float32, types.float32
    ), lambda context, builder, signature, given: builder.select(*given)


# a comparison would become masked stores: 3 times slower
larger = _pick("llvm.maxnum")
smaller = _pick("llvm.minnum")


@njit(**STRICT)
def mix(start, first, steps, out):
    """Write the SplitMix64 words of a stream that hold a block of draws, two draws to a word.

    The block starts at an even draw. The steps from word to word are read: the compiler would
    multiply them again, which takes longer.
    """
    z0 = start + (uint64(first >> 1) + uint64(1)) * G
    for pair in range(LANES // 2):
        z = z0 + steps[pair]
        z = (z ^ (z >> uint64(30))) * C1
        z = (z ^ (z >> uint64(27))) * C2
        out[pair] = z ^ (z >> uint64(31))


@njit(**STRICT)
def fraction(number):
    """Return 32 bits as a float in (0, 1), as `counter.single_fractions` does."""
    return as_float(uint32(number >> uint32(DROPPED)) | uint32(ONE_BITS)) - BELOW


@njit(**STRICT)
def minus_log(u):
    """Return -log(u), step by step as `simplex.minus_log` does."""
    whole = as_bits(u)
    exponent = int32(whole - ROOT_OF_HALF) >> int32(MANTISSA)
    m = as_float(uint32(whole - (uint32(exponent) << uint32(MANTISSA))))
    s = (m - ONE) / (m + ONE)
    z = s * s
    series = SERIES[0]
    for factor in SERIES[1:]:
        series = series * z + factor
    return -(float32(exponent) * LOG2 + series * s)


@njit(**STRICT)
def quantile(u, share, rise, fall, at_rise, at_fall, middle):
    """Return the triangular number of a uniform one, by one root."""
    left = u < share
    root = math.sqrt(choose(left, u, ONE - u))
    return choose(left, rise, -fall) * root + choose(left, -at_fall, at_rise) + middle


@njit(**STRICT)
def triangular(numbers, cell, base, out, top, bottom, norm):
    """Write triangular numbers less the base, and carry the extremes and the sum of squares.

    The extremes are the largest and the smallest number; squares are summed as whole numbers.
    """
    share = cell[0]
    rise = cell[1]
    fall = cell[2]
    at_rise = cell[3]
    at_fall = cell[4]
    middle = cell[5]
    for b in range(LANES):
        x = quantile(fraction(numbers[b]), share, rise, fall, at_rise, at_fall, middle)
        out[b] = x
        top[b] = larger(top[b], x)
        bottom[b] = smaller(bottom[b], x)
        norm[b] += (x + base) * (x + base)


@njit(**STRICT)
def distances(x, best, worst, scale, near, far):
    """Add one criterion's squared distances to the ideal and the anti-ideal."""
    for b in range(LANES):
        gap = x[b] - best[b]
        near[b] += gap * gap * scale[b]
        gap = x[b] - worst[b]
        far[b] += gap * gap * scale[b]


@njit(**STRICT)
def closeness(near, far):
    """Turn squared distances into closeness, in the place of `far`."""
    for b in range(LANES):
        to_best = math.sqrt(near[b])
        to_worst = math.sqrt(far[b])
        total = to_best + to_worst
        far[b] = to_worst / total if total > ZERO else HALF


@njit(**STRICT)
def compare(one, other, one_ahead, other_ahead):
    """Count which of two options is ahead by more than the tie tolerance, in 32 bits.

    This sorts nothing, and the wins cost no extra work.
    """
    above = int32(0)
    below = int32(0)
    for b in range(LANES):
        lead = one[b] - other[b]
        up = int32(lead > TOLERANCE)
        down = int32(lead < -TOLERANCE)
        other_ahead[b] += up
        one_ahead[b] += down
        above = int32(above + up)
        below = int32(below + down)
    return above, below


@njit(**STRICT)
def whole_number(x):
    """Return a float below 2^51 rounded to the nearest whole number.

    It is read from the bits of the sum with 1.5 * 2^52.
    """
    return int64(as_long_bits(x + 6755399441055744.0) - uint64(0x4338000000000000))


@njit(**STRICT)
def moments(score):
    """Return the sums of scores and of their squares as whole numbers of 2^-30."""
    total = int64(0)
    square = int64(0)
    for b in range(LANES):
        x = float64(score[b])
        total += whole_number(x * FIXED)
        square += whole_number(x * x * FIXED)
    return total, square


@njit(**STRICT)
def draw_weights(starts, first, steps, words, numbers, weights, shares, total):
    """Write the weights of a block, (n, lanes), in both precisions.

    They are exponential numbers, divided by their sum.
    """
    total[:] = ZERO
    for j in range(len(starts)):
        mix(starts[j], first, steps, words)
        for b in range(LANES):
            weights[j, b] = minus_log(fraction(numbers[b]))
            total[b] += weights[j, b]
    for j in range(len(starts)):
        for b in range(LANES):
            weights[j, b] /= total[b]
            shares[j, b] = float64(weights[j, b])


@njit(**STRICT)
def score_block(cells, starts, base, signs, first, steps, words, numbers, weights, carried, table):
    """Write every option's closeness in a block of draws, the last of (3, m, lanes)."""
    n, m = starts.shape
    top = carried[0]
    bottom = carried[1]
    norm = carried[2]
    x = table[0]
    near = table[1]
    far = table[2]
    near[:] = ZERO
    far[:] = ZERO
    for j in range(n):
        top[:] = -np.inf
        bottom[:] = np.inf
        norm[:] = ZERO
        for i in range(m):
            mix(starts[j, i], first, steps, words)
            triangular(numbers, cells[:, j, i], base[j], x[i], top, bottom, norm)
        for b in range(LANES):
            norm[b] = weights[j, b] * weights[j, b] / (norm[b] if norm[b] > ZERO else ONE)
        best, worst = (top, bottom) if signs[j] > 0 else (bottom, top)
        for i in range(m):
            distances(x[i], best, worst, norm, near[i], far[i])
    for i in range(m):
        closeness(near[i], far[i])


@njit(**STRICT)
def best_first(b, scores, order):
    """Write the options of a draw in the order of their scores, equals in that of the options."""
    for i in range(len(scores)):
        at = i
        while at > 0 and scores[order[at - 1], b] < scores[i, b]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = i


@njit(**STRICT)
def add_tied_draw(b, scores, weights, order, sums):
    """Count a draw with ties: near neighbours share their ranks and the first rank's weights."""
    best_first(b, scores, order)
    m = len(scores)
    start = 0
    while start < m:
        end = start + 1
        while end < m and scores[order[end - 1], b] - scores[order[end], b] <= TOLERANCE:
            end += 1
        add_tied_group(b, scores, order[start:end], start, sums)
        if start == 0:
            for at in range(end):
                for j in range(len(weights)):
                    sums[2][order[at], j] += int64(weights[j, b] * FIXED / end)
                    sums[3][order[at], j] += int64(weights[j, b] * weights[j, b] * FIXED / end)
        start = end


@njit(**STRICT)
def add_tied_group(b, scores, group, start, sums):
    """Share the ranks of a group from `start` on; pairs in it no longer count as wins."""
    ranks = sums[0]
    wins = sums[1]
    size = len(group)
    for i in group:
        member = 0
        for k in group:
            member += int64(k < i)
            wins[i, k] -= int64(scores[i, b] - scores[k, b] > TOLERANCE)
        for step in range(size):
            ranks[i, start + step] += SHARE // size + (SHARE % size if member == step else 0)


@njit(**STRICT)
def count_pairs(scores, ahead, wins):
    """Count wins and how many options are ahead of each in each draw.

    Returns how many pairs are decided in all.
    """
    m = len(scores)
    decided = 0
    ahead[:] = 0
    for i in range(m):
        for k in range(i + 1, m):
            above, below = compare(scores[i], scores[k], ahead[i], ahead[k])
            wins[i, k] += above
            wins[k, i] += below
            decided += above + below
    return decided


@njit(**STRICT)
def add_row(row, total):
    """Add a row to a total."""
    for b in range(LANES):
        total[b] += row[b]


@njit(**STRICT)
def count_ties(scores, shares, ahead, decided, sums):
    """Count the draws with ties by themselves, and take them out: no option is then at a rank."""
    m = len(scores)
    order = np.empty(len(scores), np.int64)
    decided[:] = 0
    for i in range(m):
        add_row(ahead[i], decided)
    for b in range(LANES):
        if decided[b] < m * (m - 1) // 2:
            add_tied_draw(b, scores, shares, order, sums)
            ahead[:, b] = m


@njit(**STRICT)
def count_ranks(ahead, counts):
    """Count the draws in which so many are ahead, `WAYS` draws apart.

    In this way no addition waits for the one before.
    """
    for b in range(0, LANES, WAYS):
        for way in range(WAYS):
            counts[uint64(ahead[b + way]) * uint64(WAYS) + uint64(way)] += 1


@njit(**STRICT)
def mark(ahead, option, first):
    """Write an option where nobody is ahead of it."""
    for b in range(LANES):
        first[b] = option if ahead[b] == int32(0) else first[b]


@njit(**STRICT)
def whole_parts(share, once, squared):
    """Write a weight and its square as whole numbers of 2^-30."""
    for b in range(LANES):
        once[b] = int64(share[b] * FIXED)
        squared[b] = int64(share[b] * share[b] * FIXED)


@njit(**STRICT)
def add_to_first(first, once, squared, firsts, squares):
    """Add to the sums of each draw's first option, `WAYS` draws apart."""
    for b in range(0, LANES, WAYS):
        for way in range(WAYS):
            at = uint64(first[b + way]) * uint64(WAYS) + uint64(way)
            firsts[at] += once[b + way]
            squares[at] += squared[b + way]


@njit(**STRICT)
def count_firsts(ahead, shares, first, parts, firsts):
    """Add the weights of each draw, and their squares, to those of its first option.

    The first option is m where there is none.
    """
    m = len(ahead)
    first[:] = m
    for i in range(m):
        mark(ahead[i], int32(i), first)
    for j in range(len(shares)):
        whole_parts(shares[j], parts[0], parts[1])
        add_to_first(first, parts[0], parts[1], firsts[0, j], firsts[1, j])


@njit(**STRICT)
def count_block(scores, shares, ahead, first, parts, sums, settled):
    """Count a block of draws.

    Ties and wins go into the sums, the rest into what is `WAYS` draws apart.
    """
    m = len(scores)
    if count_pairs(scores, ahead, sums[1]) < LANES * (m * (m - 1) // 2):
        count_ties(scores, shares, ahead, first, sums)
    for i in range(m):
        total, square = moments(scores[i])
        sums[4][0, i] += total
        sums[4][1, i] += square
        count_ranks(ahead[i], settled[0][i])
    count_firsts(ahead, shares, first, parts, settled[1])


@njit(**STRICT)
def count_table(first, count, cells, starts, base, signs, weight_starts, fixed_weights):
    """Count draws of a bare matrix by textbook TOPSIS.

    Counted are ranks, wins, weights of the first options with their squares, and moments. The
    matrix is that of `single_precision.BareMatrix`; weight_starts (n,) is where the random streams
    begin, or empty with one weight vector. `first` is even, `count` is whole blocks. What draws
    without ties add to ranks and weights is kept apart: counts (m, (m + 1) * ways), and weights
    with their squares (2, n, (m + 1) * ways).
    """
    n, m = starts.shape
    sums = (
        np.zeros((m, m), np.int64),  # ranks
        np.zeros((m, m), np.int64),  # wins
        np.zeros((m, n), np.int64),  # weights
        np.zeros((m, n), np.int64),  # squares of weights
        np.zeros((2, m), np.int64),  # moments
    )
    # the last of m + 1: draws with ties
    settled = (
        np.zeros((m, (m + 1) * WAYS), np.int64),
        np.zeros((2, n, (m + 1) * WAYS), np.int64),
    )
    steps = np.arange(LANES // 2).astype(np.uint64) * G
    words = np.empty(LANES // 2, np.uint64)
    numbers = words.view(np.uint32)  # the low half of a word comes first
    weights = np.empty((n, ROW), np.float32)
    shares = np.empty((n, ROW))
    carried = np.empty((4, ROW), np.float32)
    table = np.empty((3, m, ROW), np.float32)
    ahead = np.empty((m, ROW), np.int32)
    chosen = np.empty(LANES, np.int32)
    parts = np.empty((2, LANES), np.int64)
    for j in range(len(fixed_weights)):
        weights[j, :] = fixed_weights[j]
        shares[j, :] = fixed_weights[j]
    for at in range(first, first + count, LANES):
        if len(weight_starts):
            draw_weights(weight_starts, at, steps, words, numbers, weights, shares, carried[3])
        score_block(cells, starts, base, signs, at, steps, words, numbers, weights, carried, table)
        count_block(table[2], shares, ahead, chosen, parts, sums, settled)
    return sums, settled
