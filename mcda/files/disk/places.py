"""Is a path a folder or a file? One rule for questions, logs, reports and outputs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from mcda.checks.clean_text import clean

ENDINGS = (".xlsx", ".xlsm")  # of a question that is a workbook


def real(path: str | Path) -> Path:
    """Return where a path leads, links followed; of links that lead in a circle the path itself.

    >>> real("/").as_posix()[-1]
    '/'
    """
    return Path(os.path.realpath(path))


def is_folder(path: str | Path, endings: Iterable[str]) -> bool:
    """Say whether a path is a folder, or would become one.

    What is there decides. A path where nothing is yet is a file if it ends as one of `endings`, in
    any case: "plans/uk.v1" is a folder like "plans/uk", whatever stands behind its dot.

    >>> is_folder("plans/uk.v1", (".xlsx",)), is_folder("plans/uk.XLSX", (".xlsx",))
    (True, False)
    """
    file = Path(path)
    if file.exists():
        return file.is_dir()
    return file.suffix.lower() not in endings


def bare_name(path: str | Path, endings: Iterable[str]) -> str:
    """Return the name of a folder, all of it, or of a file without its ending, as it can be printed.

    >>> bare_name("plans/uk.v1", (".xlsx",)), bare_name("plans/uk.v1.xlsx", (".xlsx",))
    ('uk.v1', 'uk.v1')
    """
    file = Path(path)
    name = real(file).name if is_folder(file, endings) else file.stem
    return clean(name)[0]
