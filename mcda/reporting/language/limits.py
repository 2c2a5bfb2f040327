"""Sentences about what the report is not: limits, status, redaction, and how it is checked."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.problem.model import Frame
from mcda.reporting.language.catalogue import counted, listed, told
from mcda.reporting.language.numbers import figure


def limits(frame: Frame, width: float) -> list[str]:
    """Return the limits for the first page, and where the others are."""
    joined = told("join.semicolon")
    uses = [
        told(f"limits.{key}", parts=joined.join(named))
        for key, named in (("meant", frame.intended_use), ("use", frame.not_intended_use))
        if named
    ]
    return [
        told("limits.supports"),
        told("limits.differences", width=figure(width)),
        *uses,
        "" if frame.not_intended_use else told("limits.nature"),
        told("limits.where", section=told("title.confidence")),
    ]


def redacted(parts: Sequence[str]) -> str:
    """Return what was left out of this version; blank where nothing was."""
    return told("redaction.told", parts=listed(parts)) if parts else ""


def rerun(name: str, folder: str) -> str:
    """Return how the report is checked and made again."""
    return told("manifest.rerun", name=name, folder=folder)


def seeded(seed: int | None, draws: int) -> str:
    """Return the seed and the number of draws; or that there were none."""
    if seed is None or not draws:
        return told("manifest.no_draws")
    return told("manifest.seed", seed=seed, draws=counted(draws, "draw"))
