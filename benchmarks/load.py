"""How a question of many options, measures, holders, futures and sources goes through the commands.

python benchmarks/load.py [--options N] [--leaves N] [--holders N] [--futures N] [--sources N]
    [--draws N] [--only COMMAND ...] [--keep FOLDER]

Prints a row of the table in docs/scale.md for each command: seconds as the clock and the processor
count them, the largest memory of the process, and the size of the page.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

HEADS = 5
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "check": (),
    "rank": ("--method", "topsis"),
    "robust": (),
    "challenge": (),
    "structure": (),
    "report": (),
}
DRAWN = ("robust", "challenge", "report")
Row = dict[str, object]


def write_question(
    folder: Path, *, options: int, leaves: int, holders: int, futures: int, sources: int
) -> None:
    """Write a question of so many of each into a folder; the same numbers give the same bytes."""
    chance = random.Random(1)  # noqa: S311 (made-up numbers)
    folder.mkdir(parents=True, exist_ok=True)
    heads = [f"H{at}" for at in range(HEADS)]
    keys = [f"L{at:02}" for at in range(leaves)]
    ids = [f"O{at:03}" for at in range(options)]
    _write(folder, "options", ({"id": one, "label": f"Option number {one}"} for one in ids))
    _write(folder, "criteria", [*map(_head, heads), *(_leaf(at, leaves) for at in range(leaves))])
    _write(folder, "sources", (_source(at) for at in range(sources)))
    cells = (_cell(one, key, sources, chance) for one in ids for key in keys)
    _write(folder, "scores", cells)
    weights = (row for at in range(holders) for row in _weights(at, heads, chance))
    _write(folder, "perspectives", weights)
    if futures:
        states = (_state(at, futures, keys, chance) for at in range(futures))
        _write(folder, "scenarios", states)
    frame = 'title = "Load"\nquestion = "How large?"\nbaseline = "O000"\ndate = "2026-11-01"\n'
    (folder / "question.toml").write_text(frame, encoding="utf-8")


def _write(folder: Path, name: str, rows: Iterable[Row]) -> None:
    held = list(rows)
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(held[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(held)


def _head(key: str) -> Row:
    blank = dict.fromkeys(("unit", "direction", "anchor_0", "anchor_100", "local_weight"), "")
    return {
        "id": key,
        "parent": "",
        "label": f"Trade-off {key}",
        "definition": "what it means",
        "scale_type": "head",
        **blank,
    }


def _leaf(at: int, leaves: int) -> Row:
    return {
        "id": f"L{at:02}",
        "parent": f"H{at % HEADS}",
        "label": f"Measure {at}",
        "definition": "what it means",
        "scale_type": "natural",
        "unit": "points",
        "direction": "max",
        "anchor_0": 0,
        "anchor_100": 100,
        "local_weight": round(HEADS / leaves, 6),
    }


def _source(at: int) -> Row:
    title = f"A source with a title of usual length, number {at}"
    return {"id": f"S{at:04}", "title": title, "publisher": "P", "date": "2026-01", "url": ""}


def _cell(option: str, leaf: str, sources: int, chance: random.Random) -> Row:
    mode = chance.uniform(10, 90)
    return {
        "option": option,
        "criterion": leaf,
        "low": round(mode - 8, 2),
        "mode": round(mode, 2),
        "high": round(mode + 8, 2),
        "kind": "judgement",
        "sources": f"S{chance.randrange(sources):04}",
        "rationale": "A reason of a usual length that says why this number stands here.",
    }


def _weights(at: int, heads: list[str], chance: random.Random) -> Iterable[Row]:
    points = [chance.uniform(5, 40) for _ in heads]
    for head, one in zip(heads, points, strict=True):
        share = 100 * one / sum(points)
        yield {
            "holder_id": f"K{at}",
            "holder": f"Holder {at}",
            "criterion": head,
            "low": round(0.8 * share, 2),
            "mode": round(share, 2),
            "high": round(1.2 * share, 2),
            "kind": "judgement",
            "sources": "",
            "rationale": "r",
        }


def _state(at: int, states: int, leaves: list[str], chance: random.Random) -> Row:
    size = round(chance.uniform(-5, 5), 2)
    likely = round(100 / states, 6)
    return {
        "scenario_id": "F",
        "scenario": "Course of things",
        "state": f"state {at}",
        **dict.fromkeys(("prob_low", "prob_mode", "prob_high"), likely),
        "description": "d",
        "criterion": leaves[at % len(leaves)],
        "options": "ALL",
        "effect_type": "add",
        **dict.fromkeys(("effect_low", "effect_mode", "effect_high"), size),
        "kind": "judgement",
        "sources": "",
        "rationale": "r",
    }


def run(command: str, folder: Path, draws: int, room: Path) -> str:
    """Run a command on a question, and return its row of the table."""
    words = [sys.executable, "-m", "mcda", command, str(folder), *COMMANDS[command]]
    if command in DRAWN:
        words += ["--draws", str(draws)]
    if command == "report":
        words += ["--to", "html", "--out", str(room / "out")]
    start = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    clock = time.monotonic() - start
    page = room / "out" / "report.html"
    size = f"{page.stat().st_size / 1e6:.1f} MB" if command == "report" and page.exists() else ""
    ended = os.waitstatus_to_exitcode(status)
    seconds = used.ru_utime + used.ru_stime
    memory = used.ru_maxrss / 1024
    return f"| {command} | {clock:.0f} s | {seconds:.0f} s | {memory:.0f} MB | {size} | {ended} |"


def main() -> None:
    """Write the question, and print the row of every command."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = {"options": 300, "leaves": 5, "holders": 2, "futures": 0, "sources": 20, "draws": 300}
    for name, number in usual.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--only", nargs="+", default=list(COMMANDS), choices=COMMANDS)
    parser.add_argument("--keep", type=Path, help="where to write the question, to keep it")
    given = parser.parse_args()
    sizes = {name: getattr(given, name) for name in usual if name != "draws"}
    with tempfile.TemporaryDirectory() as room:
        folder = given.keep or Path(room) / "load"
        write_question(folder, **sizes)
        print(", ".join(f"{number:,} {name}" for name, number in sizes.items()))
        for command in given.only:
            print(run(command, folder, given.draws, Path(room)), flush=True)


if __name__ == "__main__":
    main()
