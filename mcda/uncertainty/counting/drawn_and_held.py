"""The parts of an analysis over draws, facts and weights: which are drawn or held, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np

from mcda.checks.arguments import check_several
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.preferences.weighting.spaces import WeightSpace
from mcda.preferences.weighting.stated import Weights
from mcda.problem.over_ranges.estimate_sampler import Drawing
from mcda.sentences.catalogue import told
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.draws.draws import Draws

FACTS = "facts"
WEIGHTS = "weights"
PARTS = (FACTS, WEIGHTS)
TRIED = 64  # draws of weights: enough to see whether a leaf ever has weight

# why a part is held
ASKED = "asked"
NO_RANGE = "no range"
JUDGED = "judged in pairs"
NOT_COUNTED = "not counted"
# a reason, as the catalogue names it
KEYS = {ASKED: "asked", NO_RANGE: "no_range", JUDGED: "judged", NOT_COUNTED: "not_counted"}


def parts_to_hold(hold: str | Iterable[str]) -> tuple[str, ...]:
    """Return the parts that a caller holds; raises InputError for a word that is no part.

    >>> parts_to_hold("weights"), parts_to_hold(())
    (('weights',), ())
    """
    if isinstance(hold, str):
        hold = (hold,)
    check_several(hold, "hold", f"any of {known(PARTS)}", 'such as hold="weights"')
    names = list(hold)
    refuse(
        Fault("hold", f"any of {known(PARTS)}", repr(part)) for part in names if part not in PARTS
    )
    return tuple(part for part in PARTS if part in names)


def at_best_estimates(draws: Draws) -> Draws:
    """Return the same draws with every fact at its best estimate."""
    drawing = Drawing(draws.drawing.estimates, draws.seed, (), draws.drawing.correlations.among(()))
    return replace(draws, varying=(), drawing=drawing)


def weights_to_draw(whose: Weights | WeightSpace, hold: tuple[str, ...]) -> Weights | WeightSpace:
    """Return what weights are drawn from: the ranges stated for them, where there are any.

    Ranges of no width don't count. Raises InputError where a weight space is to be held: it states
    no weights to hold.
    """
    if isinstance(whose, WeightSpace):
        if WEIGHTS in hold:
            where = f"weights of '{whose.holder}'"
            found = "a weight space"
            raise InputError(
                Fault(
                    where, "stated weights, to hold them at", found, "draw them, or state weights"
                )
            )
        return whose
    if whose.space is None or WEIGHTS in hold or not whose.space.varies:
        return whose
    return whose.space


def why_held(
    job: Job, at: int, stated: Weights | WeightSpace, used: Weights | WeightSpace
) -> dict[str, str]:
    """Return which parts stay the same in every draw of one holder's analysis, with the reasons.

    stated: what the caller gave; used: what the method takes of it, which is the same or the
    weights from its pairwise judgements.
    """
    counted = set().union(
        *(job.performances.ranked.reads[leaf] for leaf in _leaves_that_count(job, at))
    )
    return reasons_held(job.draws, counted, job.weights[at], stated, used)


def reasons_held(
    draws: Draws,
    counted: Collection[str],
    drawn: Weights | WeightSpace,
    stated: Weights | WeightSpace,
    used: Weights | WeightSpace,
) -> dict[str, str]:
    """Return which parts stay the same in every draw, each with the reason.

    counted: the estimates that the result depends on; drawn: the weights in the draws; stated and
    used are as in `why_held`.
    """
    reasons = {FACTS: _facts_held(draws, counted), WEIGHTS: _weights_held(drawn, stated, used)}
    return {part: reason for part, reason in reasons.items() if reason}


def _facts_held(draws: Draws, counted: Collection[str]) -> str:
    """Return why no fact changes a result that depends on some estimates.

    The reason is blank where one of these estimates is drawn.
    """
    if not draws.varying:
        ranges = any(estimate.varies for estimate in draws.drawing.estimates.values())
        return ASKED if ranges else NO_RANGE
    return NOT_COUNTED if set(counted).isdisjoint(draws.varying) else ""


def _leaves_that_count(job: Job, at: int) -> list[str]:
    """Return the leaves that have weight in some draw.

    For a function these are all leaves: it may not use the weights.
    """
    leaves = [leaf.key for leaf in job.performances.ranked.leaves]
    if not isinstance(job.method, str):
        return leaves
    weights = job.weights_of_one(at, 0, TRIED)
    return [leaf for leaf, row in zip(leaves, weights, strict=True) if np.any(row > 0)]


def _weights_held(
    drawn: Weights | WeightSpace, stated: Weights | WeightSpace, used: Weights | WeightSpace
) -> str:
    if isinstance(drawn, WeightSpace):
        return "" if drawn.varies else NO_RANGE
    if used is not stated:
        return JUDGED
    ranges = isinstance(stated, Weights) and stated.space is not None and stated.space.varies
    return ASKED if ranges else NO_RANGE


def drawn_in_words(reasons: Mapping[str, str]) -> str:
    """Return what was drawn, for a finding, and in brackets why the rest was held.

    >>> drawn_in_words({}), drawn_in_words({"weights": "no range"})
    ('facts and weights', 'facts (no weight has a range)')
    """
    drawn = told("join.and").join(told(f"drawn.{part}") for part in PARTS if part not in reasons)
    if not reasons:
        return drawn
    whys = [_why_held(part, reason) for part, reason in reasons.items()]
    return told("held.drawn", parts=drawn, reasons=told("join.comma").join(whys))


def nothing_drawn(reasons: Mapping[str, str]) -> str:
    """Return the sentence for a ranking on which nothing that is drawn bears.

    >>> nothing_drawn({"facts": "no range", "weights": "no range"})
    'no score and no weight has a range: nothing was drawn, so there are no shares of draws'
    """
    facts = reasons[FACTS]
    weights = reasons[WEIGHTS]
    if facts == weights:
        reason = told(f"held.both_{KEYS[facts]}")
    else:
        whys = [_why_held(FACTS, facts), _why_held(WEIGHTS, weights)]
        reason = told("join.and").join(whys)
    return told("held.nothing", reason=reason)


def _why_held(part: str, reason: str) -> str:
    return told(f"held.{part}_{KEYS[reason]}")
