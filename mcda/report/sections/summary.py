"""The first page: the finding, what would change it, what is not known, the limits, and the status."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.problem.screening import failures
from mcda.report import words
from mcda.report.blocks import Block, bullets, heading, paragraph, section
from mcda.report.finding import Finding, finding
from mcda.report.results import proposed_floors
from mcda.report.sections.assurance import status_sentences
from mcda.report.sections.computed import holds
from mcda.report.sections.results import exclusions
from mcda.report.study import Study


def summary(study: Study) -> Block:
    """Return the decision summary: four answers and the limits, on one page."""
    problem, found = study.problem, finding(study.problem, study.answers)
    return section(
        "summary", "Decision summary",
        paragraph(found.plain or _led(study, found.without), _baseline_behind(study), tone="lead"),
        bullets(what_leads(study, found), "What was compared and what leads"),
        bullets(what_would_change_it(study, found.limits[0]), "What would change it"),
        bullets(words.unknown(problem, study.evidence), "What is not known"),
        heading("Limits"),
        paragraph(*words.limits(problem.frame, next(iter(study.leading.values()))[0].band_width or 0.0)),
        paragraph(words.redacted(study.redactions), *status_sentences(study)),
    )  # fmt: skip


def _led(study: Study, sentences: Sequence[str]) -> str:
    """Return the sentence of the leading method; blank where it has none."""
    at = study.methods.index(study.settings.method)
    return sentences[at] if len(sentences) > at else ""


def _baseline_behind(study: Study) -> str:
    """Return that the floor excludes the baseline, where it does: both answers belong in the headline."""
    gone = failures(study.problem, proposed_floors(study.problem))
    return words.told("summary.baseline_excluded") if study.problem.frame.baseline in gone.index else ""


def what_leads(study: Study, found: Finding) -> list[str]:
    """Return what was compared, and who leads without the floor and with it."""
    floor = words.told("summary.floor", floor=found.floor) if found.floor else ""
    return [
        words.compared(study.problem, len(study.chosen)),
        _led(study, found.without) if found.plain else "",
        f"{floor} {_led(study, found.screened)}".strip(),
        exclusions(study),
        found.limits[1],
    ]


def what_would_change_it(study: Study, methods: str) -> list[str]:
    """Return what the order hangs on: the method, one criterion more or less, the draws."""
    before = {holder: pair[0] for holder, pair in study.leading.items()}
    heads = [criterion.key for criterion in study.problem.criteria if not criterion.parent]
    first = [words.without_head(study.problem, key, before, study.left_out[key]) for key in heads[:1]
             if study.left_out.get(key)]  # fmt: skip
    return [methods, *first, *holds(study), *_closest_switch(study)]


def _closest_switch(study: Study) -> list[str]:
    """Return the smallest change found that hands the lead over, where it was computed."""
    found = study.found("smallest change")
    return [words.handover(study.problem, found)] if found is not None and len(found.changes) else []
