"""`mcda robust`: how the ranking holds over everything that is uncertain."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mcda.commands.arguments.drawing import add_draws, draws_of
from mcda.commands.arguments.question import (
    add_json,
    add_question,
    add_structure,
    chosen,
    limits_of,
    open_given,
    print_json,
    tell_beyond,
)
from mcda.commands.arguments.results_out import add_out, check_files, write_out
from mcda.commands.arguments.table_options import add_spread
from mcda.display.visible_text import visible
from mcda.files.interchange.bare_file import is_bare_table
from mcda.methods.ranking import rank
from mcda.preferences.weighting.spaces import WeightSpace, weight_space
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import excludes_all, proposed_floors
from mcda.reporting import language as words
from mcda.reporting.study.plain_data import plain
from mcda.reporting.terminal.first_ranks import across_text, robust_text
from mcda.reporting.terminal.lines import show, tell
from mcda.reporting.terminal.text import nothing_left
from mcda.uncertainty.counting.drawn_and_held import PARTS, WEIGHTS
from mcda.uncertainty.draws.draws import sample
from mcda.uncertainty.smaa.robustness import Robustness, robustness_on_sides

TABLES = (
    "first_rank",
    "rank_acceptability",
    "pairwise_winning",
    "central_weights",
    "rank_intervals",
    "scores",
    "floors_passed",
    "excluded",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser, tables=True)
    add_spread(parser)
    add_structure(parser)
    add_json(parser)
    parser.add_argument(
        "--holder", metavar="NAME", help="whose weights (all holders, if not given)"
    )
    parser.add_argument(
        "--any-weights", action="store_true", help="nobody's: every weight vector is as likely"
    )
    add_draws(parser)
    add_out(parser)
    parser.add_argument(
        "--hold",
        action="append",
        default=[],
        choices=PARTS,
        help="draw all that has a range but this (nothing held)",
    )
    parser.add_argument("--method", default="topsis", metavar="NAME", help="as for rank (topsis)")
    parser.add_argument("--p", type=float, default=2.0, help="exponent of TOPSIS (2)")
    floors = parser.add_mutually_exclusive_group()
    floors.add_argument(
        "--floors", action="store_true", help="only behind the floors that the question proposes"
    )
    floors.add_argument(
        "--no-floors",
        action="store_true",
        help="only without them (both answers, if neither is given)",
    )
    parser.add_argument("--full", action="store_true", help="the table of every holder")
    parser.add_argument(
        "--state",
        metavar="FILE",
        help="keep what is counted here, and go on from it (with one of these)",
    )


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print, for each holder, how often each option is first and between which ranks it lies."""
    if given.any_weights and WEIGHTS in given.hold:
        parser.error(
            "--hold weights: nobody's weights are stated, so --any-weights can only draw them"
        )
    check_files(given, parser)
    problem, holders = open_given(given, parser)
    tell_beyond(problem)
    whose = _whose(problem, holders, given, parser)
    floors = _floors(problem, given)
    if given.state and len(floors) > 1:
        parser.error("--state: ask for one answer: --floors or --no-floors")
    results = _over_draws(problem, whose, floors, given)
    _tell_spread(results, given)
    write_out(given, lambda: _results(results))
    if given.json:
        print_json(
            {
                "question": problem.name,
                "title": problem.frame.title,
                "results": [record(result) for result in results],
            }
        )
    elif len(whose) > 1 and not given.full:
        show(_text(problem, [across_text(problem, results, results[0].method)]), hang=2)
    else:
        sections = [
            _with_leaders(problem, result, whose[result.holder], given) for result in results
        ]
        show(_text(problem, sections), hang=2)


def _text(problem: Problem, results: Sequence[str]) -> str:
    """Return the title, the results, and that no option passes the floors where none does."""
    title = visible(problem.title)
    return "\n\n".join([title, *results, *nothing_left(problem)])


def _over_draws(
    problem: Problem,
    whose: Mapping[str, Weights | WeightSpace],
    floors: list[bool],
    given: argparse.Namespace,
) -> list[Robustness]:
    """Return the result of each holder, for each answer that is asked for."""
    draws = sample(problem, draws_of(given, problem, len(whose)), given.seed)
    state = Path(given.state) if given.state else None
    options: Any = {"p": given.p, "hold": given.hold, "state": state}
    answers = robustness_on_sides(draws, whose, given.method, floors, **options)
    return [answer[name] for name in whose for answer in answers]


def _tell_spread(results: Sequence[Robustness], given: argparse.Namespace) -> None:
    """Name the option that makes ranges, where a table has none and nothing was drawn."""
    drawn = given.spread or any(result.drawn for result in results)
    if not drawn and is_bare_table(Path(given.question), limits_of(given)):
        tell(words.told("terminal_robust.no_range"))


def _results(results: Sequence[Robustness]) -> Any:
    from mcda.reporting.results.of_results import of_robustness

    return of_robustness(results)


def _whose(
    problem: Problem,
    holders: Mapping[str, Weights],
    given: argparse.Namespace,
    parser: argparse.ArgumentParser,
) -> dict[str, Weights | WeightSpace]:
    """Return the weights that are asked for, by holder: the holders', or every weight vector."""
    if given.any_weights:
        space = weight_space([leaf.key for leaf in problem.weighed])
        return {space.holder: space}
    stated = chosen(problem, holders, given.holder, parser)
    return {weights.holder: weights for weights in stated}


def _with_leaders(
    problem: Problem, robust: Robustness, whose: Weights | WeightSpace, given: argparse.Namespace
) -> str:
    """Return a result as text, with who leads by which count where these name different options."""
    text = robust_text(problem, robust)
    if isinstance(whose, WeightSpace):
        return text  # nobody's weights have no best estimate
    stated = rank(problem, whose, given.method, floors=robust.floors, p=given.p).leaders
    apart = words.leaders_apart(problem, robust.holder, words.leaders_by_count(stated, robust))
    return f"{text}\n{visible(apart)}" if apart else text


def _floors(problem: Problem, given: argparse.Namespace) -> list[bool]:
    """Return which answers are asked for, of those that there are.

    These are without the floors that the question proposes, with them, or both; none behind floors
    that no option passes.
    """
    if given.no_floors or not proposed_floors(problem):
        return [given.floors]
    behind = [] if excludes_all(problem, floors=True) else [True]
    return behind if given.floors else [False, *behind]


def record(robust: Robustness) -> dict[str, Any]:
    """Return a result as plain data.

    What is undefined is null, also the shares where nothing was drawn.
    """
    tables = {name: getattr(robust, name) for name in TABLES}
    document = {
        "holder": robust.holder,
        "method": robust.method,
        "draws": robust.draws,
        "asked": robust.asked,
        "seed": robust.seed,
        "settled": robust.settled,
        "drawn": list(robust.drawn),
        "held": list(robust.held),
        "held_because": dict(robust.held_because),
        "rests_on": dict(robust.rests_on),
        "entropy": robust.entropy,
        "floors": dict(robust.floors),
        "notes": list(robust.notes),
        **tables,
        "confidence_factors": robust.confidence_factors.to_frame(),
        "standard_errors": robust.standard_errors,
        "settled_at": robust.settled_at,
    }
    return {name: plain(part) for name, part in document.items()}
