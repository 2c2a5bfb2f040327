"""Parts: what a package may be made of, and what each brings or takes on any number of quantities.

The numbers are estimates of the question, by key: they are drawn, varied and sourced like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

import numpy as np

from mcda.checks.arguments import check_kind, check_texts, check_tuples
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.problem.parts.rules import BETWEEN, LIMIT, Amount, Rule

CHANCE = "chance"  # the quantity that is no sum: how likely a part comes about
DIRECTIONS = ("max", "min", "")
Named = TypeVar("Named", "Part", "Quantity")


@dataclass(frozen=True)
class Part:
    """One part that a package may hold.

    Parameters
    ----------
    key : str
        Its short name.
    label : str
        Its name for readers; blank for the key.
    amounts : tuple of Amount
        What it brings or takes, at most one on each quantity; on others it is 0.
    groups : tuple of str
        The groups that it belongs to, which rules may name.
    chance : tuple of str
        The keys of estimates whose product is the chance that it comes about; none: it is sure.

    Raises
    ------
    InputError
        For fields of another type, a blank key or one with "/" or ";", and two amounts on one
        quantity.

    Examples
    --------
    >>> Part("GBR", "United Kingdom", (Amount("strength", ("contribution/GBR",)),)).name
    'United Kingdom'
    """

    key: str
    label: str = ""
    amounts: tuple[Amount, ...] = ()
    groups: tuple[str, ...] = ()
    chance: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse fields of another type, and what can't be a part."""
        check_texts("part", key=self.key, label=self.label)
        where = f"part '{self.key}'"
        check_tuples(where, Amount, "Amount", amounts=self.amounts)
        check_tuples(where, str, "names", groups=self.groups, chance=self.chance)
        faults = []
        if not self.key.strip() or set(self.key) & set("/;"):
            faults.append(Fault("part", "a name without '/' and ';'", repr(self.key)))
        if not all(group.strip() for group in self.groups):
            faults.append(Fault(f"{where}, groups", "names of groups", "a blank one"))
        quantities = [amount.quantity for amount in self.amounts]
        for quantity in dict.fromkeys(quantities):
            if quantities.count(quantity) > 1:
                expected = f"one amount on '{quantity}'"
                faults.append(Fault(where, expected, f"{quantities.count(quantity)}"))
        refuse(faults)

    @property
    def name(self) -> str:
        """Its name for readers."""
        return self.label or self.key


@dataclass(frozen=True)
class Quantity:
    """Something that parts bring or take, and that is summed over a package.

    Parameters
    ----------
    key : str
        Its name; that of a criterion where packages are to be scored on it.
    unit : str
        Of its amounts.
    direction : str
        "max" where more is better, "min" where less is; blank where it can only be limited.
    label : str
        Its name for readers; blank for the key.

    Examples
    --------
    >>> Quantity("prior_votes", "countries", "min").name
    'prior votes'
    """

    key: str
    unit: str = ""
    direction: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        """Refuse fields that aren't text, a blank key, and a direction that is none."""
        check_texts("quantity", **vars(self))
        faults = []
        if not self.key.strip() or self.key == CHANCE:
            expected = f"a name that isn't '{CHANCE}'"
            faults.append(Fault("quantity", expected, repr(self.key)))
        if self.direction not in DIRECTIONS:
            expected = '"max", "min" or a blank'
            faults.append(
                Fault(f"quantity '{self.key}', direction", expected, repr(self.direction))
            )
        refuse(faults)

    @property
    def name(self) -> str:
        """Its name for readers: the label as it is written, as nobody else knows its capitals."""
        return self.label or self.key.replace("_", " ")


