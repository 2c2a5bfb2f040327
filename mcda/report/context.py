"""All that a report says, as plain data in the order of its outline: what every writer lays out and a hash seals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mcda.report import words
from mcda.report.blocks import Block
from mcda.report.sections import annexes, assurance, computed, evidence, preferences, question, results, summary
from mcda.report.study import Study

OUTLINE: tuple[Callable[[Study], Block], ...] = (
    summary.summary,
    question.context,
    question.options,
    question.criteria,
    evidence.evidence,
    evidence.scoring,
    preferences.weights,
    results.results,
    results.why,
    computed.robustness,
    computed.futures,
    preferences.whose_values,
    computed.challenge,
    computed.information,
    assurance.confidence,
    assurance.assurance,
    annexes.method_statement,
    annexes.assumptions,
    annexes.sources,
    annexes.decisions,
    annexes.verification,
    annexes.elicitation,
    assurance.checklist,
    annexes.glossary,
    annexes.ai_use,
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def context(study: Study) -> dict[str, Any]:
    """Return the whole report as plain data: head, then numbered sections, then lettered annexes."""
    frame = study.problem.frame
    with words.language(study.settings.language):
        sections = [made(study) for made in OUTLINE]
        return {
            "title": frame.title or study.problem.name,
            "question": frame.question,
            "author": frame.analyst,
            "date": frame.date,
            "language": study.settings.language,
            "marking": frame.marking,
            "stamp": study.status.stamp,
            "watermark": words.told("status.watermark") if study.status.state == "draft" else "",
            "kinds": dict(words.KIND_MARKS),
            "sections": numbered(sections),
        }


def numbered(sections: list[Block]) -> list[Block]:
    """Return sections with what stands before their titles: none for the first page, 1, 2, ... and A, B, ..."""
    body = [one for one in sections if not one["annex"]]
    annexed = [one for one in sections if one["annex"]]
    numbers = {one["key"]: str(at) if at else "" for at, one in enumerate(body)}
    numbers |= {one["key"]: LETTERS[at] for at, one in enumerate(annexed)}
    return [{**one, "number": numbers[one["key"]]} for one in (*body, *annexed)]
