"""How the ranking holds over everything that is uncertain: facts and weights together, with Monte Carlo errors."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mcda.methods.ranking import Method, weights_for
from mcda.methods.ranking import told as method_told
from mcda.methods.ranks import competition_ranks
from mcda.methods.table import positions
from mcda.preferences.spaces import WeightSpace
from mcda.preferences.weights import Weights, over_leaves
from mcda.problem.faults import AssumptionWarning, Fault, InputError, refuse
from mcda.problem.model import Problem
from mcda.problem.names import as_numbers, name_faults
from mcda.problem.screening import Floors, floors_of, screen
from mcda.problem.shown import html_table
from mcda.robustness.draws import Draws
from mcda.robustness.indices import INTERVAL, Acceptability, entropy, indices_of
from mcda.robustness.job import Job
from mcda.robustness.running import counted
from mcda.robustness.tally import Tally, tally

FEW = 100
LOOKED_AT = 10_000


@dataclass(frozen=True, eq=False)
class Robustness(Acceptability):
    """The indices of a question under one holder's weights and one method, over n draws of a seed.

    confidence_factors: the share of draws of the facts in which an option is first when the weights are its own central
    weights; NaN where these are undefined. floors_passed (options x floors): the share of draws in which each option
    passes each floor, and all of them. excluded: options that a floor excludes at the best estimates; they were not
    ranked. notes: sentences that a reader of the tables must know.
    """

    problem: Problem
    holder: str
    method: str
    seed: int
    asked: int
    confidence_factors: pd.Series
    floors_passed: pd.DataFrame
    floors: Mapping[str, float]
    excluded: pd.DataFrame
    notes: tuple[str, ...]

    def _repr_html_(self) -> str:
        title = f"{self.method}, weights of {self.holder}, {self.draws:,} draws, seed {self.seed}"
        labels = self.problem.labels
        first = self.first_rank.round(4).rename(index=labels)
        shares = self.rank_acceptability.round(3).rename(index=labels)
        return html_table(first, f"share of draws in first place: {title}") + html_table(shares, f"ranks: {title}")


def robustness(
    draws: Draws,
    weights: Weights | WeightSpace,
    method: str | Method,
    *,
    floors: Floors = None,
    p: float = 2.0,
    ties: str = "shared",
    executor: Any = None,
    state: str | Path | None = None,
) -> Robustness:
    """Return how a method's ranking holds over the draws of a question, under one holder's weights or weight space.

    method: as for `rank`, also "topsis:vector", the textbook's TOPSIS, which scales the performances of each draw anew;
    value scales and their anchors are fixed by the question, never by a draw. floors: as for `rank`: they exclude at
    the best estimates, and the share of draws in which each option passes is reported. ties: "shared": tied options
    share the ranks they cover, so that every rank's column sums to one; "better": all take the better one, as R's smaa
    has it. executor: any `concurrent.futures.Executor`; the result doesn't depend on it. state: a file that keeps what
    is counted: a run that was killed goes on from there. An interrupt gives the draws done so far. Raises InputError
    as `rank` does. Source: Lahdelma and Salminen (2001), SMAA-2.

    >>> import mcda
    >>> from criteria import ukraine_force
    >>> draws = mcda.sample(ukraine_force.problem(), n=1000, seed=2025)
    >>> robust = mcda.robustness(draws, ukraine_force.perspectives()["Paris"], "topsis", floors=True)
    >>> robust.rank_acceptability[1].idxmax(), float(robust.rank_acceptability[1].sum().round(9))
    ('OPT10', 1.0)
    """
    problem = draws.problem
    passed, excluded = screen(problem, floors)
    own = weights_for(method, weights) if isinstance(method, str) and isinstance(weights, Weights) else weights
    whose = over_leaves(problem, own)
    job = Job(draws, whose, method, p, floors_of(problem, floors), tuple(passed.options.index), ties)
    _warn_of_few(draws.n)
    tables = _tables(job, counted(job, executor, Path(state) if state else None))
    return Robustness(
        **tables,
        problem=problem,
        holder=whose.holder,
        method=method_told(job.scoring.name, p),
        seed=draws.seed,
        asked=draws.n,
        confidence_factors=confidence(job, tables["central_weights"], tables["rank_acceptability"][1]),
        floors=job.floors,
        excluded=excluded,
        notes=_notes(draws, tables["draws"]),
    )


def _tables(job: Job, found: Tally) -> dict[str, Any]:
    """Return the tables of a result: indices, the quantiles of the first scores, floors passed."""
    problem, runs = job.draws.problem, job.chunks(0, min(job.draws.n, LOOKED_AT))
    scores = np.concatenate([job.scored(*run)[0] for run in runs], axis=1)
    quantiles, leaves = np.quantile(scores, INTERVAL, axis=1).T, [leaf.key for leaf in problem.leaves]
    passes = found.sums["passes"] / found.draws
    columns = [*job.floors, "all floors"]
    return {
        **indices_of(found, job.kept, leaves, quantiles, job.score_unit),
        "floors_passed": pd.DataFrame(passes, list(problem.options.index), columns),
    }


def _notes(draws: Draws, done: int) -> tuple[str, ...]:
    notes = [f"interrupted: {done:,} of {draws.n:,} draws are counted"] if done < draws.n else []
    if len(draws.widened):
        notes.append(f"the question's rule for weak evidence widens {len(draws.widened)} ranges: see `draws.widened`")
    if draws.drawing.correlations.groups:
        notes.append("estimates that the question says move together are drawn so: see its correlations")
    return tuple(notes)


def confidence(job: Job, central: pd.DataFrame, first: pd.Series) -> pd.Series:
    """Return the share of draws of the facts in which each option is first under its own central weights."""
    if isinstance(job.weights, Weights):
        return first.where(central.notna().all(axis=1)).rename("confidence factor")
    held = [option for option in central.index if central.loc[option].notna().all()]
    counts, draws = dict.fromkeys(held, 0.0), min(job.draws.n, LOOKED_AT)
    for at, size in job.chunks(0, draws):
        values = job.seen(job.draws.table(at, size))
        for option in held:
            scores = job.scoring.scores(values, central.loc[option].to_numpy()[:, None])
            row = central.index.get_loc(option)
            counts[option] += float((scores[row] >= scores.max(axis=0)).sum())
    return pd.Series(counts, dtype=float).reindex(central.index).div(draws).rename("confidence factor")


def acceptability(scores: Any, weights: Any = None, *, ties: str = "shared") -> Acceptability:
    """Return the indices for given scores (draws, m), higher better, and the weights of each draw (draws, n) or (n,).

    Labels of DataFrames are kept. ties: "shared", as in `robustness`, or "better", the rule of R's smaa: all tied
    options take the better rank, and the columns of ranks needn't sum to one. Raises InputError for scores or weights
    that aren't finite numbers, or not one row for each draw.

    >>> scores, weights = [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.5, 0.5]], [[1, 0], [0.8, 0.2], [0, 1], [0.5, 0.5]]
    >>> found = acceptability(scores, weights)
    >>> found.rank_acceptability.values.tolist()
    [[0.625, 0.375], [0.375, 0.625]]
    """
    numbers, options = _table(scores, "score", "option")
    shares, criteria = (None, []) if weights is None else _weights(weights, len(numbers))
    used = np.zeros((0, 1)) if shares is None else np.atleast_2d(shares).T
    largest = float(np.abs(numbers).max())
    unit = float(2.0 ** np.ceil(np.log2(largest))) if largest > 0 else 1.0
    passes = np.ones((len(options), 0, len(numbers)), dtype=bool)
    found = tally(np.ascontiguousarray(numbers.T), used, passes, unit, ties)
    quantiles = np.quantile(numbers, INTERVAL, axis=0).T
    tables: dict[str, Any] = indices_of(found, options, criteria, quantiles, unit)
    rankings = np.unique(competition_ranks(numbers), axis=0, return_counts=True)[1] / len(numbers)
    return Acceptability(**tables, entropy_of_rankings=entropy(rankings))


def _table(given: Any, what: str, of: str) -> tuple[np.ndarray, list[Any]]:
    """Return a table of draws with the names of its columns."""
    frame = isinstance(given, pd.DataFrame)
    names = list(given.columns) if frame else None
    if names is not None:
        refuse(name_faults(names, of))
    numbers = as_numbers(
        given, lambda at: f"{what} in draw {at[0]}, {of} {repr(names[at[-1]]) if names else at[-1] + 1}"
    )
    if numbers.ndim != 2 or not numbers.size:
        raise InputError(Fault(f"{what}s", f"a table of draws x {of}s", f"shape {numbers.shape}"))
    return numbers, names if names is not None else list(positions(numbers.shape[1], 0)[0])


def _weights(given: Any, draws: int) -> tuple[np.ndarray, list[Any]]:
    if np.ndim(given) == 1:
        return as_numbers(given, lambda at: f"weight {at[0] + 1}"), list(positions(0, len(given))[1])
    numbers, names = _table(given, "weight", "criterion")
    if len(numbers) != draws:
        raise InputError(Fault("weights", f"{draws} rows, one for each draw of the scores", f"{len(numbers)}"))
    return numbers, names if isinstance(given, pd.DataFrame) else list(positions(0, numbers.shape[1])[1])


def _warn_of_few(n: int) -> None:
    if n < FEW:
        told = f"{n} draw{'s' if n > 1 else ''}: too few for a standard error that can be used; take {LOOKED_AT:,}"
        warnings.warn(told, AssumptionWarning, stacklevel=3)
