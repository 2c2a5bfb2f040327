"""Parts and rules as they are written: rows of what packages are made of, read into checked types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.files.tables.sheets import Row, Sheets, grouped
from mcda.problem.chances import certain, in_percent
from mcda.problem.estimates import Estimate
from mcda.problem.events.events import same_unit
from mcda.problem.parts.parts import CHANCE, Part, Parts, Quantity
from mcda.problem.parts.rules import ADDS, LIMIT, Amount, Rule

MakeEstimate = Callable[[Row, str, str], Estimate]
TYPED = ("low", "mode", "high")


@dataclass
class Reading:
    """What the rows of parts and rules refer to, and what has been read of them so far.

    `typed` are the estimates that rows make; `quantities` are those met, by key; `is_whole` says
    that no row of a part was left out for a fault of its own.
    """

    sheets: Sheets
    criteria: Mapping[str, Any]
    estimates: Mapping[str, Estimate]
    make: MakeEstimate
    typed: dict[str, Estimate] = field(default_factory=dict)
    quantities: dict[str, Quantity] = field(default_factory=dict)
    is_whole: bool = False

    def factors(self, row: Row, key: str, unit: str) -> tuple[str, ...]:
        """Return the keys of the estimates whose product a row states: typed there, and named."""
        named = row.listed("times")
        refuse(
            Fault(row.named("times"), "keys of estimates", f"'{name}'", "add it to estimates")
            for name in named
            if name not in self.estimates
        )
        if not any(row.text(column).strip() for column in TYPED):
            return named
        if key in self.estimates or key in self.typed:
            expected = "a name under which no estimate is known yet"
            raise InputError(Fault("column 'quantity'", expected, f"the estimate '{key}'"))
        self.typed[key] = self.make(row, key, unit)
        return (key, *named)

    def amount(self, row: Row, owner: str) -> Amount:
        """Return what a row states on its quantity; raises InputError where it states nothing."""
        key = row.text("quantity").strip()
        if not key:
            raise InputError(Fault(row.named("quantity"), "what is brought or taken", "none"))
        quantity = self._quantity(row, key)
        factors = self.factors(row, f"{key}/{owner}", quantity.unit)
        if not factors:
            expected = "low, mode and high, or keys of estimates in times"
            raise InputError(Fault(row.named("mode"), expected, "neither"))
        if len(factors) > 1:
            self._check_shares(row, factors)
        return Amount(key, factors)

    def _check_shares(self, row: Row, factors: Iterable[str]) -> None:
        """Refuse what is multiplied in percent: 35 of it would count as 35, and not as 0.35."""
        remedy = "state it from 0 to 1, as an estimate without a unit"
        refuse(
            Fault(row.named("times"), "factors that aren't in percent", f"'{name}'", remedy)
            for name in factors
            if name in self.estimates and in_percent(self.estimates[name])
        )

    def _quantity(self, row: Row, key: str) -> Quantity:
        """Return the quantity of a row, with what the row adds to what earlier rows say of it."""
        before = self.quantities.get(key)
        leaf = self.criteria.get(key)
        if leaf is not None and not leaf.scale:
            raise InputError(Fault(row.named("quantity"), "a leaf", f"the head '{key}'"))
        unit = self._unit(row, [before, leaf])
        known_before = [entry for entry in (before, leaf) if entry]
        directions = [row.text("better").strip(), *(entry.direction for entry in known_before)]
        stated = [direction for direction in directions if direction]
        if len(set(stated)) > 1:
            raise InputError(Fault(row.named("better"), f"'{stated[1]}'", f"'{stated[0]}'"))
        direction = stated[0] if stated else ""
        label = known_before[0].label if known_before else ""
        quantity = Quantity(key, unit, direction, label)
        self.quantities[key] = quantity
        return quantity

    def _unit(self, row: Row, known_before: Sequence[Any]) -> str:
        """Return the unit of a row's quantity: its own, that said before, or of its one estimate."""
        units = [row.text("unit").strip(), *(one.unit for one in known_before if one)]
        named = row.listed("times")
        alone = len(named) == 1 and not any(row.text(column).strip() for column in TYPED)
        if alone and named[0] in self.estimates:
            units.append(self.estimates[named[0]].unit)
        units = [unit for unit in units if unit]
        if not units:
            raise InputError(Fault(row.named("unit"), "the unit, such as EUR m", "none"))
        for other in units[1:]:
            if not same_unit(units[0], other):
                raise InputError(Fault(row.named("unit"), f"'{other}'", f"'{units[0]}'"))
        return units[-1]


