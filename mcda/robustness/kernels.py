"""Compiled counting for many draws of the built-in methods: the same whole numbers as numpy's, many times faster.

Strict floating point throughout (no fastmath), so every draw has the bits that numpy gives it; a test proves it. Draws
lie side by side in `LANES`, the last axis: each line of a loop is one vector instruction for several draws. Imported
only where the work repays the compiler's start.
"""

from __future__ import annotations

import math

import numpy as np
from llvmlite import ir
from numba import int64, njit, types, uint64
from numba.extending import intrinsic

from mcda.methods.ranks import TIE_TOLERANCE
from mcda.preferences.simplex import EXPONENT_BIAS, LOG_2, MANTISSA, SERIES
from mcda.problem.counter import FIRST_MIX, GOLDEN, RESOLUTION, SECOND_MIX
from mcda.robustness.tally import FIXED, SHARE

LANES = 256  # the working set of a block stays in the second-level cache
STRICT = {"fastmath": False, "error_model": "numpy", "nogil": True, "cache": True, "boundscheck": False}
HALF, LOW_HALF = LANES // 2, np.uint64(0xFFFFFFFF)
G, C1, C2 = np.uint64(GOLDEN), np.uint64(FIRST_MIX), np.uint64(SECOND_MIX)
BIAS, TEXTBOOK, ANCHORED, ADDITIVE = np.uint64(EXPONENT_BIAS), 0, 1, 2


@intrinsic
def as_float(typing, bits):
    """Read 64 bits as a float."""
    return types.float64(types.uint64), lambda context, builder, signature, given: builder.bitcast(
        given[0], ir.DoubleType()
    )


@intrinsic
def as_bits(typing, number):
    """Read a float as 64 bits."""
    return types.uint64(types.float64), lambda context, builder, signature, given: builder.bitcast(
        given[0], ir.IntType(64)
    )


def _pick(name):
    @intrinsic
    def pick(typing, one, other):
        def code(context, builder, signature, given):
            kind = given[0].type
            function = builder.module.declare_intrinsic(name, [kind], ir.FunctionType(kind, [kind] * 2))
            return builder.call(function, given, fastmath=("nnan", "nsz"))

        return types.float64(types.float64, types.float64), code

    return pick


larger, smaller = _pick("llvm.maxnum"), _pick("llvm.minnum")  # a comparison would become masked stores: 3 times slower


@njit(**STRICT)
def word(start, first, pair):
    """Return the SplitMix64 word of a stream that holds the pair of draws so many after an even one."""
    z = start + (uint64(first >> 1) + uint64(1)) * G + uint64(pair) * G
    z = (z ^ (z >> uint64(30))) * C1
    z = (z ^ (z >> uint64(27))) * C2
    return z ^ (z >> uint64(31))


@njit(**STRICT)
def fraction(half_word):
    """Return 32 bits as a float in (0, 1): 2^52 + r by its bits, less 2^52 - 1/2: no conversion instruction."""
    return (as_float(half_word | uint64(0x4330000000000000)) - 4503599627370495.5) * RESOLUTION


@njit(**STRICT)
def fill(start, first, out):
    """Write uniforms first, first + 1, ... of a stream: two 32-bit halves of each word, low half first.

    Even draws fill the first half of the lanes, odd ones the second: sums don't mind, and stores stay in a row.
    """
    for pair in range(HALF):
        z = word(start, first, pair)
        out[pair] = fraction(z & LOW_HALF)
        out[HALF + pair] = fraction(z >> uint64(32))


@njit(**STRICT)
def minus_log(u):
    """Return -log(u), step by step as `simplex.minus_log` does."""
    whole = as_bits(u)
    exponent = int64(whole - BIAS) >> int64(MANTISSA)
    m = as_float(whole - (uint64(exponent) << uint64(MANTISSA)))
    # the exponent becomes a float by its bits as well
    power = as_float(uint64(exponent + int64(2048)) | uint64(0x4330000000000000)) - 4503599627372544.0
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    series = SERIES[0]
    for factor in SERIES[1:]:
        series = series * z + factor
    return -(power * LOG_2 + s * series)


