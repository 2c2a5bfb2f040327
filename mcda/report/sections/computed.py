"""Sections on what draws, scenarios and challenge tests say; a result that the study lacks is told as missing."""

from __future__ import annotations

from mcda.report import words
from mcda.report.blocks import Block, paragraph, section
from mcda.report.study import Study


def robustness(study: Study) -> Block:
    """Return how the order holds over the ranges of the evidence."""
    return section("robustness", "How robust is it", paragraph(words.told("robust.absent")))


def futures(study: Study) -> Block:
    """Return what scenarios change."""
    key = "futures.not_computed" if "scenarios" in study.problem.tables else "futures.absent"
    return section("futures", "Different futures", paragraph(words.told(key)))


def challenge(study: Study) -> Block:
    """Return what challenge was recorded."""
    return section("challenge", "Challenge", paragraph(words.told("challenge.absent")))


def information(study: Study) -> Block:
    """Return what finding out more would be worth."""
    return section("information", "What to find out next", paragraph(words.told("information.absent")))
