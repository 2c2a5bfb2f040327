"""`mcda statements`: what follows from what people said, and what of it can't all hold."""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

import pandas as pd

from mcda.checks.faults import AssumptionWarning, Fault, InputError
from mcda.checks.named_one import named_one
from mcda.commands.arguments.drawing import SEED
from mcda.commands.arguments.question import (
    add_json,
    add_question,
    add_structure,
    in_structure,
    limits_of,
    print_json,
    question_place,
)
from mcda.commands.arguments.spoken_language import speak
from mcda.display.visible_text import visible
from mcda.files.question.open_question import find_path, question_package
from mcda.files.question.read_perspectives import read_perspectives, read_statements
from mcda.files.question.read_problem import read_problem, read_sheets
from mcda.files.tables.sheets import Sheets
from mcda.holders.said import Said, positions_tested, said_by_each, stated_positions
from mcda.preferences.from_statements.next_question import NextQuestion, next_question
from mcda.preferences.from_statements.value_model import OPEN, PIECES, STATED
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.reporting.language.of_holders import statements as words
from mcda.reporting.study.plain_data import records
from mcda.reporting.terminal.columns import columns, heads, span
from mcda.reporting.terminal.lines import show
from mcda.reporting.terminal.text import options_text
from mcda.sentences.catalogue import told


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    add_structure(parser)
    add_json(parser)
    parser.add_argument("--holder", metavar="NAME", help="whose statements (all, if not given)")
    help_text = "leave value functions open but monotone (robust ordinal regression)"
    functions = parser.add_mutually_exclusive_group()
    functions.set_defaults(functions=STATED)
    functions.add_argument(
        "--open", dest="functions", action="store_const", const=OPEN, help=help_text
    )
    help_text = "leave value functions open, but straight between the anchors of each scale (UTA)"
    functions.add_argument(
        "--pieces", dest="functions", action="store_const", const=PIECES, help=help_text
    )
    help_text = "also tell which comparison of two measures to ask about next"
    parser.add_argument("--next", action="store_true", help=help_text)
    help_text = "where the random numbers of --next start (2025)"
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=help_text)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print what follows, or one document; a holder without weights must be able to hold all."""
    sheets = read_sheets(question_place(given, parser), limits_of(given))
    problem, holders = _opened(sheets, given)
    speak(given, problem)
    statements = read_statements(sheets, problem)
    positions = stated_positions(problem)
    if given.holder is not None:
        holder = _named(given.holder, [*statements, *positions], parser)
        statements = {name: some for name, some in statements.items() if name == holder}
        positions = {name: option for name, option in positions.items() if name == holder}
    tests = positions_tested(problem, positions, statements)
    shaped = in_structure(problem, given, parser)
    said = said_by_each(shaped, statements, holders, given.functions)
    asked = next_questions(shaped, said, given.seed) if given.next else {}
    if given.json:
        print_json(document(shaped, said, tests, asked))
    else:
        show(text(shaped, said, tests, asked), hang=2)
    _refuse_conflicts(said)


def next_questions(problem: Problem, said: list[Said], seed: int) -> dict[str, NextQuestion]:
    """Return what to ask each holder next whose statements can all hold; "anyone" before any."""
    if not said:
        return {told("terminal_statements.anyone"): next_question(problem, seed=seed)}
    sound = [one for one in said if one.conflict is None]
    return {one.holder: next_question(problem, one.statements, seed=seed) for one in sound}


def _opened(sheets: Sheets, given: argparse.Namespace) -> tuple[Problem, Mapping[str, Weights]]:
    """Return the question, and the holders who state weights.

    Those of statements alone are left out: theirs may not be able to all hold.
    """
    package = None if find_path(given.question) else question_package(str(given.question))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AssumptionWarning)  # mcda check tells them
        problem = package.problem() if package else read_problem(sheets)
        weighed = {name: one for name, one in sheets.sheets.items() if name != "statements"}
        return problem, read_perspectives(replace(sheets, sheets=weighed), problem)


def _named(name: str, holders: list[str], parser: argparse.ArgumentParser) -> str:
    try:
        return named_one(name, dict.fromkeys(holders), f"holder '{visible(name)}'", {})
    except InputError as error:
        parser.error(visible(error))


def _refuse_conflicts(said: list[Said]) -> None:
    """Refuse statements that a holder's weights should come from and that can't all hold."""
    faults = []
    for one in said:
        if one.conflict is not None and not one.has_weights:
            expected = "some weights that keep all, as the holder states no others"
            remedy = "take one of those above back"
            faults.append(Fault(f"statements of '{one.holder}'", expected, "none", remedy))
    if faults:
        raise InputError(*faults)


def document(
    problem: Problem, said: list[Said], tests: pd.DataFrame, asked: Mapping[str, NextQuestion]
) -> dict[str, Any]:
    """Return everything found as plain data."""
    return {
        "question": problem.name,
        "title": problem.frame.title,
        "finding": [*words.finding(problem, said, tests), *words.next_told(problem, asked)],
        "holders": [_of_holder(one) for one in said],
        "positions": records(tests, labels=False),
        "next": [{"holder": holder, **_asked(one)} for holder, one in asked.items()],
    }


def _of_holder(one: Said) -> dict[str, Any]:
    found: dict[str, Any] = {
        "holder": one.holder,
        "statements": [each.told for each in one.statements],
        "broken": [each.told for each in one.broken],
        "conflict": records(one.conflict.table, labels=False) if one.conflict else [],
    }
    if one.follows is not None:
        found["functions"] = one.follows.functions
        found["ranks"] = records(one.follows.ranks.rename_axis("option"))
        found["least"] = records(one.follows.least.rename_axis("option"))
        found["weights"] = records(one.follows.weights.rename_axis("criterion"))
        found["representative"] = records(one.follows.representative.rename_axis("option"))
    return found


def _asked(one: NextQuestion) -> dict[str, Any]:
    found: dict[str, Any] = {"leader": one.leader, "certainty": one.certainty}
    found["reason_to_stop"] = one.reason
    if one.comparison is not None:
        found.update(asdict(one.comparison))
    return found


def text(
    problem: Problem, said: list[Said], tests: pd.DataFrame, asked: Mapping[str, NextQuestion]
) -> str:
    """Return the finding, then the tables."""
    title = visible(problem.title)
    found = [*words.finding(problem, said, tests), *words.next_told(problem, asked)]
    sentences = "\n".join(map(visible, found))
    return "\n\n".join(filter(None, [title, sentences, *_tables(problem, said)]))


def _tables(problem: Problem, said: list[Said]) -> Iterator[str]:
    if said:
        yield options_text(problem)
    for one in said:
        if one.follows is not None:
            comma = told("join.comma")
            rows = [
                [option, span(row.best, row.worst), comma.join(_behind(one, option))]
                for option, row in one.follows.ranks.iterrows()
            ]
            caption = words.ranks_caption(one)
            yield f"{caption}:\n{columns(rows, heads('option', 'all_ranks', 'as_good'))}"


def _behind(one: Said, option: str) -> list[str]:
    """Return the options that one is at least as good as whatever keeps all statements."""
    if one.follows is None:
        return []
    row = one.follows.necessary.loc[option]
    return [other for other in row.index[row] if other != option]
