"""Sentences about what it is worth to know more before choosing."""

from __future__ import annotations

from mcda.problem.digits import clear_of_zero
from mcda.problem.model import Problem
from mcda.report.words.catalogue import counted, told
from mcda.report.words.numbers import estimated, share
from mcda.report.words.results import estimate_name, option_name
from mcda.robustness.inquiry import ValueOfInformation


def worth(problem: Problem, found: ValueOfInformation) -> list[str]:
    """Return what it is worth to know everything, and which single estimate is worth most, where one is clear of 0."""
    about = {
        "option": option_name(problem, found.choice),
        "draws": counted(found.draws, "draw"),
        "holder": found.holder,
    }
    if not found.evpi:
        return [told("information.nothing", **about)]
    whole = {"change": share(found.evpi.change), "worth": estimated(found.evpi, found.evpi.standard_error)}
    return [told("information.whole", **about, **whole), _most(problem, found)]


def _most(problem: Problem, found: ValueOfInformation) -> str:
    singles = found.table[found.table["kind"] == "estimate"]
    clear = singles[[clear_of_zero(*row) for row in singles[["worth", "standard_error"]].to_numpy()]]
    if not len(clear):
        return told("information.none_clear")
    top = clear.iloc[0]
    name = estimate_name(problem, str(clear.index[0]))
    about = {"count": len(clear), "estimates": counted(len(singles), "estimate"), "change": share(top["change"])}
    return told("information.single", name=name, worth=estimated(top["worth"], top["standard_error"]), **about)
