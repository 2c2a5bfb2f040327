"""Value of information: what it is worth to know, before choosing, what is now uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks import table_words
from mcda.checks.arguments import check_numbers, check_several, shortly
from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.labels import as_numbers, length_fault, name_faults
from mcda.checks.significant_digits import (
    CLEAR,
    clear_of_zero,
    digits,
    plain,
    told_apart,
)
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.sensitivity.information.cells import UNSEEN, Cells, Edges, folds_of, gains_of
from mcda.sensitivity.information.gains import Gain, Gains, Means
from mcda.sensitivity.information.surfaces import surfaces

SUM_TOLERANCE = 1e-9  # of 1: what rounding leaves of chances that add up to it


class Worth(float):
    """A value of information, in the units of the payoffs, with how it was found.

    low and high are the ends of its 95% interval; choice is the names of `choices`, joined.

    Attributes
    ----------
    standard_error : float
        The error of the estimate, with all that makes it uncertain: sampling, the choice by the
        same draws, and what the resolution may hide. 0 for a table of states, and where no payoff
        varies.
    draws : int
        The number of draws, 0 for a table.
    change : float
        The share of states or draws in which knowing leads to another choice than the first of
        `choices`.
    choices : tuple of str
        What is best without knowing; several where they tie.
    """

    standard_error: float
    draws: int
    change: float
    choices: tuple[str, ...]

    def __new__(
        cls,
        worth: float,
        standard_error: float = 0.0,
        draws: int = 0,
        change: float = 0.0,
        choices: tuple[str, ...] = (),
    ) -> Worth:
        """Return the number with its attributes."""
        check_numbers("worth", worth=worth, standard_error=standard_error, change=change)
        number = super().__new__(cls, worth)
        number.standard_error = standard_error
        number.draws = draws
        number.change = change
        number.choices = choices
        return number

    @property
    def choice(self) -> str:
        """What is best without knowing; the names of several that tie are joined."""
        return " and ".join(self.choices)

    @property
    def low(self) -> float:
        """The low end of a 95% interval, not below 0."""
        return max(float(self) - CLEAR * self.standard_error, 0.0)

    @property
    def high(self) -> float:
        """The high end of a 95% interval: what the worth is less than."""
        return float(self) + CLEAR * self.standard_error

    def __repr__(self) -> str:
        """Show the number and its error where it rests on draws, or what it is less than."""
        if not self.draws:
            return plain(float(self), 6)
        if self.standard_error and not clear_of_zero(self, self.standard_error):
            return f"less than {digits(self.high, 2, up=True)} ({self.draws:,} draws)"
        return (
            f"{plain(float(self), 4)} (standard error {plain(self.standard_error, 2)}, "
            f"{self.draws:,} draws)"
        )

    __str__ = __repr__


def evpi(utilities: Any, probabilities: Any = None, *, direction: str = "max") -> Worth:
    """Return the expected value of perfect information.

    This is the gain from choosing after the state is known rather than before. From draws, the
    alternative chosen without knowing is the best of the same draws, which favours it: where
    alternatives are close and draws few, the estimate is too low. That bias, estimated from halves
    of the draws, is part of the standard error.

    Parameters
    ----------
    utilities : array or DataFrame
        With probabilities: a table of payoffs, alternatives x states (m, s); the answer is exact.
        Without: draws x alternatives (n, m), where all draws count alike; the answer is never
        negative.
    probabilities : sequence, (s,), optional
        The probability of each state.
    direction : {"max", "min"}
        "min" is for costs.

    Returns
    -------
    Worth
        The value, in the units of the payoffs.

    Raises
    ------
    InputError
        For faults in the input; it names alternative and state.

    References
    ----------
    Raiffa and Schlaifer (1961), Applied Statistical Decision Theory.

    Examples
    --------
    >>> evpi([[200, -180], [100, -20], [0, 0]], [0.5, 0.5])
    60
    """
    payoffs, chances, names = _payoffs(utilities, probabilities, direction)
    if probabilities is None:
        means = Means(len(payoffs))
        gains = Gains(len(payoffs))
        means.add(payoffs, 0)
        gains.add(payoffs, payoffs.argmax(axis=0))
        return worth_of(means, perfect(gains, means), names)
    best = _best(payoffs, chances)
    gain = payoffs.max(axis=0) - payoffs[best[0]]
    return Worth(
        float(gain @ chances),
        change=float((gain > 0) @ chances),
        choices=tuple(names[at] for at in best),
    )


def evppi(
    utilities: Any, known: Any, probabilities: Any = None, *, direction: str = "max"
) -> Worth:
    """Return the expected value of partial information.

    This is the gain from knowing one thing before choosing, and nothing else. For a table of states
    the answer is exact. From draws, the lead of every alternative is fitted as a function of what
    is known: one number by straight pieces over up to 2,048 cells, narrower towards the ends
    (means, where it takes no more than 24 values); several numbers by least squares on their powers
    and products, and by such pieces on each. A choice for a draw is made from other draws (of five
    folds), so noise isn't taken for information, and except for sampling the estimate is not above
    the true worth: what turns within a cell, or only where several numbers jump together, is not
    seen. The standard error includes the way up to what the curve claims for the draws it was
    fitted to, which is too high, and the most that one run of cells may hide. The value is held
    between 0 and EVPI, where the true value lies. A value that can't be told apart from 0 is shown
    as "less than" the high end of its interval.

    Parameters
    ----------
    utilities : array or DataFrame
        With probabilities: alternatives x states (m, s). Without: draws x alternatives (n, m).
    known : sequence
        With probabilities: what would be known in each state, (s,); states with the same entry
        can't be told apart. Without: the number, or the several numbers, drawn for what would be
        known, (n,) or (n, k).
    probabilities : sequence, (s,), optional
        The probability of each state.
    direction : {"max", "min"}
        "min" is for costs.

    Returns
    -------
    Worth
        The value, in the units of the payoffs.

    References
    ----------
    Raiffa and Schlaifer (1961). Strong, Oakley and Brennan (2014), on estimation from draws.

    Examples
    --------
    >>> evppi([[10, 0, 6, 2], [4, 5, 4, 5]], ["dry", "dry", "wet", "wet"], [0.25] * 4)
    0.25
    """
    payoffs, chances, names = _payoffs(utilities, probabilities, direction)
    of_each = "state" if probabilities is not None else "draw"
    refuse(length_fault("known", known, payoffs.shape[1], of_each))
    whole = evpi(utilities, probabilities, direction=direction)
    if probabilities is not None:
        return _exact(payoffs, chances, [str(label) for label in known], whole)
    numbers = as_numbers(known, lambda at: f"known, draw {at[0] + 1}").reshape(payoffs.shape[1], -1)
    means = Means(len(payoffs))
    means.add(payoffs, 0)
    return worth_of(means, _partial(payoffs, numbers.T, means), names, most=whole)


def _partial(scores: np.ndarray, numbers: np.ndarray, means: Means) -> Gain:
    """Return what knowing numbers (k, n) gains on the best mean of scores (m, n)."""
    if len(numbers) != 1:
        return surfaces(scores, numbers, means)
    options, draws = scores.shape
    cells = Cells(Edges.of(numbers[0], draws), options)
    cells.add(scores.T, numbers[0], folds_of(0, draws))
    return gains_of([cells], means)[0]


def perfect(gains: Gains, means: Means) -> Gain:
    """Return what knowing everything gains, with its error.

    The error includes the advantage of the chosen option in these draws, and what no draw showed.
    """
    gain = gains.over(int(means.chosen[0]))
    unseen = UNSEEN * means.spread / gains.draws / CLEAR
    error = float(np.sqrt(gain.error**2 + unseen**2 + means.favour**2))
    return Gain(max(gain.worth, 0.0), error, gain.change)


def worth_of(means: Means, gain: Gain, names: Sequence[str], most: float = np.inf) -> Worth:
    """Return a gain as a worth, held between 0 and the most it can be.

    names: of the alternatives, from which the choice without knowing is named.
    """
    choices = tuple(str(names[at]) for at in means.chosen)
    return Worth(
        min(gain.worth, float(most)), gain.error, int(means.counts.sum()), gain.change, choices
    )


def evsi(utilities: Any, probabilities: Any, likelihood: Any, *, direction: str = "max") -> Worth:
    """Return the expected value of sample information: of a test's signal.

    Parameters
    ----------
    utilities : array or DataFrame, (m, s)
        Payoffs, alternatives x states.
    probabilities : sequence, (s,)
        The probability of each state.
    likelihood : array or DataFrame, (signals, s)
        Each column has the chances of the signals in one state and sums to one.
    direction : {"max", "min"}
        "min" is for costs.

    Returns
    -------
    Worth
        The value, in the units of the payoffs.

    Examples
    --------
    >>> evsi([[200, -180], [100, -20], [0, 0]], [0.5, 0.5], [[0.7, 0.2], [0.3, 0.8]])
    19
    """
    payoffs, chances, names = _payoffs(utilities, probabilities, direction)
    signals = as_numbers(
        likelihood, lambda at: f"likelihood of signal {at[0] + 1} in state {at[1] + 1}"
    )
    refuse(length_fault("likelihood", signals.T, payoffs.shape[1], "state"))
    wrong = (abs(signals.sum(axis=0) - 1) > SUM_TOLERANCE) | (signals < 0).any(axis=0)
    faults = []
    for at in np.flatnonzero(wrong).tolist():
        sums = " + ".join(plain(one, 12) for one in signals[:, at])
        faults.append(Fault(f"likelihood in state {at + 1}", "chances that sum to 1", sums))
    refuse(faults)
    best = _best(payoffs, chances)
    joint = signals * chances
    informed = (payoffs @ joint.T).argmax(axis=0)
    gain = ((payoffs[informed] - payoffs[best[0]]) * joint).sum()
    change = float(joint[informed != best[0]].sum())
    return Worth(max(float(gain), 0.0), change=change, choices=tuple(names[at] for at in best))


def _table(utilities: Any) -> tuple[np.ndarray, pd.Index | None, pd.Index | None]:
    """Return utilities as an array of two axes, and the labels of both where they have any."""
    if isinstance(utilities, pd.DataFrame):
        return utilities.to_numpy(), utilities.index, utilities.columns
    expected = "a table of alternatives by states, or of draws by alternatives"
    check_several(utilities, "utilities", expected)
    array = _array(utilities)
    if array.ndim != 2:
        raise InputError(Fault("utilities", expected, shortly(utilities)))
    return array, None, None


def _array(utilities: Any) -> np.ndarray:
    """Return what was given as an array: an array as it is, anything else cell by cell."""
    if isinstance(utilities, np.ndarray):
        return utilities
    try:
        return np.asarray(utilities, dtype=object)
    except ValueError:  # rows of several lengths
        return np.empty(0, dtype=object)


def _payoffs(
    utilities: Any, probabilities: Any, direction: str
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return payoffs (m, s) to be maximised, chances (s,) and the alternatives' names.

    Raises InputError for faults in the input.
    """
    better = table_words.direction(direction)
    if better is None:
        raise InputError(Fault("direction", '"max" or "min"', repr(direction)))
    table, *labels = _table(utilities)
    if probabilities is None:  # draws x alternatives
        table = table.T
        labels.reverse()
    rows, columns = labels
    if not table.size:
        raise InputError(Fault("utilities", "at least one alternative and one state", "none"))
    names = [str(label) for label in rows] if rows is not None else _numbered(len(table))
    refuse(name_faults(names, "alternative"))

    def place(at: tuple[int, ...]) -> str:
        state = f"{at[1] + 1}" if columns is None else f"'{columns[at[1]]}'"
        return f"payoff of {names[at[0]]} in state {state}"

    numbers = as_numbers(table, place)
    payoffs = numbers if better == "max" else -numbers
    return payoffs, _chances(probabilities, numbers.shape[1]), names


