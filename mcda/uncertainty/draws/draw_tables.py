"""What is read of every draw: performances of the ranked options, and which pass each floor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.problem.estimates import Drawn
from mcda.problem.model import Criterion, Problem
from mcda.problem.over_ranges.drawn_formulas import DrawnFormulas, drawn_formulas
from mcda.problem.over_ranges.estimate_sampler import Drawing
from mcda.problem.screening import passes
from mcda.sampling.short_rows import short_rows
from mcda.sampling.streams import runs
from mcda.uncertainty.draws.draws import Draws

# a chunk's tables stay in the shared cache, and a chunk repays the calls made for it
CELLS_AT_ONCE = 2**21
FIRST = 64  # draws that tell a formula of one option from one that compares options


@dataclass(frozen=True, eq=False)
class Performances:
    """Performances over draws of the ranked options, and of all options on leaves with a floor.

    `ranked` is a narrowed question. Only the estimates behind the performances are drawn.
    """

    draws: Draws
    ranked: Problem
    floors: Mapping[str, float]

    def at(self, first: int, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return performances (n, ranked, draws) in natural units, and the floors passed.

        The floors passed are (options, floors, draws). Draws are last: every step over them is one
        long vector. Raises InputError that names a cell that isn't finite.
        """
        table = np.empty((len(self.ranked.leaves), len(self.ranked.options), count))
        passed = np.empty((len(self.draws.problem.options), len(self.floors), count), dtype=bool)
        with short_rows():
            for at, size in runs(first, count, self.chunk):
                of = slice(at - first, at - first + size)
                self._fill(table[..., of], passed[..., of], at)
        return table, passed

    def _fill(self, table: np.ndarray, passed: np.ndarray, first: int) -> None:
        """Write the performances and the floors passed of a chunk of draws, from the first one on."""
        count = table.shape[-1]
        known = self._formulas.known(first, count)
        drawn = self._drawn(known, first, count)
        self._add_all_options(known, drawn, first, count)
        for column, leaf in enumerate(self._floored):
            passed[:, column] = passes(leaf, known[leaf.key], self.floors[leaf.key])
        for at, leaf in enumerate(self.ranked.leaves):
            if leaf.key in known and leaf.key not in self.comparing:
                table[at] = known[leaf.key][self._rows]
            else:
                table[at].T[...] = leaf.measured(self.ranked, drawn)
        floored = [known[leaf.key].sum() for leaf in self._floored]
        if not np.isfinite([table.sum(), *floored]).all():
            for problem in (self.ranked, self.draws.problem):
                problem.measured(
                    self.draws.numbers(first, count)
                )  # names the cell that isn't finite

    def _add_all_options(
        self, known: dict[str, np.ndarray], drawn: Drawn, first: int, count: int
    ) -> None:
        """Add the leaves that are measured on all options where they aren't known, and keep formulas."""
        for leaf in self._of_all_options:
            if leaf.key in known:
                continue
            known[leaf.key] = _draws_last(leaf.measured(self.draws.problem, drawn), count)
            if leaf.derived:
                self._formulas.keep(leaf.key, first, known[leaf.key])

    @cached_property
    def chunk(self) -> int:
        """How many draws are made at once: a power of two, few enough for the cache."""
        problem = self.draws.problem
        cells = len(problem.estimates) + 2 * len(problem.options) * len(problem.leaves)
        return int(2 ** np.clip(np.log2(CELLS_AT_ONCE // cells + 1) // 1, 0, 11))

    def _drawn(self, known: Mapping[str, np.ndarray], first: int, count: int) -> Drawn:
        """Return the draws of what is read: not behind formulas, where what they make is known."""
        taken = known.keys() - self.comparing
        known_all = all(leaf.key in taken for leaf in self.ranked.leaves if leaf.derived)
        drawing, names = self._behind_judged if known_all else self._behind_all
        return names.over(drawing.numbers(first, count).T)

    @cached_property
    def _behind_all(self) -> tuple[Drawing, Drawn]:
        return self._behind(self.ranked.leaves)

    @cached_property
    def _behind_judged(self) -> tuple[Drawing, Drawn]:
        return self._behind([leaf for leaf in self.ranked.leaves if not leaf.derived])

    def _behind(self, leaves: Iterable[Criterion]) -> tuple[Drawing, Drawn]:
        """Return how the estimates behind some leaves are drawn, and the names of these.

        They are those of the ranked options, and of all options where a leaf is measured on all.
        """
        read: set[str] = set()
        for leaf in leaves:
            read |= self.ranked.reads[leaf.key]
            if leaf.key in self._keys_of_all_options:
                read |= self.draws.problem.reads[leaf.key]
        return self._reading(read)

    def _reading(self, read: set[str]) -> tuple[Drawing, Drawn]:
        drawing = self.draws.drawing.only(read)
        return drawing, Drawn(drawing.estimates, np.zeros(len(drawing.estimates)))

    @cached_property
    def comparing(self) -> frozenset[str]:
        """The formulas that say something else of an option when others are left out beside it.

        Their rows of the whole question aren't those of the ranked options. The first draws tell.
        """
        whole = self.draws.problem
        formulas = [leaf for leaf in self.ranked.leaves if leaf.derived]
        if not formulas or len(self._rows) == len(whole.options):
            return frozenset()
        reads = (problem.reads[leaf.key] for problem in (whole, self.ranked) for leaf in formulas)
        drawing, names = self._reading(set().union(*reads))
        drawn = names.over(drawing.numbers(0, FIRST).T)
        comparing = set()
        for leaf in formulas:
            beside = leaf.measured(whole, drawn)[..., self._rows]
            if not np.array_equal(leaf.measured(self.ranked, drawn), beside, equal_nan=True):
                comparing.add(leaf.key)
        return frozenset(comparing)

    @property  # not held here: what is sent to a worker stays small
    def _formulas(self) -> DrawnFormulas:
        return drawn_formulas(self.draws.problem, self.draws.seed, self.draws.varying)

    @cached_property
    def _of_all_options(self) -> list[Criterion]:
        """The leaves that are measured on all options: those with a floor, and formulas of one option.

        These say the same whoever stands beside, so what they make of a draw serves every reader.
        """
        formulas = [leaf.key for leaf in self.ranked.leaves if leaf.derived]
        keys = [*self.floors, *(key for key in formulas if key not in self.comparing)]
        return [self.draws.problem.criterion(key) for key in dict.fromkeys(keys)]

    @cached_property
    def _keys_of_all_options(self) -> frozenset[str]:
        return frozenset(leaf.key for leaf in self._of_all_options)

    @cached_property
    def _floored(self) -> list[Criterion]:
        return [self.draws.problem.criterion(key) for key in self.floors]

    @cached_property
    def _rows(self) -> list[int]:
        return [
            self.draws.problem.options.index.get_loc(option) for option in self.ranked.options.index
        ]


def _draws_last(measured: np.ndarray, count: int) -> np.ndarray:
    """Return performances (..., m) as (m, draws): those that rest on no estimate are alike in all."""
    return np.broadcast_to(measured, (count, measured.shape[-1])).T
