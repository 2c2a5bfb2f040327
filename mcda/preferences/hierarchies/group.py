"""A group's pairwise judgements: every member kept, joined in a named way, and their agreement."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_named, check_word
from mcda.checks.faults import AssumptionWarning, Fault, Faults, InputError, known, refuse
from mcda.checks.labels import as_numbers, name_faults
from mcda.checks.significant_digits import fixed, plain
from mcda.display.html_table import html_table
from mcda.preferences.hierarchies.disagreement import (
    NAMED,
    TWOFOLD,
    consensus,
    incompatibility,
    split_of,
    split_told,
    spread_of,
)
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.hierarchies.priorities import Priorities, solved
from mcda.preferences.pairwise.consistency import LIMIT, SAATY_1980, Consistency, ratio_above
from mcda.preferences.pairwise.incomplete import parts_of
from mcda.preferences.weighting.normalise import normalised
from mcda.preferences.weighting.stated import Weights
from mcda.sentences import catalogue

WAYS = ("AIJ", "AIP", "AIP arithmetic")
VERY_LOW = 0.5  # a consensus that Goepel's scale of words calls very low
Told = dict[tuple[str, type[Warning]], None]


@dataclass(frozen=True, eq=False)
class Group:
    """A group's priorities, and what they hide.

    Attributes
    ----------
    judgements : mapping of str to Judgements
        As the members gave them, by name.
    priorities : pandas.Series
        Of the group over the items, summing to one.
    members : pandas.DataFrame
        The priorities of each member, a row for each.
    shares : pandas.Series
        How much each member counts, summing to one.
    coherence : mapping of str to Consistency
        Each member's consistency; `ratios` has the ratios.
    way, rule : str
        How the members were put together, and how priorities were computed.
    consistency : Consistency or None
        Of the joined judgements, if they were joined (AIJ).
    consensus : float
        At most 1, see `consensus`.
    spread : pandas.DataFrame
        A row for each item: lowest and highest priority, who holds them, and highest over lowest.
    incompatibility : float
        The members' mean squared log error about the group's priorities (Escobar, Aguaron and
        Moreno-Jimenez, 2015); NaN if a pair is missing.
    joined : pandas.DataFrame or None
        The group's matrix (AIJ).
    split : pandas.DataFrame
        A row for each pair of items on which the group looks indifferent because its members
        contradict each other, see `group`.

    Examples
    --------
    >>> found = group({"Ann": [[1, 5], [1 / 5, 1]], "Ben": [[1, 2], [1 / 2, 1]]})
    >>> found.members.round(2).loc["Ann"].tolist(), found.shares.tolist()
    ([0.83, 0.17], [0.5, 0.5])
    """

    judgements: Mapping[str, Judgements]
    priorities: pd.Series
    members: pd.DataFrame
    shares: pd.Series
    coherence: Mapping[str, Consistency]
    way: str
    rule: str
    consistency: Consistency | None
    consensus: float
    spread: pd.DataFrame
    incompatibility: float
    joined: pd.DataFrame | None
    split: pd.DataFrame

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the priorities must know."""
        measure = catalogue.told("group_notes.measure")
        notes = [
            catalogue.told(f"group_way.{self.way}"),
            catalogue.told("group_notes.caution"),
            catalogue.told(
                "group_notes.consensus", measure=measure, number=_places(self.consensus)
            ),
        ]
        return (*notes, *self.alarms)

    @property
    def alarms(self) -> tuple[str, ...]:
        """What the group's priorities hide: a split, and members who contradict themselves.

        One sentence for each.
        """
        alarms = []
        if len(self.split):
            alarms.append(split_told(self.split))
        elif self.consensus < VERY_LOW and self.priorities.max() < TWOFOLD * self.priorities.min():
            alarms.append(
                catalogue.told("group_notes.no_consensus", number=_places(self.consensus))
            )
        if len(self.incoherent):
            alarms.append(
                _incoherent_told({name: self.coherence[name] for name in self.incoherent.index})
            )
        apart = [name for name in self.judgements if name not in self.members.index]
        if apart:
            key = "apart_joined" if self.way == "AIJ" else "apart"
            alarms.append(catalogue.told(f"group_notes.{key}", names=known(apart)))
        return tuple(alarms)

    @property
    def ratios(self) -> pd.Series:
        """Each member's consistency ratio."""
        return pd.Series({name: one.ratio for name, one in self.coherence.items()})

    @property
    def incoherent(self) -> pd.Series:
        """The consistency ratios above 0.10, by member."""
        return self.ratios[self.ratios > LIMIT]

    @property
    def table(self) -> pd.DataFrame:
        """A row a member: share in the group, priority of each item, consistency ratio."""
        return pd.concat(
            [self.shares.rename("share"), self.members, self.ratios.rename("consistency ratio")],
            axis=1,
        )

    def weights(self, holder: str, **about: Any) -> Weights:
        """Return the group's priorities as weights of a named holder.

        The members are among the steps.
        """
        steps = {"members": self.table, "spread": self.spread}
        method = f"group AHP, {self.way}, {self.rule}"
        return Weights(
            self.priorities, holder, method, consistency=self.consistency, steps=steps, **about
        )

    def _repr_html_(self) -> str:
        return html_table(self.table, catalogue.joined(self.notes)) + html_table(
            self.spread, catalogue.told("caption.spread")
        )


