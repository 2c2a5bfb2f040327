"""The one list of methods: what each is called, how it scores, and what is true of it.

A method is found by its name in any case.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.significant_digits import plain
from mcda.methods.additive import weighted_sum
from mcda.methods.ahp import synthesis
from mcda.methods.compromise.topsis import check_exponent, closeness
from mcda.methods.pymcdm_methods import OFFERED, REFUSED, pymcdm_method
from mcda.methods.textbook.table_methods import TOPSIS, Names, TableMethod, table_method
from mcda.problem.model import Problem
from mcda.sentences.catalogue import told

Function = Callable[[np.ndarray, np.ndarray], np.ndarray]
PYMCDM = "pymcdm:"
# how like a known name a misspelt one must be to be offered in its place (difflib's own cut)
CLOSE = 0.6
WEIGHTED_SUM = "weighted sum"


@dataclass(frozen=True, eq=False)
class Method:
    """A way to score options, and what is true of it.

    name: as it is asked for. label: as a result shows it. scores: a function of 0-1 values (..., m,
    n) and weights (..., n), higher scores being better. order: the exponent of the weighted
    distances if they are all that the method is (1: scores are linear in the weights), None for
    another or an unknown form. own_row: an option's score rests on its own row alone. unit: scores
    lie on the fixed scale from 0 to 1 on which a band of scores has a meaning. uses_judgements: it
    takes the weights from a holder's pairwise judgements, if there are any. over_draws: it scores
    many tables or sets of weights at once, so that a search can use it. about: what it is, in a
    line. reads_values: it takes 0-1 values; if not, performances in natural units. outcome: of a
    lottery, the method that scores an option as it happens, and what happens otherwise.
    """

    name: str
    label: str
    scores: Function
    order: float | None = None
    own_row: bool = False
    unit: bool = False
    uses_judgements: bool = False
    over_draws: bool = True
    about: str = ""
    reads_values: bool = True
    outcome: Method | None = None

    @property
    def linear(self) -> bool:
        """Whether scores are linear in the weights."""
        return self.order == 1

    @property
    def form(self) -> str:
        """What it computes from values and weights, the same for one method under two names."""
        return WEIGHTED_SUM if self.linear and self.own_row else self.label

    def form_over(self, weighed: int) -> str:
        """Return what it computes where so many leaves have a weight.

        Distances over one leaf alone are what that leaf is worth, whatever their exponent.

        >>> [find_method("topsis", 2).form_over(leaves) for leaves in (1, 2)]
        ['weighted sum', 'topsis (anchored, p = 2)']
        """
        is_value = weighed == 1 and self.own_row and self.order is not None
        return WEIGHTED_SUM if is_value else self.form

    def table(self, problem: Problem) -> pd.DataFrame:
        """Return what it reads of a question: its 0-1 values, or its performances as they stand."""
        return problem.values if self.reads_values else problem.performance

    def read(self, problem: Problem, performances: np.ndarray) -> np.ndarray:
        """Return what it reads of performances (..., m, n) of a question's options."""
        return problem.valued(performances) if self.reads_values else performances


# what a caller may give: a name, a method that was found, or a function of their own
Choice = str | Method | Function
# in the order in which they are listed; the catalogue has a line on each, under [method_line]
OF_ANCHORS = ("additive", "topsis", "ahp", "ahp:ratings", "ahp:ideal", "ahp:distributive")
OF_TEXTBOOKS = (
    "topsis:vector",
    "topsis:minmax",
    "topsis:max",
    "topsis:sum",
    "vikor",
    "promethee2",
    "copras",
    "electre1",
)
OWN = (*OF_ANCHORS, *OF_TEXTBOOKS)
ALIASES = {
    "promethee": "promethee2",
    "prometheeii": "promethee2",
    "weightedsum": "additive",
    "saw": "additive",
    "electrei": "electre1",
    "prometheei": "promethee1",
}
# what is asked for by name but needs more than a question holds, or gives no score of each option
PARTIAL = ("gives a partial order", "call mcda.promethee1 on a table")
ON_A_TABLE = {
    "promethee1": PARTIAL,
    "promethee": (
        "needs thresholds of each criterion",
        "call mcda.promethee2 on a table, with preference= and its q, p or s",
    ),
    "electre": (
        "needs thresholds of each criterion",
        "'electre1' needs none; mcda.electre3 takes them on a table",
    ),
}


def find_method(
    method: Choice | None, order: float = 2.0, question: Problem | None = None
) -> Method:
    """Return a method by its name in any case ("TOPSIS", "Promethee II"), or made of a function.

    p is the exponent of TOPSIS. The question tells the directions of its criteria to methods that
    read performances (without it, all are better when higher), and its names to the messages of
    methods that can't take every value. Raises InputError that lists the methods for a bad name,
    and says which one may be meant.

    >>> find_method("Topsis", 1).form == find_method("additive").form, find_method("vikor").own_row
    (True, False)
    """
    directions, names = _about(question)
    if isinstance(method, Method):
        return _bound(method, directions, names)
    if callable(method):
        name = getattr(method, "__name__", "a function")
        return Method(name, name, method, about=told("method_line.function"))
    check_exponent(order)
    name = canonical(method)
    if name.startswith(PYMCDM):
        return _of_pymcdm(name, names)
    own = next(one for one in _untold(order) if one.name == name)
    return _bound(_with_line(own), directions, names)


