"""Logs that live with a question and only grow: assumptions, decisions, data, changes, sign-offs.

A log is a file of JSON, one entry a line. Each entry carries the hash of the one before it, so gaps
show.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcda.checks.clean_text import clean
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.limits import LIMITS
from mcda.files.disk.lock import held_alone
from mcda.files.disk.path_errors import of_the_path
from mcda.files.disk.places import ENDINGS, is_folder, real
from mcda.files.disk.reading import at_most, check_regular, read_bytes, refuse_link
from mcda.files.disk.writing import READABLE, write_bytes
from mcda.files.tables.clean_cells import clean_cell
from mcda.files.tables.sheets import Note

RATINGS = ("red", "amber", "green")
LOG_FIELDS = {
    "assumptions": ("subject", "text", "quality", "impact", "who"),
    "decisions": ("subject", "text", "who"),
    "data": ("subject", "text", "who"),
    "changes": ("subject", "old", "new", "who", "text"),
    "signoffs": ("state", "who", "inputs", "results"),
}
OPTIONAL = ("signed_by", "review")
STATES = ("assured", "approved")
START = "0" * 64  # what the first entry is chained to: a hash of nothing
NO_ENTRY = "no_entry"
FORM = "form"
TORN = "torn"
PARTED = "parted"
ALTERED = "altered"
PROBLEMS = {
    NO_ENTRY: "it is not an entry in JSON",
    FORM: "it is no entry of this log: a field is missing, or is no text",
    TORN: "its line has no end: whoever wrote it was stopped",
    PARTED: "it doesn't follow the entry before it: something was taken out, put in or changed",
    ALTERED: "it was changed after it was written",
}
INSTALLED = {"site-packages", "dist-packages"}  # folders of what was installed, not of a user


@dataclass(frozen=True)
class Log:
    """The entries of one log in order.

    `broken_at` is the number of the first entry that breaks the chain, 0 if none does; `problem` is
    what is wrong with it, one of `PROBLEMS`; `whole_bytes` is how much of the file comes before it.
    `notes` say what of the texts was made plain.
    """

    name: str
    entries: tuple[Mapping[str, Any], ...] = ()
    broken_at: int = 0
    problem: str = ""
    whole_bytes: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def head(self) -> str:
        """The hash of the last entry: it depends on every entry of the log."""
        return str(self.entries[-1].get("hash", "")) if self.entries else START


def log_folder(question: str | Path) -> Path:
    """Return where the logs of a question lie: in its folder, or beside its workbook.

    >>> log_folder("shelter.xlsx").name
    'shelter.logs'
    """
    path = Path(question)
    return path / "logs" if is_folder(path, ENDINGS) else path.with_suffix(".logs")


def read_logs(question: str | Path) -> dict[str, Log]:
    """Return every log of a question by name.

    A log that nobody began is empty; a broken chain is noted in the log, not raised.
    """
    folder = log_folder(question)
    return {name: _read(name, folder / f"{name}.jsonl") for name in LOG_FIELDS}


def _read(name: str, path: Path) -> Log:
    """Return a log as it stands, once nobody is writing to it."""
    folder = path.parent
    refuse_link(folder.parent, path)
    if folder.exists() and not folder.is_dir():
        raise InputError(Fault(folder.name, "a folder of logs", "a file", "move it elsewhere"))
    if not path.exists():
        return Log(name)
    log = _parsed_log(name, read_bytes(path, called=path.name))
    if log.broken_at:  # perhaps another is just writing a line: look again when nobody does
        with path.open("rb") as file, _alone_if_it_can_be(file.fileno(), path):
            log = _parsed_log(name, at_most(file, LIMITS.file_bytes, path.name))
    return log


@contextmanager
def _alone_if_it_can_be(handle: int, path: Path) -> Iterator[None]:
    """Hold a file that is read where its disk knows locks; on another disk it is read as it is."""
    with ExitStack() as locks:
        with suppress(OSError):
            locks.enter_context(held_alone(handle, str(path)))
        yield


def _parsed_log(name: str, content: bytes) -> Log:
    """Return the entries that the bytes of a log hold, up to the first that breaks the chain."""
    entries: list[Mapping[str, Any]] = []
    notes: list[Note] = []
    before = START
    whole = 0
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        entry = _parsed(line)
        problem = _problem(name, entry, before)
        if not problem and not line.endswith(b"\n"):
            problem = TORN
        if problem:
            return Log(name, tuple(entries), number, problem, whole, tuple(notes))
        place = f"{name}.jsonl entry {number}"
        entries.append(
            {key: clean_cell(text, f"{place}, {key}", notes) for key, text in entry.items()}
        )
        before = entry["hash"]
        whole += len(line)
    return Log(name, tuple(entries), whole_bytes=whole, notes=tuple(notes))


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return entry if isinstance(entry, dict) else {}


def _problem(name: str, entry: Mapping[str, Any], before: str) -> str:
    """Return what is wrong with an entry: its form, its place in the chain, or its words."""
    if not entry:
        return NO_ENTRY
    lacking = [key for key in ("date", *LOG_FIELDS[name], "before", "hash") if key not in entry]
    lacking += [key for key, text in entry.items() if not isinstance(text, str)]
    if lacking:
        return FORM
    if entry.get("before") != before:
        return PARTED
    return "" if entry.get("hash") == _hash(entry) else ALTERED


def _hash(entry: Mapping[str, Any]) -> str:
    fields = {key: entry[key] for key in entry if key != "hash"}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def append(question: str | Path, name: str, date: str, **fields: str) -> Mapping[str, Any]:
    """Add an entry to a log of a question and return it; older entries are never touched.

    Raises InputError for an unknown log or field, a missing or blank one, or a log with a broken
    chain.
    """
    if name not in LOG_FIELDS:
        raise InputError(Fault("log", f"one of {known(LOG_FIELDS)}", repr(name)))
    fields = {key: clean(value)[0] for key, value in fields.items()}
    _check(name, date, fields)
    path = _own_log(question, name)
    with _opened(path) as handle, held_alone(handle, str(path)):
        log = _parsed_log(name, _content(handle))
        if log.broken_at:
            raise InputError(_broken(path, log))
        entry: dict[str, Any] = {"date": date, **fields, "before": log.head}
        entry["hash"] = _hash(entry)
        _add(handle, path, json.dumps(entry, ensure_ascii=False) + "\n", log.whole_bytes)
    return entry


def repair(question: str | Path, name: str) -> Path | None:
    """Set aside the line that a stopped writer left torn at the end of a log.

    Returns the file that keeps what was cut off, or None for a log that is whole. Raises InputError
    where an entry before the last is broken: that is no torn line, and nothing here may mend it.
    """
    path = _own_log(question, name)
    if not path.exists():
        return None
    with _opened(path) as handle, held_alone(handle, str(path)):
        content = _content(handle)
        log = _parsed_log(name, content)
        tail = content[log.whole_bytes :]
        if not tail:
            return None
        if b"\n" in tail.rstrip(b"\n") or not _is_torn(tail):
            raise InputError(_broken(path, log))
        aside = write_bytes(_unused(path), tail)
        os.ftruncate(handle, log.whole_bytes)
        os.fsync(handle)
    return aside


def _is_torn(tail: bytes) -> bool:
    """Say whether a last line is the beginning of one, and not one that was altered."""
    return not tail.endswith(b"\n") or not _parsed(tail)


def _unused(path: Path) -> Path:
    """Return a name beside a log that no earlier repair took."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.torn-{number}.txt")).exists():
        number += 1
    return aside


