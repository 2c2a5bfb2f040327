"""A question that was made in Python as the sheets that it would be read from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields

import pandas as pd

from mcda.checks.arguments import check_kind
from mcda.checks.faults import Fault, known, refuse
from mcda.files.question.optional_sheets.event_cells import event_cells
from mcda.files.question.optional_sheets.part_cells import part_cells, rule_cells
from mcda.files.question.optional_sheets.statement_rows import statement_cells
from mcda.files.question.required_sheets.criterion_rows import ENDS
from mcda.files.question.schema import BY_NAME
from mcda.files.tables.sheets import Row, Sheet, Sheets
from mcda.files.workbook.cells import number_text
from mcda.preferences.from_statements.weights import STATEMENTS
from mcda.preferences.weighting.stated import STATED, Weights, check_holders
from mcda.problem.estimates import Estimate
from mcda.problem.experts.table import expert_answers
from mcda.problem.model import Criterion, Problem
from mcda.problem.value_scales import Scale
from mcda.sampling.distributions import PIECES

# sheets that are made of the question's own parts; other tables of its form are written as they are
MADE = (
    "question",
    "options",
    "criteria",
    "scores",
    "estimates",
    "sources",
    "perspectives",
    "statements",
    "events",
    "parts",
    "rules",
)
POINTS = 100.0  # people write weights and anchors in points of 100


def sheets_of(problem: Problem, holders: Mapping[str, Weights] | None = None) -> Sheets:
    """Return a question of judged cells, and perhaps its holders' weights, as sheets.

    Parameters
    ----------
    problem : Problem
        A question without formulas, such as `problem_from` makes.
    holders : mapping of str to Weights, optional
        The weights of its holders, by name.

    Returns
    -------
    Sheets
        To be written by `write_workbook` or `write_folder`.

    Raises
    ------
    InputError
        For a question with formulas, which no sheet can hold.

    Examples
    --------
    >>> from mcda import problem_from
    >>> table = pd.DataFrame({"cost": [9.0, 7.0]}, index=["A", "B"])
    >>> problem = problem_from(table, directions={"cost": "min"}, accept="all")
    >>> sheets_of(problem).rows("scores")[0].cells["mode"]
    '9'
    """
    check_kind(problem, Problem, "question", "a Problem")
    if holders:
        check_holders(holders)
    _refuse_formulas(problem)
    sheets = Sheets(problem.name, called="sheet '{}'")
    _add(sheets, "question", _frame(problem))
    _add(sheets, "options", _options(problem))
    _add(sheets, "criteria", [_criterion(problem, criterion) for criterion in problem.criteria])
    cells, others = _estimates(problem)
    _add(sheets, "scores", cells)
    _add(sheets, "estimates", others)
    _add(sheets, "sources", _sources(problem))
    _add_optional(sheets, problem)
    _add_holders(sheets, (holders or {}).values())
    for name, table in problem.tables.items():
        if name in BY_NAME and name not in MADE and len(table):
            _add(sheets, name, _rows(table))
    return sheets


def _add_holders(sheets: Sheets, holders: Collection[Weights]) -> None:
    """Add the weights of holders, and the statements that the weights of others come from."""
    stated = [each for each in holders if STATEMENTS not in each.steps]
    _add(sheets, "perspectives", [row for weights in stated for row in _weights(weights)])
    said = [row for each in holders for row in _said(each)]
    if said:
        _add(sheets, "statements", said)


def _add_optional(sheets: Sheets, problem: Problem) -> None:
    """Add the sheets that a question may leave out, where it states what stands there."""
    if problem.events:
        _add(sheets, "events", [row for event in problem.events for row in event_cells(event)])
    if problem.parts:
        _add(sheets, "parts", list(part_cells(problem.parts)))
        _add(sheets, "rules", list(rule_cells(problem.parts)))


def _refuse_formulas(problem: Problem) -> None:
    """Refuse what a sheet can't hold: formulas, and estimates drawn from a list of points."""
    derived = [leaf.key for leaf in problem.leaves if leaf.derived and not leaf.prices_events]
    remedy = "write the sheets that it was read from: mcda.read_sheets(path) gives them"
    faults = []
    if derived:
        expected = "judged cells on every criterion"
        faults.append(Fault("question", expected, f"formulas on {known(derived)}", remedy))
    by_formula = [
        event.key for event in problem.events if any(map(callable, event.chances.values()))
    ]
    if by_formula:
        expected = "chances of events from estimates or criteria"
        faults.append(Fault("question", expected, f"formulas of {known(by_formula)}", remedy))
    asked = {estimate.key for estimate in expert_answers(problem)}
    listed = [
        key for key, estimate in problem.estimates.items() if estimate.points and key not in asked
    ]
    if listed:
        faults.append(Fault("question", "ranges", f"lists of points of {known(listed)}", remedy))
    refuse(faults)


