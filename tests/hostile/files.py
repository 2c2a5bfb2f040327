"""Damage every file that a stranger could hand over, byte by byte and field by field, and open it.

A file ends well if it is read, or refused with a sentence; nothing else may come out of its reader.
"""

from __future__ import annotations

import json
import random
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mcda
from mcda.checks.faults import InputError
from mcda.cli import main
from mcda.files.question.logs import append, log_folder, read_logs

VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**400,
    1e308,
    "",
    "x" * 5000,
    "../../etc/passwd",
    "\ud800",
    [],
    {},
    [[]],
    [{}],
)
JSON = '{"alternatives": ["A", "B"], "criteria": ["c", "d"], "matrix": [[1, 2], [3, 4]], "weights": [1, 2]}'
CSV = "name;c;d\nA;1,5;2\nB;3;4\ndirection;min;max\n"
TOML = 'title = "A question"\nbaseline = "GAS"\ndate = "2026-01-01"\n[widening]\nscores = 1\n'


def bitten(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them changed, cut, doubled or exchanged."""
    held = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(held) + 1)
        length = chance.choice((1, 1, 4, 200))
        what = chance.randrange(4)
        if what == 0:
            held[at : at + length] = bytes(chance.randrange(256) for _ in range(length))
        elif what == 1:
            del held[at : at + length]
        elif what == 2:
            held[at:at] = held[at : at + length] * chance.choice((1, 50))
        else:
            held[at:at] = chance.choice(
                (b"\x00", b"\xff\xfe", b'"', b"[" * 3000, b"\r", b"9" * 5000)
            )
    return bytes(held)


def tampered(document: Any, chance: random.Random) -> Any:
    """Return a document of JSON with one value somewhere in it exchanged, or one key gone."""
    if isinstance(document, dict) and document:
        key = chance.choice(sorted(document))
        if chance.random() < 0.15:
            return {name: value for name, value in document.items() if name != key}
        return {**document, key: tampered(document[key], chance)}
    if isinstance(document, list) and document and chance.random() < 0.8:
        at = chance.randrange(len(document))
        return [*document[:at], tampered(document[at], chance), *document[at + 1 :]]
    return chance.choice(VALUES)


def opened(open_it: Callable[[], object]) -> str:
    """Return how a reader took a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            open_it()
        except InputError:
            return "refused by name"
        except Exception as error:
            return f"ERROR {type(error).__name__}: {str(error)[:120]}"
    return "read"


def bytes_run(room: Path, number: int, seed: int) -> Counter[str]:
    """Return how damaged tables, frames, logs and documents ended."""
    chance = random.Random(seed)
    question = mcda.new_question(room / "q")
    append(question, "data", "2026-01-02", subject="a", text="b", who="c")
    log = log_folder(question) / "data.jsonl"
    frame = question / "question.toml"
    readers: dict[Path, tuple[bytes, Callable[[], object]]] = {
        room / "t.json": (JSON.encode(), lambda: mcda.read_matrix(room / "t.json")),
        room / "t.csv": (CSV.encode(), lambda: mcda.read_matrix(room / "t.csv")),
        frame: (TOML.encode(), lambda: mcda.read_sheets(question).rows("question")),
        log: (log.read_bytes() * 2, lambda: read_logs(question)),
    }
    found: Counter[str] = Counter()
    for turn in range(number):
        path, (content, open_it) = list(readers.items())[turn % len(readers)]
        path.write_bytes(bitten(content, chance))
        found[opened(open_it)] += 1
    return found


def report_run(room: Path, number: int, seed: int) -> Counter[str]:
    """Return how `mcda verify` took reports with a tampered manifest or crate; a pass is a fault."""
    chance = random.Random(seed)
    question = mcda.new_question(room / "asked")
    main(["report", str(question), "--to", "html", "--draws", "0", "--out", str(room / "out")])
    found: Counter[str] = Counter()
    for turn in range(number):
        path = room / "out" / ("manifest.json", "ro-crate-metadata.json")[turn % 2]
        whole = path.read_text(encoding="utf-8")
        changed = tampered(json.loads(whole), chance)
        told = json.dumps(changed)
        path.write_text(told, encoding="utf-8")
        status = main(["verify", str(room / "out")])
        same = changed == json.loads(whole)
        ends = {0: "read" if same else "PASSED though tampered", 1: "refused by name"}
        found[ends.get(status, f"ERROR status {status}: {told[:200]}")] += 1
        path.write_text(whole, encoding="utf-8")
    return found