def _broken(path: Path, log: Log) -> Fault:
    remedy = (
        f"delete its lines from {log.broken_at} on and add what they said again, "
        "or put a whole copy of the file in its place"
    )
    if log.problem in (TORN, NO_ENTRY):
        remedy = "set a torn last line aside with mcda log QUESTION LOG --repair, or " + remedy
    return Fault(
        f"{path.name} entry {log.broken_at}", "a whole chain", PROBLEMS[log.problem], remedy
    )


def _own_log(question: str | Path, name: str) -> Path:
    """Return the path of a log; raises InputError for a link, and for a place that isn't the user's."""
    if name not in LOG_FIELDS:
        raise InputError(Fault("log", f"one of {known(LOG_FIELDS)}", repr(name)))
    path = log_folder(question) / f"{name}.jsonl"
    refuse_link(path.parent.parent, path)
    if INSTALLED & set(real(path).parts):
        expected = "a question of your own"
        found = f"one inside the installed toolkit, {path.parent.parent}"
        raise InputError(Fault(f"log of {name}", expected, found, "copy its folder, and log there"))
    return path


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a log to read and to add to, and make it where there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags, READABLE)
    except OSError as error:
        raise of_the_path(error, path.name, "a log to add to", path) from None
    try:
        check_regular(handle, path.name)
        yield handle
    finally:
        os.close(handle)


def _content(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(handle, "rb", closefd=False) as file:
        return at_most(file, LIMITS.file_bytes, "log")


def _add(handle: int, path: Path, line: str, at: int) -> None:
    """Write a line at the end and let the disk keep it; of one that doesn't fit nothing stays."""
    os.lseek(handle, at, os.SEEK_SET)
    try:
        with os.fdopen(handle, "wb", closefd=False) as file:
            file.write(line.encode("utf-8"))
        os.fsync(handle)
    except OSError as error:
        os.ftruncate(handle, at)
        raise OSError(error.errno, error.strerror, str(path)) from None


def _check(name: str, date: str, fields: Mapping[str, str]) -> None:
    where = f"log of {name}"
    faults = [] if date.strip() else [Fault(f"{where}, date", "a date", "none")]
    faults += [
        Fault(f"{where}, {key}", "some text", "none")
        for key in LOG_FIELDS[name]
        if not str(fields.get(key, "")).strip()
    ]
    faults += [
        Fault(where, f"fields among {known((*LOG_FIELDS[name], *OPTIONAL))}", f"'{key}'")
        for key in fields
        if key not in (*LOG_FIELDS[name], *OPTIONAL)
    ]
    for key, words in (("quality", RATINGS), ("impact", RATINGS), ("state", STATES)):
        if (
            key in LOG_FIELDS[name]
            and str(fields.get(key, "")).strip()
            and fields[key] not in words
        ):
            faults.append(Fault(f"{where}, {key}", f"one of {known(words)}", repr(fields[key])))
    refuse(faults)
