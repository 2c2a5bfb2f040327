"""The gain of a choice over each option, and how far these draws favour the chosen option."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.methods.ranks import TIE_TOLERANCE

# a power of two: the draws are split into halves in 31 ways, by the rows of a Hadamard matrix
PARTS = 32
# where options tie, the favour of half the draws is the root of 2 times that of all
SLOWEST = 2**0.5 - 1


@dataclass(frozen=True)
class Gain:
    """A choice's mean gain, its error, and the share of draws that choose otherwise."""

    worth: float
    error: float
    change: float


class Gains:
    """Sums of what one choice a draw gains over every option, from one pass over the draws."""

    def __init__(self, options: int) -> None:
        self.draws = 0
        self.sums = np.zeros(options)
        self.squares = np.zeros(options)
        self.others = np.zeros(options)

    def add(self, scores: np.ndarray, chosen: np.ndarray) -> None:
        """Add draws: scores (m, k), and the place of the option chosen in each (k,)."""
        gains = np.take_along_axis(scores, chosen[None], axis=0) - scores
        tied = TIE_TOLERANCE * np.maximum(1.0, abs(scores).max(axis=0))
        self.draws += len(chosen)
        self.sums += gains.sum(axis=1)
        self.squares += (gains**2).sum(axis=1)
        self.others += (abs(gains) > tied).sum(axis=1)

    def over(self, option: int) -> Gain:
        """Return the mean gain over one option, with the error of sampling alone."""
        mean = float(self.sums[option]) / self.draws
        spread = max(float(self.squares[option]) / self.draws - mean**2, 0.0)
        error = float(np.sqrt(spread / (self.draws - 1))) if self.draws > 1 else 0.0
        return Gain(mean, error, float(self.others[option]) / self.draws)


class Means:
    """Sums of every option's lead over one of them, by parts of the draws.

    They say which option is best on average, and how surely.
    """

    def __init__(self, options: int) -> None:
        self.counts = np.zeros(PARTS)
        self.sums = np.zeros((PARTS, options))
        self.squares = np.zeros(options)
        self.beside = 0
        self.largest = 1.0

    def add(self, scores: np.ndarray, first: int) -> None:
        """Add draws first, first + 1, and so on: scores (m, k).

        Leads are over the option that is best in the first draws.
        """
        self.__dict__.pop("favour", None)  # that of fewer draws
        if not self.counts.any():
            self.beside = int(scores.mean(axis=1).argmax())
        self.largest = max(self.largest, float(abs(scores).max()))
        leads = scores - scores[self.beside]
        part = np.arange(first, first + scores.shape[1]) % PARTS
        self.counts += np.bincount(part, minlength=PARTS)
        self.squares += (leads**2).sum(axis=1)
        for sums, lead in zip(self.sums.T, leads, strict=True):
            sums += np.bincount(part, lead, minlength=PARTS)

    @property
    def chosen(self) -> np.ndarray:
        """Places of the options with the best mean score; several where they tie."""
        means = self.sums.sum(axis=0) / self.counts.sum()
        return np.flatnonzero(means >= means.max() - TIE_TOLERANCE * self.largest)

    @property
    def spread(self) -> float:
        """The largest standard deviation of a lead; 0 where no lead varies."""
        draws = self.counts.sum()
        means = self.sums.sum(axis=0) / draws
        spread = float(np.sqrt(np.maximum(self.squares / draws - means**2, 0.0).max()))
        return spread if spread > TIE_TOLERANCE * self.largest else 0.0

    @cached_property
    def favour(self) -> float:
        """How much too high the best mean is because the same draws chose it.

        EVPI is too low by as much. The best of each half of the draws, less the best of all, is the
        excess of half as many draws less that of all.
        """
        over = [sums.max(axis=1).sum() - sums.sum(axis=0).max() for sums in self._halves()]
        return max(float(np.mean(over)), 0.0) / self.counts.sum() / SLOWEST if over else 0.0

    def _halves(self) -> Iterator[np.ndarray]:
        """Go through the sums (2, m) of both halves of every split that leaves draws in both."""
        from scipy.linalg import hadamard

        for half in hadamard(PARTS)[1:] > 0:
            if self.counts[half].any() and self.counts[~half].any():
                yield np.stack([self.sums[half].sum(axis=0), self.sums[~half].sum(axis=0)])
