"""Weights near an optimum made exact, by a program in rises and falls whose multipliers prove it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.holders.nearest_weights.goal import SMALLEST, Goal
from mcda.holders.nearest_weights.plane_bounds import Proof
from mcda.sampling.linear_programs import least

STEPS = 60  # of the program that makes weights exact
FINE = 1e-15  # it goes on until a step gains less than last bits


def make_exact(goal: Goal, weights: np.ndarray) -> tuple[np.ndarray, list[Proof]]:
    """Return the nearest weights around some that reach the goal, and their proofs.

    The weights given are returned if none are nearer. The method is sequential quadratic
    programming in rises and falls: the nearest weights lie where leads and costs bend, not always
    in a corner. Source: Kraft (1988), A software package for sequential quadratic programming.
    """
    from scipy.optimize import minimize

    program = _Program(goal)
    change = weights - goal.weights
    start = np.r_[np.maximum(change, 0), np.maximum(-change, 0)]
    solved = minimize(
        np.sum,
        start,
        jac=np.ones_like,
        method="SLSQP",
        options={"ftol": FINE, "maxiter": STEPS},
        bounds=[*[(0, 1)] * len(change), *[(0, weight) for weight in goal.weights]],
        constraints=[
            {"type": "ineq", "fun": program.open, "jac": program.slope},
            {"type": "eq", "fun": program.apart, "jac": lambda moves: program.equal},
        ],
    )
    better = goal.towards(program.weights(solved.x)[None])
    if len(better) and goal.distance(better[0]) < goal.distance(weights):
        weights = better[0]
    proof = program.proof(weights)
    return weights, [] if proof is None else [proof]


@dataclass(frozen=True, eq=False)
class _Program:
    """The goal as a program in rises and falls (2n,), with conditions and fixed sums.

    The conditions (rows,) are those that are not yet met for certain. Leads are divided by their
    steepest slope at the start, so that all conditions are of one size.
    """

    goal: Goal

    @cached_property
    def others(self) -> np.ndarray:
        """The options to be overtaken."""
        return np.flatnonzero(np.arange(self.goal.contenders) != self.goal.option)

    @cached_property
    def scale(self) -> np.ndarray:
        """The steepest slope of each lead at the start."""
        return np.maximum(abs(self._steep(self.goal.weights)).max(axis=1), SMALLEST)

    @cached_property
    def equal(self) -> np.ndarray:
        """What the space holds fixed, by rises and falls."""
        rows = self.goal.space.equalities
        return np.hstack([rows, -rows])

    def weights(self, moves: np.ndarray) -> np.ndarray:
        """Return the weights after moves."""
        n = len(self.goal.weights)
        return np.maximum(self.goal.weights + moves[:n] - moves[n:], 0)

    def open(self, moves: np.ndarray) -> np.ndarray:
        """Return what is left of every condition: leads, then limits of the space."""
        weights = self.weights(moves)
        space = self.goal.space
        leads = self.goal.leads(weights[None])[0, self.others]
        return np.concatenate([leads / self.scale, space.limits - space.inequalities @ weights])

    def slope(self, moves: np.ndarray) -> np.ndarray:
        """Return how fast that grows with each move."""
        leads = self._steep(self.weights(moves)) / self.scale[:, None]
        rows = np.vstack([leads, -self.goal.space.inequalities])
        return np.hstack([rows, -rows])

    def apart(self, moves: np.ndarray) -> np.ndarray:
        """Return how far the sums that the space holds fixed have changed."""
        return self.goal.space.equalities @ self.weights(moves) - self.goal.space.sums

    def proof(self, weights: np.ndarray) -> Proof | None:
        """Return all conditions combined into one at some weights.

        The multipliers are those of the linear program there.
        """
        change = weights - self.goal.weights
        space = self.goal.space
        moves = np.r_[np.maximum(change, 0), np.maximum(-change, 0)]
        slope = self.slope(moves)
        solved = least(
            [np.ones(len(moves))],
            -slope,
            self.open(moves) - slope @ moves,
            self.equal,
            self.equal @ moves - self.apart(moves),
        )
        if solved is None:
            return None
        of_leads, of_space = np.split(solved.above, [len(self.others)])
        offset = of_space @ space.limits - solved.equal @ space.sums
        steepness = solved.equal @ space.equalities - of_space @ space.inequalities
        multipliers = np.zeros(self.goal.contenders)
        multipliers[self.others] = of_leads / self.scale
        return Proof(multipliers, steepness, float(offset))

    def _steep(self, weights: np.ndarray) -> np.ndarray:
        return self.goal.gradients(weights[None])[0, self.others]
