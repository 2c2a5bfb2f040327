"""`mcda report`: write the report of a question as page, PDF and Word file, with its inputs."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from mcda.checks.faults import InputError
from mcda.checks.significant_digits import fixed
from mcda.commands.arguments.drawing import DRAWS, add_seed, draws_of
from mcda.commands.arguments.question import (
    add_question,
    add_structure,
    bare_table,
    in_structure,
    limits_of,
    open_told,
    question_place,
    usable_method,
)
from mcda.commands.arguments.spoken_language import speak
from mcda.display.progress_line import begin_step, write_over
from mcda.display.visible_text import visible
from mcda.files.disk.places import ENDINGS, bare_name
from mcda.files.question.logs import read_logs
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.sheets import note_lines
from mcda.reporting.study.analysis import Settings
from mcda.reporting.study.since import since
from mcda.reporting.study.study import Study
from mcda.reporting.terminal.lines import tell
from mcda.reporting.writers.redaction import redacted, redactions_told
from mcda.reporting.writers.report import (
    WHOLE,
    WRITERS,
    composed,
    file_of,
    known_format,
    write,
)
from mcda.sentences.catalogue import told
from mcda.uncertainty.counting.second_process import second_process


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    add_structure(parser)
    formats = ",".join(WRITERS)
    whole = ",".join(WHOLE)
    help_text = (
        f"some of {formats} ({whole}, if not given); brief is the first page alone, as a PDF"
    )
    parser.add_argument("--to", default=whole, metavar="FORMATS", help=help_text)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to (reports/QUESTION, if not given)"
    )
    parser.add_argument(
        "--method",
        default="topsis",
        metavar="NAME",
        help="the method that leads the report (topsis)",
    )
    parser.add_argument(
        "--draws",
        type=int,
        metavar="N",
        help=f"a holder ({DRAWS:,}, fewer of a very large question; 0 for none)",
    )
    add_seed(parser)
    help_text = (
        "an earlier version, to tell what changed: a question, or the folder of a report with its "
        "inputs"
    )
    parser.add_argument("--since", metavar="OLD", help=help_text)
    help_text = (
        "leave out an option or source (its id), a holder, or a column (SHEET.COLUMN); may be "
    )
    help_text += "given more than once"
    parser.add_argument("--redact", action="append", default=[], metavar="WHAT", help=help_text)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Write the report and print where each file is and how large."""
    formats = _formats(given, parser)
    given.method = usable_method(given.method, 2.0, parser)
    bare_table(given, parser)  # of which a question must be made first
    question = question_place(given, parser)
    folder = given.out or Path("reports") / bare_name(question, ENDINGS)
    _check_folder(folder, parser)
    with TemporaryDirectory() as room:
        source = _source(given, question, Path(room))
        start = time.perf_counter()
        begin_step(told("progress.computing"))
        study = _study(given, parser, question, source)
        with second_process(study.settings.draws) as second:
            made = composed(study, executor=second)
            computed = time.perf_counter()
            begin_step(told("progress.writing"))
            write(made, folder, formats, second)
    seconds = {"computed": computed - start, "written": time.perf_counter() - computed}
    tell(told("terminal_report.seconds", **{key: fixed(one, 1) for key, one in seconds.items()}))
    _show_files(folder, formats)


def _source(given: argparse.Namespace, question: Path, room: Path) -> Path:
    """Return the question, or what a redaction leaves of it, in a room for that."""
    if not given.redact:
        return question
    return redacted(question, given.redact, room / "inputs", limits_of(given))


def _show_files(folder: Path, formats: list[str]) -> None:
    """Print where each file of the report is and how large."""
    for path in sorted(folder / file_of(kind) for kind in formats):
        write_over("")
        size = fixed(path.stat().st_size, grouped=True)
        print(f"{path}  {told('terminal_report.size', bytes=size)}")


def _formats(given: argparse.Namespace, parser: argparse.ArgumentParser) -> list[str]:
    """Return the formats that were asked for; an unknown one is wrong usage."""
    formats = [kind.strip().lower() for kind in given.to.split(",") if kind.strip()]
    try:
        for kind in formats:
            known_format(kind)
    except InputError as error:
        parser.error(visible(error))
    return formats


def _check_folder(folder: Path, parser: argparse.ArgumentParser) -> None:
    """Refuse a folder in whose place, or above which, there is a file."""
    for path in (folder, *folder.parents):
        if path.exists() and not path.is_dir():
            line = f"argument --out: expected a folder, found the file '{path}'; name another"
            parser.error(visible(line))


def _study(
    given: argparse.Namespace, parser: argparse.ArgumentParser, question: Path, source: Path
) -> Study:
    """Return the study that was asked for, in the structure that was asked for.

    source: the question, or what a redaction leaves of it.
    """
    problem, holders = open_told(read_sheets(source, limits_of(given)))
    shaped = in_structure(problem, given, parser)
    language = speak(given, problem)
    draws = draws_of(given, shaped, len(holders))
    seed = given.seed if draws else None
    settings = Settings(method=given.method, draws=draws, seed=seed, language=language)
    redactions = redactions_told(question, given.redact, limits_of(given))
    name = bare_name(question, ENDINGS)
    logs = read_logs(source)
    for line in note_lines([note for log in logs.values() for note in log.notes]):
        tell(visible(line))
    study = Study(shaped, holders, settings, logs, source, tuple(redactions), name)
    if given.since:
        return replace(study, since=since(study, given.since, limits_of(given)))
    return study
