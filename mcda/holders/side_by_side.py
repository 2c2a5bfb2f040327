"""Holders side by side: every option's rank and score for each, and where holders part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number, check_word
from mcda.checks.labels import JOIN, name_among
from mcda.checks.significant_digits import plain
from mcda.display.html_table import html_table
from mcda.methods.method import Choice
from mcda.methods.ranking import Ranking, rank
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.preferences.weighting.stated import Weights, check_holders
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.sentences.catalogue import method_asked, told

PLACES_APART = 3  # ranks between a holder and the nearest other: fewer are no lone view
SHARE_APART = 0.1  # of pairs that two holders order differently: below it they see alike

EVEN = 12  # decimals: of distances that are equal the first is taken, on any machine


@dataclass(frozen=True, eq=False)
class Clusters:
    """Holders in groups that are numbered by size.

    The groups are made by average linkage and cut where the average distance exceeds `apart`.

    Attributes
    ----------
    table : DataFrame
        A row for each holder: its cluster, the nearest other holder and the distance to it.
    distances : DataFrame
        Holders x holders, in shares. By rankings: of the pairs of options that two holders order
        differently, where a tie for one of them counts half. By weights: of the whole weight that
        one holder would have to move to have the other's weights.
    by : {"rankings", "weights"}
        What the distances compare.
    apart : float
        The average distance, as a share, above which groups stay apart.
    """

    table: pd.DataFrame
    distances: pd.DataFrame
    by: str
    apart: float

    @property
    def members(self) -> tuple[tuple[str, ...], ...]:
        """The holders of each cluster, the largest first."""
        return tuple(tuple(rows.index) for _, rows in self.table.groupby("cluster"))

    def _repr_html_(self) -> str:
        return html_table(self.table, told(f"caption.by_{self.by}", apart=plain(self.apart)))


@dataclass(frozen=True, eq=False)
class Perspectives:
    """Ranks and scores of every option for every holder, under one method.

    Nobody's weights are averaged. An option that a floor excludes has no row.

    Attributes
    ----------
    rankings : mapping of str to Ranking
        The ranking of each holder.
    ranks, scores : DataFrame
        Options x holders.
    weights : DataFrame
        The weights of each holder.
    labels : Series
        The label of each option.
    method : str
        The method that scores the options.
    disagreement : DataFrame
        A row for each option: its best and its worst rank with their holders, its median rank, for
        how many holders it is first and last, and the mean number of places between two holders.
    """

    rankings: Mapping[str, Ranking]
    ranks: pd.DataFrame
    scores: pd.DataFrame
    weights: pd.DataFrame
    labels: pd.Series
    method: str

    @property
    def disagreement(self) -> pd.DataFrame:
        """Where the holders part, option by option; the most disputed first."""
        ranks = self.ranks.to_numpy()
        holders = np.array(self.ranks.columns)
        pairs = abs(ranks[:, :, None] - ranks[:, None, :]).sum(axis=(1, 2))
        table = pd.DataFrame(
            {"label": self.labels, "best": ranks.min(axis=1)}, index=self.ranks.index
        )
        table["best for"] = [JOIN.join(holders[row == row.min()]) for row in ranks]
        table["median"] = np.median(ranks, axis=1)
        table["worst"] = ranks.max(axis=1)
        table["worst for"] = [JOIN.join(holders[row == row.max()]) for row in ranks]
        table["first for"] = (ranks == 1).sum(axis=1)
        table["last for"] = self._is_last.sum(axis=1)
        table["places apart"] = pairs / max(len(holders) * (len(holders) - 1), 1)
        return table.sort_values("places apart", ascending=False, kind="stable")

    @property
    def never_last(self) -> tuple[str, ...]:
        """The options that nobody ranks last."""
        return tuple(self.ranks.index[~self._is_last.any(axis=1)])

    @property
    def first_for_nobody(self) -> tuple[str, ...]:
        """The options that are first for nobody."""
        return tuple(self.ranks.index[(self.ranks != 1).all(axis=1)])

    @property
    def _is_last(self) -> np.ndarray:
        ranks = self.ranks.to_numpy()
        return ranks == ranks.max(axis=0)

    @property
    def has_majority(self) -> bool:
        """Whether more than half of the holders have the same first option."""
        counts = Counter(ranking.leaders for ranking in self.rankings.values())
        return 2 * max(counts.values()) > len(self.rankings)

    @property
    def minority_views(self) -> tuple[str, ...]:
        """The views of few, in words.

        Few are fewer than the largest group, or one holder with ranks three or more places from any
        other.
        """
        return (*self._lone_leaders(), *self._lone_ranks())

    def _lone_leaders(self) -> list[str]:
        leaders = {holder: ranking.leaders for holder, ranking in self.rankings.items()}
        counts = Counter(leaders.values()).most_common()
        total = len(leaders)
        most = counts[0][1]
        usual = _listed(
            [
                f"{most} of {total} holders put {self._named(led)} there"
                for led, n in counts
                if n == most
            ]
        )
        return [
            f"{_listed(_holding(leaders, others))} {_verb(count, 'puts', 'put')} "
            f"{self._named(others)} first; {usual}."
            for others, count in counts
            if count < most
        ]

    def _lone_ranks(self) -> list[str]:
        sentences = []
        for option, row in self.ranks.iterrows():
            for holder, position in row.items():
                others = row.drop(holder)
                if len(others) > 1 and abs(others - position).min() >= PLACES_APART:
                    sentences.append(
                        f"{holder} ranks {self._named((str(option),))} {_ordinal(position)}, the "
                        f"others {_between(others.min(), others.max())}."
                    )
        return sentences

    def _named(self, options: tuple[str, ...]) -> str:
        names = {str(option): str(label) for option, label in self.labels.items()}
        return _listed([name_among(names, option) for option in options])

    def clusters(self, by: str = "rankings", apart: float = SHARE_APART) -> Clusters:
        """Return groups of holders with similar "rankings" or "weights"; other words raise."""
        check_word(by, ("rankings", "weights"), "clusters by")
        check_number(
            apart, lambda apart: 0 <= apart < np.inf, "apart", "a finite share of at least 0"
        )
        distances = (
            _order_distances(self.scores) if by == "rankings" else _weight_distances(self.weights)
        )
        return Clusters(_clustered(distances, apart), distances, by, apart)

    def _repr_html_(self) -> str:
        shown = self.ranks.set_axis(
            [f"{self.labels[option]} ({option})" for option in self.ranks.index]
        )
        return html_table(shown, told("caption.ranks_by_holder", method=method_asked(self.method)))


def perspectives(
    problem: Problem,
    holders: Mapping[str, Weights],
    method: Choice,
    *,
    floors: Floors = None,
    p: float = 2.0,
) -> Perspectives:
    """Return the ranking of a question for every holder, side by side.

    Parameters
    ----------
    problem : Problem
        The question.
    holders : mapping of str to Weights
        The weights of the holders, by name.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.

    Returns
    -------
    Perspectives
        The ranks and scores, options x holders.

    Raises
    ------
    InputError
        As `rank` does.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> side = perspectives(ukraine_force.problem(), ukraine_force.perspectives(), "topsis")
    >>> side.ranks.loc["OPT01", ["Kyiv", "London"]].tolist()
    [7, 1]
    >>> side.minority_views[0].partition("; ")[0]
    'Kyiv puts Deterrent force first'
    """
    check_holders(holders)
    rankings = {
        name: rank(problem, stated, method, floors=floors, p=p) for name, stated in holders.items()
    }
    one = next(iter(rankings.values()))
    options = [option for option in problem.options.index if option in one.table.index]
    columns = {name: ranking.table.loc[options] for name, ranking in rankings.items()}
    return Perspectives(
        rankings,
        ranks=pd.DataFrame({name: table["rank"] for name, table in columns.items()}),
        scores=pd.DataFrame({name: table["score"] for name, table in columns.items()}),
        weights=pd.DataFrame({name: ranking.weights.values for name, ranking in rankings.items()}),
        labels=problem.short.loc[options],
        method=one.method,
    )


def _order_distances(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the share of pairs of options that two holders order differently.

    This is Kendall's distance, in which a tie counts half.
    """
    numbers = scores.to_numpy()
    first, second = np.triu_indices(len(numbers), k=1)
    leads = numbers[first] - numbers[second]
    signs = np.where(abs(leads) <= TIE_TOLERANCE, 0.0, np.sign(leads))
    apart = abs(signs[:, :, None] - signs[:, None, :]).sum(axis=0) / (2 * max(len(first), 1))
    return pd.DataFrame(apart, scores.columns, scores.columns)


