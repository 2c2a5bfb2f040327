"""The options that tell a command how to read a bare table, and what it doesn't say itself."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.limits import Limits
from mcda.checks.named_one import named_one
from mcda.checks.table_words import direction
from mcda.commands.arguments.named_values import (
    joined,
    named_values,
    number_of,
    share_of,
    values_from_file,
)
from mcda.commands.arguments.spoken_language import speak
from mcda.files.interchange.bare_matrix import NO_WAY
from mcda.files.interchange.read_matrix import read_matrix
from mcda.files.tables.sheets import note_lines
from mcda.methods.textbook.table_question import EQUAL, TableQuestion, table_question
from mcda.problem.bare_table.matrix import Matrix
from mcda.problem.bare_table.spread import with_spread

# how the options are called in Python, as faults of a table name them
ARGUMENTS = {
    "weights_row": "weights",
    "directions_row": "directions",
    "sheet": "sheet",
    "cells": "cells",
    "names": "names",
    "separator": "separator",
    "decimal": "decimal",
}
PAIRS = re.compile(r"\b(rows|columns)=\{((?:[^{}])*)\}")
PAIR = re.compile(r"""(['"])(.*?)\1: (['"])(.+?)\3""")  # a row may have no name
PLAIN = re.compile(r"""\b(weights|directions|names|separator|decimal|sheet|cells)=(['"])(.+?)\2""")
OPTION = {"weights": "--weights-row", "directions": "--directions-row"}
# arguments of Python that a fault names as what is wrong, as options
AT_FAULT = {"rows": "--row", "columns": "--column"}
AT_FAULT |= {name: f"--{name}" for name in ("levels", "names", "separator", "decimal")}
Value = TypeVar("Value")
YES = {"yes": True, "no": False}


@dataclass(frozen=True, eq=False)
class BareTable:
    """A bare table as it was read, the question made of it, and the weights that an option gave."""

    matrix: Matrix
    question: TableQuestion
    stated: Mapping[str, float] | str | None

    @property
    def told(self) -> tuple[str, ...]:
        """What was read, assumed and left out, a sentence each."""
        return (*map(str, self.matrix.notes), *self.question.notes)

    @property
    def lines(self) -> tuple[str, ...]:
        """The same for a terminal: the cells of a column share a line."""
        return (*note_lines(self.matrix.notes), *self.question.notes)


def open_table(path: Path, given: argparse.Namespace, limits: Limits) -> BareTable:
    """Return a bare table as a question, under its weights or those that an option gives."""
    matrix = read_table_given(path, given, limits)
    stated = _stated_weights(given, matrix)
    speak(given)
    return BareTable(matrix, table_question(matrix, stated), stated)


def without_weights(path: Path, given: argparse.Namespace, limits: Limits) -> bool:
    """Return whether nobody tells weights: a question may begin without, so equal ones stand in."""
    if given.weights is None and _read(path, given, limits).weights is None:
        given.weights = EQUAL
        return True
    return False


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """Let a command take a bare table: what it means, where it stands, and what it doesn't tell."""
    table = parser.add_argument_group("where QUESTION is a bare table (CSV, Excel, JSON, XMCDA)")
    help_text = "'Cost=3,Time=1', a file of them, or equal (those of the table, if not given)"
    table.add_argument("--weights", metavar="WEIGHTS", help=help_text)
    help_text = (
        "'Cost=min,Time=max', a file of them, or max or min for all (the table's, if not given)"
    )
    table.add_argument("--directions", metavar="DIRECTIONS", help=help_text)
    table.add_argument("--weights-row", metavar="NAME", help="the row of weights, by name or area")
    table.add_argument("--directions-row", metavar="NAME", help="the row of directions")
    _add_reading(table)


def _add_reading(table: argparse._ArgumentGroup) -> None:
    """Let a command be told where the parts of a table stand."""
    help_text = "what a row is, as 'W=option' or 'Total=left out'; may be given more than once"
    table.add_argument("--row", action="append", default=[], metavar="NAME=ROLE", help=help_text)
    help_text = "what a column is, as 'No.=left out'; may be given more than once"
    table.add_argument("--column", action="append", default=[], metavar="NAME=ROLE", help=help_text)
    table.add_argument("--criteria", choices=("rows", "columns"), help="where criteria stand")
    table.add_argument("--transpose", action="store_true", help="the same as --criteria rows")
    table.add_argument("--names", metavar="HEAD", help="the head of the column of names")
    table.add_argument("--header", choices=tuple(YES), help="whether the first line is one")
    table.add_argument("--sheet", metavar="NAME", help="of a workbook (the first, if not given)")
    table.add_argument("--cells", metavar="A2:E7", help="the area of the table in a sheet")
    table.add_argument("--separator", metavar="SIGN", help="between cells of CSV")
    help_text = "the decimal sign, where '1.200' or '1,200' may be thousands"
    table.add_argument("--decimal", choices=(".", ","), help=help_text)
    help_text = "numbers for words, as 'Quality:good=3,fair=2'; may be given more than once"
    table.add_argument("--levels", action="append", default=[], metavar="LEVELS", help=help_text)


def add_spread(parser: argparse.ArgumentParser) -> None:
    """Let a command assume a range about each number of a bare table."""
    help_text = "assume that numbers of a bare table without a range lie so far to either side"
    parser.add_argument("--spread", metavar="PERCENT", help=f"{help_text}, as 10%%")


def misplaced_options(given: argparse.Namespace) -> list[str]:
    """Return the options of bare tables that were given."""
    names = (*ARGUMENTS, "weights", "directions", "row", "column", "criteria", "transpose")
    names += ("header", "levels", "spread")
    return [f"--{name.replace('_', '-')}" for name in names if getattr(given, name, None)]


def read_table_given(path: Path, given: argparse.Namespace, limits: Limits) -> Matrix:
    """Return the table of a file, read as the options say, with the directions that they give.

    Raises InputError whose ways out are options of this command; for weights or directions that
    nobody tells, the command line that would work.
    """
    matrix = _read(path, given, limits)
    matrix = replace(matrix, directions={**matrix.directions, **_directions(given, matrix)})
    matrix = replace(matrix, weights=None) if _is_equal(given.weights) else matrix
    _refuse_missing(path, given, matrix)
    share = getattr(given, "spread", None)
    return with_spread(matrix, share_of(share, "--spread")) if share else matrix


def _read(path: Path, given: argparse.Namespace, limits: Limits) -> Matrix:
    """Return the table as its file and the options tell it, with faults that name options."""
    try:
        criteria = "rows" if given.transpose else given.criteria
        return read_matrix(
            path,
            **{name: getattr(given, option) for option, name in ARGUMENTS.items()},
            rows=dict(_pair(text, "--row") for text in given.row) or None,
            columns=dict(_pair(text, "--column") for text in given.column) or None,
            levels=_levels(given.levels) or None,
            criteria=criteria,
            header=YES.get(given.header),
            limits=limits,
        )
    except InputError as error:
        raise InputError(*map(_as_options, error.faults)) from None


def _stated_weights(given: argparse.Namespace, matrix: Matrix) -> Mapping[str, float] | str | None:
    """Return the weights that an option gives: by criterion, "equal", or None for the table's."""
    if given.weights is None:
        return None
    if _is_equal(given.weights):
        return EQUAL
    return _values(given.weights, matrix, "--weights", number_of)


def _is_equal(text: str | None) -> bool:
    return text is not None and text.strip().lower() == EQUAL


def _directions(given: argparse.Namespace, matrix: Matrix) -> dict[str, str]:
    if given.directions is None:
        return {}
    for_all = direction(given.directions)
    if for_all:
        return dict.fromkeys(map(str, matrix.performances.columns), for_all)
    return _values(given.directions, matrix, "--directions", _way)


def _values(
    text: str, matrix: Matrix, option: str, read: Callable[[str, str], Value]
) -> dict[str, Value]:
    """Return what an option gives by criterion, from its text or from the file that it names."""
    keys = [str(key) for key in matrix.performances.columns]
    path = Path(text)
    found = values_from_file(path) if path.is_file() else None
    texts = named_values(text, option) if found is None else found
    meant = {named_one(name, keys, f"{option}, criterion"): text for name, text in texts.items()}
    return {key: read(text, f"{option}, '{key}'") for key, text in meant.items()}


def _way(text: str, place: str) -> str:
    found = direction(text)
    if found is None:
        raise InputError(Fault(place, "max or min", f"'{text}'"))
    return found


def _pair(text: str, option: str) -> tuple[str, str]:
    name, sign, role = text.rpartition("=")
    if not sign or not role.strip():
        raise InputError(Fault(option, "NAME=ROLE, such as 'Total=left out'", f"'{text}'"))
    return name.strip(), role.strip()


def _levels(texts: Iterable[str]) -> dict[str, dict[str, float]]:
    levels = {}
    for text in texts:
        criterion, sign, words = text.partition(":")
        if not sign:
            expected = "CRITERION:WORD=NUMBER, such as 'Quality:good=3,fair=2'"
            raise InputError(Fault("--levels", expected, f"'{text}'"))
        pairs = named_values(words, "--levels").items()
        numbers = {word: number_of(number, f"--levels, '{word}'") for word, number in pairs}
        levels[criterion.strip()] = numbers
    return levels


def _as_options(fault: Fault) -> Fault:
    """Return a fault of a table whose place and way out are told as options of this command."""
    remedy = PAIRS.sub(_pairs_as_options, fault.remedy)
    remedy = PLAIN.sub(
        lambda found: f"{OPTION.get(found[1], f'--{found[1]}')} {shlex.quote(found[3])}", remedy
    )
    remedy = re.sub(r"\bcriteria=(['\"])(\w+)\1", r"--criteria \2", remedy)
    remedy = remedy.replace("header=True", "--header yes").replace("header=False", "--header no")
    remedy = re.sub(r"\blevels=\{'(.+?)': \{\.\.\.\}\}", r"--levels '\1:WORD=NUMBER,...'", remedy)
    name, comma, rest = fault.where.partition(",")
    return replace(fault, where=f"{AT_FAULT.get(name, name)}{comma}{rest}", remedy=remedy)


def _pairs_as_options(found: re.Match[str]) -> str:
    option = "--row" if found[1] == "rows" else "--column"
    pairs = [f"{pair[2]}={pair[4]}" for pair in PAIR.finditer(found[2])]
    return " ".join(f"{option} {shlex.quote(pair)}" for pair in pairs)


def _refuse_missing(path: Path, given: argparse.Namespace, matrix: Matrix) -> None:
    """Ask for weights and directions that nobody tells, with a command line that would work."""
    keys = [str(key) for key in matrix.performances.columns]
    faults = _direction_faults(path, keys, matrix)
    unweighted = matrix.weights is None and given.weights is None
    every = {key: matrix.directions.get(key, "max") for key in keys} if faults else {}
    if unweighted:
        shown = shlex.quote(joined(dict.fromkeys(keys, 1)))
        remedy = f"give them as --weights {shown} with your numbers, or say --weights equal"
        faults.append(Fault(path.name, "weights", "no row and no option that gives them", remedy))
    if faults:
        works = _working_line(given.words, every, unweighted)
        last = faults[-1]
        with_line = f"{last.remedy}; {works}" if last.remedy else works
        faults[-1] = replace(last, remedy=with_line)
    refuse(faults)


def _direction_faults(path: Path, keys: Iterable[str], matrix: Matrix) -> list[Fault]:
    """Return the fault of criteria without a direction, which may be options by their names."""
    untold = [key for key in keys if key not in matrix.directions]
    if not untold:
        return []
    turned = any(note.found == NO_WAY for note in matrix.notes)
    remedy = "where these are the options, criteria stand in rows: add --criteria rows"
    way_out = remedy if turned else ""
    expected = f"which way is better on {known(untold)}"
    return [Fault(path.name, expected, "no row and no option that says so", way_out)]


def _working_line(words: Iterable[str], ways: Mapping[str, str], unweighted: bool) -> str:
    """Return the command line that would work, in words."""
    without_option = "--directions" if ways else ""
    line = shlex.join(["mcda", *without(words, without_option)])
    if ways:
        line += f" --directions {shlex.quote(joined(ways))}"
    if unweighted:
        line += " --weights equal"
    change = " (with min in place of max where less is better)" if ways else ""
    return f"this works{change}: {line}"


def without(words: Iterable[str], option: str) -> list[str]:
    """Return the words of a command line without an option and its value.

    >>> without(["rank", "a.csv", "--weights", "equal", "--json"], "--weights")
    ['rank', 'a.csv', '--json']
    """
    kept = []
    left = iter(words)
    for word in left:
        if word == option:
            next(left, None)
        elif not option or not word.startswith(f"{option}="):
            kept.append(word)
    return kept
