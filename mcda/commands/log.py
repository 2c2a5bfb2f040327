"""`mcda log`: add an entry to a log of a question, or show a log.

The logs are of assumptions, decisions, data, changes and sign-offs.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from mcda.commands.arguments.question import (
    add_json,
    add_question,
    limits_of,
    print_json,
    question_place,
)
from mcda.commands.arguments.spoken_language import speak
from mcda.display.visible_text import visible
from mcda.files.question.logs import (
    LOG_FIELDS,
    NO_ENTRY,
    OPTIONAL,
    PROBLEMS,
    TORN,
    Log,
    append,
    read_logs,
    repair,
)
from mcda.files.tables.sheets import note_lines
from mcda.problem.model import Frame
from mcda.reporting.study.environment import moment
from mcda.reporting.study.manifest import manifest_in
from mcda.reporting.study.question_language import language_of_files
from mcda.reporting.terminal.lines import show, tell
from mcda.sentences.catalogue import told

BROKEN = 1  # the exit status of a log whose chain of hashes is broken
EVERY_FIELD = tuple(dict.fromkeys([*chain.from_iterable(LOG_FIELDS.values()), *OPTIONAL]))
CHAIN = ("before", "hash")  # fields that prove the order of the entries, not shown to a reader


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    parser.add_argument("log", choices=sorted(LOG_FIELDS), help="which log")
    parser.add_argument("--date", metavar="DATE", help="of the entry (today, if not given)")
    help_text = {
        "subject": "what the entry is about, in a few words",
        "text": "what was assumed, decided, collected or changed, and why",
        "who": "who says so (the one who signed, for a sign-off)",
        "old": "of a change: what stood before",
        "new": "of a change: what stands now",
        "signed_by": "of a sign-off: who signed",
        "quality": "of an assumption: how well founded it is: red, amber or green",
        "impact": "of an assumption: what hangs on it: red, amber or green",
        "state": "of a sign-off: assured or approved",
        "review": "the day until which an assumption stands",
    }
    for field in EVERY_FIELD:
        if field not in ("inputs", "results"):
            parser.add_argument(
                f"--{field.replace('_', '-')}", metavar="TEXT", help=help_text.get(field)
            )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="of a sign-off: the report that is signed"
    )
    parser.add_argument(
        "--repair",
        action="store_true",
        help="set aside a last line that a stopped writer left torn, so that the log goes on",
    )
    add_json(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Add the entry, where fields are given, and show the log.

    Returns 1 where the chain of the log is broken.
    """
    question = question_place(given, parser)
    spoken = given.language or language_of_files(question, limits_of(given))
    speak(given, Frame(language=spoken))
    if given.repair:
        aside = repair(question, given.log)
        key = "kept" if aside else "whole"
        tell(told(f"terminal_log.{key}", path=aside))
    fields = _fields_of(given)
    if fields:
        append(question, given.log, given.date or f"{moment():%Y-%m-%d}", **fields)
    log = read_logs(question)[given.log]
    for line in note_lines(log.notes):
        tell(visible(line))
    if given.json:
        print_json(
            {
                "log": log.name,
                "entries": list(log.entries),
                "broken_at": log.broken_at,
                "problem": PROBLEMS.get(log.problem, ""),
            }
        )
    else:
        show(_log_text(log), hang=2)
    return BROKEN if log.broken_at else 0


def _fields_of(given: argparse.Namespace) -> dict[str, str]:
    """Return the fields of the entry that the options give; none where the log is only shown."""
    fields = {}
    for field in EVERY_FIELD:
        text = getattr(given, field, None)
        if text is not None:
            fields[field] = text
    if given.report is not None:
        fields |= _signed(given.report)
    if "signed_by" in fields:
        fields.setdefault("who", fields["signed_by"])
    return fields


def _signed(report: Path) -> dict[str, str]:
    """Return the hashes of inputs and results that the report in a folder carries, if it is whole."""
    manifest = manifest_in(report)
    return {
        "inputs": str(manifest["inputs_sha256"]),
        "results": str(manifest["results_sha256"]),
    }


def _line(entry: Mapping[str, object]) -> str:
    fields = [f"{key}: {visible(value)}" for key, value in entry.items() if key not in CHAIN]
    return "; ".join(fields)


def _log_text(log: Log) -> str:
    rows = [_line(entry) for entry in log.entries]
    if log.broken_at:
        problem = told(f"log_problem.{log.problem}")
        rows.append(told("terminal_log.broken", number=log.broken_at, problem=problem))
        if log.problem in (TORN, NO_ENTRY):
            rows.append(told("terminal_log.repair"))
    return "\n".join(rows) or told("terminal_log.empty", name=told(f"log.{log.name}"))
