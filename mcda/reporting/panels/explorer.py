"""The weight explorer: move what counts and see the ranking change at once.

The weights can be taken back to Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number
from mcda.checks.faults import Fault, InputError, known
from mcda.checks.of_many import SHOWN, TRIED, foremost
from mcda.display.html_table import html_table
from mcda.files.question.record_weights import record_weights
from mcda.methods.ranking import BAND, Ranking, rank
from mcda.preferences.weighting.normalise import normalised
from mcda.preferences.weighting.stated import Weights, check_holders, over_leaves
from mcda.problem.chances import OTHERWISE
from mcda.problem.model import AS_STATED, Criterion, Problem
from mcda.problem.screening import Floors, as_it_happens, floors_of, noise_of
from mcda.reporting import language as words
from mcda.reporting.panels.panel import Panel, Shown
from mcda.reporting.panels.spoken import language_for
from mcda.reporting.panels.travelling import Drawn, drawn, drawn_in
from mcda.reporting.study.question_language import speaking_of

METHODS = ("additive", "topsis")
# what a shape of a question has of its own
OF_SHAPE = ("criteria", "values", "performance", "chance", "otherwise")
LARGEST_EXPONENT = 20  # beyond it the largest distance alone counts, on any screen
DECIMALS = 13  # of values and shares: more are last bits, which nothing that is shown hangs on


class Explorer(Shown):
    """A question and its holders' weights, on show.

    What the reader moves is read back as `weights` and `ranking`. In a notebook the explorer is
    live; in a page without a kernel (`page`, `fragment`) the same panel computes by itself.
    """

    @property
    def shape(self) -> Problem:
        """The question in the shape on show."""
        name = self.panel.chosen.get("structure", AS_STATED)
        return self.problem if name == AS_STATED else self.problem.structured(name)

    @property
    def weights(self) -> Weights:
        """The present weights over the leaves, with the holder "explorer"."""
        chosen = self.panel.chosen
        shape = self.shape
        shares = dict(
            zip(
                (criterion.key for criterion in _tree(shape)),
                chosen["shares"],
                strict=True,
            )
        )
        raw = pd.Series({leaf.key: _down(shape, shares, leaf) for leaf in shape.weighed})
        with words.language(self.panel.language):
            about = words.told("explorer.recorded", holder=chosen["holder"])
        return Weights(raw, "explorer", method="explorer", rationale=about)

    @property
    def ranking(self) -> Ranking:
        """The ranking on show.

        It has these weights, the method chosen, floors in force, without the options left out.
        """
        chosen = self.panel.chosen
        options = [option for option in self.problem.options.index if option not in chosen["off"]]
        floors = chosen["floors"] or None
        return rank(
            self.shape.keep(options),
            self.weights,
            chosen["method"],
            floors=floors,
            p=float(chosen["p"]),
        )

    def save(self, folder: str | Path, holder: str = "explorer") -> Path:
        """Write the weights as those of a holder into a question's folder.

        `read_perspectives` finds them there. Raises InputError for weights in another shape of the
        question: a holder's are kept over the tree as it is stated.
        """
        if self.shape is not self.problem:
            shape_told = f"those in the shape '{self.panel.chosen['structure']}'"
            remedy = "choose the shape as stated first"
            raise InputError(Fault("weights to keep", "weights as stated", shape_told, remedy))
        return record_weights(folder, self.problem, self.weights, holder)

    def __repr__(self) -> str:
        """Tell what is explored."""
        return f"Explorer({self.problem.name}, weights of {self.panel.chosen['holder']})"


def explore(
    problem: Problem,
    weights: Weights | Mapping[str, Weights],
    draws: Drawn | None = None,
    *,
    method: str = "additive",
    p: float = 2.0,
    floors: Floors = None,
    folder: str | Path | None = None,
    language: str | None = None,
) -> Explorer:
    """Return the weight explorer of a question.

    Of more than 40 options the panel has the 40 that rank best for any holder, and says so.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights or mapping of str to Weights
        One holder's weights, or several to start from, by name; the first is shown.
    draws : Draws, optional
        Draws from `sample` add how often each option takes each rank: the first 500 are part of the
        panel, in every shape that it shows. They are draws of facts: the weights are those on show.
        Where no fact varies, no share is shown, and a sentence says so.
    method : {"additive", "topsis"}
        The method at the start; the reader may choose the other.
    p : float
        The exponent of TOPSIS at the start, from 1 to 20.
    floors : optional
        The floors at the start, as for `rank`.
    folder : path, optional
        The question's folder, into which the reader can save the weights.
    language : str, optional
        The code of the language that the panel speaks, such as "de"; the question's own, if not
        given.

    Returns
    -------
    Explorer
        The explorer, which shows itself in a notebook.

    Raises
    ------
    InputError
        For faults in the input; it names what is at fault.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> explorer = explore(problem, holders["Paris"], method="topsis")
    >>> explorer.ranking.leaders, explorer.weights.holder
    (('OPT01',), 'explorer')
    """
    holders = {weights.holder: weights} if isinstance(weights, Weights) else weights
    method = method.lower() if isinstance(method, str) else method
    _check(holders, method, p)
    shown = _shown(problem, holders, method, p)
    start = {"method": method, "p": p, "floors": floors_of(shown, floors)}
    with speaking_of(problem, language_for(problem, language)):
        question = {
            **_question(shown, holders, draws),
            **drawn(problem, shown, draws),
            **_told_of_many(problem, shown),
            "saves": folder is not None,
        }
        explorer = Explorer(shown, Panel("explorer", question, {**_begun(question), **start}))
        explorer.panel.fallback = _fallback(explorer.ranking, next(iter(holders)))
    explorer.panel.told = repr(explorer)
    explorer.panel.hear = explorer.saving(folder)
    return explorer


def _begun(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the choice of a reader who has moved nothing: the first holder's weights as stated."""
    first = question["holders"][0]
    return {
        "shares": first["shares"],
        "held": [False] * len(question["criteria"]),
        "structure": AS_STATED,
        "off": [],
        "holder": first["name"],
    }


