"""How sure the analyst may be of a ranking, with its reasons; kept apart from likelihood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcda.checks.significant_digits import in_percent
from mcda.reporting.language.numbers import share, whole_percent
from mcda.sentences.catalogue import counted, told

# whole percent, as shown
DRAWS_BAR = 80
EVIDENCE_BAR = 80


@dataclass(frozen=True)
class Grounds:
    """What confidence rests on.

    first_places: shares of draws in which each holder's leader keeps first place, None where not
    computed. split_by_method: holders whose leader depends on the method. leaders: how many
    different ones. well_founded: share of cells on facts or models with good sources.
    """

    first_places: Mapping[str, float] | None
    split_by_method: int
    holders: int
    leaders: int
    well_founded: float
    assured: bool


def confidence(grounds: Grounds) -> str:
    """Return high, moderate (one ground fails) or low (two or more), always with every reason."""
    reasons = [reason for _, reason in _tests(grounds).values()]
    return told(
        f"confidence.{confidence_level(grounds)}", reasons=told("join.semicolon").join(reasons)
    )


def confidence_level(grounds: Grounds) -> str:
    """Return the word for confidence: high, moderate (one ground fails) or low (two or more)."""
    return ("high", "moderate", "low")[min(len(failing_grounds(grounds)), 2)]


def failing_grounds(grounds: Grounds) -> list[str]:
    """Return the names of the grounds that fail: draws, methods, holders, evidence, assured."""
    return [name for name, (holds, _) in _tests(grounds).items() if not holds]


def _tests(grounds: Grounds) -> dict[str, tuple[bool, str]]:
    """Return whether each ground holds, with its reason, by its name."""
    return {
        "draws": _draws(grounds),
        "methods": _methods(grounds),
        "holders": _holders(grounds),
        "evidence": _evidence(grounds),
        "assured": _assured(grounds),
    }


def rubric() -> str:
    """Return what makes confidence high, moderate or low, with both bars."""
    return told(
        "confidence.rubric", draws_bar=in_percent(DRAWS_BAR), cells_bar=in_percent(EVIDENCE_BAR)
    )


def _draws(grounds: Grounds) -> tuple[bool, str]:
    if not grounds.first_places:
        return False, told("confidence.draws_absent")
    holder = min(grounds.first_places, key=grounds.first_places.__getitem__)
    least = grounds.first_places[holder]
    if whole_percent(least) >= DRAWS_BAR:
        return True, told("confidence.draws_hold", bar=in_percent(DRAWS_BAR))
    return False, told("confidence.draws_fail", share=share(least), holder=holder)


def _methods(grounds: Grounds) -> tuple[bool, str]:
    if not grounds.split_by_method:
        return True, told("confidence.methods_hold")
    told_count = {"count": grounds.split_by_method, "holders": counted(grounds.holders, "holder")}
    return False, told("confidence.methods_fail", **told_count)


def _holders(grounds: Grounds) -> tuple[bool, str]:
    if grounds.leaders == 1:
        return True, told("confidence.holders_hold")
    return False, told("confidence.holders_fail", count=grounds.leaders)


def _evidence(grounds: Grounds) -> tuple[bool, str]:
    holds = whole_percent(grounds.well_founded) >= EVIDENCE_BAR
    key = "confidence.evidence_hold" if holds else "confidence.evidence_fail"
    return holds, told(key, share=share(grounds.well_founded))


def _assured(grounds: Grounds) -> tuple[bool, str]:
    key = "confidence.assured_hold" if grounds.assured else "confidence.assured_fail"
    return grounds.assured, told(key)
