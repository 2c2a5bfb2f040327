"""The whole challenge of one answer: every question of this room, asked of one ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple

from mcda.checks.faults import Fault, InputError, NotApplicable
from mcda.checks.of_many import SHOWN, first_of_many
from mcda.display.html_table import html_result
from mcda.methods.method import Choice
from mcda.preferences.weighting.stated import Weights, check_holders
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.sensitivity.comparison.rank_reversal import rank_reversal
from mcda.sensitivity.comparison.run import Run
from mcda.sensitivity.information.of_each_estimate import Progress, value_of_information
from mcda.sensitivity.scenarios.discovery import discover
from mcda.sensitivity.scenarios.multiverse import multiverse
from mcda.sensitivity.scenarios.regret import regret
from mcda.sensitivity.scenarios.scenarios import has_scenarios
from mcda.sensitivity.smallest_change.certificate import fragility
from mcda.sensitivity.switching.floor_curve import floor_curve
from mcda.sensitivity.switching.switching_scores import switching_estimates, switching_scores
from mcda.sensitivity.switching.switching_weights import switching_weights
from mcda.sentences.catalogue import told
from mcda.uncertainty.counting.second_process import shared
from mcda.uncertainty.draws.draws import Draws, sample


@dataclass(frozen=True, eq=False)
class Challenge:
    """What would change one holder's answer.

    Attributes
    ----------
    results : mapping of str to result
        By name, in the order asked: "switching weights", "switching scores", "switching estimates",
        "smallest change", "smallest change of weights", "smallest change of performances", "rank
        reversal", "floors", "regret", "multiverse", "discovery", "value of information". Each has a
        `finding` and tables of its own.
    skipped : mapping of str to str
        The parts that the question or the method doesn't allow, with the reason.
    failed : mapping of str to str
        The parts that ended in an error of the program, with its words. What they would have found
        isn't known.
    seconds : mapping of str to float
        How long each part took.
    leaders : tuple of str
        The options that lead at the best estimates.
    draws : int
        The number of draws.
    seed : int
        The seed of the draws.
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    among : tuple of str
        The options that were tried: all, or of very many those that score highest.
    of : int
        How many options the question has.
    whose : tuple of str
        The holders whose weights the multiverse tried: all, or the first of very many.
    of_holders : int
        How many holders there are.
    """

    results: Mapping[str, Any]
    skipped: Mapping[str, str]
    failed: Mapping[str, str]
    seconds: Mapping[str, float]
    leaders: tuple[str, ...]
    draws: int
    seed: int
    method: str
    holder: str
    among: tuple[str, ...]
    of: int
    whose: tuple[str, ...] = ()
    of_holders: int = 0

    @property
    def scope(self) -> str:
        """Sentences on how many of very many options and holders were tried; blank where all were."""
        options = len(self.among)
        holders = len(self.whose)
        parts = []
        if options < self.of:
            parts.append(told("many.challenged", options=self.of, count=options))
        if holders < self.of_holders:
            parts.append(told("many.multiverse", holders=self.of_holders, count=holders))
        return " ".join(parts)

    @property
    def findings(self) -> dict[str, str]:
        """The sentence of every result, by name."""
        return {name: result.finding for name, result in self.results.items()}

    @property
    def faults(self) -> list[Fault]:
        """A fault for each part that failed, by name."""
        return [
            Fault(f"challenge, {name}", "a finding", f"none, {error}")
            for name, error in self.failed.items()
        ]

    def __getitem__(self, name: str) -> Any:
        """Return the result of a name."""
        return self.results[name]

    def _repr_html_(self) -> str:
        failed = {
            name: told("terminal_challenge.failed", error=error)
            for name, error in self.failed.items()
        }
        parts = []
        for name, finding in {**self.findings, **failed}.items():
            part = told(f"parts_of_challenge.{name}")
            parts.append(html_result(f"{part[:1].upper()}{part[1:]}. {finding}", {}))
        return "\n".join(parts)


def challenge(
    problem: Problem,
    weights: Weights,
    method: Choice,
    *,
    n: int,
    seed: int,
    holders: Mapping[str, Weights] | None = None,
    floors: Floors = None,
    p: float = 2.0,
    tried: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Challenge:
    """Return everything that would change the answer of one holder by one method.

    What the question has no data for, or the method no form for, is skipped with its reason
    (`NotApplicable`). A part that fails in another way is reported as `failed`, and the others go
    on. Of more than 40 options, where each is scored by its own row, those that score highest are
    tried, with the baseline, and of more than 40 holders the first stand in the multiverse: `scope`
    says so.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights
        The weights of the holder.
    method : str or function
        The method that scores the options, as for `rank`.
    n : int
        The number of draws.
    seed : int
        The seed of the draws.
    holders : mapping of str to Weights, optional
        The holders for the multiverse to try; by default the one holder alone.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.
    tried : int, optional
        How many of the draws the multiverse and discovery take. They rank again for every draw, and
        say their own number. All draws if not given.
    progress : function, optional
        Called with the name of each part and the share of it that is done.
    executor : concurrent.futures.Executor, optional
        One of a process beside this one, which does the last parts while the first are done here.

    Returns
    -------
    Challenge
        The findings and tables of all parts.

    Raises
    ------
    InputError
        As `rank` and `sample` do, and where a part finds a fault in the input.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = challenge(problem, holders["Paris"], "additive", n=500, seed=1, floors=True)
    >>> list(found.skipped), "floors" in found.findings
    ([], True)
    """
    run = Run(problem, weights, method, floors, p)
    parts = challenge_parts(run, n, seed, holders, tried, progress)
    return parts.together(shared(parts.jobs, executor, has_failed))


@dataclass(frozen=True, eq=False)
class ChallengeParts:
    """The parts of a challenge as jobs that can be done anywhere, in any order.

    jobs: by the name of the part, each gives an outcome. asked: what the challenge says of itself.
    """

    jobs: Mapping[str, Callable[[], Outcome]]
    asked: Mapping[str, Any]

    def together(self, outcomes: Mapping[str, Outcome]) -> Challenge:
        """Return the challenge that the outcomes of all jobs make, in the order asked."""
        endings: dict[str, Any] = {"results": {}, "skipped": {}, "failed": {}}
        seconds = {}
        for name in self.jobs:
            outcome = outcomes[name]
            endings[outcome.ending][name] = outcome.found
            seconds[name] = outcome.seconds
        return Challenge(**endings, **self.asked, seconds=seconds)


class Outcome(NamedTuple):
    """How a part ended, as a field of `Challenge`, with its result or its fault, and its seconds."""

    ending: str
    found: Any
    seconds: float


def has_failed(found: object) -> bool:
    """Return whether something is the outcome of a part that ended in an error of the program."""
    return isinstance(found, Outcome) and found.ending == "failed"


def challenge_parts(
    run: Run,
    n: int,
    seed: int,
    holders: Mapping[str, Weights] | None = None,
    tried: int | None = None,
    progress: Progress | None = None,
) -> ChallengeParts:
    """Return the parts of a challenge of a run, none done yet; the others as for `challenge`."""
    case = run.contest
    near = replace(run, problem=_nearest(run))
    draws = sample(near.problem, n, seed)
    fewer = sample(near.problem, min(n, tried or n), seed)
    everyone = holders or {run.weights.holder: run.weights}
    check_holders(everyone)
    whose = dict(first_of_many(everyone))
    if run.weights.holder in everyone:  # whose answer is challenged is never left out
        whose[run.weights.holder] = everyone[run.weights.holder]
    parts = _parts(near, draws, fewer, whose, progress)
    asked: dict[str, Any] = {
        "leaders": case.leaders,
        "draws": draws.n,
        "seed": draws.seed,
        "method": case.method,
        "holder": run.weights.holder,
        "among": tuple(near.problem.options.index),
        "of": len(run.problem.options),
        "whose": tuple(whose),
        "of_holders": len(everyone),
    }
    return ChallengeParts(
        {name: partial(_outcome, name, part, progress) for name, part in parts}, asked
    )


def _nearest(run: Run) -> Problem:
    """Return the question with the options that are tried: of very many the best, and the baseline.

    Their scores stay what they are only where a score rests on its own row: else all stay.
    """
    problem = run.problem
    case = run.contest
    if not case.anchored or len(problem.options) <= SHOWN:
        return problem
    unscreened = replace(run, floors=None).contest
    tried = {*case.tried, *unscreened.tried}
    instead = {problem.fallbacks[option] for option in tried if option in problem.fallbacks}
    wanted = {*tried, *instead, problem.frame.baseline}
    return problem.keep(option for option in problem.options.index if option in wanted)


def _outcome(name: str, part: Callable[[], Any], progress: Progress | None) -> Outcome:
    """Do a part, and return how it ended."""
    if progress:
        progress(name, 0.0)
    start = perf_counter()
    ending = "results"
    outcome: Any = None
    try:
        outcome = part()
    except NotApplicable as error:
        ending = "skipped"
        outcome = str(error)
    except InputError:
        raise
    except (
        Exception
    ) as error:  # one part of a long search may fail in any way; it must not cost the others
        ending = "failed"
        outcome = f"{type(error).__name__}: {error}"
    return Outcome(ending, outcome, perf_counter() - start)


def _parts(
    run: Run,
    draws: Draws,
    fewer: Draws,
    holders: Mapping[str, Weights],
    progress: Progress | None,
) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Go through the parts of a challenge that the question has data for."""
    problem = run.problem
    yield "switching weights", _test_of(switching_weights, problem, run)
    yield "switching scores", _test_of(switching_scores, problem, run)
    yield "switching estimates", _test_of(switching_estimates, problem, run)
    yield "smallest change", _test_of(fragility, problem, run, move="joint")
    yield "smallest change of weights", _test_of(fragility, problem, run, move="weights")
    yield "smallest change of performances", _test_of(fragility, problem, run, move="estimates")
    yield "rank reversal", _test_of(rank_reversal, problem, run)
    if any(leaf.floor is not None for leaf in problem.leaves):
        yield "floors", partial(floor_curve, problem, run.weights, run.method, p=run.p)
    if has_scenarios(problem):
        yield "regret", _test_of(regret, problem, run)
    yield "multiverse", partial(multiverse, problem, holders, fewer)
    yield "discovery", _test_of(discover, fewer, run)
    yield "value of information", _test_of(value_of_information, draws, run, progress=progress)


def _test_of(
    test: Callable[..., Any], of: Problem | Draws, run: Run, **more: object
) -> Callable[[], Any]:
    """Return a test of a question, or of its draws, with what else makes up the run."""
    return partial(test, of, run.weights, run.method, floors=run.floors, p=run.p, **more)
