"""Stacks of tables cut into blocks that stay in the cache.

The axis of criteria comes first, so that every step over a block is a long vector.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

# numbers in a table that took longer to make than the half second of the compiler's start
WORTH_COMPILING = 5e6
# numbers in a block: long enough to repay the calls made for it, short enough for the cache
CELLS = 2**16


@dataclass(frozen=True)
class Block:
    """Some rows of some tables of a stack, as columns (n, rows, tables).

    The memory of the columns is used again by the next block.
    """

    tables: slice
    rows: slice
    columns: np.ndarray


def blocks(stack: np.ndarray) -> Iterator[Block]:
    """Go through tables (tables, m, n), block by block.

    >>> [block.columns.shape for block in blocks(np.zeros((2, 3, 4)))]
    [(4, 3, 2)]
    """
    count, m, n = stack.shape
    rows = min(m, max(1, CELLS // n))
    together = max(1, CELLS // (n * rows))
    memory = np.empty(n * rows * min(together, count))
    for first in range(0, count, together):
        for top in range(0, m, rows):
            tables = slice(first, min(first + together, count))
            some = slice(top, min(top + rows, m))
            part = stack[tables, some].transpose(2, 1, 0)
            columns = memory[: part.size].reshape(part.shape)
            np.copyto(columns, part)
            yield Block(tables, some, columns)


@dataclass(frozen=True)
class Extents:
    """What a pass over tables (tables, m, n) sees of each criterion, (tables, n) each.

    They are the largest value, the smallest, and the sum of squares.
    """

    top: np.ndarray
    bottom: np.ndarray
    squares: np.ndarray


def extents(stack: np.ndarray) -> Extents:
    """Return the extents of a stack of tables; squares of numbers beyond about 1e150 overflow.

    >>> extents(np.array([[[3.0], [-4.0]]])).squares.tolist()
    [[25.0]]
    """
    shape = (stack.shape[0], stack.shape[2])
    top = np.full(shape, -np.inf)
    bottom = np.full(shape, np.inf)
    squares = np.zeros(shape)
    if worth_compiling(stack):
        from mcda.methods.compiled import add_extents

        add_extents(stack, top, bottom, squares)
        return Extents(top, bottom, squares)
    for block in blocks(stack):
        columns = block.columns
        tables = block.tables
        np.maximum(top[tables], columns.max(axis=1).T, out=top[tables])
        np.minimum(bottom[tables], columns.min(axis=1).T, out=bottom[tables])
        with np.errstate(over="ignore"):
            np.multiply(columns, columns, out=columns)
            squares[tables] += columns.sum(axis=1).T
    return Extents(top, bottom, squares)


def worth_compiling(stack: np.ndarray) -> bool:
    """Return whether compiled loops are installed and repay their start on a stack of tables."""
    return stack.size >= WORTH_COMPILING and (
        "numba" in sys.modules or find_spec("numba") is not None
    )
