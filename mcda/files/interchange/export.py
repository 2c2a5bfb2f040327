"""A question handed to other tools: arrays for pymcdm, a decision matrix of scikit-criteria, an XMCDA file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError
from mcda.files.disk.writing import write_bytes
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import check_problem

XMCDA_VERSION = "3.1.1"
NAMESPACE = f"http://www.decision-deck.org/2019/XMCDA-{XMCDA_VERSION}"
XML_TEXT = {*range(0x20), 0x7F, 0xFFFE, 0xFFFF} - {9, 10, 13}


def to_pymcdm(problem: Problem, weights: Weights) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the arrays that pymcdm's methods take: matrix (options x leaves), weights, types (1 for max, -1 for min).

    Performances at the best estimates in natural units. Raises InputError for weights that don't fit the question.

    >>> from criteria import ukraine_force
    >>> problem = ukraine_force.problem()
    >>> matrix, weights, types = to_pymcdm(problem, ukraine_force.perspectives(problem)["Kyiv"])
    >>> matrix.shape, types[:3].tolist()
    ((11, 17), [1, -1, 1])
    """
    check_problem(problem)
    types = np.array([leaf.sign for leaf in problem.leaves])
    return problem.performance.to_numpy(), over_leaves(problem, weights).values.to_numpy(), types


def to_skcriteria(problem: Problem, weights: Weights) -> Any:
    """Return a `skcriteria.DecisionMatrix` of the best estimates, with directions and weights.

    Raises InputError where scikit-criteria isn't installed, or weights don't fit the question.

    >>> from criteria import ukraine_force
    >>> problem = ukraine_force.problem()
    >>> to_skcriteria(problem, ukraine_force.perspectives(problem)["Kyiv"]).shape  # doctest: +SKIP
    (10, 17)
    """
    try:
        import skcriteria
    except ImportError:
        remedy = "install scikit-criteria"
        raise InputError(Fault("scikit-criteria", "an installed package", "none", remedy)) from None
    matrix, shares, types = to_pymcdm(problem, weights)
    ways = [max if sign > 0 else min for sign in types]
    return skcriteria.mkdm(
        matrix,
        ways,
        weights=shares,
        alternatives=list(problem.options.index),
        criteria=list(problem.performance.columns),
    )


def to_xmcda(problem: Problem, path: str | Path, weights: Weights | None = None) -> Path:
    """Write options, leaves, directions, best estimates and perhaps weights as one file of XMCDA 3.1.1.

    Scales keep their anchors as minimum and maximum; ranges, sources and points between anchors have no place in it.
    Raises InputError for a name with a character that XML can't hold, or a file that is there already.

    >>> import tempfile
    >>> from criteria import ukraine_force
    >>> from mcda import read_matrix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_matrix(to_xmcda(ukraine_force.problem(), Path(folder) / "u.xml")).performances.shape
    (11, 17)
    """
    from xml.etree import ElementTree

    check_problem(problem)
    path = Path(path)
    if path.exists():
        raise InputError(
            Fault(str(path), "a new file", "one that is there already", "choose another name")
        )
    root = ElementTree.Element(f"{{{NAMESPACE}}}XMCDA")
    _write_options(root, problem)
    _write_criteria(root, problem)
    _write_table(root, problem.performance)
    _write_scales(root, problem)
    if weights is not None:
        _write_weights(root, over_leaves(problem, weights))
    _check_text(root)
    ElementTree.register_namespace("xmcda", NAMESPACE)
    ElementTree.indent(root)
    return write_bytes(path, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _element(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    from xml.etree import ElementTree

    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def _write_options(root: Any, problem: Problem) -> None:
    alternatives = _element(root, "alternatives")
    for key, label in problem.labels.items():
        _element(alternatives, "alternative", id=str(key), name=str(label))


def _write_criteria(root: Any, problem: Problem) -> None:
    criteria = _element(root, "criteria")
    for leaf in problem.leaves:
        _element(criteria, "criterion", id=leaf.key, name=leaf.label)


def _write_scales(root: Any, problem: Problem) -> None:
    scales = _element(root, "criteriaScales")
    for leaf in problem.leaves:
        _write_scale(scales, leaf)


def _write_scale(scales: Any, leaf: Criterion) -> None:
    entry = _element(scales, "criterionScale")
    _element(entry, "criterionID", leaf.key)
    quantitative = _element(_element(_element(entry, "scales"), "scale"), "quantitative")
    _element(quantitative, "preferenceDirection", leaf.direction)
    if leaf.scale:
        for tag, end in (
            ("minimum", min(leaf.scale.anchors)),
            ("maximum", max(leaf.scale.anchors)),
        ):
            _element(_element(quantitative, tag), "real", repr(float(end)))


def _write_table(root: Any, performance: pd.DataFrame) -> None:
    table = _element(root, "performanceTable")
    for option, row in performance.iterrows():
        held = _element(table, "alternativePerformances")
        _element(held, "alternativeID", str(option))
        for key, number in row.items():
            cell = _element(held, "performance")
            _element(cell, "criterionID", str(key))
            _write_number(cell, float(number))


def _write_weights(root: Any, weights: Weights) -> None:
    held = _element(root, "criteriaValues", mcdaConcept="weights", name=weights.holder)
    for key, number in weights.values.items():
        entry = _element(held, "criterionValue")
        _element(entry, "criterionID", str(key))
        _write_number(entry, float(number))


def _write_number(parent: Any, number: float) -> None:
    _element(_element(_element(parent, "values"), "value"), "real", repr(number))


def _check_text(root: Any) -> None:
    texts = [text for entry in root.iter() for text in (entry.text or "", *entry.attrib.values())]
    bad = [text for text in texts if XML_TEXT & set(map(ord, text))]
    if bad:
        raise InputError(Fault("name", "characters that XML can hold", repr(bad[0]), "rename it"))
