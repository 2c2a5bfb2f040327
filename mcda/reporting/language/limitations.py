"""Sentences about what the report is not: limits, status, redaction, and how it is checked."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.problem.model import Frame, Problem
from mcda.reporting.language.numbers import figure
from mcda.sentences.catalogue import counted, listed, told


def limits(frame: Frame, width: float) -> list[str]:
    """Return the limits for the first page, and where the others are.

    A width of 0 is that of a method whose scores have no scale on which a difference means something.
    """
    joined = told("join.semicolon")
    uses = [
        told(f"limits.{key}", parts=joined.join(named))
        for key, named in (("meant", frame.intended_use), ("use", frame.not_intended_use))
        if named
    ]
    return [
        told("limits.supports"),
        told("limits.differences", width=figure(width)) if width else "",
        *uses,
        "" if frame.not_intended_use else told("limits.nature"),
        told("limits.where", section=told("title.confidence")),
    ]


def redacted(parts: Sequence[str]) -> str:
    """Return what was left out of this version; blank where nothing was."""
    return told("redaction.told", parts=listed(parts)) if parts else ""


def mean_of_lottery(problem: Problem) -> str:
    """Return what a measure adds to an option that may fail; blank where every option is certain."""
    return told("chances.mean", options=_uncertain(problem)) if problem.has_chances else ""


def otherwise_rows(problem: Problem) -> str:
    """Return what rows of a table are of what happens otherwise; blank where there are none."""
    return told("chances.rows", options=_uncertain(problem)) if problem.has_chances else ""


def never_happens(problem: Problem) -> str:
    """Return which options never come about, and as what they count; blank where all may."""
    sentences = [
        told(
            "chances.never",
            option=problem.short[option],
            otherwise=problem.short[otherwise],
        )
        for option, otherwise in problem.without_chance.items()
    ]
    return " ".join(sentences)


def _uncertain(problem: Problem) -> str:
    return listed(problem.short[option] for option in problem.fallbacks)


def rerun(name: str, folder: str, structure: str = "") -> str:
    """Return how the report is checked and made again, in the structure that it looks at."""
    asked = f' --structure "{structure}"' if structure else ""
    return told("manifest.rerun", name=name, folder=f"{folder}{asked}")


def seeded(seed: int | None, draws: int) -> str:
    """Return the seed and the number of draws; or that there were none."""
    if seed is None or not draws:
        return told("manifest.no_draws")
    return told("manifest.seed", seed=seed, draws=counted(draws, "draw"))
