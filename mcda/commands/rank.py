"""`mcda rank`: rank the options of a question, or of a bare table, by one method or several."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from mcda.commands.arguments.question import (
    add_json,
    add_question,
    add_structure,
    bare_table,
    chosen,
    open_given,
    print_json,
    tell_beyond,
    usable_method,
)
from mcda.commands.arguments.results_out import (
    add_chart,
    add_out,
    check_files,
    write_chart,
    write_out,
)
from mcda.commands.arguments.table_options import BareTable
from mcda.display.visible_text import visible
from mcda.files.tables.sheets import note_lines
from mcda.holders.answers import METHODS, Answer, Answers, every_answer
from mcda.methods.ranking import Ranking, rank
from mcda.problem.model import Problem
from mcda.reporting.study.answer_tables import answer_record
from mcda.reporting.terminal.lines import show, tell
from mcda.reporting.terminal.table_text import table_ranking_text
from mcda.reporting.terminal.text import holders_text, ranking_text
from mcda.sentences.catalogue import method_asked, told

# of a bare table: the plainest first, the textbook's last; where they disagree the reader sees it
ON_TABLES = ("additive", "topsis", "topsis:vector")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser, tables=True)
    add_structure(parser)
    add_json(parser)
    methods = f"one of those that `mcda methods` lists ({', '.join(METHODS)}, if not given)"
    floor = "a floor in place of those the question proposes"
    parser.add_argument(
        "--holder", metavar="NAME", help="whose weights (all holders, if not given)"
    )
    parser.add_argument("--method", metavar="NAME", help=methods)
    parser.add_argument("--floor", metavar="LEAF=NUMBER", action="append", default=[], help=floor)
    parser.add_argument(
        "--p",
        type=float,
        default=2.0,
        help="exponent of TOPSIS (2; with 1 it is the additive value)",
    )
    parser.add_argument("--full", action="store_true", help="every method, reason and note")
    add_out(parser)
    add_chart(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print one holder's ranking by one method, or who leads for every holder by every method.

    Of a bare table who leads is told first, then the ranking, then how the table was read.
    """
    own_floors = _floors(given.floor, parser)
    check_files(given, parser)
    method = given.method and usable_method(given.method, given.p, parser)
    table = bare_table(given, parser)
    offered = ON_TABLES if table else METHODS
    methods = [method] if method else list(offered)
    if table:
        _rank_table(table, methods, given, parser)
        return
    problem, holders = open_given(given, parser)
    tell_beyond(problem)
    whose = chosen(problem, holders, given.holder, parser)
    answers = every_answer(problem, whose, methods, floors=own_floors or True, order=given.p)
    if given.json:
        print_json(_document(problem, answers))
    else:
        show(_text(problem, answers, own_floors, full=given.full), hang=2)
    _files(given, answers)


def _rank_table(
    table: BareTable, methods: list[str], given: argparse.Namespace, parser: argparse.ArgumentParser
) -> None:
    """Print the ranking of a bare table by each method."""
    whose = table.question.weights
    if given.floor:
        parser.error("--floor: a bare table has no floors; drop its rows instead")
    if given.holder and given.holder != whose.holder:
        parser.error(f"--holder: a bare table has one set of weights, those of {whose.holder}")
    rankings = [rank(table.question, method=method, p=given.p) for method in methods]
    answers = {whose.holder: [Answer(ranking) for ranking in rankings]}
    if given.json:
        document = _document(rankings[0].problem, answers)
        print_json({**document, "read_as": list(table.told)})
    else:
        show(table_ranking_text(rankings, note_lines(table.matrix.notes)), hang=2)
    _files(given, answers)


def _files(given: argparse.Namespace, answers: Answers) -> None:
    """Write the result and draw the first ranking, where that is asked for."""
    flat = [each.without for by_holder in answers.values() for each in by_holder]
    write_out(given, lambda: _results(answers))
    write_chart(given, lambda: _chart(flat))


def _results(answers: Answers) -> Any:
    from mcda.reporting.results.of_results import of_rankings

    return of_rankings(answers)


def _chart(rankings: Sequence[Ranking]) -> Any:
    from mcda.reporting.figures.rankings import scores

    first = rankings[0]
    if len(rankings) > 1:
        about = {"method": method_asked(first.method), "holder": first.holder}
        tell(told("terminal_rank.chart", **about))
    return scores(first.problem, first)


def _text(
    problem: Problem, answers: Answers, own_floors: Mapping[str, float], *, full: bool
) -> str:
    """Return one ranking where one method was asked about one holder, else who leads for each."""
    title = visible(problem.title)
    by_holder = list(answers.values())
    if len(by_holder) == len(by_holder[0]) == 1:
        return f"{title}\n\n{ranking_text(problem, by_holder[0][0], own_floors, full=full)}"
    return f"{title}\n\n{holders_text(problem, answers, own_floors, full=full)}"


def _document(problem: Problem, answers: Answers) -> dict[str, Any]:
    return {
        "question": problem.name,
        "title": problem.frame.title,
        "baseline": problem.frame.baseline,
        "rankings": [answer_record(each) for by_method in answers.values() for each in by_method],
    }


def _floors(texts: list[str], parser: argparse.ArgumentParser) -> dict[str, float]:
    floors = {}
    for text in texts:
        leaf, _, number = text.partition("=")
        try:
            floors[leaf.strip()] = float(number)
        except ValueError:
            parser.error(f"--floor {visible(text)}: expected LEAF=NUMBER, such as cost=30")
    return floors
