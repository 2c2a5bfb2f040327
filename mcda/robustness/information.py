"""Value of information: what it is worth to know, before choosing, what is now uncertain."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mcda.problem.faults import Fault, InputError, refuse
from mcda.problem.names import as_numbers, length_fault, name_faults

FOLDS, BINS, SUM_TOLERANCE = 20, 24, 1e-9


class Worth(float):
    """A value of information, in the units of the payoffs, with how it was found.

    standard_error: of the estimate, 0 for a table of states. draws: how many, 0 for a table. change: the share of
    states or draws in which knowing leads to another choice. choice: what is chosen without knowing.
    """

    standard_error: float
    draws: int
    change: float
    choice: str

    def __new__(
        cls, worth: float, standard_error: float = 0.0, draws: int = 0, change: float = 0.0, choice: str = ""
    ) -> Worth:
        """Return the number with its attributes."""
        made = super().__new__(cls, worth)
        made.standard_error, made.draws, made.change, made.choice = standard_error, draws, change, choice
        return made

    def __repr__(self) -> str:
        """Show the number, and its error where it rests on draws."""
        if not self.draws:
            return f"{float(self):.6g}"
        return f"{float(self):.4g} (standard error {self.standard_error:.2g}, {self.draws:,} draws)"

    __str__ = __repr__


def evpi(utilities: Any, probabilities: Any = None, *, direction: str = "max") -> Worth:
    """Return the expected value of perfect information: of choosing after the state is known rather than before.

    With probabilities, utilities is a table of payoffs, alternatives x states (m, s), and the answer is exact. Without,
    it is draws x alternatives (n, m), all draws alike: from few draws the estimate is biased upwards, and its standard
    error is stated. direction "min" is for costs. Never negative. Raises InputError that names alternative and state.
    Source: Raiffa and Schlaifer (1961), Applied Statistical Decision Theory.

    >>> evpi([[200, -180], [100, -20], [0, 0]], [0.5, 0.5])
    60
    """
    payoffs, chances, names = _payoffs(utilities, probabilities, direction)
    best = int((payoffs @ chances).argmax())
    gain = payoffs.max(axis=0) - payoffs[best]
    draws = payoffs.shape[1] if probabilities is None else 0
    error = float(gain.std(ddof=1) / np.sqrt(draws)) if draws > 1 else 0.0
    return Worth(float(gain @ chances), error, draws, float((gain > 0) @ chances), names[best])


def evppi(utilities: Any, known: Any, probabilities: Any = None, *, direction: str = "max") -> Worth:
    """Return the expected value of partial information: of knowing one thing before choosing, and nothing else.

    With probabilities: utilities is alternatives x states, and `known` says for each state what would be known there
    (states alike in it can't be told apart); the answer is exact. Without: utilities is draws x alternatives (n, m),
    and `known` the number, or the several numbers, drawn for it: (n,) or (n, k). One number is cut into 24 bins of
    equal count, several are joined by least squares on their powers; the choice for a draw is made from other
    draws (20 folds, or halves), so that noise isn't taken for information. Held between 0 and EVPI, where the true
    value lies.
    Source: Raiffa and Schlaifer (1961); Strong, Oakley and Brennan (2014) on estimation from draws.

    >>> evppi([[10, 0, 6, 2], [4, 5, 4, 5]], ["dry", "dry", "wet", "wet"], [0.25] * 4)
    0.25
    """
    payoffs, chances, names = _payoffs(utilities, probabilities, direction)
    refuse(length_fault("known", known, payoffs.shape[1], "state" if probabilities is not None else "draw"))
    whole = evpi(utilities, probabilities, direction=direction)
    if probabilities is not None:
        return _exact(payoffs, chances, [str(label) for label in known], names, float(whole))
    numbers = as_numbers(known, lambda at: f"known, draw {at[0] + 1}").reshape(payoffs.shape[1], -1)
    found = Binned.of(payoffs.T, numbers[:, 0]) if numbers.shape[1] == 1 else None
    worth, error, change = found.worth() if found else regressed(payoffs.T, numbers)
    return Worth(min(max(worth, 0.0), float(whole)), error, payoffs.shape[1], change, whole.choice)


def evsi(utilities: Any, probabilities: Any, likelihood: Any, *, direction: str = "max") -> Worth:
    """Return the expected value of a test's signal: payoffs alternatives x states, likelihood signals x states.

    Each column of the likelihood holds the chances of the signals in one state and sums to one.

    >>> evsi([[200, -180], [100, -20], [0, 0]], [0.5, 0.5], [[0.7, 0.2], [0.3, 0.8]])
    19
    """
    payoffs, chances, names = _payoffs(utilities, probabilities, direction)
    signals = as_numbers(likelihood, lambda at: f"likelihood of signal {at[0] + 1} in state {at[1] + 1}")
    refuse(length_fault("likelihood", signals.T, payoffs.shape[1], "state"))
    refuse(
        Fault(
            f"likelihood in state {at + 1}", "chances that sum to 1", " + ".join(f"{one:g}" for one in signals[:, at])
        )
        for at in np.flatnonzero((abs(signals.sum(axis=0) - 1) > SUM_TOLERANCE) | (signals < 0).any(axis=0)).tolist()
    )
    best = int((payoffs @ chances).argmax())
    joint = signals * chances
    informed = (payoffs @ joint.T).argmax(axis=0)
    gain = ((payoffs[informed] - payoffs[best]) * joint).sum()
    return Worth(max(float(gain), 0.0), change=float(joint[informed != best].sum()), choice=names[best])


def _payoffs(utilities: Any, probabilities: Any, direction: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return payoffs (m, s) to be maximised, chances (s,) and the alternatives' names; raises InputError."""
    if direction not in ("max", "min"):
        raise InputError(Fault("direction", '"max" or "min"', repr(direction)))
    table = pd.DataFrame(utilities) if not isinstance(utilities, pd.DataFrame) else utilities
    table = table if probabilities is not None else table.T
    if not len(table) or not table.shape[1]:
        raise InputError(Fault("utilities", "at least one alternative and one state", "none"))
    labelled = isinstance(utilities, pd.DataFrame)
    names = [str(name) if labelled else f"alternative {at + 1}" for at, name in enumerate(table.index)]
    states = [f"'{name}'" if labelled else f"{at + 1}" for at, name in enumerate(table.columns)]
    refuse(name_faults(names, "alternative"))
    numbers = as_numbers(table.to_numpy(), lambda at: f"payoff of {names[at[0]]} in state {states[at[1]]}")
    return numbers if direction == "max" else -numbers, _chances(probabilities, numbers.shape[1]), names


def _chances(probabilities: Any, states: int) -> np.ndarray:
    if probabilities is None:
        return np.full(states, 1 / states)
    refuse(length_fault("probabilities", probabilities, states, "state (payoffs are alternatives x states)"))
    chances = as_numbers(probabilities, lambda at: f"probability of state {at[0] + 1}")
    total = float(chances.sum())
    if (chances < 0).any() or abs(total - 1) > SUM_TOLERANCE:
        found = f"a sum of {total:g}" if (chances >= 0).all() else f"{chances.min():g}"
        raise InputError(Fault("probabilities", "numbers of at least 0 that sum to 1", found, "correct them"))
    return chances


def _exact(payoffs: np.ndarray, chances: np.ndarray, labels: list[str], names: list[str], most: float) -> Worth:
    best = int((payoffs @ chances).argmax())
    worth = change = 0.0
    for label in dict.fromkeys(labels):
        inside = np.array([one == label for one in labels])
        gain = (payoffs[:, inside] - payoffs[best, inside]) @ chances[inside]
        worth += max(float(gain.max()), 0.0)
        change += float(chances[inside].sum()) if gain.max() > 0 else 0.0
    return Worth(min(worth, most), change=change, choice=names[best])


class Binned:
    """Sums of utilities by fold and by bin of a number that could be known: all that its EVPPI needs of the draws.

    sums (folds, bins, m), squares of the lead over the best are left out: the error comes from the folds.
    """

    def __init__(self, edges: np.ndarray, alternatives: int, folds: int = FOLDS) -> None:
        self.edges = edges
        self.counts = np.zeros((folds, len(edges) + 1))
        self.sums = np.zeros((folds, len(edges) + 1, alternatives))

    @classmethod
    def of(cls, utilities: np.ndarray, number: np.ndarray) -> Binned:
        """Return the sums of all draws at once: utilities (n, m), number (n,)."""
        made = cls(bin_edges(number), utilities.shape[1], min(FOLDS, len(number)))
        made.add(utilities, number, 0)
        return made

    def add(self, utilities: np.ndarray, number: np.ndarray, first: int) -> None:
        """Add draws first, first + 1, ...: utilities (k, m), number (k,). A draw's fold depends on its place alone."""
        folds, bins = self.counts.shape
        fold = np.arange(first, first + len(number)) % folds
        cell = fold * bins + np.searchsorted(self.edges, number, side="right")
        self.counts += np.bincount(cell, minlength=folds * bins).reshape(folds, bins)
        for at in range(utilities.shape[1]):
            self.sums[..., at] += np.bincount(cell, utilities[:, at], minlength=folds * bins).reshape(folds, bins)

    def worth(self) -> tuple[float, float, float]:
        """Return the worth of knowing the number, its standard error, and the share of draws that choose otherwise."""
        best = int(self.sums.sum(axis=(0, 1)).argmax())
        choice = (self.sums.sum(axis=0) - self.sums).argmax(axis=-1)
        gain = np.take_along_axis(self.sums, choice[..., None], axis=-1)[..., 0] - self.sums[..., best]
        total = self.counts.sum()
        by_fold = gain.sum(axis=1) / np.maximum(self.counts.sum(axis=1), 1)
        error = float(by_fold.std(ddof=1) / np.sqrt(len(by_fold))) if len(by_fold) > 1 else 0.0
        return float(gain.sum() / total), error, float(self.counts[choice != best].sum() / total)


def bin_edges(number: np.ndarray, bins: int = BINS) -> np.ndarray:
    """Return the inner edges of bins of equal count, fewer where numbers repeat."""
    return np.unique(np.quantile(number, np.linspace(0, 1, bins + 1)[1:-1]))


def regressed(utilities: np.ndarray, numbers: np.ndarray, degree: int = 3) -> tuple[float, float, float]:
    """Return worth, standard error and share of other choices of knowing several numbers (n, k) at once.

    Utilities (n, m) are fitted on powers of each number and products of pairs, on every second draw for the others.
    """
    centred = numbers - numbers.mean(axis=0)
    scale = np.where(centred.std(axis=0) > 0, centred.std(axis=0), 1.0)
    basis = powers(centred / scale, degree)
    best = int(utilities.mean(axis=0).argmax())
    choice = np.empty(len(utilities), dtype=int)
    for half in (slice(0, None, 2), slice(1, None, 2)):
        other = slice(1 - half.start, None, 2)
        fit = fitted(basis[other], utilities[other] - utilities[other][:, [best]])
        choice[half] = (basis[half] @ fit).argmax(axis=1)
    gain = utilities[np.arange(len(utilities)), choice] - utilities[:, best]
    return float(gain.mean()), float(gain.std(ddof=1) / np.sqrt(len(gain))), float((choice != best).mean())


def fitted(basis: np.ndarray, outcomes: np.ndarray, ridge: float = 1e-9) -> np.ndarray:
    """Return the coefficients of least squares by the normal equations, with a trace of ridge against equal columns."""
    square = basis.T @ basis
    return np.linalg.solve(square + ridge * len(basis) * np.eye(len(square)), basis.T @ outcomes)


def powers(numbers: np.ndarray, degree: int = 3, most: int = 60) -> np.ndarray:
    """Return ones, powers of each number, and products of pairs where that isn't too many columns."""
    columns = [np.ones((len(numbers), 1)), *(numbers**power for power in range(1, degree + 1))]
    first, second = np.triu_indices(numbers.shape[1], 1)
    if len(first) <= most:
        columns.append(numbers[:, first] * numbers[:, second])
    return np.concatenate(columns, axis=1)
