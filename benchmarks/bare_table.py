"""How long a person waits from a table to a chart, and for one sheet of a workbook of sixty."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl

import mcda

REPEATS = 5
SHEETS = 60
LIMITS = {"mcda rank table.xlsx --chart": 1.5, f"one sheet of {SHEETS}": 0.5}  # seconds


def write_book(path: Path, sheets: int) -> None:
    """Write a workbook of tables of 60 options by 10 criteria with weights and directions."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year in range(sheets):
        page = book.create_sheet(f"Year {1960 + year}")
        page.append(["Site", *(f"C{column}" for column in range(10))])
        for row in range(60):
            page.append([f"Option {row}", *((row * column) % 17 + year for column in range(10))])
        page.append(["weights", *[1] * 10])
        page.append(["direction", *["max"] * 10])
    book.save(path)


def command(path: Path) -> None:
    """Rank a table and draw the chart, in a fresh process."""
    words = [
        sys.executable,
        "-m",
        "mcda",
        "rank",
        str(path),
        "--chart",
        str(path.with_suffix(".png")),
    ]
    subprocess.run(words, check=True, capture_output=True)


def main() -> None:
    """Print the median of each, beside the most that it may take."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.xlsx"
        book = Path(folder) / "book.xlsx"
        write_book(table, 1)
        write_book(book, SHEETS)
        mcda.read_matrix(table)  # the imports are no part of the reading
        steps = (lambda: command(table), lambda: mcda.read_matrix(book, sheet="Year 1990"))
        for (name, limit), step in zip(LIMITS.items(), steps, strict=True):
            times = []
            for _ in range(REPEATS):
                start = time.perf_counter()
                step()
                times.append(time.perf_counter() - start)
            print(f"{name:32s} {statistics.median(times):6.2f} s (at most {limit} s)")


if __name__ == "__main__":
    main()
