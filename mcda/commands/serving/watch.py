"""`mcda watch`: the answer in a browser of this machine, fresh whenever the question is saved."""

from __future__ import annotations

import argparse
import warnings
import webbrowser
from pathlib import Path

from mcda.checks.faults import AssumptionWarning, InputError
from mcda.commands.arguments.drawing import SEED
from mcda.commands.arguments.question import (
    add_limits,
    add_structure,
    bare_table,
    in_structure,
    limits_of,
    question_place,
    usable_method,
)
from mcda.commands.arguments.spoken_language import add_language, speak
from mcda.files.question.open_question import open_sheets
from mcda.files.question.read_problem import read_sheets
from mcda.problem.model import Frame
from mcda.reporting.live.server import Server
from mcda.reporting.live.watch import Watch
from mcda.reporting.live.whole_report import WholeReport
from mcda.reporting.study.question_language import language_of_files
from mcda.reporting.terminal.lines import tell
from mcda.sentences.catalogue import told

DRAWS = 10_000  # a holder: the whole page is there in a while, and a final report draws more


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "question", metavar="QUESTION", help="a question's name, folder or workbook"
    )
    add_language(parser)
    add_limits(parser)
    add_structure(parser)
    parser.add_argument(
        "--method", default="topsis", metavar="NAME", help="the method that leads (topsis)"
    )
    help_text = f"a holder, of the whole report ({DRAWS:,}; 0 for none)"
    parser.add_argument("--draws", type=int, default=DRAWS, metavar="N", help=help_text)
    parser.add_argument(
        "--seed", type=int, default=SEED, metavar="N", help=f"of the draws ({SEED})"
    )
    parser.add_argument(
        "--answer-alone", action="store_true", help="show who leads, and compute no report"
    )
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help="where to serve (any that is free)"
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address and open nothing"
    )


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Serve the page until the reader ends it with Ctrl+C."""
    method = usable_method(given.method, 2.0, parser)
    bare_table(given, parser)  # of which a question must be made first
    question = question_place(given, parser)
    options = ["--method", method, "--draws", str(given.draws), "--seed", str(given.seed)]
    if given.structure is not None:
        _check_structure(question, given, parser)
        options += ["--structure", given.structure]
    if given.language is not None:
        options += ["--language", given.language]
    begun = given.language or language_of_files(question, limits_of(given))
    speak(given, Frame(language=begun))
    report = None if given.answer_alone else WholeReport(question, options)
    asked = given.language or ""
    watch = Watch(question, method, report, limits_of(given), given.structure, asked)
    _serve(watch, given)


def _serve(watch: Watch, given: argparse.Namespace) -> None:
    """Serve the page of a watch, and end the watch with it."""
    with Server(watch, given.port) as server:
        watch.start()
        print(server.address, flush=True)
        tell(told("watch.follows"))
        if not given.no_browser:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            tell(told("watch.ended"))
        finally:
            watch.close()


def _check_structure(
    question: Path, given: argparse.Namespace, parser: argparse.ArgumentParser
) -> None:
    """Refuse a structure that the question hasn't; what else is at fault the page tells."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AssumptionWarning)
        try:
            problem = open_sheets(read_sheets(question, limits_of(given)))[0]
        except (InputError, OSError):
            return
    in_structure(problem, given, parser)
