"""Which fact is worth finding out before the choice: value of information of every estimate, criterion and weight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mcda.methods.ranking import Method
from mcda.preferences.weights import Weights
from mcda.problem.digits import CLEAR, clear_of_zero, digits
from mcda.problem.faults import Fault, InputError
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.problem.shown import html_result
from mcda.robustness.contest import Contest, contest
from mcda.robustness.draws import Draws, check_draws
from mcda.robustness.information import FOLDS, Binned, Worth, bin_edges, fitted, powers

CHUNK, LEARNED = 10_000, 20_000
Progress = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class ValueOfInformation:
    """What it would be worth, in score, to know each thing before choosing the option with the best mean score.

    evpi: to know everything. table: a row for each thing, the most valuable first: kind ("estimate", "criterion",
    "weights"), label, unit, shared (an estimate that several options read), worth (EVPPI), standard_error, `change`
    (the share of draws in which knowing it leads to another choice), `of_evpi`. choice: the option chosen without
    knowing.
    """

    evpi: Worth
    table: pd.DataFrame
    choice: str
    draws: int
    seed: int
    method: str
    holder: str
    finding: str

    @property
    def worths(self) -> dict[str, Worth]:
        """The worth of each single estimate, by its key."""
        singles = self.table[self.table["kind"] == "estimate"]
        return {
            str(key): Worth(row["worth"], row["standard_error"], self.draws, row["change"], self.choice)
            for key, row in singles.iterrows()
        }

    def _repr_html_(self) -> str:
        return html_result(
            self.finding, {f"Value of information, {self.method}, {self.draws:,} draws": self.table.head(20)}
        )


def value_of_information(
    draws: Draws, weights: Weights, method: str | Method, *, floors: Floors = None, p: float = 2.0,
    progress: Progress | None = None,
) -> ValueOfInformation:  # fmt: skip
    """Return EVPI, and EVPPI of each drawn estimate, each criterion (all that is uncertain in it) and the weights.

    The holder's weights are drawn from their stated ranges beside the estimates, where they have any. One pass over the
    draws; one estimate is cut into 24 bins, several numbers are joined by least squares learned on the first draws and
    tried on the rest; a choice is always made from other draws than those it is tried on, so noise isn't taken for
    information. Held between 0 and EVPI. Floors exclude at the best estimates. Raises InputError
    for one draw. Source: Raiffa and Schlaifer (1961); Strong, Oakley and Brennan (2014).

    >>> from criteria import ukraine_force
    >>> from mcda.robustness.draws import sample
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = value_of_information(sample(problem, n=2_000, seed=1), holders["Paris"], "additive", floors=True)
    >>> bool((found.table["worth"] >= 0).all() and (found.table["worth"] <= found.evpi).all())
    True
    """
    check_draws(draws)
    if draws.n < 2:
        raise InputError(Fault("number of draws", "at least 2: to learn from, and to try on", str(draws.n)))
    case = contest(draws.problem, weights, method, floors=floors, p=p)
    passed = case.problem or draws.problem
    singles = _inquired(draws, passed)
    whole, tallies, groups = _Whole(len(case.values)), {}, _groups(passed, case)
    for first, numbers, values, shares in _chunks(draws, passed, case):
        scores = case.scored(values, shares)
        if not first:
            tallies = {key: Binned(bin_edges(numbers[:, at]), scores.shape[1]) for key, at in singles.items()}
        for key, at in singles.items():
            tallies[key].add(scores, numbers[:, at], first)
        for group in groups.values():
            group.add(scores, group.known(values, shares), first, draws.n)
        whole.add(scores, first)
        if progress:
            progress("value of information", min(1.0, (first + len(scores)) / draws.n))
    return _result(case, passed, draws, whole, tallies, groups)


def _inquired(draws: Draws, passed: Problem) -> dict[str, int]:
    """Return the drawn estimates that some cell of the options left reads, with their place."""
    read = set().union(*passed.reads.values())
    gone = set(draws.problem.options.index) - set(passed.options.index)
    return {key: passed.position[key] for key in draws.varying if key in read and not gone & set(key.split("/"))}


def _chunks(draws: Draws, passed: Problem, case: Contest) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
    """Go through the draws: place of the first, estimates (k, e), values (k, m, n), weights (k, n) or (n,)."""
    for first in range(0, draws.n, CHUNK):
        count = min(CHUNK, draws.n - first)
        numbers = draws.numbers(first, count)
        shares = case.weights.to_numpy(float) if case.space is None else case.space.sample(count, draws.seed, first)
        yield first, numbers, passed.valued(passed.measured(numbers)), shares


class _Whole:
    """Sums of the best score and of each option's, by fold: all that EVPI needs."""

    def __init__(self, options: int) -> None:
        self.best, self.sums, self.counts = np.zeros(FOLDS), np.zeros((FOLDS, options)), np.zeros(FOLDS)
        self.first = np.zeros(options)

    def add(self, scores: np.ndarray, first: int) -> None:
        fold = np.arange(first, first + len(scores)) % FOLDS
        self.best += np.bincount(fold, scores.max(axis=1), minlength=FOLDS)
        self.counts += np.bincount(fold, minlength=FOLDS)
        self.first += np.bincount(scores.argmax(axis=1), minlength=scores.shape[1])
        for at in range(scores.shape[1]):
            self.sums[:, at] += np.bincount(fold, scores[:, at], minlength=FOLDS)

    def worth(self, names: pd.Index) -> Worth:
        choice = int(self.sums.sum(axis=0).argmax())
        used = self.counts > 0
        gain = (self.best - self.sums[:, choice])[used] / self.counts[used]
        total = int(self.counts.sum())
        mean = float((self.best - self.sums[:, choice]).sum() / total)
        error = float(gain.std(ddof=1) / np.sqrt(len(gain))) if len(gain) > 1 else 0.0
        return Worth(max(mean, 0.0), error, total, float(1 - self.first[choice] / total), str(names[choice]))


