"""What is wrong with weights and judgements whatever the question is: columns, ids, ranges, ratios."""

from __future__ import annotations

from dataclasses import replace

from mcda.checks.faults import Fault, Faults, InputError, known
from mcda.checks.significant_digits import plain
from mcda.files.question.optional_sheets.statement_rows import (
    statements_said,
)
from mcda.files.question.sheet_checks.references import check_holders
from mcda.files.question.sheet_checks.typed_cells import check_types
from mcda.files.tables.sheets import Row, Sheets
from mcda.preferences.hierarchies.judgements import PAIRS
from mcda.preferences.pairwise.saaty_scale import ratio_of
from mcda.problem.model import LONGEST

PERSPECTIVES = ("holder_id", "holder", "criterion", "low", "mode", "high", "kind")
LOCAL = ("holder", "criterion", "weight")
# a ratio beyond it is a slip: Saaty's scale ends at 9, and one just beyond that is read with a
# warning
FURTHEST = 100


def holder_ids(sheets: Sheets) -> dict[str, str]:
    """Return the holders' names by their ids."""
    return {row.text("holder_id"): row.text("holder") for row in sheets.rows("perspectives")}


def preference_faults(sheets: Sheets) -> list[Fault]:
    """Return what is wrong with weights and judgements whatever the question is.

    So it is reported with the rest: missing columns, holders' ids that don't have one name each,
    weights that are no range, criteria weighted twice, and judgements of nobody.
    """
    looked_at = Sheets(sheets.name, sheets.called, dict(sheets.sheets), titles=sheets.titles)
    looked_at.require("perspectives", *PERSPECTIVES)
    looked_at.require("local_weights", *LOCAL)
    judged = [name for name in sheets.sheets if name.startswith("judgements/")]
    for name in judged:
        looked_at.require(name, *PAIRS)
    ids = holder_ids(looked_at)
    nobody = [name for name in judged if name.partition("/")[2] not in ids]
    looked_at.faults.extend(
        Fault(sheets.place(name), f"a file for one of {known(ids)}", f"'{name.partition('/')[2]}'")
        for name in nobody
    )
    for name in judged:
        _check_ratios(looked_at.rows(name), looked_at.faults)
    _check_local_holders(looked_at, ids)
    check_types(looked_at)
    statements_said(looked_at, looked_at.faults)
    _check_names(looked_at.sound("perspectives"), ids, looked_at.faults)
    _check_weights(looked_at.sound("perspectives"), looked_at.faults)
    return looked_at.faults


def _check_ratios(rows: tuple[Row, ...], faults: Faults) -> None:
    """Note ratios that are none, blank, or so far beyond Saaty's scale that they are slips.

    A slip is a digit typed too often.
    """
    for row in rows:
        with faults.gathered(row, "ratio"):
            judged = f"judgement '{row.text('first').strip()}' to '{row.text('second').strip()}'"
            text = row.text("ratio").strip()
            if not text:
                remedy = "judge the pair, or leave out its row"
                raise InputError(
                    Fault(
                        f"{row.named('ratio')}, {judged}",
                        "a ratio such as 3",
                        "an empty cell",
                        remedy,
                    )
                )
            if not 1 / FURTHEST <= ratio_of(text, judged) <= FURTHEST:
                expected = (
                    f"a ratio from 1/9 to 9, as Saaty's scale has it, or at most {FURTHEST} to 1"
                )
                remedy = "correct it, or compare both with something between them"
                raise InputError(Fault(f"{row.named('ratio')}, {judged}", expected, text, remedy))


def _check_local_holders(sheets: Sheets, ids: dict[str, str]) -> None:
    """Note local weights of a holder who states no weights, or has another's id."""
    sheets.faults.extend(check_holders(sheets, "local_weights"))
    for row in sheets.rows("local_weights"):
        name = row.text("holder")
        number = row.text("holder_id")
        if name in ids.values() and number and ids.get(number) != name:
            expected = f"the id of '{name}' in {sheets.place('perspectives')}"
            sheets.faults.append(row.fault("holder_id", expected, f"'{number}'"))


def _check_names(rows: tuple[Row, ...], ids: dict[str, str], faults: Faults) -> None:
    """Note ids of two holders, and holders of two ids."""
    of_names: dict[str, str] = {}
    for row in rows:
        number = row.text("holder_id")
        name = row.text("holder")
        if name not in of_names and len(name) > LONGEST:
            expected = f"a name of at most {LONGEST} characters"
            remedy = "shorten it; there is room for more in the rationale"
            faults.append(row.fault("holder", expected, f"{len(name):,}", remedy))
        first = of_names.setdefault(name, number)
        if ids[number] != name:
            fault = row.fault("", f"one holder for '{number}'", f"'{name}' as well")
            faults.append(replace(fault, at=row.spot("holder")))
        elif number != first:
            fault = row.fault("", f"one id for '{name}'", f"'{number}' beside '{first}'")
            faults.append(replace(fault, at=row.spot("holder_id")))


def _check_weights(rows: tuple[Row, ...], faults: Faults) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = (row.text("holder"), row.text("criterion"))
        if key in seen:
            what = f"'{key[1]}' of '{key[0]}' a second time"
            fault = row.fault("", "one weight a criterion", what, "delete one of the rows")
            faults.append(replace(fault, at=row.spot("criterion")))
        seen.add(key)
        with faults.gathered(row):
            low, mode, high = row.numbers("low", "mode", "high")
            if not 0 <= low <= mode <= high:
                raise InputError(
                    Fault(
                        "weight",
                        "0 <= low <= mode <= high",
                        f"{plain(low)}, {plain(mode)}, {plain(high)}",
                    )
                )
