"""How often is drawn: as often as was asked for, else as often as the size of a question allows."""

from __future__ import annotations

import argparse

from mcda.display.visible_text import visible
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.terminal.lines import tell

# of everything that is drawn, where nothing else is asked for
DRAWS = 100_000
SEED = 2025  # any will do, but it must be the same tomorrow
SCORED = 2**32  # cells in all draws together, which two cores score in a minute or two
FEWEST = 1_000  # draws, however large a question is: shares are then known within 1.6 points


def add_draws(parser: argparse.ArgumentParser) -> None:
    """Let a command draw what is uncertain; the defaults are printed with every result."""
    help_text = f"how many draws ({DRAWS:,}, fewer of a very large question)"
    parser.add_argument("-n", "--draws", type=int, metavar="N", help=help_text)
    add_seed(parser)


def add_seed(parser: argparse.ArgumentParser) -> None:
    """Add where the random numbers start."""
    parser.add_argument(
        "--seed",
        type=int,
        default=SEED,
        metavar="N",
        help=f"where the random numbers start ({SEED})",
    )


def draws_of(given: argparse.Namespace, problem: Problem, holders: int = 1) -> int:
    """Return how often to draw for each of so many holders: as was asked, else as usual.

    Unasked, a very large question is drawn less often, which is told.
    """
    if given.draws is not None:
        return int(given.draws)
    cells = len(problem.options) * len(problem.leaves) * max(holders, 1)
    draws = usual_draws(cells)
    if draws < DRAWS:
        counts = {"draws": words.counted(draws, "draw"), "usual": words.counted(DRAWS, "draw")}
        tell(visible(words.told("terminal_note.fewer_draws", **counts)))
    return draws


def usual_draws(cells: int) -> int:
    """Return how often a question of so many cells is drawn, a number that begins with its one digit.

    >>> usual_draws(2_057), usual_draws(220_000), usual_draws(4_000_000)
    (100000, 10000, 1000)
    """
    fitting = min(DRAWS, max(FEWEST, SCORED // cells))
    ones = 10 ** (len(str(fitting)) - 1)
    return fitting // ones * ones
