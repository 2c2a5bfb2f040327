"""How often is drawn: as often as was asked for, else as often as the size of a question allows."""

from __future__ import annotations

import argparse

from mcda.checks.of_many import fitting
from mcda.display.visible_text import visible
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.terminal.lines import tell

# of everything that is drawn, where nothing else is asked for
DRAWS = 100_000
SEED = 2025  # any will do, but it must be the same tomorrow


def add_draws(parser: argparse.ArgumentParser) -> None:
    """Let a command draw what is uncertain; the defaults are printed with every result."""
    help_text = f"how many draws ({DRAWS:,}, fewer of a very large question)"
    parser.add_argument("-n", "--draws", type=int, metavar="N", help=help_text)
    add_seed(parser)


def add_seed(parser: argparse.ArgumentParser) -> None:
    """Add where the random numbers start."""
    parser.add_argument(
        "--seed",
        type=_seed,
        default=SEED,
        metavar="N",
        help=f"where the random numbers start ({SEED})",
    )


def _seed(text: str) -> int:
    """Return a seed as it is typed."""
    if not text.isdecimal():
        line = f"expected a whole number of at least 0, found {text!r}"
        raise argparse.ArgumentTypeError(line)
    return int(text)


def draws_of(given: argparse.Namespace, problem: Problem, holders: int = 1) -> int:
    """Return how often to draw for each of so many holders: as was asked, else as usual.

    Unasked, a very large question is drawn less often, which is told.
    """
    if given.draws is not None:
        return int(given.draws)
    cells = len(problem.options) * len(problem.leaves) * max(holders, 1)
    draws = fitting(DRAWS, cells)
    if draws < DRAWS:
        counts = {"draws": words.counted(draws, "draw"), "usual": words.counted(DRAWS, "draw")}
        tell(visible(words.told("terminal_note.fewer_draws", **counts)))
    return draws
