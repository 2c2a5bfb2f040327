"""No text, default or name of the engine speaks of the question about Ukraine; docstring examples may."""

import ast
import csv
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "ukraine_force"
OTHERS = {".toml", ".js", ".css", ".j2", ".typ", ".csv", ".json", ".pyi"}


def _column(sheet, *columns):
    with (DATA / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file) for column in columns if row[column]}


def _words():
    """Return what tells the question: its name, ids and labels of options, holders, what has a minimum."""
    with (DATA / "criteria.csv").open(encoding="utf-8", newline="") as file:
        floors = {row["id"] for row in csv.DictReader(file) if row.get("floor")}
    return {
        "Ukraine",
        *_column("options", "id", "label"),
        *_column("perspectives", "holder_id", "holder"),
        *floors,
    }


def _without_docstrings(path):
    """Return a module's source with nothing where its docstrings stood."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                lines[first.lineno - 1 : first.end_lineno] = [""] * (
                    first.end_lineno - first.lineno + 1
                )
    return "\n".join(lines)


def test_nothing_outside_docstrings_names_the_question():
    """Its ids, its holders and its minimum belong to its own package, data and notebooks."""
    words = _words()
    assert {"OPT10", "C1.3", "Paris"} <= words  # what is looked for is there
    told = {word: re.compile(rf"(?<![\w.]){re.escape(word)}(?![\w.])") for word in sorted(words)}
    found = []
    for path in sorted((ROOT / "mcda").rglob("*")):
        if path.suffix == ".py":
            text = _without_docstrings(path)
        elif path.suffix in OTHERS:
            text = path.read_text(encoding="utf-8")
        else:
            continue
        # a word is sought as letters first: that costs next to nothing, and most files have none
        named = [word for word, whole in told.items() if word in text and whole.search(text)]
        found += [f"{path.relative_to(ROOT)}: {word}" for word in named]
    assert not found
