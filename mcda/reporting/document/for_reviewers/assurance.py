"""The analyst's confidence, who checked what, and which requirements of good practice are met."""

from __future__ import annotations

from mcda.reporting import language as words
from mcda.reporting.document.blocks import Block, bullets, heading, paragraph, section, table
from mcda.reporting.study.self_audit import Requirement, audit
from mcda.reporting.study.study import Study

STATES = ("automatic", "attested", "explained", "open")
ROLES = ("commissioner", "analyst", "assurer", "decision_owner")


def confidence(study: Study) -> Block:
    """Return confidence with its reasons, and the intended and not intended use.

    Confidence is apart from any likelihood.
    """
    frame = study.problem.frame
    return section(
        "confidence",
        paragraph(words.confidence(study.grounds)),
        paragraph(words.rubric(), tone="soft"),
        bullets(frame.exclusions, words.told("heading.not_assessed"), quoted=True),
        bullets(frame.intended_use, words.told("heading.meant"), quoted=True),
        bullets(frame.not_intended_use, words.told("heading.not_meant"), quoted=True),
    )


def status_sentences(study: Study) -> list[str]:
    """Return the state of the report and what was refused as a sign-off."""
    return [study.status.sentence, *study.status.notes]


def asked(study: Study) -> list[Requirement]:
    """Return the requirements that are asked of an analysis; those of the toolkit are its own."""
    return [requirement for requirement in audit(study) if not requirement.of_toolkit]


def assurance(study: Study) -> Block:
    """Return who signed what, the roles, and what is open."""
    frame = study.problem.frame
    rows = [
        [words.told(f"field.{role}"), getattr(frame, role) or words.told("cell.not_said")]
        for role in ROLES
    ]
    signed = [
        [
            entry["date"],
            entry["state"],
            entry["who"],
            str(entry["inputs"])[:16],
            str(entry["results"])[:16],
        ]
        for entry in study.origin.entries("signoffs")
    ]
    requirements = asked(study)
    open_ones = [
        f"{requirement.id}: {requirement.title}"
        for requirement in requirements
        if requirement.state == "open"
    ]
    return section(
        "assurance",
        paragraph(*status_sentences(study)),
        table(words.told("table.roles"), words.columns("role", "who"), rows, widths=[1, 3]),
        table(
            words.told("table.signoffs"),
            words.columns("date", "state", "who", "inputs", "results"),
            signed,
            widths=[1, 1, 2, 1.5, 1.5],
        ),
        bullets(open_ones, words.told("heading.open")),
    )


def checklist(study: Study) -> Block:
    """Return the self-audit: what is asked of an analysis, each with its state and evidence.

    They are grouped under GAO's four characteristics.
    """
    requirements = asked(study)
    states_of_all = [requirement.state for requirement in requirements]
    states = {state: states_of_all.count(state) for state in STATES}
    sentence = words.told(
        "audit.counts", total=words.counted(len(requirements), "requirement"), **states
    )
    blocks: list[Block | None] = [
        paragraph(sentence),
        paragraph(words.told("audit.states"), tone="soft"),
    ]
    columns = words.columns("id", "requirement", "state", "evidence")
    for group in dict.fromkeys(requirement.characteristic for requirement in requirements):
        rows = [
            _row(requirement) for requirement in requirements if requirement.characteristic == group
        ]
        name = words.told(f"characteristic.{group.lower()}")
        shown = table(
            words.told("table.checklist", group=name),
            columns,
            rows,
            widths=[0.6, 3, 1, 3.4],
            fine=True,
        )
        blocks += [heading(name), shown]
    return section("checklist", *blocks, annex=True)


def _row(one: Requirement) -> list[str]:
    return [
        one.id,
        f"{one.title} ({one.priority})",
        words.told(f"audit.state_{one.state}"),
        one.evidence,
    ]
