"""Stop a command without warning at a random moment, and see what it leaves and how the next run goes.

Each run is a fork of this process, in which everything is imported and one report is computed: the
moments fall into the work, and most of those of a report into its writing.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path

import mcda
from mcda.cli import main
from mcda.files.question.logs import read_logs
from mcda.files.question.open_question import open_question
from mcda.files.question.record_weights import record_weights
from mcda.reporting.study.hashes import digest_of_bytes
from mcda.reporting.study.study import Study
from mcda.reporting.writers.crate import CRATE
from mcda.reporting.writers.report import Report, composed, write

STOPPED = "stopped in the middle"
FINISHED = "had finished"


@dataclass(frozen=True)
class Command:
    """What is run and stopped, and how what it leaves is judged: a text of what is wrong, or none."""

    name: str
    run: Callable[[Path], object]
    wrong: Callable[[Path], str]
    prepare: Callable[[Path], object] = lambda room: None  # before the process is copied


def _run(*words: str) -> Callable[[Path], object]:
    return lambda room: main([word.format(room=room) for word in words])


def _whole_question(name: str) -> Callable[[Path], str]:
    def wrong(room: Path) -> str:
        path = room / name
        if path.exists():
            open_question(path)
            _clear(path)
        return ""

    return wrong


def _log(room: Path) -> str:
    log = read_logs(room / "q")["data"]
    if log.broken_at:
        main(["log", str(room / "q"), "data", "--repair"])
    return "the log is lost" if read_logs(room / "q")["data"].broken_at else ""


def _state(room: Path) -> str:
    """Resume with as many draws: a state that isn't whole is refused, which is status 1."""
    status = _run(*STATE)(room) if (room / "st.npz").exists() else 0
    _clear(room / "st.npz")
    return f"resuming ends with {status}" if status else ""


def _weights(room: Path) -> str:
    holders = open_question(room / "q")[1]
    return "" if len(holders) >= 2 else "holders are lost"


def _save(room: Path) -> None:
    problem, holders = open_question(room / "q")
    given = next(iter(holders.values()))
    record_weights(room / "q", problem, given, f"Panel {time.time_ns()}")


@cache
def _computed(question: Path) -> Report:
    """Return a report that is computed and not yet written: once, before this process is copied."""
    return composed(Study(*open_question(question), folder=question, named=question.name))


def _report(room: Path) -> str:
    """Judge whether the files that are there are those of one report, each of them whole."""
    folder = room / "out"
    if not (folder / CRATE).exists():
        left = sorted(path.name for path in folder.glob("*")) if folder.exists() else []
        return f"a report without a description: {left}" if left else ""
    described = json.loads((folder / CRATE).read_bytes())["@graph"]
    torn = [
        one["@id"]
        for one in described
        if one["@type"] == "File"
        and digest_of_bytes((folder / one["@id"]).read_bytes()) != one["sha256"]
    ]
    return f"not as described: {torn}" if torn else ""


STATE = (
    "robust",
    "{room}/q",
    "--state",
    "{room}/st.npz",
    "-n",
    "4000",
    "--no-floors",
    "--any-weights",
)
REPORT = ("report", "{room}/asked", "--to", "html", "--draws", "0", "--out", "{room}/out")
ENTRY = ("log", "{room}/q", "data", "--subject", "a", "--text", "b", "--who", "c")
QUICK = (
    Command("new FOLDER", _run("new", "{room}/made"), _whole_question("made")),
    Command("log", _run(*ENTRY), _log),
    Command("explorer save", _save, _weights),
)
OTHERS = (
    *QUICK,
    Command("new FILE.xlsx", _run("new", "{room}/made.xlsx"), _whole_question("made.xlsx")),
    Command(
        "check --mark",
        _run("check", "{room}/b.xlsx", "--mark", "{room}/marked.xlsx"),
        _whole_question("marked.xlsx"),
    ),
    Command("robust --state", _run(*STATE), _state),
    Command(
        "a report's files",
        lambda room: write(_computed(room / "asked"), room / "out", ("html",)),
        _report,
        lambda room: _computed(room / "asked"),
    ),
)
EVERY = (*OTHERS, *OTHERS, *OTHERS, Command("report", _run(*REPORT), _report))


def kill_run(room: Path, commands: tuple[Command, ...], number: int, seed: int) -> Counter[str]:
    """Return how runs ended, the commands in turn, until so many were stopped in the middle."""
    chance = random.Random(seed)
    mcda.new_question(room / "q")
    mcda.new_question(room / "b.xlsx")
    mcda.new_question(room / "asked")
    usual = {}
    for command in dict.fromkeys(commands):
        command.prepare(room)
        began = time.monotonic()
        os.waitpid(_forked(command, room), 0)
        usual[command.name] = time.monotonic() - began
        command.wrong(room)
    found: Counter[str] = Counter()
    turns = cycle(commands)
    while found[STOPPED] < number:
        command = next(turns)
        process = _forked(command, room)
        time.sleep(chance.uniform(0.05, 1.05) * usual[command.name])
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        found[STOPPED if os.WIFSIGNALED(status) else FINISHED] += 1
        found[_judged(command, room)] += 1
    return found


def _judged(command: Command, room: Path) -> str:
    """Return whether what is left is whole, and the next run of the same command works."""
    try:
        wrong = command.wrong(room)
    except mcda.InputError as error:
        wrong = str(error)
    if not wrong:
        _, status = os.waitpid(_forked(command, room), 0)
        wrong = f"the next run ends with {status}" if status else ""
        command.wrong(room)
    rest = [path.name for path in room.rglob("*.part")]
    wrong = wrong or (f"left {rest}" if rest else "")
    return f"WRONG {command.name}: {wrong}" if wrong else "all whole, the next run works"


def _forked(command: Command, room: Path) -> int:
    """Start a command in a copy of this process, and return the number of the copy."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        status = 1 if command.run(room) == 1 else 0
    finally:
        os._exit(status)


def _clear(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
