"""What formulas make of draws: kept for whoever reads the same draws again."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from mcda.problem.model import Problem

KEPT = 2**23  # numbers, 64 MB: of eleven options and four formulas those of 190,000 draws


class DrawnFormulas:
    """What each formula of a question makes of its first draws, as far as it was worked out.

    A draw is the same for whoever asks, so a formula is worked out once for both sides of a floor,
    all methods, and what it is worth to know more.
    """

    def __init__(self, problem: Problem) -> None:
        formulas = [leaf.key for leaf in problem.leaves if leaf.derived]
        options = len(problem.options)
        self.draws = KEPT // (options * max(1, len(formulas)))
        # memory is taken as it is filled
        self._tables = {key: np.empty((options, self.draws)) for key in formulas}
        self._filled = {key: np.zeros(self.draws, dtype=bool) for key in formulas}

    def known(self, first: int, count: int) -> dict[str, np.ndarray]:
        """Return the formulas that were worked out for a run of draws: (options, draws), by leaf."""
        of = slice(first, first + count)
        reached = first + count <= self.draws
        return {
            key: self._tables[key][:, of]
            for key, filled in self._filled.items()
            if reached and filled[of].all()
        }

    def keep(self, key: str, first: int, table: np.ndarray) -> None:
        """Keep what a formula made of a run of draws, (options, draws), where there is room."""
        of = slice(first, first + table.shape[1])
        if of.stop <= self.draws:
            self._tables[key][:, of] = table
            self._filled[key][of] = True


@lru_cache(maxsize=1)  # a second question, or seed, takes the room of the first
def drawn_formulas(problem: Problem, seed: int, varying: tuple[str, ...]) -> DrawnFormulas:
    """Return what is kept of the draws of a question: they follow from these three and no more."""
    return DrawnFormulas(problem)
