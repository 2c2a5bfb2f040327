"""`mcda lab`: JupyterLab on a copy of the notebooks in the user's folder, on this machine alone."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from mcda.checks.extras import line_for
from mcda.checks.faults import Fault, InputError
from mcda.display.visible_text import visible
from mcda.files.disk.places import real
from mcda.files.question.open_question import find_path, question_package
from mcda.reporting.notebooks.execute import settings
from mcda.reporting.notebooks.notebook_folder import CONFIG, copied, first_to_open


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("mcda-notebooks"),
        metavar="FOLDER",
        help="where your copies are (mcda-notebooks, if not given)",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the notebooks that are copied now, such as question=heating.xlsx",
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address and open nothing"
    )
    parser.add_argument(
        "--copy-only", action="store_true", help="copy the notebooks and start nothing"
    )


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Copy what isn't there yet, and run JupyterLab until the reader ends it."""
    if find_spec("jupyterlab") is None and not given.copy_only:
        parser.error(f"JupyterLab isn't installed: {line_for('notebook')}")
    for path in copied(given.folder, placed(settings(given.set), given.folder)):
        print(path)
    if given.copy_only:
        return 0
    started = command(given.folder, given.no_browser)
    return subprocess.run(started, env=environment(), check=False).returncode  # noqa: S603


def placed(given: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return parameters with the question as the copies in a folder find it, from where they lie.

    Its first holder is taken where none is named. Raises InputError for a question that is at
    neither place, before anything is copied.
    """
    if "question" not in given:
        return dict(given)
    named = given["question"]
    path = Path(named)
    if not path.exists() and (folder / named).exists():
        return {"holder": "", "start": "", **given}
    if find_path(named) is None and question_package(named) is None:
        where = f"question '{visible(named)}'"
        remedy = "write its path from the folder you are in"
        expected = "a folder, a workbook, or a package under criteria/"
        raise InputError(Fault(where, expected, "neither", remedy))
    relative = os.path.relpath(path, folder) if path.exists() else named
    return {"holder": "", "start": "", **given, "question": relative}


def command(folder: Path, no_browser: bool) -> list[str]:
    """Return the command that starts JupyterLab on a folder, reachable from this machine alone."""
    start = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={real(folder)}",
        "--ip=127.0.0.1",
        f"--LabApp.default_url=/lab/tree/{first_to_open(folder)}",
        "--LabApp.extension_manager=readonly",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        start.append("--allow-root")
    return [*start, "--no-browser"] if no_browser else start


def environment() -> dict[str, str]:
    """Return the environment in which JupyterLab doesn't ask whether it may fetch news."""
    paths = [str(CONFIG), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(path for path in paths if path)}
