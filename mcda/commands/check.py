"""`mcda check`: report what a question's numbers rest on, or mark its faults in a workbook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from mcda.checks.faults import Faults, InputError
from mcda.commands.arguments.question import (
    add_json,
    add_question,
    add_structure,
    bare_table,
    in_structure,
    limits_of,
    open_given,
    open_told,
    print_json,
)
from mcda.commands.arguments.spoken_language import speak
from mcda.files.question.open_question import find_sheets
from mcda.files.question.sheet_checks.ends_in_sheets import beyond_notes
from mcda.files.tables.sheets import Sheets
from mcda.files.workbook.fault_marks import mark
from mcda.problem.evidence_check import Check, check
from mcda.problem.model import Problem
from mcda.reporting.study.plain_data import records
from mcda.reporting.terminal.lines import show
from mcda.reporting.terminal.text import check_text

TABLES = ("coverage", "inputs", "disagreements", "bent", "beyond_anchors", "events", "screened_out")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser, tables=True)
    add_structure(parser)
    add_json(parser)
    help_text = "a copy of the workbook in which every fault is a comment in its cell"
    parser.add_argument("--mark", type=Path, metavar="OUT.xlsx", help=help_text)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print the state of the evidence.

    With --mark, the copy is written first, whether the question is at fault or not.
    """
    sheets = _sheets(given, parser)
    if given.mark and not sheets:
        parser.error("--mark: expected a QUESTION that is a workbook")
    problem = _opened(given, sheets, parser)
    if given.mark and sheets:
        notes = [*sheets.notes, *beyond_notes(problem, sheets)]
        print(mark(given.question, given.mark, (), notes), file=sys.stderr)
    speak(given, problem)
    state = check(problem)
    if given.json:
        read_as = list(map(str, sheets.notes)) if sheets else []
        print_json({**_document(state), "read_as": read_as})
    else:
        show(check_text(state))


def _opened(
    given: argparse.Namespace, sheets: Sheets | None, parser: argparse.ArgumentParser
) -> Problem:
    """Return the question, in the structure that is asked for; its faults are marked where it has some."""
    try:
        problem, _ = open_told(sheets) if sheets else open_given(given, parser)
    except InputError as error:
        faults = Faults(error.faults)
        if given.mark and sheets:
            with faults.gathered():
                print(mark(given.question, given.mark, error.faults, sheets.notes), file=sys.stderr)
        raise InputError(*faults) from None
    return in_structure(problem, given, parser)


def _sheets(given: argparse.Namespace, parser: argparse.ArgumentParser) -> Sheets | None:
    """Return the sheets of a question; None for a package, and for a bare table."""
    return None if bare_table(given, parser) else find_sheets(given.question, limits_of(given))


def _document(state: Check) -> dict[str, Any]:
    return {
        "question": state.problem.name,
        **{name: records(getattr(state, name)) for name in TABLES},
        "unused": state.unused,
        "missing": state.missing,
    }
