"""Logs that live with a question and only grow: assumptions, decisions, data, changes, sign-offs.

A log is a file of JSON, one entry a line. Each entry carries the hash of the one before it, so gaps
show.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcda.checks.faults import Fault, InputError, known, refuse

RATINGS = ("red", "amber", "green")
FIELDS = {
    "assumptions": ("subject", "text", "quality", "impact", "who"),
    "decisions": ("subject", "text", "who"),
    "data": ("subject", "text", "who"),
    "changes": ("subject", "old", "new", "who", "text"),
    "signoffs": ("state", "who", "inputs", "results"),
}
OPTIONAL = ("signed_by", "review")
STATES = ("assured", "approved")
START = "0" * 64


@dataclass(frozen=True)
class Log:
    """The entries of one log in order.

    `broken_at` is the number of the first entry that breaks the chain, 0 if none does.
    """

    name: str
    entries: tuple[Mapping[str, Any], ...] = ()
    broken_at: int = 0
    problem: str = ""

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
    return path.with_suffix(".logs") if path.suffix else path / "logs"


def read_logs(question: str | Path) -> dict[str, Log]:
    """Return every log of a question by name.

    A log that nobody began is empty; a broken chain is noted in the log, not raised.
    """
    folder = log_folder(question)
    return {name: _read(name, folder / f"{name}.jsonl") for name in FIELDS}


def _read(name: str, path: Path) -> Log:
    entries: list[Mapping[str, Any]] = []
    before = START
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        entry = _parsed(line)
        problem = _problem(entry, before)
        if problem:
            return Log(name, tuple(entries), number, problem)
        entries.append(entry)
        before = entry["hash"]
    return Log(name, tuple(entries))


def _parsed(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _problem(entry: Mapping[str, Any], before: str) -> str:
    if not entry:
        return "it is not an entry in JSON"
    if entry.get("before") != before:
        return "it doesn't follow the entry before it: something was taken out, put in or changed"
    return "" if entry.get("hash") == _hash(entry) else "it was changed after it was written"


def _hash(entry: Mapping[str, Any]) -> str:
    kept = {key: entry[key] for key in entry if key != "hash"}
    told = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


def append(question: str | Path, name: str, date: str, **fields: str) -> Mapping[str, Any]:
    """Add an entry to a log of a question and return it; older entries are never touched.

    Raises InputError for an unknown log or field, a missing or blank one, or a log with a broken
    chain.
    """
    if name not in FIELDS:
        raise InputError(Fault("log", f"one of {known(FIELDS)}", repr(name)))
    _check(name, date, fields)
    log = read_logs(question)[name]
    if log.broken_at:
        remedy = (
            f"delete its lines from {log.broken_at} on and add what they said again, "
            "or put a whole copy of the file in its place"
        )
        raise InputError(
            Fault(f"{name}.jsonl entry {log.broken_at}", "a whole chain", log.problem, remedy)
        )
    entry: dict[str, Any] = {"date": date, **fields, "before": log.head}
    entry["hash"] = _hash(entry)
    path = log_folder(question) / f"{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return entry


def _check(name: str, date: str, fields: Mapping[str, str]) -> None:
    place = f"log of {name}"
    faults = [] if date.strip() else [Fault(f"{place}, date", "a date", "none")]
    faults += [
        Fault(f"{place}, {key}", "some text", "none")
        for key in FIELDS[name]
        if not str(fields.get(key, "")).strip()
    ]
    faults += [
        Fault(place, f"fields among {known((*FIELDS[name], *OPTIONAL))}", f"'{key}'")
        for key in fields
        if key not in (*FIELDS[name], *OPTIONAL)
    ]
    for key, words in (("quality", RATINGS), ("impact", RATINGS), ("state", STATES)):
        if key in FIELDS[name] and str(fields.get(key, "")).strip() and fields[key] not in words:
            faults.append(Fault(f"{place}, {key}", f"one of {known(words)}", repr(fields[key])))
    refuse(faults)
