"""The panel of comparisons: two measures at a time in natural units, and what the answers settle."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mcda.checks.arguments import check_number, check_whole
from mcda.checks.faults import Fault, NotApplicable
from mcda.display.html_table import html_table
from mcda.files.question.record_weights import record_statements
from mcda.methods.ranking import BAND
from mcda.preferences.from_statements.kinds import Exchange, Statement, check_statements
from mcda.preferences.from_statements.next_question import (
    DRAWS,
    NextQuestion,
    next_question,
    room_for,
)
from mcda.preferences.from_statements.value_model import scale_of
from mcda.preferences.from_statements.weights import statement_table, weights_from_statements
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import check_problem
from mcda.reporting import language as words
from mcda.reporting.panels.panel import Panel, Shown
from mcda.reporting.panels.spoken import language_for
from mcda.reporting.study.question_language import speaking_of


class StatementPanel(Shown):
    """Comparisons of two measures at a time, on show.

    What the reader answers is read back as `statements`, and `weights` follow from them.
    """

    def __init__(
        self, problem: Problem, before: tuple[Statement, ...], holder: str, panel: Panel
    ) -> None:
        super().__init__(problem, panel)
        self.before = before
        self.holder = holder

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What was said before and so far in the panel."""
        return (*self.before, *(_read(said, self.holder) for said in self.panel.chosen["said"]))

    @property
    def weights(self) -> Weights:
        """The weights that follow from the statements; raises InputError before there are any."""
        return weights_from_statements(self.problem, self.statements)

    @property
    def standing(self) -> NextQuestion:
        """What the statements leave: the ranking so far, its certainty, and what to ask next.

        It is computed anew in Python, with draws of its own.
        """
        question = self.panel.question
        stop = {name: question[name] for name in ("seed", "certainty", "matters")}
        return next_question(self.problem, self.statements, **stop)

    def save(self, folder: str | Path, holder: str | None = None) -> Path:
        """Write the statements as those of a holder into a question's folder.

        `read_statements` and `read_perspectives` find them there.
        """
        name = self.holder if holder is None else holder
        return record_statements(folder, self.problem, self.statements, name)

    def __repr__(self) -> str:
        """Tell what is asked about, and whom."""
        return f"StatementPanel({self.problem.name}, statements of {self.holder})"


def ask(
    problem: Problem,
    statements: Sequence[Statement] = (),
    *,
    seed: int,
    holder: str = "panel",
    certainty: float = 1.0,
    matters: float = BAND,
    folder: str | Path | None = None,
    language: str | None = None,
) -> StatementPanel:
    """Return the panel of comparisons of a question.

    It asks about two measures at a time, in natural units, which improvement is worth more: always
    the comparison that tells most about the first place, as `next_question` chooses it. The ranking
    so far and its certainty stand beside it. It stops where more answers would change nothing that
    matters, and says why. No local weights are assumed below heads that nobody compared.

    Parameters
    ----------
    problem : Problem
        The question, with two measures or more, at its best estimates.
    statements : sequence of Statement
        What the holder said before.
    seed : int
        Where the random numbers start.
    holder : str
        The holder of the statements.
    certainty : float
        Stop where the leader is first in such a share of the draws.
    matters : float
        Stop where the leader trails by no more in any draw: value from 0 to 1.
    folder : path, optional
        The question's folder, into which the reader can save the statements.
    language : str, optional
        The code of the language that the panel speaks, such as "de"; the question's own, if not
        given.

    Returns
    -------
    StatementPanel
        The panel, which shows itself in a notebook.

    Raises
    ------
    InputError
        For a question of one measure, and for statements that can't all hold.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> panel = ask(ukraine_force.problem(), seed=2025, holder="Paris")
    >>> panel.statements, panel.standing.leader
    ((), 'OPT01')
    """
    check_problem(problem)
    said = check_statements(statements)
    check_whole(seed, 0, "seed")
    check_number(certainty, lambda some: 0 < some <= 1, "certainty", "a share above 0, at most 1")
    check_number(matters, lambda some: 0 <= some <= 1, "matters", "a value from 0 to 1")
    if len(problem.weighed) < 2:
        raise NotApplicable(Fault("measures to compare", "2 or more", f"{len(problem.weighed)}"))
    question = {
        "options": [{"id": key, "label": label} for key, label in problem.labels.items()],
        "leaves": [_leaf(leaf) for leaf in problem.weighed],
        "values": problem.expected_values.to_numpy().tolist(),
        **_room(room_for(problem, said), seed),
        "before": [one.told for one in said],
        "seed": seed,
        "certainty": certainty,
        "matters": matters,
        "holder": holder,
        "saves": folder is not None,
    }
    with speaking_of(problem, language_for(problem, language)):
        panel = StatementPanel(problem, said, holder, Panel("asking", question, {"said": []}))
        caption = words.told("fallback.asking", holder=holder)
        panel.panel.fallback = html_table(statement_table(said), caption)
    panel.panel.told = repr(panel)
    panel.panel.hear = panel.saving(folder)
    return panel


def _leaf(leaf: Criterion) -> dict[str, Any]:
    """Return a measure as the panel asks about it."""
    scale = scale_of(leaf)
    return {
        "key": leaf.key,
        "label": leaf.label or leaf.key,
        "unit": leaf.unit,
        "anchors": list(scale.anchors),
        "worth": list(scale.worth),
        "words": list(scale.words),
    }


def _room(space: ConstrainedWeights, seed: int) -> dict[str, Any]:
    """Return the bounds of a space and draws from it, with which the panel goes on."""
    polytope = space.polytope
    own = len(space.tops)  # the first bounds say that weights are at least 0, the first sum is 1
    bounds = [{"row": row.tolist(), "equality": False} for row in polytope.inequalities[own:]]
    bounds += [{"row": row.tolist(), "equality": True} for row in polytope.equalities[1:]]
    drawn = np.asarray(space.sample(DRAWS, seed), dtype="<f4")
    return {"bounds": bounds, "draws": base64.b64encode(drawn.tobytes()).decode("ascii")}


def _read(said: dict[str, Any], holder: str) -> Exchange:
    """Return what was said in the panel as a statement."""
    high = np.inf if said["high"] is None else said["high"]
    return Exchange(
        said["first"],
        said["amount"],
        said["second"],
        said["low"],
        high,
        said["start"],
        said["second_start"],
        holder=holder,
        words=said["words"],
        as_of=said["as_of"],
        recorded_by=said["recorded_by"],
    )