def _fallback(ranking: Ranking, holder: str) -> str:
    """Return the table for a reader whose page runs no scripts."""
    shown = ranking.table[["label", "score", "rank"]]
    shown = shown.set_axis(words.columns("label", "score", "rank"), axis="columns")
    return html_table(shown, words.told("futures.holder", holder=holder))


def _check(holders: Mapping[str, Weights], method: str, order: float) -> None:
    check_holders(holders)
    if method not in METHODS:
        raise InputError(
            Fault(
                "method", f"one of {known(METHODS)}", repr(method), "rank by others with mcda.rank"
            )
        )
    check_number(
        order,
        lambda order: 1 <= order <= LARGEST_EXPONENT,
        "exponent p",
        f"a number from 1 to {LARGEST_EXPONENT}",
    )


def _shown(problem: Problem, holders: Mapping[str, Weights], method: str, order: float) -> Problem:
    """Return the question with the options of the panel: of very many those that rank best.

    The best are those with the best rank for any holder, or for any of the first of very many.
    """
    if len(problem.options) <= SHOWN:
        return problem
    asked = list(holders.values())[: TRIED if len(holders) > SHOWN else None]
    rankings = [rank(problem, one, method, p=order).table["rank"] for one in asked]
    ranks = pd.DataFrame(rankings).min().reindex(problem.options.index)
    return problem.keep(problem.options.index[foremost(ranks.to_numpy(), SHOWN)])


def _told_of_many(problem: Problem, shown: Problem) -> dict[str, str]:
    """Return the sentence on the options that the panel leaves out; nothing where it has all."""
    if shown is problem:
        return {}
    options = len(problem.options)
    return {"many": words.told("many.explored", options=options, shown=len(shown.options))}


def _question(
    problem: Problem, holders: Mapping[str, Weights], draws: Drawn | None
) -> dict[str, Any]:
    """Return what the panel shows of a question and its holders, in every shape, as plain data."""
    shares = {name: _shares(problem, own) for name, own in holders.items()}
    return {
        **_facts(problem),
        "holders": [{"name": name, "shares": own} for name, own in shares.items()],
        **_shapes(problem, holders, draws),
    }


