"""Weights by a deck of cards: the revised Simos procedure (Figueira and Roy, 2002)."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number, check_several, check_whole, shortly
from mcda.checks.faults import AssumptionWarning, Fault, InputError, known, refuse
from mcda.checks.labels import name_faults
from mcda.preferences.weighting.stated import Weights

TOTAL = 100  # what rounded weights add up to
EVEN = 1e-9  # of a unit: what rounding leaves of a whole number of them
MOST_DECIMALS = 6  # of a weight: no cards say more


def cards(
    order: Sequence[str | Sequence[str] | None],
    holder: str,
    *,
    z: float,
    decimals: int | None = None,
    **about: Any,
) -> Weights:
    """Return the weights of criteria that a holder laid out as cards, with blank cards between.

    Criteria on one place weigh the same. From place to place the weight rises by one step, by
    another for each blank card between, and from the first to the last place it rises z-fold.

    Parameters
    ----------
    order : sequence of str, of sequence of str, or of None
        The places, the least important first: a criterion, several that are equally important, or
        None (or an empty list) for a blank card.
    holder : str
        The name of whoever laid them out.
    z : float
        How many times as important the last place is as the first, above 1; 1 if there is only one.
    decimals : int, optional
        Round the weights of 100 to so many decimals by the rule of the source: they add up to 100,
        and those are rounded up whose relative error is smaller that way. Otherwise they are exact.
    **about
        Any further field of `Weights` (as_of, rationale, ...).

    Returns
    -------
    Weights
        Over the criteria. The step "cards" shows for each its place, its weight where the first
        place weighs 1, its weight of 100, and that rounded.

    Raises
    ------
    InputError
        For doubled names, no criteria, a blank card at an end, or a z that doesn't fit.

    References
    ----------
    Figueira and Roy (2002), Determining the weights of criteria in the ELECTRE type methods with a
    revised Simos' procedure, European Journal of Operational Research 139.

    Examples
    --------
    >>> found = cards([["c"], None, ["b"], ["a"]], "panel", z=4)
    >>> found.values.to_dict()
    {'c': 0.125, 'b': 0.375, 'a': 0.5}
    >>> found.steps["cards"]["weight"].to_dict()
    {'c': 1.0, 'b': 3.0, 'a': 4.0}
    """
    check_several(order, "order of cards", "a list, the least important first")
    groups = [_group(group, at) for at, group in enumerate(order, 1)]
    places = _places(groups)
    if decimals is not None:
        check_whole(decimals, 0, "decimals")
        check_number(decimals, lambda some: some <= MOST_DECIMALS, "decimals", "at most 6")
    _check_ratio(z, several=places.nunique() > 1)
    steps = (places - 1) / max(places.max() - 1, 1)
    weight = 1.0 + steps * (z - 1.0)
    shares = TOTAL * weight / weight.sum()
    table = pd.DataFrame({"place": places, "weight": weight, "of 100": shares})
    used = weight
    if decimals is not None:
        used = pd.Series(_rounded(shares.to_numpy(), decimals), index=shares.index)
        table["rounded"] = used
        _tell_split(table)
    return Weights(
        used,
        holder,
        **{"method": "cards (Figueira and Roy, 2002)", "steps": {"cards": table}, **about},
    )


def _group(group: object, at: int) -> list[str]:
    """Return the criteria on a place, none for a blank card."""
    if group is None:
        return []
    if isinstance(group, str):
        return [group]
    if isinstance(group, Iterable):
        return list(group)
    expected = "a criterion, several in a list, or None for a blank card"
    raise InputError(Fault(f"order of cards, place {at}", expected, shortly(group)))


def _places(groups: list[list[str]]) -> pd.Series:
    """Return the place of each criterion, blank cards counted, from 1."""
    names = [name for group in groups for name in group]
    refuse(name_faults(names, "criterion"))
    if not names:
        raise InputError(Fault("order of cards", "at least one criterion", "none"))
    for which, end in (("first", groups[0]), ("last", groups[-1])):
        if not end:
            found = f"one that is {which}"
            remedy = "take it out: only the distance between two places has a meaning"
            raise InputError(Fault("order of cards", "blank cards between criteria", found, remedy))
    places = [at for at, group in enumerate(groups, 1) for _ in group]
    return pd.Series(places, index=names)


def _check_ratio(z: Any, *, several: bool) -> None:
    remedy = "z says how many times as important the last place is as the first"
    if several:
        check_number(z, lambda z: 1 < z < np.inf, "z", "a finite number above 1", remedy)
    else:
        remedy = "all criteria lie on one place, so the first is the last"
        check_number(z, lambda z: z == 1, "z", "1", remedy)


def _rounded(shares: np.ndarray, decimals: int) -> np.ndarray:
    """Return shares of 100 as numbers with so many decimals that add up to 100.

    All are cut; as many units as are then missing are given back. A share whose error would be
    relatively larger if it were rounded up gets one last; of the others, those are first that lose
    most by the cut.
    """
    unit = 10.0**decimals
    exact = shares * unit
    cut = np.floor(exact + EVEN)
    missing = int(np.rint(TOTAL * unit - cut.sum()))
    loss = np.maximum(exact - cut, 0.0) / exact
    gain = (cut + 1.0 - exact) / exact
    reluctant = gain > loss
    # by what comes first: willing ones by falling loss, then reluctant ones by rising gain
    key = np.where(reluctant, gain, -loss)
    order = np.lexsort((key, reluctant))
    up = np.zeros(len(shares))
    up[order[:missing]] = 1.0
    return (cut + up) / unit


def _tell_split(table: pd.DataFrame) -> None:
    """Warn of criteria on one place that were rounded to different numbers."""
    apart = table.groupby("place")["rounded"].transform("nunique") > 1
    if apart.any():
        warnings.warn(
            f"{known(table.index[apart])}: equally important, rounded to different weights so that "
            "all add up to 100; more decimals keep them equal more nearly",
            AssumptionWarning,
            stacklevel=3,
        )
