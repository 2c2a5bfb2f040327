"""Run a page as its reader does: save its files, type its commands, run its Python, in an empty folder."""

import contextlib
import doctest
import io
import re
import shlex
from pathlib import Path

from mcda.cli import main

FENCE = re.compile(r"(?:^|\n)([^\n]*)\n*\n```(\w+)\n(.*?)```", re.DOTALL)
NAMED = re.compile(r"^Save .*`([\w.-]+)`")
STATUS = re.compile(r"^\(status (\d)\)$")
NOT_SHOWN = "..."


def run_command(line):
    """Run a command of the page; returns its status and what it printed."""
    program, *words = shlex.split(line, comments=True)
    if program != "mcda":
        raise AssertionError(f"a page runs mcda alone, found {line!r}")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            status = main(words)
        except SystemExit as ended:  # wrong usage
            status = ended.code
    return status, printed.getvalue()


def check_console(text):
    """Run the commands of a block: each line below one is printed by it, in any order."""
    for block in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, *shown = block.rstrip().split("\n")
        stated = [found.group(1) for each in shown if (found := STATUS.match(each))]
        expected = [each for each in shown if each != NOT_SHOWN and not STATUS.match(each)]
        status, printed = run_command(line)
        there = {each.rstrip() for each in printed.splitlines()}
        assert status == int((stated or ["0"])[0]), f"{line}\n{printed}"
        missing = [each for each in expected if each.rstrip() not in there]
        assert missing == [], f"{line}\n{printed}"


def run_lines(text):
    """Run every command of a list, whatever it prints."""
    for line in text.strip().splitlines():
        status, printed = run_command(line)
        assert status == 0, f"{line}\n{printed}"


def run_python(text, names):
    """Run a session with its answers, or plain statements."""
    if ">>>" not in text:
        exec(compile(text, "page", "exec"), names)  # noqa: S102, a page of our own
        return
    session = doctest.DocTestParser().get_doctest(text, names, "page", None, 0)
    told = io.StringIO()
    failed = doctest.DocTestRunner(verbose=False).run(session, out=told.write, clear_globs=False)
    names.update(session.globs)
    assert failed.failed == 0, told.getvalue()


def run_page(path):
    """Run a page from top to bottom in the present folder; returns how many steps it has."""
    names = {"mcda": __import__("mcda")}
    runners = {"console": check_console, "sh": run_lines}
    steps = FENCE.findall(Path(path).read_text(encoding="utf-8"))
    for before, kind, text in steps:
        named = NAMED.match(before)
        if named:
            Path(named.group(1)).write_text(text, encoding="utf-8")
        elif kind == "python":
            run_python(text, names)
        elif kind in runners:
            runners[kind](text)
    return len(steps)