def group(
    members: Mapping[str, Any],
    shares: Mapping[str, float] | None = None,
    *,
    way: str = "AIJ",
    rule: str = "eigenvector",
    random_index: str = SAATY_1980,
) -> Group:
    """Return the priorities of a group from its members' judgements, by name.

    Warns of every member with a consistency ratio above 0.10, and of a split: a pair of items of
    which the group prefers neither twofold, while members who hold at least a quarter of the shares
    prefer the first twofold or more, and as many the second. Equal shares then come from the split.
    They also do where the group prefers no item twofold to any other at a consensus below 0.5. And
    of members whose judgements don't connect all items: AIJ counts the pairs that they judged, AIP
    sets them aside.

    Parameters
    ----------
    members : mapping of str to Judgements or array_like of shape (n, n)
        Each member's judgements, or a pairwise matrix, of the same items, complete or not; AIJ
        takes the mean of a pair over those who judged it.
    shares : mapping of str to float, optional
        How much each member counts, in any unit; equal without.
    way : str
        "AIJ", "AIP" or "AIP arithmetic" (Forman and Peniwati, 1998).
    rule, random_index : str
        As in `priorities`.

    Returns
    -------
    Group
        The priorities, the members behind them, and how far they agree.

    Raises
    ------
    InputError
        For members that judge different items, unknown members among the shares, or shares that are
        all 0.

    References
    ----------
    Forman and Peniwati (1998), European Journal of Operational Research 108.

    Examples
    --------
    >>> found = group({"Ann": [[1, 5], [1 / 5, 1]], "Ben": [[1, 2], [1 / 2, 1]]})
    >>> found.priorities.round(2).tolist(), round(found.consensus, 2)
    ([0.76, 0.24], 0.94)
    """
    check_word(way, WAYS, "way")
    told: Told = {}
    judged = _members(members, told)
    each = _priorities_of_each(judged, rule, random_index, told)
    part = _shares(judged, shares)
    part = part if way == "AIJ" else _of_those_with_priorities(part, each)
    items = list(next(iter(judged.values())).items)
    rows = pd.DataFrame({name: one.values for name, one in each.items()}, items).T.astype(float)
    coherence = {name: found.consistency for name, found in each.items()}
    joined = _joined(judged, part) if way == "AIJ" else None
    with _heard("joined judgements", told):
        found = solved(joined, rule, random_index) if joined is not None else None
    values = found.values if found else _averaged(rows, part[list(each)], way)
    consistency = found.consistency if found else None
    agreement = consensus(rows.to_numpy()) if len(rows) else float("nan")
    made = Group(
        judged,
        values.rename("priority"),
        rows,
        part,
        coherence,
        way,
        rule,
        consistency,
        agreement,
        spread_of(rows),
        incompatibility(each, part, values),
        joined,
        split_of(rows, part[list(each)], values),
    )
    for alarm in made.alarms:
        told[alarm, AssumptionWarning] = None
    for text, category in told:
        warnings.warn(text, category, stacklevel=2)
    return made


def _priorities_of_each(
    judged: Mapping[str, Judgements], rule: str, random_index: str, told: Told
) -> dict[str, Priorities]:
    """Return the priorities by themselves of each member whose judgements connect all items."""
    each = {}
    faults = Faults()
    for name, judgements in judged.items():
        if len(parts_of(judgements.matrix.notna().to_numpy())) > 1:
            continue
        with faults.gathered(f"judgements of '{name}'"), _heard(f"judgements of '{name}'", told):
            each[name] = solved(judgements, rule, random_index)
    refuse(faults)
    return each


