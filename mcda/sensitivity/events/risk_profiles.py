"""Risk profiles: with what chance a bill is over an amount, and which option dominates which."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError, NotApplicable
from mcda.checks.significant_digits import plain
from mcda.sensitivity.events.bills import Bills

NOISE = 1e-9  # of all: chances that differ by less are equal
MOST = 4_096  # ways in which events can turn out
CELLS = 20_000_000  # amounts that are looked at together
ROWS = 20  # amounts of a table, about
REST = 0.005  # of the chance of each bill, that may lie beyond a table's amounts
LOOKS = 500  # amounts at which most pairs are seen to cross
STEPS = (1.0, 2.0, 5.0, 10.0)  # what a reader counts in: round amounts


@dataclass(frozen=True, eq=False)
class Profile:
    """What the bill of an option may be: amounts from low to high, and the chance of each.

    >>> profile = Profile.of(np.array([30.0, 10.0, 10.0]), np.array([0.25, 0.5, 0.25]))
    >>> profile.over(np.array([5.0, 10.0, 30.0])).tolist()
    [1.0, 0.25, 0.0]
    """

    amounts: np.ndarray
    up_to: np.ndarray

    @classmethod
    def of(cls, amounts: np.ndarray, chances: np.ndarray) -> Profile:
        """Return the profile of amounts (k,) with their chances, which make 1 together."""
        order = np.argsort(amounts, kind="stable")
        return cls(amounts[order], np.concatenate([[0.0], np.cumsum(chances[order])]))

    def up_with(self, chance: float) -> float:
        """Return the amount that the bill is not over with a chance."""
        at = int(np.searchsorted(self.up_to[1:], chance - NOISE))
        return float(self.amounts[min(at, len(self.amounts) - 1)])

    def over(self, amounts: np.ndarray) -> np.ndarray:
        """Return the chance that the bill is over each of some amounts."""
        at = np.searchsorted(self.amounts, amounts, side="right")
        rest = 1.0 - self.up_to[at]
        return np.where((rest < NOISE) | (at == len(self.amounts)), 0.0, np.minimum(rest, 1.0))


def draws_looked_at(bills: Bills) -> int:
    """Return over how many of the draws profiles can be made: all, unless there are many events.

    Raises NotApplicable for more events than can be counted at all.
    """
    ways = math.prod(len(group) + 1 for group in _groups(bills))
    if ways > MOST:
        found = f"{len(bills.events)} that can turn out in {ways:,} ways"
        raise NotApplicable(Fault("events", f"at most {MOST:,} ways to turn out", found))
    draws, options = bills.yearly.shape
    return max(1, min(draws, CELLS // (2 * ways * options)))


def profiles_of(bills: Bills, options: Sequence[str]) -> dict[str, Profile]:
    """Return the risk profile of each option over draws: bills (n, m).

    A draw counts for each way in which events can turn out, with the chance of it in that draw: no
    further number is drawn. Raises InputError where events of one group have chances above 1
    together.
    """
    amounts, chances = _outcomes(bills)
    share = chances / len(amounts)
    return {
        option: Profile.of(amounts[:, at].ravel(), share[:, at].ravel())
        for at, option in enumerate(options)
    }


def _groups(bills: Bills) -> list[list[int]]:
    """Return the places of the events that exclude each other, together."""
    groups: dict[str, list[int]] = {}
    for at, event in enumerate(bills.events):
        groups.setdefault(event.group or f"/{event.key}", []).append(at)
    return list(groups.values())


def _outcomes(bills: Bills) -> tuple[np.ndarray, np.ndarray]:
    """Return the amounts that a year's bill can be, and their chances: (n, m, ways) each."""
    amounts = (bills.yearly + bills.once / bills.years)[..., None]
    chances = np.ones_like(amounts)
    for group in _groups(bills):
        none = 1.0 - np.sum([bills.chances[at] for at in group], axis=0)
        _check_group(bills, group, none)
        parts = [(np.maximum(none, 0.0), np.zeros(1))]
        parts += [(bills.chances[at], bills.losses[at][..., None] / bills.years) for at in group]
        amounts = np.concatenate([amounts + lost for _, lost in parts], axis=-1)
        chances = np.concatenate([chances * chance[..., None] for chance, _ in parts], axis=-1)
    if (bills.happens < 1.0).any():
        happens = bills.happens[..., None]
        other = bills.fallbacks
        amounts = np.concatenate([amounts, amounts[:, other]], axis=-1)
        chances = np.concatenate([chances * happens, chances[:, other] * (1 - happens)], axis=-1)
    return amounts[:, bills.shown], chances[:, bills.shown]


def _check_group(bills: Bills, group: Sequence[int], none: np.ndarray) -> None:
    """Refuse events that exclude each other and have chances above 1 together."""
    if float(none.min()) < -NOISE:
        names = ", ".join(f"'{bills.events[at].key}'" for at in group)
        found = f"{plain(100 * (1 - float(none.min())), 4)} percent in one draw"
        remedy = "lower their chances, or leave the group blank"
        expected = "chances of at most 100 percent together: one of them happens at most"
        raise InputError(Fault(f"events {names}", expected, found, remedy))


def profile_table(profiles: dict[str, Profile], amounts: np.ndarray) -> pd.DataFrame:
    """Return the chance that each option's bill is over each amount: amounts x options."""
    table = {option: profile.over(amounts) for option, profile in profiles.items()}
    return pd.DataFrame(table, index=pd.Index(amounts, name="amount"))


def round_amounts(profiles: dict[str, Profile]) -> np.ndarray:
    """Return about twenty round amounts, from the least bill to one that hardly any is over."""
    low = min(float(profile.amounts[0]) for profile in profiles.values())
    high = max(profile.up_with(1 - REST) for profile in profiles.values())
    least = (high - low) / ROWS
    if least <= 0:
        return np.array([low])
    unit = 10.0 ** math.floor(math.log10(least))
    step = unit * next(one for one in STEPS if unit * one >= least * (1 - NOISE))
    return np.arange(math.floor(low / step), math.ceil(high / step) + 1) * step


def first_order(profiles: dict[str, Profile]) -> pd.DataFrame:
    """Return the pairs in which one option dominates the other in the first order.

    At every amount its bill is over it with at most the chance of the other's, and with a smaller
    one at some amount. Columns dominator, dominated.
    """
    pairs = []
    for option, first in profiles.items():
        for other, second in profiles.items():
            if option != other and _dominates(first, second):
                pairs.append((option, other))
    return pd.DataFrame(pairs, columns=["dominator", "dominated"])


def _dominates(one: Profile, other: Profile) -> bool:
    """Say whether one profile lies nowhere above another, and somewhere below it."""
    both = (one.amounts, other.amounts)
    few = np.concatenate([amounts[:: max(1, 2 * len(amounts) // LOOKS)] for amounts in both])
    if (other.over(few) - one.over(few)).min() < -NOISE:
        return False
    amounts = np.concatenate(both)
    apart = other.over(amounts) - one.over(amounts)
    return bool(apart.min() >= -NOISE and apart.max() > NOISE)
