"""How the ranking holds over all uncertain facts and weights, with Monte Carlo errors."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, overload

import numpy as np
import pandas as pd

from mcda.checks.faults import AssumptionWarning, Fault, InputError, refuse
from mcda.checks.labels import as_numbers, name_faults
from mcda.display.html_table import html_result, html_table
from mcda.methods.decision_table import positions
from mcda.methods.method import Choice, find_method
from mcda.methods.ranking import weights_for
from mcda.methods.ranks import competition_ranks
from mcda.preferences.weighting.sobol import REPEATS, EvenWeights, evenly
from mcda.preferences.weighting.spaces import WeightSpace
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import Floors, floors_of, screen
from mcda.sentences import catalogue
from mcda.uncertainty.counting.drawn_and_held import (
    FACTS,
    PARTS,
    WEIGHTS,
    at_best_estimates,
    nothing_drawn,
    parts_to_hold,
    weights_to_draw,
    why_held,
)
from mcda.uncertainty.counting.executor import counted
from mcda.uncertainty.counting.job import LOOKED_AT, Job
from mcda.uncertainty.counting.processors import processors
from mcda.uncertainty.counting.tally import SHARED, Tally, size_of, tally, whole_weights
from mcda.uncertainty.draws.draws import Draws, check_draws
from mcda.uncertainty.smaa.confidence_factors import FACTOR, confidence
from mcda.uncertainty.smaa.indices import Acceptability, indices_of
from mcda.uncertainty.smaa.standard_errors import entropy, share_errors

FEW = 100  # draws: with fewer the error of a share is itself too uncertain
MOST_BY_REPEAT = 100  # options: the sums of sixteen repeats stay small


@dataclass(frozen=True, eq=False)
class Robustness(Acceptability):
    """The indices of a question under one holder's weights and one method, over n draws of a seed.

    The indices themselves are those of `Acceptability`. Where nothing is drawn, shares, ranks in
    draws and their errors are undefined: NaN.

    Attributes
    ----------
    problem : Problem
        The question.
    holder : str
        The holder of the weights.
    method : str
        The method that scores the options.
    seed : int
        The seed of the draws.
    asked : int
        The number of draws that were asked for.
    held_because : mapping of str to str
        The parts, "facts" or "weights", that stay the same in every draw, each with the reason:
        "asked", "no range", "judged in pairs" (judgements state no range), "not counted" (facts
        with ranges are read by no leaf that has weight).
    drawn : tuple of str
        The other parts.
    confidence_factors : Series
        The share of draws of the facts in which an option is first when the weights are its own
        central weights. NaN where these are undefined.
    rests_on : mapping of str to int
        On how many of the draws, the first ones, the quantiles of scores and the confidence factors
        rest: at most 10,000, fewer for very many options.
    floors_passed : DataFrame
        Options x floors: the share of draws in which each option passes each floor, and all of
        them.
    floors : mapping of str to float
        The floors that exclude options.
    excluded : DataFrame
        The options that a floor excludes at the best estimates; they were not ranked.
    notes : tuple of str
        Sentences that a reader of the tables must know.
    """

    problem: Problem
    holder: str
    method: str
    seed: int
    asked: int
    held_because: Mapping[str, str]
    confidence_factors: pd.Series
    rests_on: Mapping[str, int]
    floors_passed: pd.DataFrame
    floors: Mapping[str, float]
    excluded: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def drawn(self) -> tuple[str, ...]:
        """What was drawn: "facts", "weights", both or nothing."""
        return tuple(part for part in PARTS if part not in self.held_because)

    @property
    def held(self) -> tuple[str, ...]:
        """What stayed the same in every draw."""
        return tuple(part for part in PARTS if part in self.held_because)

    def _repr_html_(self) -> str:
        title = catalogue.told(
            "caption.robustness",
            method=catalogue.method_asked(self.method),
            holder=catalogue.holder_name(self.holder),
            draws=catalogue.counted(self.draws, "draw"),
            seed=self.seed,
        )
        if not self.drawn:
            reason = nothing_drawn(self.held_because)
            return html_result(
                catalogue.told("caption.nothing_drawn", about=title, reason=reason), {}
            )
        title = catalogue.joined([title, *self._parts_told()])
        labels = self.problem.labels
        first = self.first_rank.rename(index=labels)
        shares = self.rank_acceptability.rename(index=labels)
        return html_table(first, catalogue.told("caption.first_places", about=title)) + html_table(
            shares, catalogue.told("caption.ranks", about=title)
        )

    def _parts_told(self) -> list[str]:
        """Return what was drawn and what was held, each in a few words."""
        parts = {"drawn": self.drawn, "held": self.held}
        texts = []
        for verb, which in parts.items():
            names = list(map(_part_name, which))
            if names:
                texts.append(catalogue.told(f"caption.{verb}", parts=catalogue.listed(names)))
        return texts


def _part_name(part: str) -> str:
    return catalogue.told(f"drawn.{part}")


@overload
def robustness(
    draws: Draws,
    weights: Weights | WeightSpace,
    method: Choice,
    *,
    floors: Floors = ...,
    p: float = ...,
    ties: str = ...,
    hold: str | Iterable[str] = ...,
    executor: Any = ...,
    state: str | Path | None = ...,
) -> Robustness: ...


@overload
def robustness(
    draws: Draws,
    weights: Mapping[str, Weights | WeightSpace],
    method: Choice,
    *,
    floors: Floors = ...,
    p: float = ...,
    ties: str = ...,
    hold: str | Iterable[str] = ...,
    executor: Any = ...,
    state: str | Path | None = ...,
) -> dict[str, Robustness]: ...


def robustness(
    draws: Draws,
    weights: Weights | WeightSpace | Mapping[str, Weights | WeightSpace],
    method: Choice,
    *,
    floors: Floors = None,
    p: float = 2.0,
    ties: str = "shared",
    hold: str | Iterable[str] = (),
    executor: Any = None,
    state: str | Path | None = None,
) -> Robustness | dict[str, Robustness]:
    """Return how a method's ranking holds over the draws of a question.

    What is uncertain is drawn: facts within their ranges, and the weights of a holder who states
    ranges within these ranges (`weights.space`, where every set of weights is as likely as any
    other). Weights without ranges stay as stated. So do weights from pairwise judgements, which AHP
    uses, because a judgement states no range; `judged_weights` draws around judgements. The result
    says what was drawn and what was held, and gives no shares where nothing was drawn.

    Quantiles of scores and confidence factors use the first 10,000 draws at most. Weights are
    scrambled Sobol points, for a far smaller error, where they are a whole weight space, nothing
    else is uncertain, and there are at least 1,024 draws of at most 100 options. The errors then
    come from independent scrambles. An interrupt gives the draws done so far.

    Parameters
    ----------
    draws : Draws
        The draws of the question, from `sample`.
    weights : Weights, WeightSpace or mapping
        The weights or the weight space of one holder. Several holders by name give a result for
        each name; all are scored on the same draws, made once.
    method : str or function
        As for `rank`, also "topsis:vector": the textbook's TOPSIS, which scales the performances of
        each draw anew. For all others, value scales and their anchors are fixed by the question,
        never by a draw.
    floors : optional
        As for `rank`: they exclude at the best estimates, and the share of draws in which each
        option passes is reported.
    p : float
        The order of the distance in TOPSIS.
    ties : {"shared", "better"}
        "shared": tied options share the ranks they cover, so that every rank's column sums to one.
        "better": all of them take the better rank, as in R's smaa.
    hold : str or iterable of str
        "weights" or "facts" or both: these parts stay at the stated weights or the best estimates.
    executor : concurrent.futures.Executor, optional
        Who counts; the result doesn't depend on it.
    state : path, optional
        A file that keeps what is counted: a run that was killed goes on from there.

    Returns
    -------
    Robustness or dict of str to Robustness
        The result, or for several holders the result of each by name.

    Raises
    ------
    InputError
        As `rank` does, and where a weight space is to be held.

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2.

    Examples
    --------
    >>> import mcda
    >>> from criteria import ukraine_force
    >>> draws = mcda.sample(ukraine_force.problem(), n=1000, seed=2025)
    >>> paris = ukraine_force.perspectives()["Paris"]
    >>> robust = mcda.robustness(draws, paris, "topsis", floors=True)
    >>> first = robust.rank_acceptability[1]
    >>> first.idxmax(), float(first.sum().round(9))
    ('OPT10', 1.0)
    >>> robust.drawn
    ('facts', 'weights')
    """
    check_draws(draws)
    several = isinstance(weights, Mapping)
    holders = dict(weights) if isinstance(weights, Mapping) else {"": weights}
    run = _Run(draws, holders, method, p, ties, parts_to_hold(hold))
    job = run.job(floors)
    _warn_of_few(draws.n)
    path = Path(state) if state else None
    found = run.results(job, counted(job, executor, path))
    return found if several else found[""]


def robustness_on_sides(
    draws: Draws,
    weights: Mapping[str, Weights | WeightSpace],
    method: Choice,
    floors: Sequence[Floors],
    *,
    p: float = 2.0,
    hold: str | Iterable[str] = (),
    state: str | Path | None = None,
) -> list[dict[str, Robustness]]:
    """Return what `robustness` does for each of several floors.

    Two sides are counted at once, from the same scores, where those of the second are among those of
    the first, which has no floor. Raises InputError for a state of more than one side.
    """
    check_draws(draws)
    if state and len(floors) > 1:
        raise InputError(
            Fault("state", "a file of one side", f"{len(floors)} sides", "ask for one")
        )
    run = _Run(draws, dict(weights), method, p, SHARED, parts_to_hold(hold))
    jobs = [run.job(each) for each in floors]
    _warn_of_few(draws.n)
    if len(jobs) == 2 and jobs[0].covers(jobs[1]):
        both = replace(jobs[0], behind=jobs[1])
        sums = zip((both, jobs[1]), counted(both).parted(), strict=True)
        return [run.results(job, counts) for job, counts in sums]
    path = Path(state) if state else None
    return [run.results(job, counted(job, None, path)) for job in jobs]


class _Run:
    """What is drawn for some holders, and what is told of it, whatever the floors."""

    def __init__(
        self,
        draws: Draws,
        holders: Mapping[str, Weights | WeightSpace],
        method: Choice,
        order: float,
        ties: str,
        held: tuple[str, ...],
    ) -> None:
        if not holders:
            raise InputError(Fault("weights", "at least one holder", "none"))
        self.draws = at_best_estimates(draws) if FACTS in held else draws
        self.holders = holders
        self.method = method
        self.order = order
        self.ties = ties
        self.used = [_own(method, one) for one in holders.values()]
        over = [over_leaves(draws.problem, one) for one in self.used]
        self.drawn = tuple(_drawn_for(self.draws, weights_to_draw(one, held)) for one in over)

    def job(self, floors: Floors) -> Job:
        """Return what is counted behind some floors."""
        problem = self.draws.problem
        kept = tuple(screen(problem, floors)[0].options.index)
        in_force = floors_of(problem, floors)
        return Job(self.draws, self.drawn, self.method, self.order, in_force, kept, self.ties)

    def results(self, job: Job, counts: Tally) -> dict[str, Robustness]:
        """Return the result of each holder by name, for what was counted."""
        pairs = zip(self.holders.values(), self.used, strict=True)
        reasons = [why_held(job, at, *pair) for at, pair in enumerate(pairs)]
        return dict(zip(self.holders, _results(job, counts, reasons), strict=True))


def _own(method: Choice, weights: Weights | WeightSpace) -> Weights | WeightSpace:
    if not isinstance(weights, Weights) or not isinstance(method, str):
        return weights
    return weights_for(find_method(method), weights)


def _drawn_for(draws: Draws, whose: Weights | WeightSpace) -> Weights | WeightSpace:
    """Return weights as they are drawn: by even nets where nothing else is uncertain."""
    small = len(draws.problem.options) <= MOST_BY_REPEAT
    return (
        evenly(whose, draws.n)
        if isinstance(whose, WeightSpace) and small and not draws.varying
        else whose
    )


def _results(job: Job, counts: Tally, reasons: Sequence[Mapping[str, str]]) -> list[Robustness]:
    """Return a result for each holder.

    A result has indices, the quantiles of the first scores, confidence factors and floors.
    """
    scores = _first_scores(job)
    _, excluded = screen(job.draws.problem, job.floors or None)
    results = []
    every = [
        _tables(job, counts.of(at), scores[at], job.score_units[at])
        for at in range(len(job.weights))
    ]
    factors = _confidence(job, every, counts.draws)
    for whose, tables, (shares, n), reasons_of in zip(
        job.weights, every, factors, reasons, strict=True
    ):
        tables["standard_errors"]["confidence_factors"] = _factor_errors(job, shares, n)
        rests_on = {"quantiles": scores.shape[-1], "confidence_factors": n}
        tables_of = {**tables, "confidence_factors": shares}
        results.append(
            Robustness(
                **_where_defined(job, tables_of, reasons_of),
                problem=job.draws.problem,
                holder=whose.holder,
                method=job.scoring.label,
                seed=job.draws.seed,
                asked=job.draws.n,
                held_because=reasons_of,
                rests_on=rests_on,
                floors=job.floors,
                excluded=excluded,
                notes=_notes(job.draws, counts.draws, whose, reasons_of, rests_on),
            )
        )
    return results


def _confidence(
    job: Job, every: Sequence[Mapping[str, Any]], done: int
) -> list[tuple[pd.Series, int]]:
    """Return each holder's confidence factors, and the number of draws that they rest on.

    Under one weight vector they are the shares of first ranks, of all draws.
    """
    central = [tables["central_weights"] for tables in every]
    spaces = {at: whose for at, whose in enumerate(job.weights) if isinstance(whose, WeightSpace)}
    asked = [(whose, central[at]) for at, whose in spaces.items()]
    factors = dict(zip(spaces, confidence(job, asked), strict=True))
    for at, tables in enumerate(every):
        first = tables["rank_acceptability"][1].rename(FACTOR)
        factors.setdefault(at, (first.where(central[at].notna().all(axis=1)), done))
    return [factors[at] for at in range(len(every))]


def _factor_errors(job: Job, factors: pd.Series, n: int) -> pd.DataFrame:
    """Return the errors of confidence factors at the central weights that were found.

    They are 0 where no fact varies.
    """
    varies = 1.0 if job.draws.varying else 0.0
    return pd.DataFrame({FACTOR: varies * share_errors(factors.to_numpy(float), n)}, factors.index)


def _where_defined(job: Job, tables: dict[str, Any], held: Mapping[str, str]) -> dict[str, Any]:
    """Return the tables without the shares of draws in which nothing varies that they depend on.

    Such shares say nothing.
    """
    if not job.draws.varying:
        tables = _undefined(tables, ("floors_passed",))
    if set(held) == set(PARTS):
        shares = (
            "rank_acceptability",
            "pairwise_winning",
            "rank_intervals",
            "first_rank",
            "confidence_factors",
        )
        return _undefined(tables, shares)
    if WEIGHTS in held:  # one vector in every draw
        errors = tables["standard_errors"]
        exact = errors["central_weights"].where(tables["central_weights"].isna(), 0.0)
        return {**tables, "standard_errors": {**errors, "central_weights": exact}}
    return tables


def _undefined(tables: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the tables with some of them, their errors, and the entropy of first ranks, blank."""
    errors = dict(tables["standard_errors"])
    settled = dict(tables["settled_at"])
    blank = dict(tables)
    for name in names:
        blank[name] = _blank(tables[name])
        errors[name] = _blank(errors.get(name))
        settled[name] = None if settled.get(name) is None else settled[name] & False
    if "first_rank" in names:
        blank["first_rank"]["settled"] = False
        blank["entropy"] = np.nan
        errors["entropy"] = _blank(errors["entropy"])
    blank["standard_errors"] = _tables_there(errors)
    blank["settled_at"] = _tables_there(settled)
    return blank