def _add(sheets: Sheets, name: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Add a sheet with the columns of its form, and those that its rows have beyond it."""
    known_columns = [column.name for column in BY_NAME[name].columns if column.name != "about"]
    more = dict.fromkeys(column for row in rows for column in row if column not in known_columns)
    columns = (*known_columns, *more)
    numbered = []
    for at, row in enumerate(rows, start=1):
        cells = {column: row.get(column, "") for column in columns}
        numbered.append(Row(f"sheet '{name}' row {at}", cells))
    sheets.sheets[name] = Sheet(name, columns, tuple(numbered))


def _frame(problem: Problem) -> list[dict[str, str]]:
    rows = []
    for entry in fields(problem.frame):
        stated = getattr(problem.frame, entry.name)
        values = stated if isinstance(stated, tuple) else (stated,)
        if stated:
            rows += [{"field": entry.name, "value": str(value)} for value in values]
    return rows


def _options(problem: Problem) -> list[dict[str, str]]:
    rows = _rows(problem.options)
    return [{"id": str(key), **row} for key, row in zip(problem.options.index, rows, strict=True)]


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows of a table as texts, blank where nothing stands."""
    rows = []
    for row in table.astype(object).to_dict("records"):
        rows.append({str(key): _text(value) for key, value in row.items()})
    return rows


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    return number_text(float(value)) if isinstance(value, int | float) else str(value)


def _criterion(problem: Problem, one: Criterion) -> dict[str, str]:
    row = {"id": one.key, "parent": one.parent, "label": one.label, "definition": one.definition}
    local = problem.local_weights.get(one.key)
    if local is not None:
        row["local_weight"] = number_text(local)
    if one.scale is None:
        return {**row, "scale_type": "head"}
    kind = "constructed" if one.scale.words else "natural"
    row |= {"unit": one.unit, "scale_type": kind, "direction": one.direction, **_ends(one.scale)}
    if one.floor is not None:
        row["floor"] = number_text(one.floor)
    return {**row, "measure": one.prices_events, "bill": one.bill}


def _ends(scale: Scale) -> dict[str, str]:
    """Return the cells of a scale: worst, middle and best, or what earns so many points."""
    named = {level: column for column, level in ENDS.items()}
    columns = [named.get(level) for level in scale.worth]
    if None in columns:
        columns = [f"anchor_{number_text(POINTS * level)}" for level in scale.worth]
    texts = scale.words or tuple(map(number_text, scale.anchors))
    return {str(column): text for column, text in zip(columns, texts, strict=True)}


def _estimates(problem: Problem) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the rows of scores, and of the estimates that are no cell."""
    cells: dict[str, tuple[str, str]] = {}
    for leaf in problem.leaves:
        for option in problem.options.index:
            cells[f"{leaf.key}/{option}"] = (str(option), leaf.key)
    scores = []
    others = []
    for key, estimate in problem.estimates.items():
        row = _range(estimate)
        if key in cells:
            option, criterion = cells[key]
            scores.append({"option": option, "criterion": criterion, **row})
        else:
            others.append({"key": key, "unit": estimate.unit, "as_of": estimate.as_of, **row})
    return scores, others


def _range(estimate: Estimate) -> dict[str, str]:
    """Return the cells of a range; the pool of experts is made of their sheet again."""
    is_pooled = estimate.distribution == PIECES
    return {
        "low": number_text(estimate.low),
        "mode": number_text(estimate.mode),
        "high": number_text(estimate.high),
        "distribution": "" if is_pooled else estimate.distribution,
        "interval": "" if is_pooled else estimate.interval,
        "counts": " of ".join(map(number_text, estimate.counts)),
        "kind": estimate.kind,
        "sources": ";".join(estimate.sources),
        "rationale": estimate.rationale,
    }


def _sources(problem: Problem) -> list[dict[str, str]]:
    rows = []
    for source in problem.sources.values():
        names = (entry.name for entry in fields(source))
        rows.append({name: _text(getattr(source, name)) for name in names})
    return rows


def _said(weights: Weights) -> Iterable[dict[str, str]]:
    """Go through the rows of the statements that a holder's weights come from."""
    if STATEMENTS in weights.steps:
        yield from statement_cells(weights.steps[STATEMENTS], weights.holder)


def _weights(weights: Weights) -> Iterable[dict[str, str]]:
    """Go through the rows of a holder: points, with the ranges that were stated."""
    stated = weights.steps.get(STATED)
    points = POINTS * weights.values if weights.raw.max() > POINTS else weights.raw
    ends = ("low", "mode", "high")
    for criterion in weights.raw.index:
        numbers = dict.fromkeys(ends, points[criterion])
        if stated is not None and criterion in stated.index and set(ends) <= set(stated.columns):
            numbers = {end: stated.loc[criterion, end] for end in ends}
        yield {
            "holder_id": weights.holder,
            "holder": weights.holder,
            "criterion": str(criterion),
            **{end: number_text(float(number)) for end, number in numbers.items()},
            "kind": "judgement",
            "rationale": weights.rationale,
        }
