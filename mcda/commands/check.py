"""`mcda check`: report what the numbers of a question rest on."""

from __future__ import annotations

import argparse
import json
from typing import Any

from mcda.commands.question import add_json, add_question, open_question, print_json
from mcda.problem.check import Check, check
from mcda.report.text import check_text

TABLES = ("coverage", "inputs", "disagreements", "beyond_anchors")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    add_json(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print the state of the evidence."""
    problem, _ = open_question(given.question, parser)
    found = check(problem)
    if given.json:
        print_json(_document(found))
    else:
        print(check_text(found))


def _document(found: Check) -> dict[str, Any]:
    tables = {name: json.loads(getattr(found, name).reset_index().to_json(orient="records")) for name in TABLES}
    return {"question": found.problem.name, **tables, "unused": found.unused, "missing": found.missing}