@njit(**STRICT)
def whole_number(x):
    """Return a float below 2^51 rounded to the nearest whole number, by the bits of its sum with 1.5 * 2^52."""
    return int64(as_bits(x + 6755399441055744.0) - uint64(0x4338000000000000))


@njit(**STRICT)
def quantile(u, share, rise, fall, low, high):
    """Return the triangular number of a uniform one, by one root."""
    left = u < share
    return (low if left else high) + (rise if left else -fall) * math.sqrt(u if left else 1.0 - u)


@njit(**STRICT)
def triangular(start, first, cell, out, top, bottom, norm):
    """Write triangular numbers of a stream, and carry the largest, the smallest and the sum of squares.

    Words are mixed in the same loop, for whole numbers are multiplied while roots are waited for.
    """
    share, rise, fall, low, high = cell[0], cell[1], cell[2], cell[3], cell[4]
    for pair in range(HALF):
        z = word(start, first, pair)
        x = quantile(fraction(z & LOW_HALF), share, rise, fall, low, high)
        y = quantile(fraction(z >> uint64(32)), share, rise, fall, low, high)
        odd = HALF + pair
        out[pair], out[odd] = x, y
        top[pair], top[odd] = larger(top[pair], x), larger(top[odd], y)
        bottom[pair], bottom[odd] = smaller(bottom[pair], x), smaller(bottom[odd], y)
        norm[pair] += x * x
        norm[odd] += y * y


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
        to_best, to_worst = math.sqrt(near[b]), math.sqrt(far[b])
        total = to_best + to_worst
        far[b] = to_worst / total if total > 0.0 else 0.5


@njit(**STRICT)
def compare(one, other, one_ahead, other_ahead):
    """Count who is ahead by more than the tie tolerance. No sort, and wins for nothing."""
    above, below = int64(0), int64(0)
    for b in range(LANES):
        up = int64(one[b] > other[b] + TIE_TOLERANCE)
        down = int64(other[b] > one[b] + TIE_TOLERANCE)
        other_ahead[b] += up
        one_ahead[b] += down
        above += up
        below += down
    return above, below


@njit(**STRICT)
def moments(score, total, square):
    """Add scores and their squares as whole numbers of 2^-30."""
    for b in range(LANES):
        total[b] += whole_number(score[b] * FIXED)
        square[b] += whole_number(score[b] * score[b] * FIXED)


@njit(**STRICT)
def draw_weights(starts, fixed, first, u, weights, total):
    """Write the weights of a block, (n, lanes): exponential numbers over their sum, or the holder's own."""
    n = len(weights)
    if len(starts) == 0:
        for j in range(n):
            weights[j, :] = fixed[j]
        return
    total[:] = 0.0
    for j in range(n):
        fill(starts[j], first, u)
        for b in range(LANES):
            weights[j, b] = minus_log(u[b])
            total[b] += weights[j, b]
    for j in range(n):
        for b in range(LANES):
            weights[j, b] /= total[b]


@njit(**STRICT)
def add_draw(b, ahead, weights, ranks, firsts, squares):
    """Count a draw without ties: every option's rank, and the weights of the first."""
    first = 0
    for i in range(len(ahead)):
        ranks[i, ahead[i, b]] += SHARE
        if ahead[i, b] == 0:
            first = i
    for j in range(len(weights)):
        firsts[first, j] += int64(weights[j, b] * FIXED)
        squares[first, j] += int64(weights[j, b] * weights[j, b] * FIXED)


