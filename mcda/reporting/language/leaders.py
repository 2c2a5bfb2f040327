"""Sentences about who leads by which count.

The counts are the best estimates, first places over the draws, and the mean score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mcda.methods.ranking import Ranking
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.problem.model import Problem
from mcda.reporting.language.numbers import share, whole_percent
from mcda.reporting.language.robustness import first_places
from mcda.sentences.catalogue import counted, joined, listed, told
from mcda.uncertainty.smaa.indices import Acceptability


@dataclass(frozen=True)
class Leaders:
    """The options that lead one holder's ranking by each count.

    often: those with the largest share of first places in whole percent, as parts of 100 or alone:
    equal shares count as equal, even if one got the last unit. places: the shares, as shown, of the
    first of `stated`, and the largest.
    """

    stated: tuple[str, ...]
    often: tuple[str, ...]
    mean: tuple[str, ...]
    places: tuple[float, float]

    @property
    def agree(self) -> bool:
        """Whether an option that leads at the best estimates leads by the other counts too."""
        return bool({*self.stated} & {*self.often}) and bool({*self.stated} & {*self.mean})


def leaders_by_count(stated: Sequence[str], robust: Acceptability) -> Leaders:
    """Return who leads by each count.

    stated: who leads at the best estimates, alone where nothing was drawn.
    """
    first = robust.first_rank["acceptability"]
    mean = robust.scores["mean"]
    if first.isna().any() or mean.isna().any():
        return Leaders(tuple(stated), tuple(stated), tuple(stated), (0.0, 0.0))
    shown = first_places(robust)
    alone = first.map(whole_percent)
    among = shown.map(whole_percent)
    often = tuple(
        str(option) for option in first.index[(alone == alone.max()) | (among == among.max())]
    )
    best = tuple(str(option) for option in mean.index[mean >= mean.max() - TIE_TOLERANCE])
    return Leaders(tuple(stated), often, best, (float(shown[stated[0]]), float(shown.max())))


def leaders_apart(problem: Problem, holder: str, counts: Leaders) -> str:
    """Return all who lead one holder's ranking by one count or another, in one sentence.

    It is blank where all counts name the same.
    """
    return (
        "" if counts.agree else told("leaders.one", holder=holder, parts=_by_count(problem, counts))
    )


def leaders_apart_across(
    problem: Problem, rankings: Mapping[str, Ranking], drawn: Mapping[str, Acceptability]
) -> str:
    """Return the same for all holders in one sentence; blank where no count differs for any."""
    every = {
        holder: leaders_by_count(ranking.leaders, drawn[holder])
        for holder, ranking in rankings.items()
        if holder in drawn
    }
    apart = {holder: counts for holder, counts in every.items() if not counts.agree}
    if not apart:
        return ""
    if len(rankings) == 1:
        return leaders_apart(problem, *next(iter(apart.items())))
    parts = [
        told("leaders.part", holder=holder, parts=_by_count(problem, counts))
        for holder, counts in apart.items()
    ]
    about = {"count": len(apart), "holders": counted(len(rankings), "holder")}
    return told("leaders.several", **about, parts=joined(parts))


def _by_count(problem: Problem, found: Leaders) -> str:
    """Return each leader once, with every count that it leads by."""
    own, most = (share(part) for part in found.places)
    alike = bool({*found.stated} & {*found.often})
    about = {"most": own if alike else most, "own": own}
    counts = {
        "stated": found.stated,
        "places_alike" if alike else "places": found.stated if alike else found.often,
        "mean": found.stated if {*found.stated} & {*found.mean} else found.mean,
    }
    by_options: dict[tuple[str, ...], list[str]] = {}
    for key, options in counts.items():
        by_options.setdefault(options, []).append(told(f"leaders.{key}", **about))
    return listed(
        told("leaders.by", option=_names(problem, options), counts=told("join.and").join(keys))
        for options, keys in by_options.items()
    )


def _names(problem: Problem, options: Sequence[str]) -> str:
    return told("join.and").join(problem.short[option] for option in options)
