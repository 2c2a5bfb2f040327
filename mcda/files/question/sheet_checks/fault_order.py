"""The faults of a question's files in the order in which a person goes through them."""

from __future__ import annotations

from collections.abc import Iterable

from mcda.checks.faults import Fault
from mcda.files.question.schema import FORMS
from mcda.files.tables.sheets import Sheets

ORDER = [form.name for form in FORMS]


def sheet_rank(name: str) -> float:
    """Return where a sheet comes: judgements after perspectives, the question's own last.

    >>> sheet_rank("options") < sheet_rank("judgements/V") < sheet_rank("claims") < sheet_rank("rooms")
    True
    """
    if name in ORDER:
        return ORDER.index(name)
    return ORDER.index("perspectives") + 0.5 if "/" in name else len(ORDER)


def in_order(faults: Iterable[Fault], sheets: Sheets) -> list[Fault]:
    """Return faults by sheet, row and column; what is said of a sheet as a whole comes before its rows."""
    names = sorted({*sheets.sheets, *sheets.titles, *sheets.broken}, key=sheet_rank)
    places = [(sheets.place(name), name) for name in names]

    def key(fault: Fault) -> tuple[float, str, int, int, str]:
        name = next((name for part, name in places if _stands_in(fault, part)), "")
        rank = sheet_rank(name) if name else -1.0
        spot = fault.at
        if spot is None:
            return rank, name, 0, 0, ""
        return rank, name, spot.row, len(spot.column), spot.column

    return sorted(faults, key=key)


def _stands_in(fault: Fault, part: str) -> bool:
    rest = fault.where.removeprefix(part)
    return rest != fault.where and rest[:1] in ("", " ", ",", ":")
