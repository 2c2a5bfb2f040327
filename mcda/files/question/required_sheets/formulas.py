"""The formulas that criteria may name: the caller's, or those of the question's package."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from mcda.checks.faults import Fault, InputError, known
from mcda.files.question.schema import Form
from mcda.problem.events.expected_losses import PRICES, Priced
from mcda.problem.model import Measure

PACKAGE = re.compile(r"criteria\.[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Formulas:
    """The formulas that criteria may name, and the forms of the question's own tables.

    They are the caller's, or those of the question's package.
    """

    given: Mapping[str, Measure] | None
    stated: tuple[Form, ...]
    package: str
    place: str

    def find(self, name: str, leaf: str = "") -> Measure:
        """Return a formula by its name, for a leaf; raises InputError that lists them."""
        formulas = self._all()
        if name in PRICES and leaf and name not in formulas:
            return Priced(name, leaf)
        if name not in formulas:
            remedy = (
                "give it to read_problem(measures=...), "
                "or name the question package as measures in the sheet question"
            )
            raise InputError(
                Fault("column 'measure'", f"one of {known(formulas)}", f"'{name}'", remedy)
            )
        return formulas[name]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The caller's forms, or those of the package that the question names; none without it."""
        if self.stated or self.given is not None or not PACKAGE.fullmatch(self.package):
            return self.stated
        try:
            return tuple(getattr(importlib.import_module(self.package), "FORMS", ()))
        except ModuleNotFoundError:
            return ()  # refused when a criterion asks for a formula of it

    def _all(self) -> Mapping[str, Measure]:
        if self.given is not None or not self.package:
            return self.given or {}
        if not PACKAGE.fullmatch(self.package):
            raise InputError(
                Fault(f"{self.place}, measures", "criteria.<name>", repr(self.package))
            )
        try:
            return importlib.import_module(self.package).MEASURES
        except ModuleNotFoundError:
            remedy = "install the package, or work from its checkout"
            raise InputError(
                Fault(
                    f"{self.place}, measures", "an installed package", f"'{self.package}'", remedy
                )
            ) from None
