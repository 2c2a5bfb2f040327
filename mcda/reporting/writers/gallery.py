"""Every figure of a question as a page of Markdown with pictures.

It says what each shows, how it is read, and how it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path

from matplotlib.axes import Axes

from mcda.files.disk.writing import write_bytes
from mcda.holders.answers import answer
from mcda.methods.ranking import compare, contributions, rank
from mcda.preferences.weighting.spaces import weight_space
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import usable_floors
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.study.answer_tables import methods_for, rank_tables
from mcda.sensitivity.events.consequences import consequences, missing_for_bills
from mcda.sensitivity.information.of_each_estimate import value_of_information
from mcda.sensitivity.scenarios.regret import regret
from mcda.sensitivity.scenarios.scenarios import has_scenarios
from mcda.sensitivity.switching.switching_scores import switching_estimates
from mcda.sensitivity.switching.switching_weights import switching_weights
from mcda.uncertainty.counting.second_process import shared
from mcda.uncertainty.draws.draws import Draws
from mcda.uncertainty.smaa.robustness import Robustness, robustness

# AHP in ratings mode is the additive model: beside it the figure would count one answer twice
COMPARED = (
    "additive",
    "topsis",
    "ahp:ideal",
    "ahp:distributive",
    "pymcdm:VIKOR",
    "pymcdm:PROMETHEE_II",
)
PICTURES = "pictures"


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One figure of the gallery.

    It has its name, the call that draws it, the picture and what it shows in words.
    """

    name: str
    call: str
    picture: bytes
    alternative: str

    @property
    def heading(self) -> str:
        """What the figure is called."""
        return words.told(f"gallery.{self.name}")

    @property
    def reading(self) -> str:
        """How to read it."""
        return words.told(f"gallery_reading.{self.name}")


def write_gallery(
    draws: Draws,
    holders: Mapping[str, Weights],
    chosen: Weights,
    method: str,
    folder: Path,
    executor: Executor | None = None,
) -> Path:
    """Write folder/gallery.md and its pictures; return the page's path.

    They are for one holder's weights and one method. executor: one of a process beside this one,
    which draws a part.
    """
    parts = [_head(draws.problem, chosen, method)]
    for exhibit in exhibits(draws, holders, chosen, method, executor):
        write_bytes(folder / PICTURES / f"{exhibit.name}.png", exhibit.picture)
        parts.append(_part(exhibit))
    page = folder / "gallery.md"
    return write_bytes(page, "\n".join(parts).encode("utf-8"))


def exhibits(
    draws: Draws,
    holders: Mapping[str, Weights],
    chosen: Weights,
    method: str,
    executor: Executor | None = None,
) -> Iterator[Exhibit]:
    """Draw the figures in their order.

    They are about evidence, the ranking, how sure it is, and what would change it.
    """
    jobs = {"answer": partial(_of_the_answer, draws, holders, chosen, method)}
    jobs["change"] = partial(_of_changes, draws, chosen, method)
    return chain.from_iterable(shared(jobs, executor).values())


def _of_the_answer(
    draws: Draws, holders: Mapping[str, Weights], chosen: Weights, method: str
) -> list[Exhibit]:
    """Draw the evidence, the ranking, and how sure it is."""
    robust = robustness(draws, chosen, method)
    return [
        *_evidence(draws.problem, chosen),
        *_ranking(draws.problem, holders, chosen, method, robust),
        *_how_sure(draws, robust, method),
    ]


def _of_changes(draws: Draws, chosen: Weights, method: str) -> list[Exhibit]:
    """Draw what would change the answer, and what events may cost."""
    return [*_challenge(draws, chosen, method), *_events(draws)]


def _exhibit(name: str, call: str, axes: Axes) -> Exhibit:
    """Return a figure as the gallery has it."""
    return Exhibit(name, call, figures.small_png(axes), figures.alternative(axes))


def _evidence(problem: Problem, chosen: Weights) -> Iterator[Exhibit]:
    yield _exhibit(
        "value_tree",
        "figures.value_tree(problem, weights)",
        figures.value_tree(problem, chosen),
    )
    yield _exhibit(
        "evidence_map",
        "figures.evidence_map(problem)",
        figures.evidence_map(problem),
    )
    yield _exhibit(
        "performance_strip",
        "figures.performance_strip(problem)",
        figures.performance_strip(problem),
    )
    yield _exhibit(
        "value_strip",
        "figures.value_strip(problem)",
        figures.value_strip(problem),
    )


def _ranking(
    problem: Problem,
    holders: Mapping[str, Weights],
    chosen: Weights,
    method: str,
    robust: Robustness,
) -> Iterator[Exhibit]:
    ranking = rank(problem, chosen, method)
    additive = answer(problem, chosen, "additive")
    yield _exhibit(
        "scores",
        f'figures.scores(problem, mcda.rank(problem, weights, "{method}"), robust)',
        figures.scores(problem, ranking, robust),
    )
    yield _exhibit(
        "contribution_bars",
        'figures.contribution_bars(problem, mcda.rank(problem, weights, "additive"))',
        figures.contribution_bars(problem, additive.without, additive.behind),
    )
    yield from _lead(problem, chosen, method)
    yield from _side_by_side(problem, holders, chosen, method)


