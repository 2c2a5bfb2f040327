"""What the files of a question say at this moment: who leads, or what is at fault."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcda.checks.faults import AssumptionWarning, Fault, InputError
from mcda.checks.limits import LIMITS, Limits
from mcda.display.visible_text import visible
from mcda.files.question.open_question import open_sheets
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.sheets import note_lines
from mcda.holders.answers import every_answer
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.reporting.study.question_language import language_of, speaking_of
from mcda.reporting.terminal.text import holders_text
from mcda.sentences.catalogue import told

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class FreshAnswer:
    """The answer at the best estimates as text, or every fault; notes on how the files were read.

    language: in which it is told; blank where there is no answer.
    """

    title: str
    lines: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    language: str = ""

    def record(self) -> dict[str, Any]:
        """Return the answer as plain data for the page: text alone, no markup."""
        return {
            "title": visible(self.title),
            "lines": self.lines,
            "notes": [visible(note) for note in self.notes],
            "faults": [_cells(fault) for fault in self.faults],
        }


def _cells(fault: Fault) -> list[str]:
    """Return where a fault is, what was expected and found, and the way out, as text of a page."""
    return list(map(visible, (fault.where, fault.expected, fault.found, fault.remedy)))


def fresh_answer(
    question: Path,
    method: str,
    limits: Limits = LIMITS,
    structure: str | None = None,
    asked: str = "",
) -> FreshAnswer:
    """Return what a question's files say now, for all holders by one method, in one of its shapes.

    asked: a language; that of the question, if blank. Faults of the files are part of the answer:
    nothing is raised for them.
    """
    try:
        sheets = read_sheets(question, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", AssumptionWarning)  # the notes say the same
            problem, holders = open_sheets(sheets)
            if structure is not None:
                problem = problem.structured(structure)
            spoken = asked or language_of(problem.frame)
            with speaking_of(problem, spoken):
                lines = _lines(problem, list(holders.values()), method)
    except InputError as error:
        return FreshAnswer(question.name, faults=error.faults)
    except OSError as error:
        where = str(error.filename or question)
        found = error.strerror or str(error)
        return FreshAnswer(question.name, faults=(Fault(where, "a file that can be read", found),))
    notes = (*note_lines(sheets.notes), *sheets.alarms)
    title = problem.title
    return FreshAnswer(title, lines, notes, language=spoken)


def _lines(problem: Problem, holders: list[Weights], method: str) -> str:
    """Return who leads for each holder, as text."""
    if not holders:
        return told("watch.nobody")
    return holders_text(problem, every_answer(problem, holders, [method], floors=True))


def stamp_of(question: Path) -> Stamp:
    """Return name, time and size of each file of a question: it differs when one is saved.

    A file that is gone while it is looked at, as while a program saves it, has none.
    """
    paths = [question] if question.is_file() else sorted(question.rglob("*"))
    stamps = []
    for path in paths:
        try:
            about = path.lstat()
        except FileNotFoundError:
            continue
        stamps.append((str(path), about.st_mtime_ns, about.st_size))
    return tuple(stamps)
