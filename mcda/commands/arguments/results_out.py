"""The options `--out` and `--chart`: a result as a file, beside what is printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mcda.checks.faults import Fault, InputError
from mcda.files.disk.writing import write_bytes
from mcda.reporting.terminal.lines import tell

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from mcda.reporting.results.out import Results

OUT = (".xlsx", ".csv", ".md", ".tex")
CHARTS = (".png", ".svg", ".pdf")


def add_out(parser: argparse.ArgumentParser) -> None:
    """Let a command write its result into a file."""
    help_text = f"also write the result here ({', '.join(OUT)}; .xlsx has every table)"
    parser.add_argument("--out", type=Path, metavar="FILE", help=help_text)


def add_chart(parser: argparse.ArgumentParser) -> None:
    """Let a command draw its result."""
    help_text = f"draw the scores ({', '.join(CHARTS)})"
    parser.add_argument("--chart", type=Path, metavar="FILE", help=help_text)


def check_files(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Refuse a file of a form that can't be written before anything is computed: wrong usage."""
    for option, endings in (("out", OUT), ("chart", CHARTS)):
        path = getattr(given, option, None)
        if path is not None and path.suffix.lower() not in endings:
            such = f"a file that ends in one of {', '.join(endings)}"
            parser.error(f"--{option}: expected {such}, found '{path}'")


def write_out(given: argparse.Namespace, results: Callable[[], Results]) -> None:
    """Write a result where `--out` asks for it."""
    if given.out is not None:
        from mcda.reporting.results.out import as_file

        _write(given.out, as_file(given.out, results()), given.question)


def write_chart(given: argparse.Namespace, drawn: Callable[[], Axes]) -> None:
    """Draw a result where `--chart` asks for it."""
    if given.chart is not None:
        from mcda.reporting.figures.drawing import files

        axes = drawn()
        forms: dict[str, Callable[[Axes], bytes]] = {
            ".png": files.png,
            ".svg": lambda axes: files.svg(axes).encode("utf-8"),
            ".pdf": files.pdf,
        }
        _write(given.chart, forms[given.chart.suffix.lower()](axes), given.question)


def _write(path: Path, content: bytes, question: str) -> None:
    """Write a file, never over the question itself, and say where it is."""
    if path.exists() and Path(question).exists() and path.samefile(question):
        raise InputError(Fault(str(path), "another file than the question", "the question itself"))
    write_bytes(path, content)
    tell(f"written: {path}")
