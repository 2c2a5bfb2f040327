"""The bill of every option: what it costs, and what events may cost, on draws and best estimates alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mcda.problem.chances import CHANCE
from mcda.problem.estimates import Drawn
from mcda.problem.events.events import Changed, Event, amounts_of, as_measured, chances_of
from mcda.problem.events.expected_losses import ONCE, YEARLY, costs, losses_in_money
from mcda.problem.model import Problem


@dataclass(frozen=True, eq=False)
class Bills:
    """What the bills of options are made of, leading axes being draws.

    yearly and once: what is paid every year, and once, (..., M) for the M options of the whole
    question, since one may be what happens otherwise. events: those with a loss in money; chances
    and losses: of each. happens: the chance that an option comes about; fallbacks: the place of
    what happens otherwise. shown: the places of the m options that are asked for. years: the
    horizon.
    """

    yearly: np.ndarray
    once: np.ndarray
    events: tuple[Event, ...]
    chances: tuple[np.ndarray, ...]
    losses: tuple[np.ndarray, ...]
    happens: np.ndarray
    fallbacks: np.ndarray
    shown: np.ndarray
    years: int

    @property
    def cost(self) -> np.ndarray:
        """What an option costs a year, (..., m): what is paid once is spread over the years."""
        return self.lottery(self.yearly + self.once / self.years)

    @property
    def expected_loss(self) -> np.ndarray:
        """The expected loss of a year, (..., m)."""
        total = np.zeros_like(self.yearly)
        for chance, loss in zip(self.chances, self.losses, strict=True):
            total = total + chance * loss / self.years
        return self.lottery(total)

    @property
    def expected(self) -> np.ndarray:
        """The expected bill of a year, (..., m)."""
        return self.cost + self.expected_loss

    def first(self, count: int) -> Bills:
        """Return the bills of the first draws alone."""
        return replace(
            self,
            yearly=self.yearly[:count],
            once=self.once[:count],
            chances=tuple(chance[:count] for chance in self.chances),
            losses=tuple(loss[:count] for loss in self.losses),
            happens=self.happens[:count],
        )

    @classmethod
    def joined(cls, parts: Sequence[Bills]) -> Bills:
        """Return the bills of several sets of draws as those of one."""
        return replace(
            parts[0],
            yearly=np.concatenate([part.yearly for part in parts]),
            once=np.concatenate([part.once for part in parts]),
            chances=tuple(map(np.concatenate, zip(*(part.chances for part in parts), strict=True))),
            losses=tuple(map(np.concatenate, zip(*(part.losses for part in parts), strict=True))),
            happens=np.concatenate([part.happens for part in parts]),
        )

    def lottery(self, amounts: np.ndarray) -> np.ndarray:
        """Return the mean (..., m) of amounts (..., M), where options may fail to happen."""
        otherwise = amounts[..., self.fallbacks]
        mean = self.happens * amounts + (1 - self.happens) * otherwise
        return np.asarray(mean[..., self.shown])


def bills_of(asked: Problem, drawn: Drawn, changed: Changed = as_measured) -> Bills:
    """Return the bills of a question's options for drawn estimates.

    Every amount has all leading axes, also where nothing in it varies. changed: what becomes of
    costs and chances that leaves hold, in a future.
    """
    problem = asked.whole
    shape = (*drawn.draws, len(problem.options))
    pairs = losses_in_money(problem.events)
    years = pairs[0][0].years if pairs else 1
    return Bills(
        yearly=np.broadcast_to(costs(problem, drawn, YEARLY, changed), shape),
        once=np.broadcast_to(costs(problem, drawn, ONCE, changed), shape),
        events=tuple(event for event, _ in pairs),
        chances=tuple(
            np.broadcast_to(chances_of(problem, drawn, event, changed), shape) for event, _ in pairs
        ),
        losses=tuple(np.broadcast_to(amounts_of(problem, drawn, loss), shape) for _, loss in pairs),
        happens=np.broadcast_to(_happens(problem, drawn, changed), shape),
        fallbacks=_fallbacks(problem),
        shown=problem.options.index.get_indexer(asked.options.index),
        years=years,
    )


def _happens(problem: Problem, drawn: Drawn, changed: Changed) -> np.ndarray:
    """Return the chance that each option comes about, from 0 to 1."""
    for leaf in problem.leaves:
        if leaf.role == CHANCE:
            percent = changed(leaf.key, np.asarray(leaf.measured(problem, drawn)))
            return np.clip(percent, 0.0, 100.0) / 100
    return np.ones(len(problem.options))


def _fallbacks(problem: Problem) -> np.ndarray:
    """Return the place of the option that happens if each doesn't come about; its own if it must."""
    ids = list(problem.options.index)
    return np.array([ids.index(problem.fallbacks.get(option, option)) for option in ids])
