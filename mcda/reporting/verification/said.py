"""What a verification says, and its last line: what was checked, and what wasn't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mcda.sentences.catalogue import told

HOLDS = "holds"
NOTE = "note"
OPEN = "open"
FAILS = "fails"


@dataclass(frozen=True)
class Said:
    """One thing that was looked at.

    Parameters
    ----------
    level : str
        "holds", "fails", "open" for what could not be compared, or "note" for what decides nothing.
    text : str
        What was seen, as a sentence.
    subject : str
        What it is about, as the last line names it; blank for a note.
    """

    level: str
    text: str
    subject: str = ""


def passed(statements: Iterable[Said]) -> bool:
    """Say whether nothing fails."""
    return all(statement.level != FAILS for statement in statements)


def subjects(statements: Sequence[Said], level: str) -> list[str]:
    """Return what is said at a level, each once, in the order in which it was looked at."""
    return list(
        dict.fromkeys(
            statement.subject
            for statement in statements
            if statement.level == level and statement.subject
        )
    )


def verdict(statements: Sequence[Said]) -> str:
    """Return the last line: what was checked, and what wasn't.

    >>> verdict([Said(HOLDS, "...", "results"), Said(OPEN, "...", "report.pdf")])
    'verified: results; not checked: report.pdf'
    >>> verdict([Said(HOLDS, "...", "results"), Said(FAILS, "...", "report.pdf")])
    'NOT verified: report.pdf fails'
    """
    failing = subjects(statements, FAILS)
    if not passed(statements):
        key = "failing_one" if len(failing) == 1 else "failing"
        return told(f"verified.{key}", parts=each(failing))
    unchecked = subjects(statements, OPEN)
    checked = [name for name in subjects(statements, HOLDS) if name not in unchecked]
    if unchecked:
        return told("verified.but", parts=each(checked), unchecked=each(unchecked))
    return told("verified.all", parts=each(checked))


def level_names() -> dict[str, str]:
    """Return what the levels are called where a verification is shown.

    >>> level_names()["holds"]
    'holds'
    """
    return {level: told(f"verified_level.{level}") for level in (HOLDS, NOTE, OPEN, FAILS)}


def part(name: str, /, **fields: object) -> str:
    """Return what a part of a report is called.

    >>> part("inputs"), part("layout", name="report.pdf")
    ('input files', 'layout of report.pdf')
    """
    return told(f"verified_part.{name}", **fields)


def each(names: Iterable[str]) -> str:
    """Return names one after the other: every one of them, however many there are.

    >>> each(["criteria.csv", "scores.csv"])
    'criteria.csv, scores.csv'
    """
    return told("join.comma").join(names)