def _tables_there(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: table for name, table in tables.items() if table is not None}


def _blank(table: Any) -> Any:
    return None if table is None else table.mask(np.ones(table.shape, dtype=bool))


def _first_scores(job: Job) -> np.ndarray:
    """Return the scores of the first draws, (holders, m, draws).

    As many threads as cores compute them.
    """
    runs = job.chunks(0, job.looked_at)
    with ThreadPoolExecutor(processors()) as threads:
        return np.concatenate(list(threads.map(lambda run: job.scores(*run), runs)), axis=-1)


def _tables(job: Job, counts: Tally, scores: np.ndarray, unit: float) -> dict[str, Any]:
    """Return the tables of one holder.

    They are the indices, with quantiles of scores (m, draws), and the floors passed.
    """
    options = list(job.draws.problem.options.index)
    leaves = [leaf.key for leaf in job.draws.problem.leaves]
    shares = counts.sums["passes"] / counts.draws
    passed = pd.DataFrame(shares, options, [*job.floors, "all floors"])
    tables: dict[str, Any] = indices_of(counts, job.kept, leaves, scores, unit)
    errors = share_errors(passed.to_numpy(), counts.draws)
    tables["standard_errors"]["floors_passed"] = pd.DataFrame(errors, passed.index, passed.columns)
    return {**tables, "floors_passed": passed}


