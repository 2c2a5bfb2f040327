"""Rules: which parts go together in a package, and what some of them add or take when they do."""

from __future__ import annotations

from dataclasses import dataclass

from mcda.checks.arguments import check_kind, check_number, check_texts, check_tuples, check_whole
from mcda.checks.faults import Fault, known, refuse
from mcda.checks.significant_digits import plain

AT_MOST = "at most"
AT_LEAST = "at least"
NEEDS = "needs"
EXCLUDES = "excludes"
TOGETHER = "together"
LIMIT = "limit"
ADDS = "adds"
RULES = (AT_MOST, AT_LEAST, NEEDS, EXCLUDES, TOGETHER, LIMIT, ADDS)
COUNTED = (AT_MOST, AT_LEAST)  # rules that are nothing without a count
BETWEEN = (EXCLUDES, TOGETHER)  # rules that are nothing for one part alone


@dataclass(frozen=True)
class Amount:
    """What a part brings or takes on a quantity: the product of estimates.

    Parameters
    ----------
    quantity : str
        The quantity.
    factors : tuple of str
        The keys of the estimates that are multiplied; one that several parts name moves them all.

    Raises
    ------
    InputError
        For fields of another type, and for no estimate at all.

    Examples
    --------
    >>> Amount("cost", ("contribution/GBR", "cost_per_head")).quantity
    'cost'
    """

    quantity: str
    factors: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse fields of another type, and an amount without a number."""
        check_texts("amount", quantity=self.quantity)
        where = f"amount of '{self.quantity}'"
        check_tuples(where, str, "keys of estimates", factors=self.factors)
        if not self.factors:
            refuse([Fault(where, "at least one estimate", "none")])


@dataclass(frozen=True)
class Rule:
    """One rule that every package keeps, or what some parts add when they are in it.

    Parameters
    ----------
    key : str
        Its short name.
    kind : str
        "at most" and "at least" (`count` of the parts), "needs" (each of the parts needs `count` of
        the others, all of them without a count), "excludes" (at most one of the parts), "together"
        (all of the parts or none), "limit" (on a quantity), or "adds" (a synergy, or with a number
        below 0 a diminishing return: an amount that counts once `count` of the parts are in, all of
        them without a count).
    parts : tuple of str
        Names of parts and of groups.
    count : int, optional
        How many.
    others : tuple of str
        What is needed.
    quantity : str
        Of a limit, or of an amount.
    least, most : float, optional
        The limits, both allowed.
    amount : Amount, optional
        What is added.
    label, rationale : str
        Its name for readers, and the reason for it.

    Raises
    ------
    InputError
        With every fault: fields of another type, and a rule that lacks what its kind needs.

    Examples
    --------
    >>> Rule("budget", "limit", quantity="cost", most=100.0).name
    'budget'
    """

    key: str
    kind: str
    parts: tuple[str, ...] = ()
    count: int | None = None
    others: tuple[str, ...] = ()
    quantity: str = ""
    least: float | None = None
    most: float | None = None
    amount: Amount | None = None
    label: str = ""
    rationale: str = ""

    def __post_init__(self) -> None:
        """Refuse fields of another type, and a rule that lacks what its kind needs."""
        texts = {name: getattr(self, name) for name in ("key", "kind", "quantity", "label")}
        check_texts("rule", **texts, rationale=self.rationale)
        where = f"rule '{self.key}'"
        check_tuples(where, str, "names of parts", parts=self.parts, others=self.others)
        check_kind(self.amount, Amount | None, f"{where}, amount", "an Amount")
        if self.count is not None:
            check_whole(self.count, 0, f"{where}, count")
        for name in ("least", "most"):
            limit = getattr(self, name)
            if limit is not None:
                expected = "a finite number"
                check_number(limit, lambda it: abs(it) < float("inf"), f"{where}, {name}", expected)
        refuse([fault.inside(where) for fault in _faults(self)])

    @property
    def name(self) -> str:
        """Its name for readers."""
        return self.label or self.key


def _faults(rule: Rule) -> list[Fault]:
    """Return what a rule lacks, and what it has too much."""
    if not rule.key.strip() or "/" in rule.key:
        return [Fault("id", "a name without '/'", repr(rule.key))]
    if rule.kind not in RULES:
        return [Fault("column 'rule'", f"one of {known(RULES)}", repr(rule.kind))]
    if rule.kind == LIMIT:
        return _limit_faults(rule)
    return [*_missing(rule), *_unread(rule)]


def _missing(rule: Rule) -> list[Fault]:
    """Return a fault for each field that a rule of this kind is nothing without."""
    lacks = (
        (not rule.parts, "parts", "names of parts or groups"),
        (rule.kind in COUNTED and rule.count is None, "count", "how many of the parts"),
        (rule.kind == NEEDS and not rule.others, "others", "the parts that are needed"),
        (rule.kind == ADDS and rule.count == 0, "count", "a whole number of at least 1"),
        (rule.kind == ADDS and rule.amount is None, "mode", "what is added"),
    )
    found = "0" if rule.count == 0 else "an empty cell"
    faults = [
        Fault(f"column '{column}'", expected, found)
        for is_missing, column, expected in lacks
        if is_missing
    ]
    if rule.amount and rule.quantity != rule.amount.quantity:
        expected = f"'{rule.amount.quantity}', of which the amount is"
        faults.append(Fault("column 'quantity'", expected, repr(rule.quantity)))
    return faults


def _limit_faults(rule: Rule) -> list[Fault]:
    if not rule.quantity.strip():
        return [Fault("column 'quantity'", "the quantity that is limited", "an empty cell")]
    if rule.least is None and rule.most is None:
        return [Fault("columns 'least' and 'most'", "a number in one of them", "neither")]
    if rule.least is not None and rule.most is not None and rule.least > rule.most:
        found = f"{plain(rule.least)} and {plain(rule.most)}"
        return [Fault("columns 'least' and 'most'", "the smaller number in least", found)]
    return _unread(rule)


def _unread(rule: Rule) -> list[Fault]:
    """Return a fault for each field that a rule of this kind would leave unread, in silence."""
    read = {
        AT_MOST: {"parts", "count"},
        AT_LEAST: {"parts", "count"},
        NEEDS: {"parts", "count", "others"},
        EXCLUDES: {"parts"},
        TOGETHER: {"parts"},
        LIMIT: {"quantity", "least", "most"},
        ADDS: {"parts", "count", "quantity", "amount"},
    }[rule.kind]
    faults = []
    for name in ("parts", "count", "others", "quantity", "least", "most", "amount"):
        given = getattr(rule, name)
        if name not in read and given not in (None, "", ()):
            remedy = "clear it, or write a rule of its own"
            found = "an Amount" if name == "amount" else repr(given)
            faults.append(Fault(f"column '{name}'", f"nothing: '{rule.kind}'", found, remedy))
    return faults
