"""Draws of everything uncertain about a question: none is stored, each is computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_several
from mcda.checks.faults import Fault, InputError, refuse
from mcda.display.html_table import html_table
from mcda.problem.model import Problem
from mcda.problem.over_ranges.estimate_sampler import Drawing
from mcda.problem.over_ranges.widening import widened
from mcda.problem.screening import check_problem
from mcda.sampling.correlation import correlations, named
from mcda.sampling.streams import seed_faults
from mcda.sentences.catalogue import told

MOST = 2**32  # draws: a stream of random numbers is as long
AT_ONCE = 10_000  # draws whose tables are made together, where nothing else says how many
LONG = 10**8  # draws that leave an error of a share of at most 0.00005


@dataclass(frozen=True, eq=False)
class Draws:
    """The draws of a question's estimates, computed when they are asked for.

    A draw is computed from the seed, the keys of the estimates and its number. An estimate is drawn
    once in a draw and is shared by every option that reads it. Draws 0 to n - 1 are used; any other
    can be looked at too.

    Attributes
    ----------
    problem : Problem
        The question.
    n : int
        The number of draws.
    seed : int
        The seed of all random numbers.
    varying : tuple of str
        The keys of the estimates that are drawn; the others stay at their best estimates.
    widened : DataFrame
        A row for each range that the question's rule for weak evidence widened.
    drawing : Drawing
        How the estimates are drawn.
    """

    problem: Problem
    n: int
    seed: int
    varying: tuple[str, ...]
    widened: pd.DataFrame
    drawing: Drawing

    def numbers(self, first: int = 0, count: int | None = None) -> np.ndarray:
        """Return the drawn estimates, (count, estimates), in the order of the question."""
        return self.drawing.numbers(first, self._count(first, count)).T

    def performances(self, first: int = 0, count: int | None = None) -> np.ndarray:
        """Return the performances, (count, m, n), in natural units."""
        return self.problem.measured(self.numbers(first, count))

    def values(self, first: int = 0, count: int | None = None) -> np.ndarray:
        """Return the performances on 0-1 value scales, (count, m, n)."""
        return self.problem.valued(self.performances(first, count))

    def in_shape(self, shape: Problem) -> Draws:
        """Return the same draws of the question in another shape, or with fewer options.

        What only that shape reads is drawn too.

        >>> from criteria import ukraine_force
        >>> draws = sample(ukraine_force.problem(), n=10, seed=2025)
        >>> draws.in_shape(draws.problem.structured("approvals")).values().shape
        (10, 11, 31)
        """
        held = set(self.problem.estimates) - set(self.varying)
        return sample(shape, self.n, self.seed, [key for key in shape.estimates if key not in held])

    def show(self, d: int) -> Draw:
        """Return one draw as tables: what every estimate was, and what followed for every option.

        >>> from criteria import ukraine_force
        >>> draw = sample(ukraine_force.problem(), n=100, seed=2025).show(8_123_456)
        >>> draw.performance.loc["OPT02", "C2.1"].round(3)
        np.float64(2.454)
        """
        numbers = self.numbers(d, 1)
        estimates = self.problem.estimates.values()
        stated = pd.DataFrame(
            {
                "low": [e.low for e in estimates],
                "mode": [e.mode for e in estimates],
                "high": [e.high for e in estimates],
                "drawn": numbers[0],
                "unit": [e.unit for e in estimates],
            },
            index=list(self.problem.estimates),
        )
        performance = self.problem.measured(numbers)
        values = self.problem.valued(performance)
        options = self.problem.options.index
        leaves = [leaf.key for leaf in self.problem.leaves]
        return Draw(
            d,
            self.seed,
            stated,
            pd.DataFrame(performance[0], options, leaves),
            pd.DataFrame(values[0], options, leaves),
        )

    def _count(self, first: int, count: int | None) -> int:
        return self.n - first if count is None else count

    def _repr_html_(self) -> str:
        about = {
            "draws": self.n,
            "seed": self.seed,
            "estimates": len(self.problem.estimates),
            "varying": len(self.varying),
            "widened": len(self.widened),
        }
        rows = {told(f"caption_row.{key}"): number for key, number in about.items()}
        question = self.problem.title
        return html_table(pd.DataFrame({"": rows}), told("caption.draws", question=question))


@dataclass(frozen=True, eq=False)
class Draw:
    """One draw: what was drawn, and what followed for every option.

    Attributes
    ----------
    number : int
        The number of the draw.
    seed : int
        The seed of all random numbers.
    estimates : DataFrame
        The drawn estimates beside their ranges.
    performance : DataFrame
        The performance of every cell, in natural units.
    values : DataFrame
        The value of every cell.
    """

    number: int
    seed: int
    estimates: pd.DataFrame
    performance: pd.DataFrame
    values: pd.DataFrame

    def _repr_html_(self) -> str:
        tables = {
            "estimates": self.estimates,
            "performance": self.performance,
            "values": self.values,
        }
        about = {"number": self.number, "seed": self.seed}
        return "".join(
            html_table(table, told(f"caption.draw_{name}", **about))
            for name, table in tables.items()
        )


def sample(problem: Problem, n: int, seed: int, vary: Iterable[str] | None = None) -> Draws:
    """Return n draws of a question's estimates; nothing is computed yet.

    Each estimate has a random stream of its own: to add an estimate or an option leaves the draws
    of the others as they were. Correlations are those of the question's correlations.csv.

    Parameters
    ----------
    problem : Problem
        The question.
    n : int
        The number of draws, from 1 to 2^32.
    seed : int
        A whole number of at least 0. The same seed gives the same draws.
    vary : iterable of str, optional
        The estimates, or families of them, that are drawn; the others stay at their best estimates.
        An empty one draws none, for an analysis of weights alone.

    Returns
    -------
    Draws
        The draws.

    Raises
    ------
    InputError
        For a number of draws below 1 or above 2^32, a seed that isn't a whole number of at least 0,
        or an unknown name.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> draws = sample(ukraine_force.problem(), n=100_000, seed=2025)
    >>> draws.performances(first=0, count=2).shape
    (2, 11, 17)
    """
    check_problem(problem)
    refuse(_faults(n, seed))
    estimates, table = widened(problem.widening, problem.estimates, problem.sources)
    varying = tuple(key for key in _chosen(estimates, vary) if estimates[key].varies)
    together = correlations(problem.tables.get("correlations"), estimates, varying)
    return Draws(
        problem, int(n), int(seed), varying, table, Drawing(estimates, int(seed), varying, together)
    )


def drawn_behind(draws: Draws, passed: Problem) -> dict[str, int]:
    """Return the drawn estimates that some cell of the options left reads, with their place.

    passed: the question with the options that pass its floors.
    """
    read = set().union(*passed.reads.values())
    gone = set(draws.problem.options.index) - set(passed.options.index)
    return {
        key: passed.position[key]
        for key in draws.varying
        if key in read and not gone & draws.problem.owners(key)
    }


def check_draws(given: object) -> None:
    """Refuse what isn't the draws of a question, such as the question itself."""
    check_kind(
        given,
        Draws,
        "draws",
        "the draws of a question",
        "mcda.sample(problem, n=..., seed=...) makes them",
    )


def _faults(n: object, seed: object) -> list[Fault]:
    faults = []
    if not isinstance(n, int | np.integer) or isinstance(n, bool) or not 1 <= n <= MOST:
        remedy = f"with {LONG:,} the error of a share is at most 0.00005"
        faults.append(
            Fault("number of draws", f"a whole number from 1 to {MOST:,}", repr(n), remedy)
        )
    return faults + seed_faults(seed)


def _chosen(estimates: Iterable[str], vary: Iterable[str] | None) -> list[str]:
    keys = tuple(estimates)
    if vary is None:
        return list(keys)
    check_several(vary, "vary", "estimates or families of them in a list", 'such as ["cost"]')
    chosen: set[str] = set()
    for name in vary:
        keys_named = named(name, keys)
        if not keys_named:
            raise InputError(
                Fault("vary", "estimates of the question, or families of them", f"'{name}'")
            )
        chosen.update(keys_named.values())
    return [key for key in keys if key in chosen]
