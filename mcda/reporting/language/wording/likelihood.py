"""Words for the likelihood of an event, from one declared scale, with the range inline.

They are never used for a ranking.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.significant_digits import rounded
from mcda.reporting.language.numbers import share, whole_percent
from mcda.sentences.catalogue import told


@dataclass(frozen=True)
class Band:
    """A word for the likelihoods from low to high, in percent.

    The upper end belongs to it only where it is closed.
    """

    low: int
    high: int
    word: str
    closed: bool = False

    def holds(self, percent: float) -> bool:
        """Say whether a likelihood in percent has this word."""
        return self.low <= percent < self.high or (self.closed and percent == self.high)

    def __str__(self) -> str:
        """Tell the word with its range inline."""
        return told("likelihood.phrase", word=self.word, low=self.low, high=self.high)


# Intelligence Community Directive 203 (2015): adjoining bands
ICD203 = (
    Band(1, 5, "almost no chance"),
    Band(5, 20, "very unlikely"),
    Band(20, 45, "unlikely"),
    Band(45, 55, "roughly even chance"),
    Band(55, 80, "likely"),
    Band(80, 95, "very likely"),
    Band(95, 99, "almost certain", closed=True),
)
# Professional Head of Intelligence Assessment, United Kingdom, edition 2025-03:
# gaps between bands are meant
PHIA = (
    Band(0, 5, "remote chance", closed=True),
    Band(10, 20, "highly unlikely", closed=True),
    Band(25, 35, "unlikely", closed=True),
    Band(40, 50, "realistic possibility"),
    Band(55, 75, "likely", closed=True),
    Band(80, 90, "highly likely", closed=True),
    Band(95, 100, "almost certain", closed=True),
)
YARDSTICKS = {"icd203": ICD203, "phia": PHIA}
EDITIONS = {"icd203": "ICD 203, 2015", "phia": "PHIA yardstick, edition 2025-03"}


def likelihood_phrase(chance: float, scale: str = "icd203") -> str:
    """Return the words of one scale for the likelihood of an event, with the range inline.

    ICD 203 (2015): bands are half open, the last is closed at 99%. PHIA (edition 2025-03) has gaps
    by design: a chance is rounded to the nearest 5 points; one that is still between two bands is
    shown as a number with both neighbours. The words are chosen from the whole percent that is
    shown, so equal numbers have equal words. Raises InputError for an unknown scale, for 0 and 1,
    and for a chance off the scale.

    >>> likelihood_phrase(0.6), likelihood_phrase(0.6, "phia"), likelihood_phrase(0.37, "phia")
    ('likely [55-80%]', 'likely [55-75%]', 'unlikely [25-35%]')
    """
    if scale not in YARDSTICKS:
        raise InputError(Fault("likelihood scale", f"one of {known(YARDSTICKS)}", repr(scale)))
    if not (isinstance(chance, int | float) and math.isfinite(chance) and 0 < chance < 1):
        raise InputError(
            Fault("likelihood", "a number between 0 and 1, both left out", repr(chance))
        )
    return _icd203(chance) if scale == "icd203" else _phia(whole_percent(chance))


def _icd203(chance: float) -> str:
    band_held = next((band for band in ICD203 if band.holds(whole_percent(chance))), None)
    if band_held is None:
        raise InputError(
            Fault("likelihood", "from 1 to 99% on the scale of ICD 203", share(chance))
        )
    return str(band_held)


def _phia(percent: int) -> str:
    near = percent, 5 * int(rounded(percent / 5))
    held = next((band for at in near for band in PHIA if band.holds(at)), None)
    if held:
        return str(held)
    lower = [band for band in PHIA if band.high <= percent or band.low <= percent][-1]
    upper = next(band for band in PHIA if band.low > percent)
    return told("likelihood.between", number=percent, lower=lower, upper=upper)
