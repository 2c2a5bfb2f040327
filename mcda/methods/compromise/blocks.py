"""Stacks of tables cut into blocks that stay in the cache, and what a pass over them sees.

The axis of criteria comes first, so that every step over a block is a long vector.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

# numbers in a table that took longer to make than the half second of the compiler's start
WORTH_COMPILING = 5e6
# numbers in a block: long enough to repay the calls made for it, short enough for the cache
CELLS = 2**16
# numbers of rows laid side by side: one long vector, and several of them fit the cache
SIDE_BY_SIDE = 2**10


def together(stack: np.ndarray) -> Iterator[slice]:
    """Go through tables (tables, m, n), as many at a time as fit the cache; compiled loops take all.

    >>> list(together(np.zeros((2, 3, 4))))
    [slice(0, 2, None)]
    """
    count, m, n = stack.shape
    step = max(1, CELLS // max(1, m * n))
    if worth_compiling(stack):
        step = count
    for first in range(0, count, step):
        yield slice(first, min(first + step, count))


def blocks(columns: np.ndarray) -> Iterator[slice]:
    """Go through the rows of columns (n, m, tables), as many at a time as a block holds.

    >>> list(blocks(np.zeros((4, 3, 2))))
    [slice(0, 3, None)]
    """
    n, m, count = columns.shape
    step = max(1, CELLS // (n * count))
    for first in range(0, m, step):
        yield slice(first, min(first + step, m))


class Memory:
    """Some arrays that every block uses again: new memory costs more than a step over it.

    >>> Memory(2).of(0, (3, 4)).shape
    (3, 4)
    """

    def __init__(self, arrays: int) -> None:
        self._held = [np.empty(0)] * arrays

    def of(self, at: int, shape: tuple[int, ...]) -> np.ndarray:
        """Return one of the arrays in a shape, with anything in it."""
        size = math.prod(shape)
        if self._held[at].size < size:
            self._held[at] = np.empty(size)
        return self._held[at][:size].reshape(shape)

    def copied(self, at: int, numbers: np.ndarray) -> np.ndarray:
        """Return one of the arrays with a copy of numbers in it."""
        copy = self.of(at, numbers.shape)
        np.copyto(copy, numbers)
        return copy


def turned(tables: np.ndarray, memory: Memory) -> np.ndarray:
    """Return tables (tables, m, n) as columns (n, m, tables).

    Several, as many as `together` gives, are copied into the first array: only so do their short
    rows make long vectors. One is a view, and so are those that compiled loops read.

    >>> turned(np.zeros((2, 3, 4)), Memory(1)).shape
    (4, 3, 2)
    """
    columns = tables.transpose(2, 1, 0)
    if len(tables) == 1 or worth_compiling(tables):
        return columns
    return memory.copied(0, columns)


@dataclass(frozen=True)
class Extents:
    """What a pass over columns (n, m, tables) sees of each criterion, (n, tables) each.

    They are the largest value, the smallest, and the sum of squares.
    """

    top: np.ndarray
    bottom: np.ndarray
    squares: np.ndarray

    @property
    def finite(self) -> bool:
        """Whether all cells are finite numbers for sure; large ones overflow the sum of squares."""
        return bool(np.isfinite(self.squares).all())


def extents(columns: np.ndarray, memory: Memory) -> Extents:
    """Return the extents of tables as columns; squares of numbers beyond about 1e150 overflow.

    >>> extents(np.array([[[3.0], [-4.0]]]), Memory(2)).squares.tolist()
    [[25.0]]
    """
    n, m, count = columns.shape
    if worth_compiling(columns):
        from mcda.methods.compromise.compiled import add_extents

        seen = _unseen(count, n)
        add_extents(columns.T, seen.top, seen.bottom, seen.squares)
        return Extents(seen.top.T, seen.bottom.T, seen.squares.T)
    with np.errstate(over="ignore", invalid="ignore"):
        side = max(1, SIDE_BY_SIDE // n)
        if m >= side**2 and columns.T.flags.c_contiguous:
            return _extents_of_long_tables(columns, side, memory)
        return _extents_of_short_tables(columns, memory)


def _unseen(*shape: int) -> Extents:
    """Return the extents of no row yet."""
    return Extents(np.full(shape, -np.inf), np.full(shape, np.inf), np.zeros(shape))


def _extents_of_short_tables(columns: np.ndarray, memory: Memory) -> Extents:
    """Return extents from blocks of columns: many short tables make long vectors."""
    seen = _unseen(columns.shape[0], columns.shape[2])
    for rows in blocks(columns):
        part = columns[:, rows]
        if not part.flags.c_contiguous:
            part = memory.copied(0, part)
        np.maximum(seen.top, part.max(axis=1), out=seen.top)
        np.minimum(seen.bottom, part.min(axis=1), out=seen.bottom)
        squares = np.multiply(part, part, out=memory.of(1, part.shape))
        np.add(seen.squares, squares.sum(axis=1), out=seen.squares)
    return seen


def _extents_of_long_tables(columns: np.ndarray, side: int, memory: Memory) -> Extents:
    """Return extents from rows that lie side by side, as long vectors: nothing is turned round."""
    n, m, count = columns.shape
    whole = m // side * side
    wide = columns.T[:, :whole].reshape(count, -1, side * n)  # without a copy, for each table
    seen = _unseen(count, side * n)
    step = max(1, 2 * CELLS // (side * n))
    for table, top, bottom, squares in zip(wide, seen.top, seen.bottom, seen.squares, strict=True):
        for first in range(0, len(table), step):
            rows = table[first : first + step]
            np.maximum(top, rows.max(axis=0), out=top)
            np.minimum(bottom, rows.min(axis=0), out=bottom)
            squares += np.multiply(rows, rows, out=memory.of(1, rows.shape)).sum(axis=0)
    rest = _extents_of_short_tables(columns[:, whole:], memory)
    return Extents(
        np.maximum(seen.top.reshape(count, side, n).max(axis=1).T, rest.top),
        np.minimum(seen.bottom.reshape(count, side, n).min(axis=1).T, rest.bottom),
        seen.squares.reshape(count, side, n).sum(axis=1).T + rest.squares,
    )


def worth_compiling(stack: np.ndarray) -> bool:
    """Return whether compiled loops are installed and repay their start on a stack of tables."""
    return stack.size >= WORTH_COMPILING and (
        "numba" in sys.modules or find_spec("numba") is not None
    )