def _notes(
    draws: Draws,
    done: int,
    whose: Weights | WeightSpace,
    reasons: Mapping[str, str],
    rests_on: Mapping[str, int],
) -> tuple[str, ...]:
    notes = []
    if done < draws.n:
        notes.append(catalogue.told("draws_note.interrupted", done=done, draws=draws.n))
    if set(reasons) == set(PARTS):
        return (*notes, nothing_drawn(reasons))
    if FACTS not in reasons:
        notes += _notes_on_facts(draws)
    if isinstance(whose, EvenWeights):
        notes.append(catalogue.told("draws_note.even_weights", size=whose.size, repeats=REPEATS))
    if min(rests_on.values()) < done:
        factors = rests_on["confidence_factors"]
        notes.append(
            catalogue.told("draws_note.rests_on", quantiles=rests_on["quantiles"], factors=factors)
        )
    return tuple(notes)


def _notes_on_facts(draws: Draws) -> list[str]:
    """Return how the facts were drawn, where it isn't each by itself within its stated range."""
    notes = []
    drawn = len(draws.varying)
    ranges = sum(estimate.varies for estimate in draws.drawing.estimates.values())
    if drawn < ranges:
        notes.append(catalogue.told("draws_note.some_drawn", drawn=drawn, ranges=ranges))
    if len(draws.widened):
        notes.append(catalogue.told("draws_note.widened", count=len(draws.widened)))
    if draws.drawing.correlations.groups:
        notes.append(catalogue.told("draws_note.together"))
    return notes


