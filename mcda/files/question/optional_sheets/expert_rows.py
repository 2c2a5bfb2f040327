"""Experts' answers as they are written: rows of ranges, pooled into the estimates that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.significant_digits import plain
from mcda.files.tables.sheets import Note, Row, Sheets
from mcda.problem.estimates import Estimate
from mcda.problem.experts.answers import ExpertAnswer
from mcda.problem.experts.pool import MIXTURE, RULES, pooled
from mcda.problem.experts.table import answer_of, pooled_fields


def with_experts(sheets: Sheets, estimates: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """Return estimates with those that experts answered drawn from their pool, noting every fault.

    The range and the best estimate of the analyst are replaced, and a note says by what. Questions
    with known answers are seeds, which no estimate holds.
    """
    answers: list[ExpertAnswer] = []
    rows: dict[str, list[Row]] = {}
    seen: dict[tuple[str, str, int], str] = {}
    for row in sheets.sound("experts"):
        before = len(sheets.faults)
        with sheets.faults.gathered(row):
            answer = _answer(row, estimates, seen)
        if len(sheets.faults) == before:
            answers.append(answer)
            if answer.known is None:
                rows.setdefault(answer.key, []).append(row)
    _check_known(sheets, answers)
    pooled = dict(estimates)
    for key, own in rows.items():
        with sheets.faults.gathered(own[0]):
            pooled[key] = _pooled(sheets, estimates[key], own, answers)
    return pooled


def _answer(
    row: Row, estimates: Mapping[str, Estimate], seen: dict[tuple[str, str, int], str]
) -> ExpertAnswer:
    """Return the answer of a row; refuse one about nothing, and a second one of a round."""
    answer = answer_of(row.cells)
    if answer.known is None and answer.key not in estimates:
        expected = f"the key of an estimate: {known(estimates, 12)}"
        remedy = "correct it, or state the known answer of a seed question in 'known'"
        raise InputError(Fault(row.named("key"), expected, f"'{answer.key}'", remedy))
    if answer.known is not None and answer.key in estimates:
        expected = "a seed question that is no estimate, or an empty cell"
        raise InputError(Fault(row.named("known"), expected, plain(answer.known)))
    key = (answer.expert, answer.key, answer.round)
    if key in seen:
        expected = f"one answer of '{answer.expert}' to '{answer.key}' a round"
        raise InputError(Fault("", expected, f"a second one, first in {seen[key]}"))
    seen[key] = row.place
    return answer


def _check_known(sheets: Sheets, answers: list[ExpertAnswer]) -> None:
    """Note a seed question with two known answers."""
    truths: dict[str, float] = {}
    for answer in answers:
        if answer.known is not None and truths.setdefault(answer.key, answer.known) != answer.known:
            found = f"{plain(answer.known)} beside {plain(truths[answer.key])}"
            where = f"{sheets.place('experts')}, '{answer.key}'"
            sheets.faults.append(Fault(where, "one known answer", found))


def _pooled(
    sheets: Sheets, estimate: Estimate, rows: list[Row], answers: list[ExpertAnswer]
) -> Estimate:
    """Return an estimate that is drawn from the pool of its answers, with a note."""
    rules = dict.fromkeys(row.text("pool").strip() for row in rows)
    rules.pop("", None)
    if len(rules) > 1:
        expected = f"one rule for all answers to '{estimate.key}'"
        raise InputError(Fault("column 'pool'", expected, known(rules)))
    rule = next(iter(rules), MIXTURE)
    if rule not in RULES:
        raise InputError(Fault("column 'pool'", f"one of {known(RULES)}", f"'{rule}'"))
    pool = pooled(answers, estimate.key, rule)
    made = replace(estimate, **{**pooled_fields(pool), "counts": ()})
    before = ", ".join(plain(one, 4) for one in (estimate.low, estimate.mode, estimate.high))
    after = ", ".join(plain(one, 4) for one in (made.low, made.mode, made.high))
    experts = len(pool.weights)
    read_as = f"{after}, the pool ({rule}) of {experts} {'experts' if experts > 1 else 'expert'}"
    note = Note(rows[0].place, f"'{estimate.key}', {before} of the analyst,", read_as)
    sheets.notes += [note] if note not in sheets.notes else []
    return made
