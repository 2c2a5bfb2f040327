"""Options that may fail to happen: the columns "chance" and "fallback" of the sheet of options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from mcda.checks.faults import Fault, Faults, InputError, known, refuse
from mcda.checks.significant_digits import plain
from mcda.files.tables.sheets import Row, Sheets
from mcda.problem.chances import CHANCE, certain, check_fallback, from_estimates, in_percent
from mcda.problem.estimates import Estimate
from mcda.problem.model import Measure, Problem


def with_chances(
    problem: Problem,
    sheets: Sheets,
    find_measure: Callable[[str], Measure],
    stand_ins: Mapping[str, str],
) -> Problem:
    """Return a question with the chances that its sheet of options states; raises all faults.

    stand_ins: by option that is yet to be made, the one that happens in its place until then.
    """
    rows = {row.text("id"): row for row in sheets.rows("options") if _states(row)}
    if not rows:
        return problem
    faults = Faults()
    if CHANCE in [criterion.key for criterion in problem.criteria]:
        remedy = "give the criterion another id"
        faults.append(Fault(sheets.place("criteria"), f"no id '{CHANCE}'", "one", remedy))
    fallbacks = stated_fallbacks(sheets)
    options = [*problem.options.index, *stand_ins]
    for option, row in rows.items():
        with faults.gathered(row):
            check_fallback(option, fallbacks, options)
        with faults.gathered(row):
            _check_chance(row, problem.estimates, find_measure)
    refuse(dict.fromkeys(faults))
    until_made = {option: stand_ins.get(fallbacks[option], fallbacks[option]) for option in rows}
    return problem.with_chance(_chances(rows, problem.estimates, find_measure), until_made)


def stated_fallbacks(sheets: Sheets) -> dict[str, str]:
    """Return what happens where an option doesn't come about, by the id of each that may fail.

    One that is made of parts has its own, or else that of the option that it is like.
    """
    fallbacks = {}
    for row in sheets.rows("options"):
        if _states(row):
            fallbacks[row.text("id")] = row.text("fallback").strip()
    for row in sheets.rows("packages"):
        fallback = row.text("fallback").strip() or fallbacks.get(row.text("like"), "")
        if fallback:
            fallbacks[row.text("id")] = fallback
    return fallbacks


def _states(row: Row) -> bool:
    return bool(row.text("chance").strip() or row.text("fallback").strip())


def _check_chance(
    row: Row, estimates: Mapping[str, Estimate], find_measure: Callable[[str], Measure]
) -> None:
    """Refuse a chance that is neither an estimate from 0 to 1 (or 100 percent) nor a measure."""
    name = row.text("chance").strip()
    if name not in estimates:
        try:
            find_measure(name)
        except InputError:
            expected = "the key of an estimate, or the name of a measure"
            found = f"'{name}'" if name else "an empty cell"
            raise InputError(Fault(row.named("chance"), expected, found)) from None
        return
    estimate = estimates[name]
    whole = certain(estimate)
    low = estimate.low
    high = estimate.high
    if low < 0 or high > whole:
        unit = "percent" if whole > 1 else "a share of 1 (its unit isn't percent)"
        expected = f"an estimate from 0 to {plain(whole)}, {unit}"
        raise InputError(
            Fault(row.named("chance"), expected, f"'{name}' from {plain(low)} to {plain(high)}")
        )


def _chances(
    rows: Mapping[str, Row],
    estimates: Mapping[str, Estimate],
    find_measure: Callable[[str], Measure],
) -> Measure:
    """Return the measure of chances in percent: one that all options name, or from estimates."""
    names = {option: row.text("chance").strip() for option, row in rows.items()}
    formulas = {name for name in names.values() if name not in estimates}
    if len(formulas) == 1 and len(set(names.values())) == 1:
        return find_measure(formulas.pop())
    if formulas:
        expected = "one measure for all options that may fail, or estimates alone"
        raise InputError(Fault("column 'chance'", expected, known(sorted(set(names.values())))))
    percent = {option: in_percent(estimates[name]) for option, name in names.items()}
    return partial(from_estimates, keys=names, percent=percent)