def acceptability(scores: Any, weights: Any = None, *, ties: str = "shared") -> Acceptability:
    """Return the indices for given scores and weights of draws.

    Parameters
    ----------
    scores : array or DataFrame, (draws, m)
        The score of each option in each draw; higher is better. Labels of a DataFrame are kept.
    weights : array or DataFrame, (draws, n) or (n,), optional
        The weights of each draw, or one weight vector for all.
    ties : {"shared", "better"}
        As in `robustness`. With "better", the rule of R's smaa, all tied options take the better
        rank, and the columns of ranks needn't sum to one.

    Returns
    -------
    Acceptability
        The indices, each with its error.

    Raises
    ------
    InputError
        For scores or weights that aren't finite numbers, or not one row for each draw.

    Examples
    --------
    >>> scores = [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.5, 0.5]]
    >>> weights = [[1, 0], [0.8, 0.2], [0, 1], [0.5, 0.5]]
    >>> found = acceptability(scores, weights)
    >>> found.rank_acceptability.values.tolist()
    [[0.625, 0.375], [0.375, 0.625]]
    """
    numbers, options = _table(scores, "score", "option")
    shares, criteria = (None, []) if weights is None else _weights(weights, len(numbers))
    used = np.zeros((0, 1)) if shares is None else np.atleast_2d(shares).T
    unit = size_of(numbers)
    passes = np.ones((len(options), 0, len(numbers)), dtype=bool)
    counts = tally(np.ascontiguousarray(numbers.T), whole_weights(used), passes, unit, ties)
    tables: dict[str, Any] = indices_of(counts, options, criteria, numbers.T, unit)
    rankings = np.unique(competition_ranks(numbers), axis=0, return_counts=True)[1] / len(numbers)
    return Acceptability(**tables, entropy_of_rankings=entropy(rankings))


