"""The panel of packages: hold parts in or out, and see which packages are left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from mcda.checks.arguments import check_kind, check_texts
from mcda.checks.faults import Fault, InputError, NotApplicable
from mcda.checks.significant_digits import digits, percent
from mcda.display.html_table import html_table
from mcda.files.question.record_package import record_package
from mcda.portfolios.packages import Packages, packages
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.language.portfolios.packages import amount_named, package_sentences
from mcda.reporting.panels.panel import Panel, Shown
from mcda.reporting.panels.spoken import language_for

FIGURES = 4  # of an amount
CHANCE = "chance"


class PackagePanel(Shown):
    """Packages on show, of which parts can be held in or out.

    What the reader holds is read back as `held_in`, `held_out`, `left` and `chosen`.
    """

    def __init__(
        self, problem: Problem, found: Packages, about: dict[str, str], panel: Panel
    ) -> None:
        super().__init__(problem, panel)
        self.found = found
        self.about = about

    @property
    def held_in(self) -> tuple[str, ...]:
        """The keys of the parts that are held in."""
        return tuple(key for key, is_in in self.panel.chosen["held"].items() if is_in)

    @property
    def held_out(self) -> tuple[str, ...]:
        """The keys of the parts that are held out."""
        return tuple(key for key, is_in in self.panel.chosen["held"].items() if not is_in)

    @property
    def left(self) -> pd.DataFrame:
        """The rows of the packages that are left."""
        members = self.found.members.loc[self.found.table.index]
        fits = members[[*self.held_in]].all(axis=1) & ~members[[*self.held_out]].any(axis=1)
        return self.found.table[fits]

    @property
    def chosen(self) -> str:
        """The package that is chosen: the first one left, if the reader chose none of them."""
        names = [str(name) for name in self.left.index]
        picked = self.panel.chosen["package"]
        return picked if picked in names else next(iter(names), "")

    def searched(self) -> Packages:
        """Search anew for the packages that no other beats among those with the parts as held.

        Some of them may be beaten by packages without these parts, and so aren't on show.
        """
        aims = dict(zip(self.found.aims, self.found.directions, strict=True))
        return packages(self.problem, aims, hold=self.held_in, leave_out=self.held_out)

    def save(self, folder: str | Path, holder: str) -> Path:
        """Write the package that is chosen into a question's folder, as an option of a name."""
        if not self.chosen:
            raise InputError(Fault("package", "one that is left", "none", "hold fewer parts"))
        return record_package(folder, self.problem, self.found.of(self.chosen), holder, self.about)

    def __repr__(self) -> str:
        """Tell how many packages there are."""
        return f"PackagePanel({self.problem.name}, {len(self.found.table)} packages)"


def hold(
    found: Packages,
    *,
    like: str = "",
    members: str = "",
    fallback: str = "",
    folder: str | Path | None = None,
    language: str | None = None,
) -> PackagePanel:
    """Return the panel of packages: hold parts in or out, and see which are left.

    Parameters
    ----------
    found : Packages
        What `packages` found.
    like : str
        The option that a package is like, in all that its parts don't say, where it is saved; blank
        for the first that isn't the baseline.
    members, fallback : str
        As for `make_option`.
    folder : path, optional
        The question's folder, into which the reader can save a package.
    language : str, optional
        The code of the language that the panel speaks, such as "de"; the question's own, if not
        given.

    Returns
    -------
    PackagePanel
        The panel, which shows itself in a notebook.

    Raises
    ------
    NotApplicable
        Where no package was found.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> from mcda.portfolios.packages import packages
    >>> panel = hold(packages(ukraine_force.problem(), ["prior_votes"], limits={"C1.1": (15, None)}))
    >>> panel.chosen, panel.held_in
    ('P1', ())
    """
    check_kind(found, Packages, "packages", "what mcda.packages returns")
    check_texts("package", like=like, members=members, fallback=fallback)
    if not len(found.table):
        raise NotApplicable(Fault("packages", "one at least", "none", "loosen the limits"))
    others = [key for key in found.problem.options.index if key != found.problem.frame.baseline]
    about = {"like": like or str(others[0]), "members": members, "fallback": fallback}
    start = {"held": {}, "package": str(found.table.index[0])}
    with words.language(language_for(found.problem, language)):
        question = {**_question(found), "saves": folder is not None}
        panel = PackagePanel(found.problem, found, about, Panel("holding", question, start))
        panel.panel.fallback = html_table(found.table, words.told("fallback.holding"))
    panel.panel.told = repr(panel)
    panel.panel.hear = panel.saving(folder)
    return panel


def _question(found: Packages) -> dict[str, Any]:
    """Return the parts, the packages with their amounts, and what is told of the search."""
    return {
        "parts": [{"key": key, "label": str(row["label"])} for key, row in found.parts.iterrows()],
        "columns": [_column(found, str(key)) for key in found.table.columns],
        "packages": [_package(found, str(name)) for name in found.table.index],
        "told": package_sentences(found)[1 : 2 + bool(found.limits)],
    }


def _column(found: Packages, key: str) -> dict[str, Any]:
    """Return the name of a column of packages, and which way is better where it counts."""
    ways = dict(zip(found.aims, found.directions, strict=True))
    name = words.told("holding.size") if key == "size" else amount_named(found, key)
    return {"label": name, "better": ways.get(key, "")}


def _package(found: Packages, name: str) -> dict[str, Any]:
    """Return a package as plain data: what it holds, its amounts, and these as they are told."""
    row = found.table.loc[name]
    told = [
        percent(number) if str(key).startswith(CHANCE) else digits(number, FIGURES)
        for key, number in row.items()
    ]
    held = found.members.loc[name]
    return {
        "name": name,
        "held": [bool(held[key]) for key in found.parts.index],
        "amounts": [float(number) for number in row],
        "told": told,
    }
