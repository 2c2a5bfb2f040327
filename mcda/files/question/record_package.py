"""Write a package that was chosen into a question's folder, where it joins the options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from mcda.checks.faults import Fault, InputError
from mcda.files.question.optional_sheets.package_rows import COLUMNS
from mcda.files.tables.csv_file import read_sheet, write_sheet
from mcda.problem.model import Problem
from mcda.problem.parts.made_option import make_option


def record_package(
    folder: str | Path,
    problem: Problem,
    parts: Sequence[str],
    label: str,
    about: Mapping[str, str],
) -> Path:
    """Write a package to packages.csv, and return the file.

    about: "like", and perhaps "fallback" and "members", as for `make_option`. A row with the same id
    is replaced; others stay. Raises InputError for a package that can't be made an option.
    """
    target = Path(folder)
    if not (target / "options.csv").is_file():
        expected = "the folder of a question, with options.csv"
        raise InputError(Fault(str(folder), expected, "none"))
    name = label.strip()
    key = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    make_option(problem, parts, key=key, label=name, **about)
    path = target / "packages.csv"
    row = {"id": key, "label": name, "parts": ";".join(parts), **about}
    columns: tuple[str, ...] = COLUMNS
    rows: list[Mapping[str, str]] = []
    if path.exists():
        sheet, _ = read_sheet(path)
        columns = tuple(dict.fromkeys((*sheet.columns, *COLUMNS)))
        rows = [one.cells for one in sheet.rows if one.text("id") != key]
    cells = []
    for one in (*rows, row):
        cells.append([one.get(column, "") for column in columns])
    write_sheet(path, columns, cells)
    return path
