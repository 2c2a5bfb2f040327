"""Hashes of files and of plain data.

The same data give the same hash, whatever the order of its keys.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from mcda.files.question.logs import log_folder

UNSIGNED = "signoffs.jsonl"


def canonical(data: object) -> bytes:
    """Return plain data as JSON in one form: sorted keys, no blanks, UTF-8, no NaN.

    >>> canonical({"b": 1, "a": 0.1})
    b'{"a":0.1,"b":1}'
    """
    told = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return told.encode("utf-8", errors="surrogatepass")


def strict_json(text: str | bytes) -> Any:
    """Return plain data from JSON; raises ValueError for anything else, also for NaN and infinity.

    >>> strict_json('{"a": 0.1}')
    {'a': 0.1}
    """
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("JSON nested too deep") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def digest(data: object) -> str:
    """Return the SHA-256 of plain data in its one form."""
    return hashlib.sha256(canonical(data)).hexdigest()


def digest_of_bytes(content: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def question_files(question: Path) -> dict[str, Path]:
    """Return the files that a question was read from, by name as posix path.

    They are its sheets, its frame and its logs. The log of sign-offs is left out: it says what was
    signed, and is no part of it.
    """
    if question.is_file():
        found = {question.name: question}
    else:
        found = {
            path.name: path
            for path in sorted(question.glob("*"))
            if path.suffix in (".csv", ".toml", ".xlsx")
        }
        found |= {
            f"judgements/{path.name}": path
            for path in sorted((question / "judgements").glob("*.csv"))
        }
    logs = log_folder(question)
    found |= {
        f"{logs.name}/{path.name}": path
        for path in sorted(logs.glob("*.jsonl"))
        if path.name != UNSIGNED
    }
    return found


def inputs_beside(report: Path) -> Path | None:
    """Return the inputs in a report's folder, or beside its file.

    They are a folder, or the workbook in it.
    """
    folder = (report if report.is_dir() else report.parent) / "inputs"
    if not folder.is_dir():
        return None
    books = [path for path in folder.iterdir() if path.suffix == ".xlsx"]
    return folder if (folder / "options.csv").exists() or not books else books[0]


def hashed_inputs(question: Path) -> dict[str, dict[str, Any]]:
    """Return the hash and size of every file of a question, by name."""
    return {
        name: {"sha256": digest_of_bytes(content := path.read_bytes()), "bytes": len(content)}
        for name, path in question_files(question).items()
    }
