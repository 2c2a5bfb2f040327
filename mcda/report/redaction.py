"""Leave named options or columns out of a question's files: what remains is a question that runs and verifies."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from mcda.problem.faults import Fault, InputError, known, refuse
from mcda.report.hashes import question_files

OPTION_COLUMNS = ("option", "options")
KEPT = {"options.csv": ("id", "label"), "criteria.csv": ("id", "parent", "label", "direction", "scale_type", "measure"),
        "scores.csv": ("option", "criterion", "low", "mode", "high", "kind"),
        "estimates.csv": ("key", "low", "mode", "high", "unit", "kind"), "sources.csv": ("id",)}  # fmt: skip
Table = tuple[list[str], list[dict[str, str]]]


def redacted(question: Path, what: Sequence[str], target: Path) -> Path:
    """Write a question's folder without the named options (by id) and columns (FILE.COLUMN) into a target; return it.

    Logs are left out with them, since an entry can't be cut without breaking its chain. Raises InputError for a name
    that isn't there, a column that the computation needs, or an option that is still named in what remains.
    """
    if not question.is_dir():
        raise InputError(Fault("redaction", "a question that is a folder of CSV files", f"'{question.name}'"))
    files = {name: path for name, path in question_files(question).items() if path.suffix != ".jsonl"}
    tables = {name: _read(path) for name, path in files.items() if path.suffix == ".csv"}
    options = {row["id"]: row["label"] for row in tables["options.csv"][1]}
    columns = [name for name in what if name not in options]
    refuse(_unknown(columns, tables, options))
    gone = [name for name in what if name in options]
    for name, table in tables.items():
        _written(target / name, _less(name, table, gone, columns))
    for name, path in files.items():
        if path.suffix != ".csv":
            (target / name).write_text(_frame(path.read_text(encoding="utf-8-sig"), gone), encoding="utf-8")
    refuse(_still_named(target, gone, options))
    return target


def _read(path: Path) -> Table:
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return list(reader.fieldnames or ()), list(reader)


def _unknown(columns: list[str], tables: dict[str, Table], options: dict[str, str]) -> Iterator[Fault]:
    for name in columns:
        sheet, _, column = name.rpartition(".")
        file = f"{sheet}.csv"
        if file not in tables or column not in tables[file][0]:
            expected = f"an option ({known(options)}) or a column such as scores.rationale"
            yield Fault(f"redaction '{name}'", expected, "neither")
        elif column in KEPT.get(file, ()):
            yield Fault(f"redaction '{name}'", "a column that the computation can do without", "one that it needs")


def _less(name: str, table: Table, gone: list[str], columns: list[str]) -> Table:
    """Return a table without rows and entries of the options that go, and with blanks in the columns that go."""
    header, rows = table
    blank = {column.rpartition(".")[2] for column in columns if f"{column.rpartition('.')[0]}.csv" == name}
    kept = [row for row in rows if not _belongs(name, row, gone)]
    return header, [
        {key: "" if key in blank else _without(row[key], gone) if key == "options" else row[key] for key in header}
        for row in kept
    ]


def _belongs(name: str, row: dict[str, str], gone: list[str]) -> bool:
    """Say whether a row is about an option that goes alone."""
    if name == "options.csv":
        return row["id"] in gone
    if any(row.get(column) in gone for column in OPTION_COLUMNS):
        return True
    return name == "estimates.csv" and bool(set(row["key"].split("/")) & set(gone))


def _without(cell: str, gone: list[str]) -> str:
    return ";".join(entry for entry in cell.split(";") if entry.strip() not in gone)


def _frame(text: str, gone: list[str]) -> str:
    """Return question.toml without a baseline that goes."""
    lines = text.splitlines(keepends=True)
    return "".join(
        line for line in lines if not (line.startswith("baseline") and any(f'"{one}"' in line for one in gone))
    )


def _written(path: Path, table: Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table[1])


def _still_named(target: Path, gone: list[str], options: dict[str, str]) -> Iterator[Fault]:
    """Go through the places where an option that went is still named, by label, or by an id that can't be a word."""
    names = {option: [options[option], *([option] if len(option) > 2 else [])] for option in gone}
    for path in sorted(target.rglob("*.*")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for option in gone:
                if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) for name in names[option]):
                    remedy = "leave that column out as well, or change the text"
                    yield Fault(f"{path.name} line {number}", f"no word of '{option}'", repr(line[:80]), remedy)
