"""What follows from statements: preferences that are necessary or possible, and ranks' ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from mcda.display.html_table import html_result
from mcda.preferences.from_statements.bounds import CLEAR, bounds_of, check_fit, split_bounds
from mcda.preferences.from_statements.conflict import refuse_conflict
from mcda.preferences.from_statements.kinds import Statement, check_statements, one_holder
from mcda.preferences.from_statements.rank_range import rank_range
from mcda.preferences.from_statements.representative import (
    clearest_parts,
    representative_parts,
)
from mcda.preferences.from_statements.room import Room, room_of
from mcda.preferences.from_statements.value_model import STATED, ValueModel, value_model
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.sentences import catalogue

LEVEL = CLEAR / 100  # a least difference below 0 by so little is rounding


@dataclass(frozen=True, eq=False)
class Following:
    """What follows from a holder's statements for every pair of options, and for every rank.

    Attributes
    ----------
    problem : Problem
        The question, at its best estimates.
    statements : tuple of Statement
        What was said.
    functions : str
        "stated" for the value functions of the question, "open" for any that are monotone, "pieces"
        for those of them that run straight between the anchors.
    least : pandas.DataFrame
        By how much an option (row) is ahead of another (column) at least, from -1 to 1.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> from mcda.preferences.from_statements.kinds import OptionOver
    >>> said = [OptionOver("OPT09", "OPT10", holder="panel")]
    >>> bool(following(ukraine_force.problem(), said).necessary.loc["OPT09", "OPT10"])
    True
    """

    problem: Problem
    statements: tuple[Statement, ...]
    functions: str
    least: pd.DataFrame
    model: ValueModel
    room: Room

    @property
    def holder(self) -> str:
        """Who said it."""
        return self.statements[0].holder if self.statements else "anyone"

    @cached_property
    def necessary(self) -> pd.DataFrame:
        """Whether an option (row) is at least as good as another (column) whatever keeps all."""
        return self.least >= -LEVEL

    @cached_property
    def possible(self) -> pd.DataFrame:
        """Whether an option (row) is at least as good as another (column) for some that keep all."""
        return self.least.T <= LEVEL

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """The best and the worst rank of each option, where ties share the better one.

        One option is ahead of another from a thousandth of a point of 100 on.
        """
        rows = [rank_range(self.room, self.model.options, at) for at in range(len(self.least))]
        return pd.DataFrame(rows, index=self.least.index, columns=["best", "worst"])

    @cached_property
    def firsts(self) -> tuple[str, ...]:
        """The options that may be first."""
        return tuple(self.ranks.index[self.ranks["best"] == 1])

    @cached_property
    def representative(self) -> pd.DataFrame:
        """One set of values that keeps all: the score of each option, and its rank by it.

        It tells necessary preferences apart as widely as can be, and the others as little.
        """
        return self._ranked(self._parts)

    @cached_property
    def clearest(self) -> pd.DataFrame:
        """The set of values that keeps all as clearly as can be: each option's score and rank.

        What is kept by a margin is kept by as many times its margin as can be. Of differences in
        categories these are the values of MACBETH: the least scale on which each is worth its
        category at least.
        """
        return self._ranked(clearest_parts(self.room))

    def _ranked(self, parts: np.ndarray) -> pd.DataFrame:
        scores = pd.Series(self.model.options @ parts, index=self.least.index)
        ranks = scores.round(9).rank(ascending=False, method="min").astype(int)
        return pd.DataFrame({"score": scores, "rank": ranks})

    @cached_property
    def weights(self) -> pd.DataFrame:
        """The least and the largest weight that each leaf can have where all is kept."""
        keys = [leaf.key for leaf in self.problem.weighed]
        swings = [self.model.swing(key) for key in keys]
        ends = [(self.room.lowest(row), self.room.highest(row)) for row in swings]
        return pd.DataFrame(ends, index=keys, columns=["low", "high"])

    @cached_property
    def representative_weights(self) -> pd.Series:
        """The weights of the leaves in the representative set of values."""
        keys = [leaf.key for leaf in self.problem.weighed]
        return pd.Series([float(self.model.swing(key) @ self._parts) for key in keys], index=keys)

    @cached_property
    def _parts(self) -> np.ndarray:
        return representative_parts(self.room, self.model.options, self.necessary.to_numpy())

    def _repr_html_(self) -> str:
        return html_result(
            catalogue.told(
                "caption.following",
                statements=catalogue.counted(len(self.statements), "statement"),
                holder=self.holder,
            ),
            {
                catalogue.told("caption.possible_ranks"): self.ranks,
                catalogue.told("caption.necessary"): self.necessary,
            },
        )


def following(
    problem: Problem, statements: Sequence[Statement], functions: str = STATED
) -> Following:
    """Return what follows from the statements of a holder: necessary and possible preferences.

    A preference is necessary where every set of values that keeps all statements has it, and
    possible where one has it. With open value functions this is robust ordinal regression: the
    value of each leaf is any function that never falls from worse to better.

    Parameters
    ----------
    problem : Problem
        The question, at its best estimates.
    statements : sequence of Statement
        What one holder said; none leaves dominance.
    functions : str
        "stated" for the value functions of the question, "open" for any that are monotone, "pieces"
        for those of them that run straight between the anchors (UTA).

    Returns
    -------
    Following
        The relations, the ranges of ranks, and one representative set of values.

    Raises
    ------
    InputError
        For statements about what the question hasn't, or that can't all hold.

    References
    ----------
    Greco, Mousseau and Slowinski (2008), Ordinal regression revisited: multiple criteria ranking
    using a set of additive value functions, European Journal of Operational Research 191.
    Kadzinski, Greco and Slowinski (2012), Extreme ranking analysis in robust ordinal regression,
    Omega 40. Jacquet-Lagreze and Siskos (1982), Assessing a set of additive utility functions for
    multicriteria decision-making, European Journal of Operational Research 10. Figueira, Greco and
    Slowinski (2009), Building a set of additive value functions representing a reference preorder,
    European Journal of Operational Research 195.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> found = following(ukraine_force.problem(), [])
    >>> found.least.shape, bool(found.possible.all(axis=None))
    ((11, 11), False)
    """
    check_problem(problem)
    said = check_statements(statements)
    if said:
        one_holder(said)
    model = value_model(problem, said, functions)
    check_fit(problem, said, model)
    if said:
        refuse_conflict(problem, said, model)
    split = split_bounds(problem, said, model)
    each = [split, *(bounds_of(one, model) for one in said)]
    room = room_of(each, model.size, clearly=True)
    return Following(problem, said, functions, _least(room, model), model, room)


def _least(room: Room, model: ValueModel) -> pd.DataFrame:
    """Return by how much each option is ahead of each other at least."""
    m = len(model.names)
    found = np.zeros((m, m))
    for first in range(m):
        for second in range(m):
            if first != second:
                found[first, second] = room.lowest(model.options[first] - model.options[second])
    return pd.DataFrame(found, index=list(model.names), columns=list(model.names))