def _facts(problem: Problem) -> dict[str, Any]:
    """Return what the panel shows of the options and criteria of a question."""
    options = [
        {"id": option, "label": label, "baseline": option == problem.frame.baseline}
        for option, label in problem.labels.items()
    ]
    weighed = [leaf.key for leaf in problem.weighed]
    performances = [as_it_happens(problem, key) for key in weighed]
    return {
        "options": options,
        "criteria": _criteria(problem),
        "band": BAND,
        "values": problem.values[weighed].round(DECIMALS).to_numpy().tolist(),
        "performance": np.stack(performances, axis=-1).tolist(),
        **_chances(problem, weighed),
    }


def _criteria(problem: Problem) -> list[dict[str, Any]]:
    """Return what the panel shows of the criteria that weights are about."""
    return [
        {
            "key": one.key,
            "parent": one.parent,
            "label": one.label or one.key,
            "unit": one.unit,
            "direction": one.direction,
            "leaf": one.scale is not None,
            "floor": one.floor,
            "noise": noise_of(one),
        }
        for one in _tree(problem)
    ]


def _tree(problem: Problem) -> list[Criterion]:
    """Return the criteria that weights are about: all but those that chances need."""
    return [one for one in problem.criteria if not one.role]


def _chances(problem: Problem, weighed: list[str]) -> dict[str, Any]:
    """Return the chance of every option and what it is otherwise; nothing where all are certain."""
    if not problem.has_chances:
        return {}
    otherwise = problem.values[[f"{key} {OTHERWISE}" for key in weighed]]
    return {
        "chance": problem.chance.tolist(),
        "otherwise": otherwise.round(DECIMALS).to_numpy().tolist(),
    }


def _shapes(
    problem: Problem, holders: Mapping[str, Weights], draws: Drawn | None
) -> dict[str, Any]:
    """Return the other shapes of the question that the panel can show, and the names of the rest.

    It shows none in which a holder weighs nothing. A criterion that is as stated goes by its key
    alone, so that the page stays small.
    """
    stated = _criteria(problem)
    shown = []
    left_out = []
    for one in problem.structures if problem.stated is None else ():
        shape = problem.structured(one.name)
        tree = _shape(shape, holders)
        if tree is None:
            left_out.append(one.label)
            continue
        tree["criteria"] = [one["key"] if one in stated else one for one in tree["criteria"]]
        changes = words.joined(words.change_told(problem, change) for change in one.changes)
        about = {"name": one.name, "label": one.label, "told": changes}
        shown.append({**about, **tree, **drawn_in(shape, problem, draws)})
    return {"structures": shown, "unshown": left_out} if shown or left_out else {}


def _shape(shape: Problem, holders: Mapping[str, Weights]) -> dict[str, Any] | None:
    """Return what the panel shows of a question in another shape; None of one that it can't show."""
    try:
        shares = {name: _shares(shape, own) for name, own in holders.items()}
    except InputError:  # a holder who weighs nothing of what is left
        return None
    question = _facts(shape)
    return {
        **{name: question[name] for name in OF_SHAPE if name in question},
        "holders": [{"name": name, "shares": own} for name, own in shares.items()],
    }


def _shares(problem: Problem, weights: Weights) -> list[float]:
    """Return the weight of every criterion relative to its siblings, in the order of the criteria.

    Below a head without weight they are the suggested local weights, or equal ones.
    """
    leaves = over_leaves(problem, replace(weights, space=None)).values  # ranges aren't shown
    totals: defaultdict[str, float] = defaultdict(float)
    for leaf, weight in leaves.items():
        for key in problem.path(leaf):
            totals[key] += weight
    shares: dict[str, float] = {}
    for parent in dict.fromkeys(one.parent for one in _tree(problem)):
        children = [one.key for one in problem.children(parent) if not one.role]
        own = np.array([totals[key] for key in children])
        local = np.array([problem.local_weights.get(key, 0.0) for key in children])
        parts = next(given for given in (own, local, np.ones(len(children))) if given.sum() > 0)
        shares.update(zip(children, normalised(parts, children).tolist(), strict=True))
    return [round(shares[one.key], DECIMALS) for one in _tree(problem)]


def _down(problem: Problem, shares: Mapping[str, float], criterion: Criterion) -> float:
    """Return the weight of a criterion: its share among its siblings times its parent's weight."""
    above = _down(problem, shares, problem.criterion(criterion.parent)) if criterion.parent else 1.0
    return shares[criterion.key] * above
