"""What an estimate is called where people read it."""

from __future__ import annotations

from mcda.problem.model import Problem
from mcda.sentences.catalogue import told


def estimate_name(problem: Problem, key: str) -> str:
    """Return an estimate's name: its family's, and what it is about, each by its label.

    A part of its key that is the id of a criterion, an option or a part of packages has that
    one's name; another is words of its own.

    >>> from criteria import ukraine_force
    >>> estimate_name(ukraine_force.problem(), "earmarked_strength/OPT01")
    'earmarked strength, Arms and training only'
    """
    family, *about = [_named(problem, one) for one in key.split("/")]
    if not about:
        return family
    return told("option.estimate", label=family, option=told("join.comma").join(about))


def _named(problem: Problem, piece: str) -> str:
    """Return the name of what a piece of a key is the id of; its own words where it is none."""
    if piece in problem.options.index:
        return problem.name_of(piece)
    labels = {one.key: one.label for one in problem.criteria}
    members = problem.parts.parts if problem.parts is not None else ()
    labels.update({part.key: part.name for part in members})
    return labels.get(piece) or piece.replace("_", " ")