def _about(question: Problem | None) -> tuple[tuple[str, ...], Names | None]:
    """Return the directions of a question's criteria, and the names of its options and criteria."""
    if question is None:
        return (), None
    directions = tuple(leaf.direction for leaf in question.leaves)
    return directions, (tuple(question.labels), tuple(leaf.key for leaf in question.leaves))


def _bound(method: Method, directions: tuple[str, ...], names: Names | None) -> Method:
    """Return a method that reads performances with the directions of the question at hand."""
    if not isinstance(method.scores, TableMethod) or not directions:
        return method
    return replace(method, scores=replace(method.scores, directions=directions, names=names))


def own_methods(order: float = 2.0) -> tuple[Method, ...]:
    """Return the methods of this package, in the order in which they are listed."""
    return tuple(_with_line(one) for one in _untold(order))


def _untold(order: float) -> tuple[Method, ...]:
    """Return the same without the line about each, which is in the language that is spoken."""
    topsis = Method(
        "topsis",
        f"topsis (anchored, p = {plain(order)})",
        partial(closeness, order=order),
        float(order),
        True,
        True,
    )
    ahp = [
        Method(
            name, f"ahp:{mode}", partial(synthesis, mode=mode), 1.0, mode == "ratings", True, True
        )
        for name, mode in (
            ("ahp", "ratings"),
            ("ahp:ratings", "ratings"),
            ("ahp:ideal", "ideal"),
            ("ahp:distributive", "distributive"),
        )
    ]
    additive = Method("additive", "additive", weighted_sum, 1.0, True, True)
    textbook = [_of_textbook(name, order) for name in OF_TEXTBOOKS]
    return (additive, topsis, *ahp, *textbook)


def _of_textbook(name: str, order: float) -> Method:
    """Return a method that reads performances and scales them by the options at hand."""
    score = table_method(name, order=order)
    if name not in TOPSIS:
        linear = 1.0 if name == "promethee2" else None
        return Method(name, name, score, linear, reads_values=False)
    label = name if order == 2 else f"{name} (p = {plain(order)})"
    # of order 1 it is linear only where the distances to both ends add up to the same
    has_order = order != 1 or name == "topsis:minmax"
    weighted_order = float(order) if has_order else None
    return Method(name, label, score, weighted_order, reads_values=False)


def every_method() -> tuple[Method, ...]:
    """Return all methods that rank, those of pymcdm last.

    >>> [method.name for method in every_method()][:3]
    ['additive', 'topsis', 'ahp']
    """
    return (*own_methods(), *(_of_pymcdm(f"{PYMCDM}{name}", None) for name in OFFERED))


def canonical(name: object) -> str:
    """Return a method's name as the list has it, from one in any case.

    Raises InputError for a name of none.

    >>> canonical("AHP:Ideal"), canonical("PROMETHEE II"), canonical("pymcdm:vikor")
    ('ahp:ideal', 'promethee2', 'pymcdm:VIKOR')
    """
    if not isinstance(name, str):
        raise InputError(Fault("method", f"one of {known(_listed())}, or a function", repr(name)))
    plain = re.sub(r"[^a-z0-9:]", "", name.lower())
    if plain.startswith(PYMCDM):
        theirs = {re.sub(r"[^a-z0-9]", "", one.lower()): one for one in (*OFFERED, *REFUSED)}
        peer = plain.removeprefix(PYMCDM)
        return f"{PYMCDM}{theirs.get(peer, name[len(PYMCDM) :])}"
    plain = ALIASES.get(plain, plain)
    ours = {re.sub(r"[^a-z0-9:]", "", one): one for one in OWN}
    if plain not in ours:
        _refuse_what_needs_more(name, plain)
        near = difflib.get_close_matches(plain, OWN, 1, CLOSE)
        remedy = f"did you mean '{near[0]}'?" if near else ""
        raise InputError(
            Fault("method", f"one of {known(_listed())}, or a function", f"'{name}'", remedy)
        )
    return ours[plain]


def _refuse_what_needs_more(name: str, plain: str) -> None:
    for start, (why, remedy) in ON_A_TABLE.items():
        if plain.startswith(start):
            expected = "a method that scores every option from weights alone"
            raise InputError(Fault("method", expected, f"'{name}', which {why}", remedy))


def _listed() -> tuple[str, ...]:
    return (*OWN, f"{PYMCDM}NAME")


def _with_line(method: Method) -> Method:
    return replace(method, about=told(f"method_line.{method.name}"))


def _of_pymcdm(name: str, names: Names | None) -> Method:
    theirs = name.removeprefix(PYMCDM)
    about = told("method_line.pymcdm", name=theirs)
    return Method(name, name, pymcdm_method(theirs, names), over_draws=False, about=about)
