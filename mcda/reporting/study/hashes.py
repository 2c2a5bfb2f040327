"""Hashes of files and of plain data.

The same data give the same hash, whatever the order of its keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mcda.files.disk.reading import own_bytes, read_bytes
from mcda.files.question.logs import LOG_FIELDS, log_folder
from mcda.files.tables.folder import folder_files

UNSIGNED = "signoffs.jsonl"


def canonical(data: object) -> bytes:
    """Return plain data as JSON in one form: sorted keys, no blanks, UTF-8, no NaN.

    >>> canonical({"b": 1, "a": 0.1})
    b'{"a":0.1,"b":1}'
    """
    text = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8", errors="surrogatepass")


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

    They are its sheets, its frame and its logs, and no other file that lies there. The log of
    sign-offs is left out: it says what was signed, and is no part of it.
    """
    files = folder_files(question) if question.is_dir() else {question.name: question}
    logs = log_folder(question)
    for name in LOG_FIELDS:
        path = logs / f"{name}.jsonl"
        if path.exists() and path.name != UNSIGNED:
            files[f"{logs.name}/{path.name}"] = path
    return files


def carried_files(question: Path) -> dict[str, Path]:
    """Return the files that travel with a report, by name as posix path.

    They are those that the question was read from, and the log of sign-offs: it is no part of what
    was signed, but a report says who signed it, and is made again from what lies beside it.
    """
    logs = log_folder(question)
    signed = logs / UNSIGNED
    files_by_name = question_files(question)
    return files_by_name | ({f"{logs.name}/{UNSIGNED}": signed} if signed.is_file() else {})


def inputs_beside(report: Path) -> Path | None:
    """Return the inputs in a report's folder, or beside its file.

    They are a folder, or the workbook in it.
    """
    folder = (report if report.is_dir() else report.parent) / "inputs"
    if not folder.is_dir():
        return None
    books = [path for path in folder.iterdir() if path.suffix == ".xlsx"]
    return folder if (folder / "options.csv").exists() or not books else books[0]


def carried_bytes(question: Path) -> dict[str, bytes]:
    """Return the content of every file that travels with a report, by name.

    Raises InputError for a link, or for another thing than a file in the place of one.
    """
    return _contents(question, carried_files(question))


def _contents(question: Path, files: Mapping[str, Path]) -> dict[str, bytes]:
    contents = {}
    for name, path in files.items():
        is_named = path == question  # the workbook that the user pointed at, perhaps by a link
        contents[name] = read_bytes(path) if is_named else own_bytes(_home(question, path), path)
    return contents


def _home(question: Path, path: Path) -> Path:
    """Return the folder that a file of a question may not lead out of."""
    return question if path.is_relative_to(question) else question.parent


def hashed_inputs(question: Path) -> dict[str, dict[str, Any]]:
    """Return the hash and size of every file of a question, by name."""
    return {
        name: {"sha256": digest_of_bytes(content), "bytes": len(content)}
        for name, content in _contents(question, question_files(question)).items()
    }