def _lead(problem: Problem, chosen: Weights, method: str) -> Iterator[Exhibit]:
    order = rank(problem, chosen, method).contending.index
    if len(order) > 1:
        lead = contributions(problem, chosen, *order[:2])
        yield _exhibit(
            "lead_waterfall",
            "figures.lead_waterfall(problem, mcda.contributions(problem, weights, first, second))",
            figures.lead_waterfall(problem, lead),
        )


def _side_by_side(
    problem: Problem, holders: Mapping[str, Weights], chosen: Weights, method: str
) -> Iterator[Exhibit]:
    answers = {
        stated.holder: answer(problem, stated, method) for stated in holders.values() or [chosen]
    }
    yield _exhibit(
        "ranks_by_holder",
        f'figures.ranks_by_holder(problem, *brief.ranks(problem, holders, "{method}"))',
        figures.ranks_by_holder(problem, *rank_tables(problem, answers)),
    )
    yield _exhibit(
        "rank_flow",
        "figures.rank_flow(problem, mcda.compare(problem, weights, methods))",
        figures.rank_flow(
            problem, compare(problem, chosen, methods_for(problem, chosen, COMPARED))
        ),
    )


def _how_sure(draws: Draws, robust: Robustness, method: str) -> Iterator[Exhibit]:
    problem = draws.problem
    if robust.drawn:
        yield from _shares(problem, robust, method)
    everybody = robustness(draws, weight_space([leaf.key for leaf in problem.leaves]), method)
    if everybody.drawn:
        yield _exhibit(
            "central_weights",
            "figures.central_weights("
            f'problem, mcda.robustness(draws, mcda.weight_space(leaves), "{method}"))',
            figures.central_weights(problem, everybody),
        )


def _shares(problem: Problem, robust: Robustness, method: str) -> Iterator[Exhibit]:
    yield _exhibit(
        "rank_acceptability",
        f'robust = mcda.robustness(draws, weights, "{method}")\n'
        "figures.rank_acceptability(problem, robust)",
        figures.rank_acceptability(problem, robust),
    )
    if robust.pairwise_winning is None:
        return
    yield _exhibit(
        "pairwise_winning",
        "figures.pairwise_winning(problem, robust)",
        figures.pairwise_winning(problem, robust),
    )


def _challenge(draws: Draws, chosen: Weights, method: str) -> Iterator[Exhibit]:
    problem = draws.problem
    moves = switching_weights(problem, chosen, method)
    if len(moves.table):
        yield _exhibit(
            "switching_intervals",
            "figures.switching_intervals("
            f'problem, mcda.switching_weights(problem, weights, "{method}"))',
            figures.switching_intervals(problem, moves),
        )
    swings = switching_estimates(problem, chosen, method)
    if len(swings.table):
        yield _exhibit(
            "tornado",
            f'figures.tornado(problem, mcda.switching_estimates(problem, weights, "{method}"))',
            figures.tornado(problem, swings),
        )
    yield from _worth_and_futures(draws, chosen, method)


def _worth_and_futures(draws: Draws, chosen: Weights, method: str) -> Iterator[Exhibit]:
    problem = draws.problem
    floors = usable_floors(problem) or None
    value = value_of_information(draws, chosen, method, floors=floors)
    named = {words.estimate_name(problem, key): part for key, part in value.worths.items()}
    if value.drawn:
        yield _exhibit(
            "value_of_information",
            f'found = mcda.value_of_information(draws, weights, "{method}", floors=True)\n'
            "named = {words.estimate_name(problem, key): worth for key, worth in "
            "found.worths.items()}\n"
            "figures.value_of_information("
            'named, found.evpi, "points of score", drawn=words.draws_of(found))',
            figures.value_of_information(
                named, value.evpi, words.told("challenged.unit"), drawn=words.draws_of(value)
            ),
        )
    if has_scenarios(problem):
        yield _exhibit(
            "regret_by_scenario",
            f'figures.regret_by_scenario(problem, mcda.regret(problem, weights, "{method}"))',
            figures.regret_by_scenario(problem, regret(problem, chosen, method)),
        )


def _events(draws: Draws) -> Iterator[Exhibit]:
    """Draw what events may cost, where the question states some in money."""
    problem = draws.problem
    if missing_for_bills(problem) is not None:
        return
    found = consequences(problem, n=draws.n, seed=draws.seed)
    yield _exhibit(
        "risk_profiles",
        "figures.risk_profiles(mcda.consequences(problem))",
        figures.risk_profiles(found),
    )
    if any(event.shared_loss for event in problem.events):
        yield _exhibit(
            "bills_by_loss",
            "figures.bills_by_loss(mcda.consequences(problem))",
            figures.bills_by_loss(found),
        )


def _head(problem: Problem, chosen: Weights, method: str) -> str:
    about = words.told(
        "gallery.about",
        title=escape(problem.title),
        holder=escape(words.holder_name(chosen.holder)),
        method=escape(method),
    )
    return f"""# {words.told("gallery.title")}

{about}

```python
from mcda.reporting import figures
from mcda.reporting import language as words
```
"""


def _part(exhibit: Exhibit) -> str:
    text = escape(exhibit.alternative)
    return f"""## {exhibit.heading}

{exhibit.reading}

<img src="{PICTURES}/{exhibit.name}.png" alt="{text}">

```python
{exhibit.call}
```
"""