class _Group:
    """Several numbers known together: learned by least squares on the first draws, tried on the rest."""

    def __init__(self, kind: str, label: str, columns: Any) -> None:
        self.kind, self.label, self.columns = kind, label, columns
        self.held: list[tuple[np.ndarray, np.ndarray]] = []
        self.fitted: np.ndarray | None = None
        self.sums: tuple[np.ndarray, ...] = ()
        self.tried = 0

    def known(self, values: np.ndarray, shares: np.ndarray) -> np.ndarray:
        """Return the numbers (k, numbers) that would be known: values on some leaves, or the weights of the tops."""
        return shares @ self.columns if self.kind == "weights" else values[..., self.columns].reshape(len(values), -1)

    def add(self, scores: np.ndarray, known: np.ndarray, first: int, draws: int) -> None:
        learned = min(LEARNED, draws // 2)
        cut = int(np.clip(learned - first, 0, len(scores)))
        if cut:
            self.held.append((scores[:cut], known[:cut]))
        if cut < len(scores):
            self._learn()
            self._try(scores[cut:], known[cut:])

    def _learn(self) -> None:
        if self.fitted is None:
            scores, known = (np.concatenate(part) for part in zip(*self.held, strict=True))
            self.centre, spread = known.mean(axis=0), known.std(axis=0)
            self.scale = np.where(spread > 1e-12, spread, 1.0)
            basis = powers((known - self.centre) / self.scale)
            self.fitted = fitted(basis, scores - scores[:, [scores.mean(axis=0).argmax()]])
            self.held.clear()

    def _try(self, scores: np.ndarray, known: np.ndarray) -> None:
        predicted = powers((known - self.centre) / self.scale) @ self.fitted
        chosen = predicted.argmax(axis=1)
        gains = scores[np.arange(len(scores)), chosen][:, None] - scores
        sums = gains.sum(axis=0), (gains**2).sum(axis=0), np.bincount(chosen, minlength=scores.shape[1])
        self.sums = tuple(map(np.add, self.sums, sums)) if self.sums else sums
        self.tried += len(scores)

    def worth(self, choice: int) -> tuple[float, float, float]:
        """Return the gain on the option chosen without knowing, its error, and how often another is then chosen.

        Where nothing is gained the choice stays.
        """
        mean, square, chosen = (float(sums[choice]) / self.tried for sums in self.sums)
        error = float(np.sqrt(max(square - mean**2, 0.0) / self.tried))
        return (mean, error, 1 - chosen) if mean > 0 else (0.0, error, 0.0)


def _groups(passed: Problem, case: Contest) -> dict[str, _Group]:
    """Return what can be known together: all values on a leaf, on all leaves below a head, and the weights."""
    keys = [leaf.key for leaf in passed.leaves]
    groups = {leaf.key: _Group("criterion", leaf.label, [at]) for at, leaf in enumerate(passed.leaves)}
    for head in passed.heads:
        if not head.parent:
            below = [at for at, key in enumerate(keys) if passed.top(key) == head.key]
            groups[head.key] = _Group("criterion", head.label, below)
    if case.space is not None:
        tops = list(dict.fromkeys(passed.top(key) for key in keys))
        under = np.array([[float(passed.top(key) == top) for top in tops] for key in keys])
        groups["weights"] = _Group("weights", f"weights of {case.holder}", under)
    return groups


def _result(
    case: Contest,
    passed: Problem,
    draws: Draws,
    whole: _Whole,
    tallies: Mapping[str, Binned],
    groups: Mapping[str, _Group],
) -> ValueOfInformation:
    evpi = whole.worth(case.values.index)
    rows = {}
    for key, tally in tallies.items():
        own = set(passed.options.index) & set(key.split("/"))
        rows[key] = ("estimate", key, passed.estimates[key].unit, not own, *tally.worth())
    for key, group in groups.items():
        rows[key] = (group.kind, group.label, "", True, *group.worth(case.values.index.get_loc(evpi.choice)))
    columns = ["kind", "label", "unit", "shared", "worth", "standard_error", "change"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table["worth"] = table["worth"].clip(0.0, float(evpi))
    table["of_evpi"] = table["worth"] / float(evpi) if evpi > 0 else 0.0
    table = table.sort_values("worth", ascending=False, kind="stable")
    return ValueOfInformation(
        evpi, table, evpi.choice, draws.n, draws.seed, case.method, case.holder, _told(case, evpi, table)
    )


def _told(case: Contest, evpi: Worth, table: pd.DataFrame) -> str:
    told = f"Chosen on mean scores is {case.name(evpi.choice)}"
    if not evpi:
        return f"{told}, the best in every draw: to know more is worth nothing."
    told += f"; to know everything would change that in {100 * evpi.change:.0f}% of {evpi.draws:,} draws and is worth "
    told += f"{digits(evpi, 2)} of score."
    singles = table[table["kind"] == "estimate"]
    clear = [clear_of_zero(*row) for row in singles[["worth", "standard_error"]].to_numpy()]
    if not any(clear):
        return f"{told} What it is worth to know a single estimate is not told apart from 0."
    top, row = str(singles.index[clear][0]), singles[clear].iloc[0]
    return (
        f"{told} The single estimate most worth finding out is {top}: it would change the choice in "
        f"{100 * row['change']:.0f}% of draws and is worth {digits(row['worth'], 2)} "
        f"(give or take {digits(CLEAR * row['standard_error'], 2)})."
    )
