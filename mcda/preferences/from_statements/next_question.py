"""The next question to a holder: which comparison of two measures would settle most, and when to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from math import floor, log10
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number, check_texts, check_whole
from mcda.checks.significant_digits import plain
from mcda.preferences.from_statements.bounds import check_fit
from mcda.preferences.from_statements.conflict import refuse_conflict
from mcda.preferences.from_statements.kinds import (
    Exchange,
    Statement,
    check_statements,
    one_holder,
)
from mcda.preferences.from_statements.value_model import StatedValues, scale_of
from mcda.preferences.from_statements.weights import statement_space
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.problem.value_scales import Scale, sign_of

DRAWS = 1_000  # of weights that keep what was said so far
DIGITS = 2  # of an amount that is asked about: nobody thinks in more
DECADES = 3  # powers of ten that amounts are taken from: down to a thousandth of a scale
ROUNDING = 1e-9  # of a scale: an amount as near to the whole of it is the whole
LITTLE = 1e-3  # bits: a question that tells less about the first place tells nothing
SETTLED = "settled"
SURE = "sure"
LEVEL = "level"
NOTHING = "nothing left"


@dataclass(frozen=True)
class Comparison:
    """A question about two measures at a time, in natural units.

    Is it worth more that the first gets better from one end of its scale to the other, or that the
    second gets better from its worst end to a level? The answer is a statement.

    Parameters
    ----------
    first, second : str
        The ids of the leaves.
    first_move, second_move : tuple of (float, float)
        From which level to which each gets better, in its unit.
    information : float
        How much the answer tells about the first place, in bits.
    """

    first: str
    first_move: tuple[float, float]
    second: str
    second_move: tuple[float, float]
    information: float = 0.0

    @property
    def told(self) -> str:
        """The question, by the ids of the measures."""
        first = f"'{self.first}' from {_ends(self.first_move)}"
        return f"{first}, or '{self.second}' from {_ends(self.second_move)}"

    def answered(self, answer: str, holder: str = "anyone", **about: Any) -> Statement:
        """Return the statement that an answer makes: "first", "second" or "same" is worth more."""
        check_texts("answer", answer=answer)
        names = {"first": (self.first, self.second), "second": (self.second, self.first)}
        moves = {self.first: self.first_move, self.second: self.second_move}
        more, less = names.get(answer, names["first"])
        gained = abs(moves[more][1] - moves[more][0])
        paid = abs(moves[less][1] - moves[less][0])
        high = paid if answer == "same" else np.inf
        starts = (moves[more][0], moves[less][1])
        return Exchange(more, gained, less, paid, high, *starts, holder=holder, **about)


def _ends(move: tuple[float, float]) -> str:
    return f"{plain(move[0])} to {plain(move[1])}"


@dataclass(frozen=True, eq=False)
class NextQuestion:
    """What to ask next, with the ranking so far; or that nothing need be asked, and why.

    Attributes
    ----------
    comparison : Comparison or None
        The question; None where more answers would change nothing that matters.
    reason : str
        Why to stop: "settled" (one option is first in every draw), "sure" (in as large a share of
        the draws as asked for), "level" (whoever is ahead of the leader in a draw is so by too
        little to matter), "nothing left" (no comparison tells the candidates apart); blank to go
        on.
    leader : str
        The option that is first in most draws.
    certainty : float
        In which share of them.
    shares : pandas.Series
        The share of draws in which each option is first.
    regret : float
        By how much another is ahead of the leader at most, in the draws, from 0 to 1.
    draws : int
        How many sets of weights were drawn.
    """

    comparison: Comparison | None
    reason: str
    leader: str
    certainty: float
    shares: pd.Series
    regret: float
    draws: int


def next_question(
    problem: Problem,
    statements: Sequence[Statement] = (),
    *,
    seed: int,
    draws: int = DRAWS,
    certainty: float = 1.0,
    matters: float = 0.0,
) -> NextQuestion:
    """Return the comparison of two measures whose answer tells most about the first place.

    Weights that keep the statements so far are drawn, each set as likely as any other. The local
    weights of the question hold only below heads that a statement compares as a whole. Of all
    questions "is the whole of this measure worth more than so much of that one" the one is asked
    whose answer has the most information on which option is first.

    Parameters
    ----------
    problem : Problem
        The question, at its best estimates, under its stated value functions.
    statements : sequence of Statement
        What the holder said so far.
    seed : int
        Where the random numbers start.
    draws : int
        How many sets of weights are drawn.
    certainty : float
        Stop where the leader is first in such a share of the draws.
    matters : float
        Stop where the leader trails by no more in any draw: value from 0 to 1.

    Returns
    -------
    NextQuestion
        The comparison or the reason to stop, the leader so far and its certainty.

    Raises
    ------
    InputError
        For statements that can't all hold, or that the question can't hold.

    References
    ----------
    Holloway and White (2003), Question selection for multi-attribute decision-aiding, European
    Journal of Operational Research 148. MacKay (1992), Information-based objective functions for
    active data selection, Neural Computation 4.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> asked = next_question(ukraine_force.problem(), seed=1, draws=200)
    >>> asked.reason, asked.comparison is not None
    ('', True)
    """
    check_problem(problem)
    said = check_statements(statements)
    check_whole(draws, 1, "draws")
    check_number(certainty, lambda some: 0 < some <= 1, "certainty", "a share above 0, at most 1")
    check_number(matters, lambda some: 0 <= some <= 1, "matters", "a value from 0 to 1")
    space = room_for(problem, said)
    weights = space.sample(draws, seed)
    values = problem.expected_values.to_numpy()
    scores = weights @ values.T
    first = scores.argmax(axis=1)
    counts = np.bincount(first, minlength=len(values))
    leader = int(counts.argmax())
    behind = float((scores.max(axis=1) - scores[:, leader]).max())
    shares = pd.Series(counts / draws, index=list(problem.options.index))
    about = (str(shares.index[leader]), float(shares.iloc[leader]), shares, behind, draws)
    reason = _reason(about[1], behind, certainty, matters)
    asked = None if reason else _best(problem, weights, first)
    if not reason and (asked is None or asked.information < LITTLE):
        return NextQuestion(None, NOTHING, *about)
    return NextQuestion(asked, reason, *about)


def room_for(problem: Problem, said: Sequence[Statement]) -> ConstrainedWeights:
    """Return the weights that keep what was said; all of them before anything was.

    Nothing is assumed below heads that nobody compared: an answer never widens what is left.
    """
    model = StatedValues(problem)
    if not said:
        return ConstrainedWeights(model.keys)
    one_holder(said)
    check_fit(problem, said, model)
    refuse_conflict(problem, said, model)
    return statement_space(problem, said, model, spoken_of=True)


def _reason(share: float, behind: float, certainty: float, matters: float) -> str:
    if share >= 1.0:
        return SETTLED
    if share >= certainty:
        return SURE
    return LEVEL if behind <= matters else ""


def _best(problem: Problem, weights: np.ndarray, first: np.ndarray) -> Comparison | None:
    """Return the comparison with the most information on which option is first (draws,).

    Every pair of measures is tried at every level that can be asked about.
    """
    scales = [scale_of(leaf) for leaf in problem.weighed]
    levels = [askable(scale) for scale in scales]
    worth = [scale.value(some) for scale, some in zip(scales, levels, strict=True)]
    most = 0.0
    best = None
    for whole, part in permutations(range(len(scales)), 2):
        found = _by_level(weights[:, whole], weights[:, part], worth[part], first)
        at = int(found.argmax())
        if found[at] > most:
            most = float(found[at])
            best = (whole, part, float(levels[part][at]))
    if best is None:
        return None
    whole, part, level = best
    first_move = (scales[whole].anchors[0], scales[whole].anchors[-1])
    second_move = (scales[part].anchors[0], level)
    keys = [leaf.key for leaf in problem.weighed]
    return Comparison(keys[whole], first_move, keys[part], second_move, most)


def askable(scale: Scale) -> np.ndarray:
    """Return the levels that can be asked about, from the worst to the best.

    Their distances from the worst end have two digits, down to a thousandth of the scale; the whole
    scale can be asked about too.

    >>> found = askable(Scale((40.0, 12.0, 0.0), (0.0, 0.5, 1.0)))
    >>> len(found), found[[0, 1, 2, -2, -1]].round(9).tolist()
    (211, [39.9, 39.89, 39.88, 1.0, 0.0])
    """
    worst = scale.anchors[0]
    best = scale.anchors[-1]
    span = abs(best - worst)
    largest = floor(log10(span))
    moves = []
    for power in range(largest - DECADES + 1, largest + 1):
        places = DIGITS - 1 - power
        few = range(10 ** (DIGITS - 1), 10**DIGITS)
        moves += [units / 10**places if places > 0 else units * 10.0**-places for units in few]
    inside = [move for move in moves if move < span * (1 - ROUNDING)]
    return np.array([*(worst + sign_of(scale.direction) * move for move in inside), best])


def _by_level(
    whole: np.ndarray, part: np.ndarray, worth: np.ndarray, first: np.ndarray
) -> np.ndarray:
    """Return what the answer at each level (k,) tells about who is first (draws,), in bits.

    whole, part: the weights (draws,) of both measures; worth: what each level is worth of the
    second, rising.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.nan_to_num(whole / part, nan=0.0, posinf=np.inf)
    options = int(first.max()) + 1
    below = np.searchsorted(worth, ratios)  # how many levels are worth less than the whole
    cells = np.bincount(below * options + first, minlength=(len(worth) + 1) * options)
    counts = cells.reshape(-1, options)
    above = counts[:0:-1].cumsum(axis=0)[::-1]  # of each level, the draws in which it is worth less
    return _bits(above / len(first), counts.sum(axis=0) / len(first)).round(9)


def information(yes: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return how much the answers (draws, questions) tell about who is first (draws,), in bits.

    >>> yes = np.array([[True, True], [True, False], [False, True], [False, False]])
    >>> information(yes, np.array([0, 0, 1, 1])).tolist()
    [1.0, 0.0]
    """
    options = np.eye(int(first.max()) + 1)[first]
    both = (yes.T.astype(float) @ options) / len(first)
    return _bits(both, options.mean(axis=0))


def _bits(both: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return what answers tell by the shares of yes with each option (questions, options)."""
    share = both.sum(axis=1, keepdims=True)
    answer = _entropy(share) + _entropy(1 - share)
    return np.asarray(_entropy(whole) + answer - _entropy(both) - _entropy(whole - both))


def _entropy(shares: np.ndarray) -> np.ndarray:
    """Return the sum of -p log2 p over the last axis; 0 for a share of 0."""
    there = np.maximum(shares, 1e-300)
    return np.asarray(-(shares * np.log2(there)).sum(axis=-1))
