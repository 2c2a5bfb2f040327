"""What most commands begin with: the question that was named, and its weights."""

from __future__ import annotations

import argparse
import json
import shlex
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from mcda.checks.faults import AssumptionWarning, InputError, known
from mcda.checks.limits import LIMITS, Limits
from mcda.checks.named_one import named_one
from mcda.commands.arguments.spoken_language import add_language, speak
from mcda.commands.arguments.table_options import (
    BareTable,
    add_table_options,
    misplaced_options,
    open_table,
)
from mcda.display.progress_line import write_over
from mcda.display.visible_text import visible
from mcda.files.interchange.bare_file import is_bare_table
from mcda.files.question.open_question import (
    find_path,
    find_sheets,
    open_package,
    open_sheets,
    question_package,
)
from mcda.files.question.read_problem import read_sheets
from mcda.files.question.sheet_checks.preference_faults import holder_ids
from mcda.files.tables.sheets import Sheets, note_lines
from mcda.methods.method import find_method
from mcda.preferences.weighting.stated import Weights, equal_weights
from mcda.problem.ends import beyond_ends
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.terminal.lines import tell

GUESSED = (".xlsx", ".xlsm", ".csv", ".json", ".xml")  # endings that a name may leave out


def add_question(parser: argparse.ArgumentParser, *, tables: bool = False) -> None:
    """Let a command take a question, where it says so a bare table too, and speak its language."""
    help_text = "a question's name (a package under criteria/), a folder, or an .xlsx workbook"
    help_text += "; or a bare table" if tables else ""
    parser.add_argument("question", metavar="QUESTION", help=help_text)
    add_language(parser)
    add_limits(parser)
    if tables:
        add_table_options(parser)


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Let a command read more (or less) of a file than is usual."""
    names = ", ".join(f"{name} {number:,}" for name, number in vars(LIMITS).items())
    help_text = f"the most that a file may hold ({names}); may be given more than once"
    parser.add_argument(
        "--limit", action="append", default=[], type=_limit, metavar="NAME=N", help=help_text
    )


def _limit(text: str) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if name not in vars(LIMITS) or not number.isdecimal():
        raise argparse.ArgumentTypeError(
            f"expected NAME=N, NAME one of {known(vars(LIMITS))}, found '{visible(text)}'"
        )
    return name, int(number)


def limits_of(given: argparse.Namespace) -> Limits:
    """Return the limits that a command was given."""
    return replace(LIMITS, **dict(getattr(given, "limit", ())))


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let a command print its result as one document."""
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def open_given(
    given: argparse.Namespace, parser: argparse.ArgumentParser
) -> tuple[Problem, dict[str, Weights]]:
    """Return a question and its holders' weights, and print the notes.

    A bare table is a question of one holder, whose weights are those of the table or of the
    options. A name of nothing is wrong usage, and so is a holder that the question hasn't.
    """
    table = bare_table(given, parser)
    if table:
        for note in table.lines:
            tell(visible(note))
        return table.question.problem, {table.question.weights.holder: table.question.weights}
    sheets = find_sheets(given.question, limits_of(given))
    opened = open_told(sheets) if sheets else open_package(_package(given.question, parser))
    name = getattr(given, "holder", None)
    if name is not None and name not in opened[1]:
        given_sheets = sheets or read_sheets(_package(given.question, parser).DATA)
        given.holder = _holder(name, opened[1], holder_ids(given_sheets), parser)
    speak(given, opened[0])
    return in_structure(opened[0], given, parser), opened[1]


def add_structure(parser: argparse.ArgumentParser) -> None:
    """Let a command look at a question in another of its shapes."""
    parser.add_argument(
        "--structure",
        metavar="NAME",
        help="one of the question's structures, as structures.csv names them (as stated)",
    )


def in_structure(
    problem: Problem, given: argparse.Namespace, parser: argparse.ArgumentParser
) -> Problem:
    """Return a question in the structure that was asked for, if one was."""
    name = getattr(given, "structure", None)
    if name is None:
        return problem
    try:
        return problem.structured(name)
    except InputError as error:
        parser.error(visible(error))