@contextmanager
def _heard(place: str, told: Told) -> Iterator[None]:
    """Keep what is warned of inside, with the words for whose judgements it concerns."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        yield
    for warning in heard:
        told[f"{place}: {warning.message}", warning.category] = None


def _members(members: Mapping[str, Any], told: Told) -> dict[str, Judgements]:
    """Return the members' judgements.

    Raises InputError unless there are some, of the same items.
    """
    check_named(members, "group", "judgements by member", '{"Ann": [[1, 3], [1 / 3, 1]]}')
    if not len(members):
        raise InputError(Fault("group", "at least one member", "none"))
    refuse(name_faults(members, "member"))
    judged = {}
    faults = Faults()
    for name, given in members.items():
        with faults.gathered(f"judgements of '{name}'"), _heard(f"judgements of '{name}'", told):
            judged[name] = given if isinstance(given, Judgements) else Judgements.from_matrix(given)
    refuse(faults)
    first, *others = judged
    items = set(judged[first].items)
    refuse(
        Fault(
            f"judgements of '{name}'",
            f"the same {len(items)} items as '{first}'",
            f"{known(judged[name].items)}",
            "let every member judge the same items",
        )
        for name in others
        if set(judged[name].items) != items
    )
    return judged


def _shares(judged: Mapping[str, Judgements], shares: Mapping[str, float] | None) -> pd.Series:
    stated = dict.fromkeys(judged, 1.0) if shares is None else dict(shares)
    refuse(
        [
            *(
                Fault("shares", f"members among {known(judged)}", f"'{name}'")
                for name in stated
                if name not in judged
            ),
            *(
                Fault("shares", f"a share of '{name}'", "none", "give 0 to leave one out")
                for name in judged
                if name not in stated
            ),
        ]
    )
    numbers = as_numbers(
        [stated[name] for name in judged], lambda at: f"share of '{list(judged)[at[0]]}'"
    )
    faults = [
        Fault(f"share of '{name}'", "a number of at least 0", plain(number))
        for name, number in zip(judged, numbers, strict=True)
        if number < 0
    ]
    if not faults and not numbers.sum() > 0:
        faults = [
            Fault(
                "shares", "at least one member with a share above 0", "only zeros", "say who counts"
            )
        ]
    refuse(faults)
    return pd.Series(normalised(numbers, list(judged)), index=list(judged))


def _of_those_with_priorities(part: pd.Series, each: Mapping[str, Priorities]) -> pd.Series:
    """Return the shares of the members who have priorities of their own, 0 for the others."""
    kept = part.where(part.index.isin(list(each)), 0.0)
    if not kept.sum() > 0:
        remedy = 'use way="AIJ", which joins judgements, or judge more pairs'
        raise InputError(
            Fault("group", "a member whose judgements connect all items", "none", remedy)
        )
    return kept / kept.sum()


def _joined(judged: Mapping[str, Judgements], part: pd.Series) -> pd.DataFrame:
    """Return the weighted geometric mean of the matrices, over those who judged a pair.

    A pair that nobody judged is NaN.
    """
    first = next(iter(judged.values())).matrix
    logs = np.log(
        np.stack(
            [judgements.matrix.loc[first.index, first.index] for judgements in judged.values()]
        )
    )
    counted = part.to_numpy()[:, None, None] * ~np.isnan(logs)
    total = counted.sum(axis=0)
    mean = (counted * np.nan_to_num(logs)).sum(axis=0) / np.where(total > 0, total, np.nan)
    upper = np.triu(mean, 1)
    return pd.DataFrame(np.exp(upper - upper.T), index=first.index, columns=first.columns)


def _averaged(rows: pd.DataFrame, part: pd.Series, way: str) -> pd.Series:
    if way == "AIP arithmetic":
        return rows.T @ part
    logs = np.log(rows).T @ part
    means = np.exp(logs - logs.max())
    return means / means.sum()


def _places(number: float) -> str:
    """Return a number with two places; one that rounds to 0 has no sign.

    The sign would depend on its last bit.
    """
    return catalogue.told("consistency.undefined") if np.isnan(number) else fixed(number, 2)


def _incoherent_told(found: Mapping[str, Consistency]) -> str:
    """Return the sentence on the members who contradict themselves.

    The first of them is shown with the worst triad.
    """
    ratios = []
    for at, (name, one) in enumerate(found.items()):
        key = "ratio_on_triad" if one.triad and at < NAMED else "ratio"
        about = {"name": name, "ratio": ratio_above(one.ratio), "triad": one.triad}
        ratios.append(catalogue.told(f"group_notes.{key}", **about))
    return catalogue.told(
        "group_notes.incoherent", limit=fixed(LIMIT, 2), ratios=catalogue.joined(ratios)
    )