def _weight_distances(weights: pd.DataFrame) -> pd.DataFrame:
    numbers = weights.to_numpy()
    apart = abs(numbers[:, :, None] - numbers[:, None, :]).sum(axis=0) / 2
    return pd.DataFrame(apart, weights.columns, weights.columns)


def _clustered(distances: pd.DataFrame, apart: float) -> pd.DataFrame:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    holders = list(distances.index)
    n = len(distances)
    distances = distances.round(EVEN)
    if n == 1:
        return pd.DataFrame({"cluster": [1], "nearest": [""], "distance": [np.nan]}, index=holders)
    cluster_numbers = fcluster(
        linkage(squareform(distances.to_numpy(), checks=False), "average"), apart, "distance"
    )
    sizes = Counter(cluster_numbers.tolist())
    order = sorted(
        sizes, key=lambda number: (-sizes[number], cluster_numbers.tolist().index(number))
    )
    others = distances.to_numpy() + np.where(np.eye(n, dtype=bool), np.inf, 0)
    table = pd.DataFrame(
        {"cluster": [order.index(number) + 1 for number in cluster_numbers]}, index=holders
    )
    table["nearest"] = np.array(holders)[others.argmin(axis=1)]
    table["distance"] = others.min(axis=1)
    return table.sort_values("cluster", kind="stable")


def _holding(leaders: Mapping[str, tuple[str, ...]], options: tuple[str, ...]) -> list[str]:
    return [holder for holder, led in leaders.items() if led == options]


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _ordinal(position: int) -> str:
    ending = (
        {1: "st", 2: "nd", 3: "rd"}.get(position % 10, "th") if position // 10 % 10 != 1 else "th"
    )
    return f"{position}{ending}"


def _between(first: int, last: int) -> str:
    return f"all {_ordinal(first)}" if first == last else f"{_ordinal(first)} to {_ordinal(last)}"


def _listed(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
