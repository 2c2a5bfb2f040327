"""A question by its name: an installed package under criteria/ or a folder, with the weights of its holders."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

from mcda.preferences.holders import read_perspectives
from mcda.preferences.weights import Weights
from mcda.problem.faults import Fault, InputError
from mcda.problem.model import Problem
from mcda.problem.reading import read_problem


def open_question(name: str | Path) -> tuple[Problem, dict[str, Weights]]:
    """Return a question and the weights of its holders, by the name of a package under criteria/ or by a path.

    Raises InputError for a name that is neither, and with every fault of the files.

    >>> problem, holders = open_question("ukraine_force")
    >>> problem.name, list(holders)[:2]
    ('ukraine_force', ['Kyiv', 'London'])
    """
    if is_path(name):
        problem = read_problem(name)
        return problem, read_perspectives(name, problem)
    package = question_package(str(name))
    if package is None:
        raise InputError(Fault(f"question '{name}'", "a folder, or a package under criteria/", "neither"))
    problem = package.problem()
    return problem, package.perspectives(problem)


def is_path(name: str | Path) -> bool:
    """Return whether a question's name is that of a file or folder, there or not."""
    return Path(name).exists() or "/" in str(name) or "\\" in str(name)


def question_package(name: str) -> ModuleType | None:
    """Return the installed package criteria.NAME, or None where there is none."""
    try:
        return importlib.import_module(f"criteria.{name}") if name.isidentifier() else None
    except ModuleNotFoundError:
        return None
