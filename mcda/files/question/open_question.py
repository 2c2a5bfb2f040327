"""A question by its name, with the weights of its holders.

The name is that of an installed package, a folder or a workbook.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

from mcda.checks.arguments import check_kind
from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import LIMITS, Limits
from mcda.files.disk.places import ENDINGS
from mcda.files.question.read_perspectives import read_perspectives
from mcda.files.question.read_problem import (
    question_path,
    read_problem,
    read_sheets,
)
from mcda.files.question.required_sheets.formulas import PACKAGE
from mcda.files.question.sheet_checks.fault_order import in_order
from mcda.files.question.sheet_checks.preference_faults import preference_faults
from mcda.files.tables.sheets import Sheets
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem


def open_question(name: str | Path, limits: Limits = LIMITS) -> tuple[Problem, dict[str, Weights]]:
    """Return a question and the weights of its holders.

    Parameters
    ----------
    name : str or Path
        The name of a package under criteria/, or the path of a folder or a workbook.
    limits : Limits
        How much the files may hold.

    Returns
    -------
    problem : Problem
        The question.
    holders : dict of str to Weights
        The weights of each holder over its leaves, by name.

    Raises
    ------
    InputError
        For a name that is neither, and with every fault of the files.

    Examples
    --------
    >>> problem, holders = open_question("ukraine_force")
    >>> problem.name, list(holders)[:2]
    ('ukraine_force', ['Kyiv', 'London'])
    """
    check_kind(name, str | Path, "question", "a name or a path")
    sheets = find_sheets(name, limits)
    if sheets:
        return open_sheets(sheets)
    package = question_package(str(name))
    if package is None:
        raise InputError(
            Fault(
                f"question '{name}'",
                "a folder, a workbook, or a package under criteria/",
                "neither",
            )
        )
    return open_package(package)


def find_sheets(name: str | Path, limits: Limits = LIMITS) -> Sheets | None:
    """Return the sheets of a question named by its path; None for one named by its package."""
    path = find_path(name)
    return read_sheets(path, limits) if path else None


def find_path(name: str | Path) -> Path | None:
    """Return the path of a question that is named by it, unread; None for one named by its package.

    Raises InputError for a path that leads to no question.
    """
    path = Path(name)
    is_path = (
        path.exists() or "/" in str(name) or "\\" in str(name) or path.suffix.lower() in ENDINGS
    )
    return question_path(path) if is_path else None


def place_of_question(name: str | Path) -> Path:
    """Return where the files of a question lie that is named by its path or its package."""
    path = find_path(name)
    if path is None:
        package = question_package(str(name))
        if package is None:
            raise InputError(
                Fault(f"question '{name}'", "a path or a package under criteria/", "neither")
            )
        path = Path(package.DATA)
    return path


def open_sheets(sheets: Sheets) -> tuple[Problem, dict[str, Weights]]:
    """Return the question in some sheets and its holders' weights.

    Raises InputError with the faults of both.
    """
    try:
        problem = read_problem(sheets)
    except InputError as error:
        faults = dict.fromkeys((*error.faults, *preference_faults(sheets)))
        raise InputError(*in_order(faults, sheets)) from None
    return problem, read_perspectives(sheets, problem)


def open_package(package: ModuleType) -> tuple[Problem, dict[str, Weights]]:
    """Return the question of a package and its holders' weights."""
    problem = package.problem()
    return problem, package.perspectives(problem)


def question_package(name: str) -> ModuleType | None:
    """Return the installed package criteria.NAME, or None where there is none."""
    called = f"criteria.{name}"
    try:
        return importlib.import_module(called) if PACKAGE.fullmatch(called) else None
    except ModuleNotFoundError:
        return None
