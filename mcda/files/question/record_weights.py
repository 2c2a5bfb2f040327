"""Write a holder's weights, pairwise judgements or statements into a question's folder.

They are written as `read_perspectives` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mcda.checks.faults import Fault, InputError
from mcda.files.disk.reading import read_bytes
from mcda.files.disk.writing import write_bytes
from mcda.files.question.optional_sheets.statement_rows import statement_cells
from mcda.files.question.read_perspectives import read_perspectives
from mcda.files.question.sheet_checks.preference_faults import LOCAL, PERSPECTIVES
from mcda.files.tables.csv_file import read_sheet, write_sheet
from mcda.preferences.from_statements.kinds import Statement, check_statements
from mcda.preferences.from_statements.weights import statement_table
from mcda.preferences.hierarchies.judgements import PAIRS, Judgements
from mcda.preferences.hierarchies.weights import ahp
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem

LONGEST_NAME = 80  # characters of a holder's name, which tables and figures must show

Table = tuple[tuple[str, ...], list[Mapping[str, str]]]


def record_weights(folder: str | Path, problem: Problem, weights: Weights, holder: str) -> Path:
    """Write a holder's weights: heads to perspectives.csv, the rest to local_weights.csv.

    Rows that the holder already has are replaced; those of others stay. Low, mode and high are the
    same number: whoever answers for the weights may widen them by hand. The folder is read back,
    and left as it was if that fails. Raises InputError for a name that can't be in a table, or
    weights that don't fit the question.
    """
    name = _checked(holder)
    target = _folder(folder)
    values = over_leaves(problem, weights).values
    totals = {}
    for one in problem.criteria:
        below = [leaf.key for leaf in problem.leaves if one.key in problem.path(leaf.key)]
        totals[one.key] = sum(values[key] for key in below)
    about = {
        "holder_id": _holder_id(target, name),
        "holder": name,
        "kind": "judgement",
        "rationale": weights.rationale,
    }
    stated: list[Mapping[str, str]] = [
        {**about, "criterion": criterion.key, "low": total, "mode": total, "high": total}
        for criterion in problem.tops
        if (total := f"{100 * totals[criterion.key]:.10g}")
    ]
    local: list[Mapping[str, str]] = [
        {
            **about,
            "criterion": criterion.key,
            "weight": f"{totals[criterion.key] / totals[criterion.parent]:.12g}",
        }
        for criterion in problem.criteria
        if criterion.parent and totals[criterion.parent] > 0
    ]
    files = {
        target / "perspectives.csv": (PERSPECTIVES, stated),
        target / "local_weights.csv": (LOCAL, local),
    }
    _replace(
        {path: _with_rows(path, required, rows, name) for path, (required, rows) in files.items()},
        target,
        problem,
    )
    return target / "perspectives.csv"


def record_judgements(
    folder: str | Path, problem: Problem, judgements: Judgements, holder: str
) -> Path:
    """Write a holder's judgements of the heads to judgements/ID.csv, and return the file.

    A holder without weights gets those that the judgements imply. The folder is read back, and left
    as it was if that fails. Raises InputError for a name that can't be in a table, and for
    judgements that fall into parts.
    """
    name = _checked(holder)
    target = _folder(folder)
    implied = ahp(judgements, name, rationale="implied by pairwise judgements")
    if name not in _ids(target):
        record_weights(target, problem, implied, name)
    path = target / "judgements" / f"{_ids(target)[name]}.csv"
    path.parent.mkdir(exist_ok=True)
    columns = (*PAIRS, "kind", "rationale")
    about = {"kind": "judgement", "rationale": "judged in the panel"}
    rows: list[Mapping[str, str]] = [
        {"first": a, "second": b, "ratio": str(ratio), **about}
        for (a, b), ratio in judgements.ratios.items()
    ]
    _replace({path: (columns, rows)}, target, problem)
    return path


def record_statements(
    folder: str | Path, problem: Problem, statements: Sequence[Statement], holder: str
) -> Path:
    """Write a holder's statements to statements.csv, and return the file.

    Rows that the holder already has are replaced; those of others stay. The folder is read back,
    and left as it was if that fails. Raises InputError for a name that can't be in a table, no
    statement at all, and statements that don't fit the question or can't all hold.
    """
    name = _checked(holder)
    target = _folder(folder)
    said = check_statements(statements)
    if not said:
        raise InputError(Fault("statements", "one at least", "none", "answer a question first"))
    path = target / "statements.csv"
    rows: list[Mapping[str, str]] = [*statement_cells(statement_table(said), name)]
    if path.exists():
        columns, rows = _with_rows(path, (), rows, name)
    else:
        columns = tuple(rows[0])
    _replace({path: (columns, rows)}, target, problem)
    return path


def _checked(holder: str) -> str:
    name = holder.strip()
    if not (name.isprintable() and 0 < len(name) <= LONGEST_NAME):
        expected = f"1 to {LONGEST_NAME} printable characters"
        raise InputError(Fault("name of the holder", expected, repr(holder), "choose another name"))
    return name


def _folder(folder: str | Path) -> Path:
    target = Path(folder)
    if not (target / "criteria.csv").is_file():
        raise InputError(Fault(str(folder), "the folder of a question, with criteria.csv", "none"))
    return target


def _ids(target: Path) -> dict[str, str]:
    """Return the ids of the holders, by name."""
    path = target / "perspectives.csv"
    rows = read_sheet(path)[0].rows if path.exists() else ()
    return {row.text("holder"): row.text("holder_id") for row in rows}


def _holder_id(target: Path, name: str) -> str:
    """Return the holder's id: the one it has, or a new one made of its name."""
    ids = _ids(target)
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "holder"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(ids) + 2))
    return ids.get(name) or next(new for new in numbered if new not in ids.values())


def _with_rows(
    path: Path, required: tuple[str, ...], rows: list[Mapping[str, str]], holder: str
) -> Table:
    """Return the columns and rows of a sheet with those of the holder replaced."""
    if not path.exists():
        return (*dict.fromkeys(("holder_id", *required, "rationale")),), rows
    sheet, _ = read_sheet(path)
    return sheet.columns, [
        *(row.cells for row in sheet.rows if row.text("holder") != holder),
        *rows,
    ]


def _cells(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[list[str]]:
    for row in rows:
        yield [row.get(column, "") for column in columns]


def _replace(tables: Mapping[Path, Table], target: Path, problem: Problem) -> None:
    """Write sheets whole and read the folder back; if that fails, put the old files back."""
    before = {path: read_bytes(path) if path.exists() else None for path in tables}
    try:
        for path, (columns, rows) in tables.items():
            write_sheet(path, columns, _cells(columns, rows))
        read_perspectives(target, problem)
    except BaseException:
        for path, old in before.items():
            path.unlink(missing_ok=True) if old is None else write_bytes(path, old)
        raise
