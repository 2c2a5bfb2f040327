"""Sentences about what it is worth to know more before choosing."""

from __future__ import annotations

from mcda.checks.significant_digits import CLEAR, clear_of_zero, digits
from mcda.problem.estimate_names import estimate_name
from mcda.problem.model import Problem
from mcda.reporting.language.numbers import estimated, share
from mcda.reporting.language.results import option_name
from mcda.reporting.language.robustness import draws_of
from mcda.sensitivity.information.of_each_estimate import ValueOfInformation
from mcda.sentences.catalogue import counted, listed, told
from mcda.uncertainty.counting.drawn_and_held import nothing_drawn


def worth_of_information(problem: Problem, value: ValueOfInformation) -> list[str]:
    """Return what it is worth to know everything, and which single estimate is worth most.

    The second is said where a worth is clear of 0.
    """
    about = {
        "option": listed(option_name(problem, option) for option in value.choices),
        "draws": draws_of(value),
        "holder": value.holder,
        "worth": estimated(value.evpi, value.evpi.standard_error),
    }
    if not value.drawn:
        return [told("information.not_drawn", **about, reason=nothing_drawn(value.held_because))]
    if not value.evpi:
        return [told("information.nothing", **about)]
    return [
        told("information.whole", **about, change=share(value.evpi.change)),
        _most(problem, value),
    ]


def _most(problem: Problem, value: ValueOfInformation) -> str:
    singles = value.table[value.table["kind"] == "estimate"]
    if not len(singles):
        return told("information.no_single")
    clear = [clear_of_zero(*row) for row in singles[["worth", "standard_error"]].to_numpy()]
    draws = counted(value.draws, "draw")
    rest = singles[[not one for one in clear]]
    most = (
        min((rest["worth"] + CLEAR * rest["standard_error"]).max(), value.evpi.high)
        if len(rest)
        else 0.0
    )
    if not any(clear):
        return told("information.none_clear", most=digits(most, 2, up=True), draws=draws)
    top = singles[clear].iloc[0]
    about = {
        "estimates": counted(len(singles), "estimate"),
        "name": estimate_name(problem, str(top.name)),
        "change": share(top["change"]),
        "worth": estimated(top["worth"], top["standard_error"]),
        "draws": draws,
    }
    if not len(rest):
        return told("information.all_single", **about)
    return told("information.single", **about, count=sum(clear), most=digits(most, 2, up=True))
