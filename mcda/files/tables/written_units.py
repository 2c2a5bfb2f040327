"""Units written into the cells of a column ("8,1%", "300 EUR", "$12"): taken off where all cells bear the same one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mcda.files.tables.numerals import ABSENT
from mcda.files.tables.sheets import Note, Row

LONGEST = 20  # characters of a unit: what is longer is a remark
SIGN = "[+−-]?"
NUMBER = r"\d(?:[\d.,'’\s]*\d)?"
SIGNS_OF_MONEY = "$ € £ ¥ ₹ ₺ ₴ ₽ ₩ ฿ ₪ ₫ ₦ ₱ Rp Rp. Rs Rs. kr kr. zł Kč Ft lei"
CODES_OF_MONEY = (
    "USD EUR GBP CHF JPY CNY INR IDR UAH RUB TRY PLN CZK HUF SEK NOK DKK RON BRL MXN KZT AUD CAD NZD"
    " SGD HKD TWD KRW THB MYR PHP VND PKR ILS SAR AED EGP NGN ZAR KES BGN RSD GEL ISK"
)
CURRENCIES = (*SIGNS_OF_MONEY.split(), *CODES_OF_MONEY.split())
MONEY = rf"[A-Z]{{1,2}}\$|{'|'.join(map(re.escape, CURRENCIES))}"  # US$, R$
BEFORE = re.compile(rf"({SIGN})\s*({MONEY})\s*({SIGN}{NUMBER})\s*([^\W\d_].*)?")
BEHIND = re.compile(rf"({SIGN}{NUMBER})\s*([^\W\d_].*|[%‰°µ$€£¥₹₺₴₽₩฿].*)")
COUNTED = re.compile(r"(1st|2nd|3rd|\d+th)\b", re.IGNORECASE)  # a place in a row, and no quantity


@dataclass(frozen=True)
class Measured:
    """Rows whose cells are bare numbers where they were written with a unit, the units by column, and a note each."""

    rows: list[Row]
    units: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def without_units(rows: Sequence[Row], columns: Sequence[str], place: str) -> Measured:
    """Return the rows without the unit that all cells of a column bear.

    A column stays as it is where one cell has no number, no unit, or another one.

    >>> rows = [Row("", {"share": "8,1%"}), Row("", {"share": "12%"})]
    >>> found = without_units(rows, ["share"], "sites.csv")
    >>> [row.text("share") for row in found.rows], found.units, str(found.notes[0])
    (['8,1', '12'], {'share': '%'}, "sites.csv: the column 'share' was read as numbers in %")
    """
    kept = list(rows)
    units = {}
    notes = []
    for key in columns:
        unit = _unit_of([row.text(key) for row in rows])
        if unit:
            units[key] = unit
            notes.append(Note(place, f"the column '{key}'", f"numbers in {unit}"))
            kept = [_without_unit(row, key) for row in kept]
    return Measured(kept, units, notes)


def _unit_of(texts: Sequence[str]) -> str:
    """Return the unit that all filled cells of a column bear; blank where there is none, or several."""
    shared = ""
    for text in texts:
        if text.strip().lower() in ABSENT:
            continue
        unit = _parted(text)[1]
        if not unit or (shared and unit != shared):
            return ""
        shared = unit
    return shared


def _without_unit(row: Row, key: str) -> Row:
    number, unit = _parted(row.text(key))
    return replace(row, cells={**row.cells, key: number}) if unit else row


def _parted(text: str) -> tuple[str, str]:
    """Return the number and the unit that a cell is written with; the unit is blank where it has none."""
    told = text.strip()
    behind = BEHIND.fullmatch(told)
    if behind and len(behind[2]) <= LONGEST and not COUNTED.match(told):
        return behind[1], " ".join(behind[2].split())
    before = BEFORE.fullmatch(told)
    if before and len(before[4] or "") <= LONGEST:
        return before[1] + before[3], " ".join([before[2], *(before[4] or "").split()])
    return told, ""