def bare_table(given: argparse.Namespace, parser: argparse.ArgumentParser) -> BareTable | None:
    """Return the bare table that was named, read as the options say; None for a question.

    A name may leave out the ending of its file. Options of a bare table are wrong usage for a
    question.
    """
    given.question = _with_ending(given.question)
    path = Path(given.question)
    if is_bare_table(path, limits_of(given)):
        if not hasattr(given, "weights"):
            line = f"mcda new {path.stem}.xlsx --from {shlex.quote(str(path))}"
            parser.error(f"'{visible(path)}' is a bare table; make a question of it: {line}")
        return open_table(path, given, limits_of(given))
    misplaced = misplaced_options(given)
    if misplaced:
        parser.error(f"{', '.join(misplaced)}: only for a bare table, which this isn't")
    return None


def _with_ending(name: str) -> str:
    """Return a name with the ending of the one file that it may mean, where it means nothing else."""
    path = Path(name)
    if path.exists() or path.suffix or question_package(name):
        return name
    there = [f"{name}{ending}" for ending in GUESSED if Path(f"{name}{ending}").is_file()]
    return there[0] if len(there) == 1 else name


def _holder(
    name: str,
    holders: Mapping[str, Weights],
    ids: Mapping[str, str],
    parser: argparse.ArgumentParser,
) -> str:
    """Return the holder that is meant, by name or id in any case; one of nobody is wrong usage."""
    try:
        return named_one(name, holders, f"holder '{visible(name)}'", ids)
    except InputError as error:
        parser.error(visible(error))


def open_told(sheets: Sheets) -> tuple[Problem, dict[str, Weights]]:
    """Return the question that sheets hold and its holders' weights.

    Each note and each alarm is printed on a line.
    """
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", AssumptionWarning
        )  # the same notes, cut, with a line of code
        opened = open_sheets(sheets)
    for note in (*note_lines(sheets.notes), *sheets.alarms):
        tell(visible(note))
    return opened


def tell_beyond(problem: Problem) -> None:
    """Print on standard error how many numbers lie beyond their scales.

    Those that may be in another unit are named.
    """
    table = beyond_ends(problem)
    if len(table):
        slips = [words.beyond_part(row) for row in table[table["guess"].notna()].itertuples()]
        count = words.counted(len(table), "number")
        sentences = [words.told("terminal_note.beyond", count=count)]
        sentences += [f"{words.joined(slips)}."] if slips else []
        tell(visible(" ".join(sentences)))


def question_place(given: argparse.Namespace, parser: argparse.ArgumentParser) -> Path:
    """Return where the files of a question lie.

    This is a folder or a workbook, or the data of the package criteria.NAME.
    """
    return find_path(given.question) or Path(_package(given.question, parser).DATA)


def _package(name: str, parser: argparse.ArgumentParser) -> ModuleType:
    package = question_package(name)
    if package is None:
        parser.error(
            f"question '{visible(name)}': no folder, workbook or package under criteria/ has "
            "this name"
        )
    return package


def chosen(
    problem: Problem,
    holders: Mapping[str, Weights],
    name: str | None,
    parser: argparse.ArgumentParser,
) -> list[Weights]:
    """Return the weights of the holder named, or of all where none is named.

    Where the question has no holder, equal weights are returned.
    """
    if name is None:
        return list(holders.values()) or [equal_weights(problem)]
    if name not in holders:
        parser.error(f"holder '{visible(name)}': expected one of {known(holders, 30)}")
    return [holders[name]]


def usable_method(name: str, order: float, parser: argparse.ArgumentParser) -> str:
    """Return the name of a method as the list has it; one of no method is wrong usage."""
    try:
        return find_method(name, order).name
    except InputError as error:
        parser.error(visible(error))


def print_json(document: object) -> None:
    """Print one JSON document; a number that isn't finite can't get into it."""
    write_over("")
    print(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1))