def _table(given: Any, what: str, of: str) -> tuple[np.ndarray, list[Any]]:
    """Return a table of draws with the names of its columns."""
    frame = isinstance(given, pd.DataFrame)
    names = list(given.columns) if frame else None
    if names is not None:
        refuse(name_faults(names, of))
    numbers = as_numbers(
        given,
        lambda at: f"{what} in draw {at[0]}, {of} {repr(names[at[-1]]) if names else at[-1] + 1}",
    )
    if numbers.ndim != 2 or not numbers.size:
        raise InputError(Fault(f"{what}s", f"a table of draws x {of}s", f"shape {numbers.shape}"))
    return numbers, names if names is not None else list(positions(numbers.shape[1], 0)[0])


def _weights(given: Any, draws: int) -> tuple[np.ndarray, list[Any]]:
    if np.ndim(given) == 1:
        return as_numbers(given, lambda at: f"weight {at[0] + 1}"), list(
            positions(0, len(given))[1]
        )
    numbers, names = _table(given, "weight", "criterion")
    if len(numbers) != draws:
        raise InputError(
            Fault("weights", f"{draws} rows, one for each draw of the scores", f"{len(numbers)}")
        )
    return numbers, names if isinstance(given, pd.DataFrame) else list(
        positions(0, numbers.shape[1])[1]
    )


def _warn_of_few(n: int) -> None:
    if n < FEW:
        sentence = (
            f"{n} draw{'s' if n > 1 else ''}: too few for a standard error that can be used; take "
            f"{LOOKED_AT:,}"
        )
        warnings.warn(sentence, AssumptionWarning, stacklevel=3)