def read_parts(
    sheets: Sheets,
    criteria: Iterable[Any],
    estimates: Mapping[str, Estimate],
    make: MakeEstimate,
) -> tuple[Parts | None, dict[str, Estimate]]:
    """Return the parts of the sheets "parts" and "rules", and all estimates with those typed there.

    Every fault found is noted, with its row. make: an estimate of a row, by its key and unit. A
    number typed for a part has the key "QUANTITY/PART", one of a rule "QUANTITY/RULE".
    """
    reading = Reading(sheets, {criterion.key: criterion for criterion in criteria}, estimates, make)
    before = len(sheets.faults)
    options = {row.text("id") for row in sheets.rows("options")}
    parts = []
    for key, rows in grouped(sheets.sound("parts"), "part").items():
        with sheets.faults.gathered(rows[0], "part"):
            _check_name(key, {*options, *reading.criteria})
            parts.append(_part(key, rows, reading))
    reading.is_whole = len(sheets.faults) == before and not sheets.unsound
    rules = _rules(reading)
    if len(sheets.faults) > before or not parts:
        if rules and not parts and "parts" not in sheets.broken:
            remedy = "add the sheet parts, or delete the rules"
            sheets.faults.append(Fault(sheets.place("rules"), "parts", "none", remedy))
        return None, {**estimates, **reading.typed}
    quantities = tuple(reading.quantities.values())
    with sheets.faults.gathered(sheets.place("rules")):
        _check_rules(sheets, Parts(tuple(parts), (), quantities), rules)
    if len(sheets.faults) > before:
        return None, {**estimates, **reading.typed}
    by_key = {rule.key: rule for rule in rules}  # a second row of a name is told by the sheet
    whole = Parts(tuple(parts), tuple(by_key.values()), quantities)
    return whole, {**estimates, **reading.typed}


def _check_name(key: str, taken: set[str]) -> None:
    """Refuse a name of a part that names an option or a criterion."""
    if key in taken:
        expected = "a name that no option and no criterion has"
        raise InputError(Fault("column 'part'", expected, f"'{key}'", "rename the part"))


def _part(key: str, rows: Sequence[Row], reading: Reading) -> Part:
    """Return the part that some rows state, noting the faults of each row."""
    amounts: dict[str, Amount] = {}
    chance: tuple[str, ...] = ()
    seen: dict[str, str] = {}
    for row in rows:
        quantity = row.text("quantity").strip()
        with reading.sheets.faults.gathered(row):
            if quantity in seen:
                found = f"a second one, first in {seen[quantity]}"
                raise InputError(
                    Fault("column 'quantity'", f"one row for '{key}' and '{quantity}'", found)
                )
            seen[quantity] = row.place
            if quantity == CHANCE:
                chance = _chance(row, key, reading)
            elif quantity or _states_numbers(row):
                amounts[quantity] = reading.amount(row, key)
    texts = {column: _once(rows, column) for column in ("label", "groups")}
    groups = tuple(text.strip() for text in texts["groups"].split(";") if text.strip())
    return Part(key, texts["label"], tuple(amounts.values()), groups, chance)


def _states_numbers(row: Row) -> bool:
    return any(row.text(column).strip() for column in (*TYPED, "times"))


def _chance(row: Row, key: str, reading: Reading) -> tuple[str, ...]:
    """Return the estimates whose product is the chance of a part, each from 0 to all."""
    unit = row.text("unit").strip() or "percent"
    factors = reading.factors(row, f"{CHANCE}/{key}", unit)
    if not factors:
        expected = "low, mode and high in percent, or keys of estimates in times"
        raise InputError(Fault(row.named("mode"), expected, "neither"))
    for name in factors:
        estimate = reading.typed.get(name) or reading.estimates[name]
        whole = certain(estimate)
        if estimate.low < 0 or estimate.high > whole:
            expected = "a chance from 0 to 100 percent, or from 0 to 1"
            column = "mode" if name in reading.typed else "times"
            raise InputError(Fault(row.named(column), expected, f"'{name}' beyond it"))
    return factors


def _once(rows: Sequence[Row], column: str) -> str:
    """Return the text of a column of a part; rows that leave it blank follow the others."""
    texts = [row.text(column).strip() for row in rows]
    different = list(dict.fromkeys(text for text in texts if text))
    if len(different) > 1:
        where = rows[texts.index(different[1])]
        raise InputError(
            where.fault(column, f"'{different[0]}', as in another row", f"'{different[1]}'")
        )
    return different[0] if different else ""


def _rules(reading: Reading) -> list[Rule]:
    """Return the rules of their sheet, noting the faults of each row."""
    rules = []
    for row in reading.sheets.sound("rules"):
        with reading.sheets.faults.gathered(row):
            rules.append(_rule(row, reading))
    return rules


def _rule(row: Row, reading: Reading) -> Rule:
    key = row.text("id").strip()
    kind = row.text("rule").strip()
    amount = None
    if kind == ADDS or _states_numbers(row):
        amount = reading.amount(row, key)
    quantity = row.text("quantity").strip()
    if kind == LIMIT and quantity and reading.is_whole and quantity not in reading.quantities:
        expected = f"a quantity that parts bring or take: {known(reading.quantities)}"
        raise InputError(Fault(row.named("quantity"), expected, f"'{quantity}'"))
    return Rule(
        key,
        kind,
        row.listed("parts"),
        _count(row),
        row.listed("others"),
        quantity,
        row.optional("least"),
        row.optional("most"),
        amount,
        row.text("label").strip(),
        row.text("rationale"),
    )


def _count(row: Row) -> int | None:
    number = row.optional("count")
    if number is None:
        return None
    if number != int(number) or number < 0:
        raise InputError(Fault(row.named("count"), "a whole number", row.text("count")))
    return int(number)


def _check_rules(sheets: Sheets, parts: Parts, rules: Sequence[Rule]) -> None:
    """Note what is wrong between parts and rules, each at the row of its rule."""
    rows = {row.text("id").strip(): row for row in sheets.sound("rules")}
    for rule in rules:
        with sheets.faults.gathered(rows[rule.key]):
            replace(parts, rules=(rule,))
