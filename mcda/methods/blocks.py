"""Stacks of tables cut into blocks that stay in the cache.

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


@dataclass(frozen=True)
class Block:
    """Some rows of some tables of a stack, as columns (n, rows, tables): a view of the stack."""

    tables: slice
    rows: slice
    columns: np.ndarray


def blocks(stack: np.ndarray) -> Iterator[Block]:
    """Go through tables (tables, m, n), block by block.

    >>> [block.columns.shape for block in blocks(np.zeros((2, 3, 4)))]
    [(4, 3, 2)]
    """
    if stack.size == 0:
        return
    count, m, n = stack.shape
    rows = min(m, max(1, CELLS // n))
    together = max(1, CELLS // (n * rows))
    for first in range(0, count, together):
        for top in range(0, m, rows):
            tables = slice(first, min(first + together, count))
            some = slice(top, min(top + rows, m))
            yield Block(tables, some, stack[tables, some].transpose(2, 1, 0))


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


@dataclass(frozen=True)
class Extents:
    """What a pass over tables (tables, m, n) sees of each criterion, (tables, n) each.

    They are the largest value, the smallest, and the sum of squares.
    """

    top: np.ndarray
    bottom: np.ndarray
    squares: np.ndarray

    @property
    def finite(self) -> bool:
        """Whether all cells are finite numbers for sure; large ones overflow the sum of squares."""
        return bool(np.isfinite(self.squares).all())


def extents(stack: np.ndarray) -> Extents:
    """Return the extents of a stack of tables; squares of numbers beyond about 1e150 overflow.

    >>> extents(np.array([[[3.0], [-4.0]]])).squares.tolist()
    [[25.0]]
    """
    if worth_compiling(stack):
        from mcda.methods.compiled import add_extents

        seen = _unseen(stack.shape[0], stack.shape[2])
        add_extents(stack, seen.top, seen.bottom, seen.squares)
        return seen
    with np.errstate(over="ignore", invalid="ignore"):
        side = max(1, SIDE_BY_SIDE // stack.shape[2])
        if stack.shape[1] >= side**2 and stack.flags.c_contiguous:
            return _extents_of_long_tables(stack, side)
        return _extents_of_short_tables(stack)


def _unseen(tables: int, n: int) -> Extents:
    """Return the extents of no row yet, for a number of tables."""
    shape = (tables, n)
    return Extents(np.full(shape, -np.inf), np.full(shape, np.inf), np.zeros(shape))


def _extents_of_short_tables(stack: np.ndarray) -> Extents:
    """Return extents from blocks of columns: many short tables make long vectors."""
    seen = _unseen(stack.shape[0], stack.shape[2])
    memory = Memory(1)
    for block in blocks(stack):
        columns = memory.of(0, block.columns.shape)
        np.copyto(columns, block.columns)
        some = block.tables
        np.maximum(seen.top[some], columns.max(axis=1).T, out=seen.top[some])
        np.minimum(seen.bottom[some], columns.min(axis=1).T, out=seen.bottom[some])
        np.multiply(columns, columns, out=columns)
        seen.squares[some] += columns.sum(axis=1).T
    return seen


def _extents_of_long_tables(stack: np.ndarray, side: int) -> Extents:
    """Return extents from rows that lie side by side, as long vectors: nothing is turned round."""
    count, m, n = stack.shape
    whole = m // side * side
    wide = stack[:, :whole].reshape(count, -1, side * n)  # without a copy, for each table
    seen = _unseen(count, side * n)
    memory = Memory(1)
    step = max(1, 2 * CELLS // (side * n))
    for table, top, bottom, squares in zip(wide, seen.top, seen.bottom, seen.squares, strict=True):
        for first in range(0, len(table), step):
            rows = table[first : first + step]
            np.maximum(top, rows.max(axis=0), out=top)
            np.minimum(bottom, rows.min(axis=0), out=bottom)
            squares += np.multiply(rows, rows, out=memory.of(0, rows.shape)).sum(axis=0)
    rest = _extents_of_short_tables(stack[:, whole:])
    return Extents(
        np.maximum(seen.top.reshape(count, side, n).max(axis=1), rest.top),
        np.minimum(seen.bottom.reshape(count, side, n).min(axis=1), rest.bottom),
        seen.squares.reshape(count, side, n).sum(axis=1) + rest.squares,
    )


def worth_compiling(stack: np.ndarray) -> bool:
    """Return whether compiled loops are installed and repay their start on a stack of tables."""
    return stack.size >= WORTH_COMPILING and (
        "numba" in sys.modules or find_spec("numba") is not None
    )
