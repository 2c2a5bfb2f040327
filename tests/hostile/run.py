"""Fuzz the readers and kill the writers for a while, print what was tried and how it ended, as a table.

python tests/hostile/run.py [--seed N] [--times N] [--quick] [--only WORD] [--write PAGE]

--times multiplies what is tried. Status 1 where anything came out that should not have.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from cells import cell_run
from files import bytes_run, report_run
from kills import EVERY, FINISHED, QUICK, STOPPED, kill_run

Leg = Callable[[Path, int], Counter[str]]
BEGIN, END = "<!-- begin: tests/hostile/run.py -->", "<!-- end -->"
BAD = ("ERROR", "UNSAID", "WRONG", "PASSED", "refused without a place")


def legs(times: int) -> dict[str, Leg]:
    """Return what is tried, by its name."""
    return {
        "one thing changed in a folder or a workbook": lambda room, seed: cell_run(
            room, 1000 * times, seed, books=40 * times
        ),
        "bytes changed in tables, frames, logs, JSON": lambda room, seed: bytes_run(
            room, 4000 * times, seed
        ),
        "fields changed in manifests and crates": lambda room, seed: report_run(
            room, 40 * times, seed
        ),
        "commands killed at a random moment": lambda room, seed: kill_run(
            room, EVERY, 200 * times, seed
        ),
    }


def quick_legs() -> dict[str, Leg]:
    """Return a few of each, for the suite."""
    return {
        "one thing changed": lambda room, seed: cell_run(room, 60, seed),
        "bytes changed": lambda room, seed: bytes_run(room, 400, seed),
        "commands killed": lambda room, seed: kill_run(room, QUICK, 20, seed),
    }


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Let the commands that are tried print nothing."""
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        yield


def main() -> int:
    """Run every leg, print the table, and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="a few of each, as in the suite")
    parser.add_argument("--only", default="", help="legs whose name holds this word")
    parser.add_argument("--write", type=Path, help="a page whose table is replaced")
    given = parser.parse_args()
    rows, bad = [], 0
    for name, leg in (quick_legs() if given.quick else legs(given.times)).items():
        if given.only not in name:
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as room, quiet():
            found = leg(Path(room), given.seed)
        rows.append(row(name, found, time.monotonic() - began))
        bad += sum(count for ending, count in found.items() if ending.startswith(BAD))
        for ending, count in sorted(found.items()):
            print(f"{name}: {count:>6,} {ending}", flush=True)
    if given.write:
        put(given.write, rows)
    return 1 if bad else 0


def row(name: str, found: Counter[str], seconds: float) -> str:
    """Return a line of the table."""
    endings = ", ".join(f"{count:,} {ending}" for ending, count in sorted(found.items()))
    tried = found[STOPPED] + found[FINISHED] or sum(found.values())
    return f"| {name} | {tried:,} | {endings} | {int(seconds):,} |"


def put(page: Path, rows: list[str]) -> None:
    """Put these rows into the table of a page, in the place of those of the same legs."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    old, _, after = rest.partition(END)
    held = {line.split(" | ")[0]: line for line in old.splitlines() if line.startswith("| ")}
    held.pop("| tried", None)
    held |= {line.split(" | ")[0]: line for line in rows}
    head = "| tried | how many | how they ended | seconds |\n|---|---:|---|---:|\n"
    table = head + "".join(f"{line}\n" for line in held.values())
    page.write_text(f"{before}{BEGIN}\n{table}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