@dataclass(frozen=True)
class Parts:
    """The parts of a question, the rules for putting them together, and the quantities.

    Parameters
    ----------
    parts : tuple of Part
        In the order in which they are shown, which also decides between equal packages.
    rules : tuple of Rule
        What holds for every package.
    quantities : tuple of Quantity
        What the parts bring and take.

    Raises
    ------
    InputError
        With every fault: names that aren't unique, and rules and amounts that name nothing.

    Examples
    --------
    >>> roof = Part("roof", amounts=(Amount("cost", ("cost/roof",)),))
    >>> Parts((roof,), quantities=(Quantity("cost", "EUR m", "min"),)).members(("roof",))
    ('roof',)
    """

    parts: tuple[Part, ...]
    rules: tuple[Rule, ...] = ()
    quantities: tuple[Quantity, ...] = ()

    def __post_init__(self) -> None:
        """Refuse fields of another type, names of several things, and names of nothing."""
        check_tuples("parts", Part, "Part", parts=self.parts)
        check_tuples("parts", Rule, "Rule", rules=self.rules)
        check_tuples("parts", Quantity, "Quantity", quantities=self.quantities)
        refuse(
            [
                *_twice("part", [part.key for part in self.parts]),
                *_twice("rule", [rule.key for rule in self.rules]),
                *_twice("quantity", [quantity.key for quantity in self.quantities]),
                *_group_faults(self),
            ]
        )
        if not self.parts:
            refuse([Fault("parts", "one part at least", "none", "leave parts out")])
        refuse([*_amount_faults(self), *_rule_faults(self)])

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the parts, in order."""
        return tuple(part.key for part in self.parts)

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The keys of the parts of each group, by its name."""
        grouped: dict[str, list[str]] = {}
        for part in self.parts:
            for group in part.groups:
                grouped.setdefault(group, []).append(part.key)
        return {group: tuple(keys) for group, keys in grouped.items()}

    def part(self, key: str) -> Part:
        """Return a part by its key; raises InputError that lists the keys."""
        return _find(self.parts, key, "part")

    def quantity(self, key: str) -> Quantity:
        """Return a quantity by its key; raises InputError that lists the keys."""
        return _find(self.quantities, key, "quantity")

    def members(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of the parts that some names of parts and groups mean, each once."""
        groups = self.groups
        keys = [key for name in names for key in groups.get(name, (name,))]
        return tuple(dict.fromkeys(keys))

    def estimates(self, keys: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return the keys of the estimates behind some parts, or behind all parts and rules."""
        wanted = self.keys if keys is None else tuple(keys)
        chosen = [part for part in self.parts if part.key in wanted]
        named = [key for part in chosen for amount in part.amounts for key in amount.factors]
        named += [key for part in chosen for key in part.chance]
        named += [key for amount in self.added(wanted) for key in amount.factors]
        return tuple(dict.fromkeys(named))

    def added(self, keys: Iterable[str]) -> list[Amount]:
        """Return the amounts that rules add where some parts are in."""
        inside = set(keys)
        amounts = []
        for rule in self.rules:
            members = self.members(rule.parts)
            needed = len(members) if rule.count is None else rule.count
            if rule.amount and len(inside & set(members)) >= needed:
                amounts.append(rule.amount)
        return amounts


def product_of(along: Callable[[str], np.ndarray], factors: Iterable[str]) -> np.ndarray:
    """Return the product of the estimates with some keys, as they were drawn.

    >>> product_of({"a": np.array(2.0), "b": np.array(3.0)}.__getitem__, ("a", "b")).item()
    6.0
    """
    return reduce(np.multiply, map(along, factors))


def _find(things: Iterable[Named], key: str, what: str) -> Named:
    by_key = {one.key: one for one in things}
    if key not in by_key:
        raise InputError(Fault(what, f"one of {known(by_key, 30)}", f"'{key}'"))
    return by_key[key]


def _twice(what: str, keys: list[str]) -> list[Fault]:
    """Return a fault for each name that several things have."""
    repeated = [key for key in dict.fromkeys(keys) if keys.count(key) > 1]
    return [
        Fault(f"{what} '{key}'", "a name of its own", f"{keys.count(key)} of this name")
        for key in repeated
    ]


def _group_faults(parts: Parts) -> list[Fault]:
    both = [group for group in parts.groups if group in parts.keys]
    remedy = "rename the group"
    return [
        Fault(f"group '{group}'", "a name that no part has", "that of a part", remedy)
        for group in both
    ]


def _amount_faults(parts: Parts) -> list[Fault]:
    """Return a fault for each amount on a quantity that there isn't."""
    quantities = {quantity.key for quantity in parts.quantities}
    named = [
        (f"part '{part.key}'", amount.quantity) for part in parts.parts for amount in part.amounts
    ]
    named += [(f"rule '{rule.key}'", rule.quantity) for rule in parts.rules if rule.quantity]
    expected = f"a quantity that parts bring or take: {known(sorted(quantities))}"
    return [
        Fault(f"{where}, quantity", expected, f"'{quantity}'")
        for where, quantity in named
        if quantity not in quantities
    ]


def _rule_faults(parts: Parts) -> list[Fault]:
    """Return what is wrong with the parts that rules name, and with how many of them they ask for."""
    faults = []
    for rule in parts.rules:
        where = f"rule '{rule.key}'"
        names = {*parts.keys, *parts.groups}
        expected = f"parts and groups: {known(sorted(names), 30)}"
        faults += [
            Fault(f"{where}, {column}", expected, f"'{name}'")
            for column in ("parts", "others")
            for name in getattr(rule, column)
            if name not in names
        ]
        faults += _alone(parts, rule)
        of = len(parts.members(rule.others or rule.parts))
        if rule.count is not None and rule.kind != LIMIT and rule.count > of:
            expected = f"at most {of}, as many as there are"
            faults.append(Fault(f"{where}, count", expected, f"{rule.count}"))
    return faults


def _alone(parts: Parts, rule: Rule) -> list[Fault]:
    """Return a fault for a rule between parts that names one part alone: it would keep nothing out."""
    members = parts.members(rule.parts)
    if rule.kind not in BETWEEN or len(members) > 1:
        return []
    remedy = "name the others too, or delete the rule"
    return [Fault(f"rule '{rule.key}', parts", "two parts at least", known(members), remedy)]


def part_faults(problem: Any) -> list[Fault]:
    """Return what is wrong with the parts of a question: names of something else, no estimates."""
    if problem.parts is None:
        return []
    check_kind(problem.parts, Parts, "question, parts", "Parts")
    faults = []
    taken = {*problem.options.index, *(criterion.key for criterion in problem.criteria)}
    for key in problem.parts.keys:
        if key in taken:
            expected = "a name that no option and no criterion has"
            faults.append(Fault(f"part '{key}'", expected, "that of one", "rename the part"))
    for key in problem.parts.estimates():
        if key not in problem.estimates:
            faults.append(Fault("parts, times", "keys of estimates", f"'{key}'"))
    return faults