@njit(**STRICT)
def add_tied_draw(b, scores, weights, ranks, wins, firsts, squares):
    """Count a draw with ties: near neighbours share, and pairs in a group no longer count as wins."""
    m = len(scores)
    order = np.argsort(-scores[:, b], kind="mergesort")
    start = 0
    while start < m:
        end = start + 1
        while end < m and scores[order[end - 1], b] - scores[order[end], b] <= TIE_TOLERANCE:
            end += 1
        size = end - start
        group = np.sort(order[start:end])
        for member in range(size):
            i = group[member]
            for step in range(size):
                ranks[i, start + step] += SHARE // size + (SHARE % size if member == step else 0)
                k = group[step]
                wins[i, k] -= int64(scores[i, b] > scores[k, b] + TIE_TOLERANCE)
            if start == 0:
                for j in range(len(weights)):
                    firsts[i, j] += int64(weights[j, b] * FIXED / size)
                    squares[i, j] += int64(weights[j, b] * weights[j, b] * FIXED / size)
        start = end


@njit(**STRICT)
def score_block(cells, starts, signs, first, weights, x, carried, near, far):
    """Write the closeness of every option in a block of draws, (m, lanes), by TOPSIS with vector normalisation."""
    n, m = starts.shape
    top, bottom, norm = carried[0], carried[1], carried[2]
    near[:] = 0.0
    far[:] = 0.0
    for j in range(n):
        top[:], bottom[:], norm[:] = -np.inf, np.inf, 0.0
        for i in range(m):
            triangular(starts[j, i], first, cells[:, j, i], x[i], top, bottom, norm)
        for b in range(LANES):
            norm[b] = weights[j, b] * weights[j, b] / (norm[b] if norm[b] > 0.0 else 1.0)
        best, worst = (top, bottom) if signs[j] > 0 else (bottom, top)
        for i in range(m):
            distances(x[i], best, worst, norm, near[i], far[i])
    for i in range(m):
        closeness(near[i], far[i])


@njit(**STRICT)
def count_block(scores, weights, ahead, decided, moment, sums):
    """Count a block of draws into the sums: a draw in which fewer pairs are decided than there are has ties."""
    ranks, wins, firsts, squares = sums
    m = len(scores)
    ahead[:] = 0
    decided[:] = 0
    for i in range(m):
        moments(scores[i], moment[0, i], moment[1, i])
        for k in range(i + 1, m):
            above, below = compare(scores[i], scores[k], ahead[i], ahead[k])
            wins[i, k] += above
            wins[k, i] += below
    for i in range(m):
        for b in range(LANES):
            decided[b] += ahead[i, b]
    for b in range(LANES):
        if decided[b] < m * (m - 1) // 2:
            add_tied_draw(b, scores, weights, ranks, wins, firsts, squares)
        else:
            add_draw(b, ahead, weights, ranks, firsts, squares)


@njit(**STRICT)
def count_table(first, count, cells, starts, signs, weight_starts, fixed_weights):
    """Count draws of a table of triangular cells by textbook TOPSIS: ranks, wins, first weights and squares, moments.

    cells (5, n, m): share below the mode, factors of the roots, low, high; starts (n, m) and weight_starts (n,) or
    none: where the random streams begin. `first` is even, `count` whole blocks.
    """
    n, m = starts.shape
    sums = (
        np.zeros((m, m), np.int64),
        np.zeros((m, m), np.int64),
        np.zeros((m, n), np.int64),
        np.zeros((m, n), np.int64),
    )
    moment = np.zeros((2, m, LANES), np.int64)
    u, carried, total = np.empty(LANES), np.empty((3, LANES)), np.empty(LANES)
    weights, x = np.empty((n, LANES)), np.empty((m, LANES))
    near, far = np.empty((m, LANES)), np.empty((m, LANES))
    ahead, decided = np.empty((m, LANES), np.int64), np.empty(LANES, np.int64)
    for at in range(first, first + count, LANES):
        draw_weights(weight_starts, fixed_weights, at, u, weights, total)
        score_block(cells, starts, signs, at, weights, x, carried, near, far)
        count_block(far, weights, ahead, decided, moment, sums)
    return sums, moment.sum(axis=2)