def _numbered(count: int) -> list[str]:
    return [f"alternative {at + 1}" for at in range(count)]


def _chances(probabilities: Any, states: int) -> np.ndarray:
    if probabilities is None:
        return np.full(states, 1 / states)
    refuse(
        length_fault(
            "probabilities", probabilities, states, "state (payoffs are alternatives x states)"
        )
    )
    chances = as_numbers(probabilities, lambda at: f"probability of state {at[0] + 1}")
    total = float(chances.sum())
    if (chances < 0).any() or abs(total - 1) > SUM_TOLERANCE:
        found = f"a sum of {told_apart(total, 1)}" if (chances >= 0).all() else plain(chances.min())
        raise InputError(
            Fault("probabilities", "numbers of at least 0 that sum to 1", found, "correct them")
        )
    return chances


def _best(payoffs: np.ndarray, chances: np.ndarray) -> list[int]:
    """Return the positions of the alternatives (m,) with the best expectation.

    There are several where they tie.
    """
    expected = payoffs @ chances
    tied = TIE_TOLERANCE * max(1.0, float(abs(payoffs).max()))
    return [int(at) for at in np.flatnonzero(expected >= expected.max() - tied)]


def _exact(payoffs: np.ndarray, chances: np.ndarray, labels: list[str], whole: Worth) -> Worth:
    best = _best(payoffs, chances)[0]
    worth = change = 0.0
    for label in dict.fromkeys(labels):
        inside = np.array([one == label for one in labels])
        gain = (payoffs[:, inside] - payoffs[best, inside]) @ chances[inside]
        worth += max(float(gain.max()), 0.0)
        change += float(chances[inside].sum()) if gain.max() > 0 else 0.0
    return Worth(min(worth, float(whole)), change=change, choices=whole.choices)
