"""The kinds of statements that people can make, each with who said it, when, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.checks.arguments import check_kind, check_number, check_numbers, check_texts
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.labels import name_faults
from mcda.checks.significant_digits import plain
from mcda.sentences.catalogue import told

NUMBERS = ("amount", "low", "high", "start", "second_start")
POINTS = 100  # people speak of worth in points of 100
BLANK_CARD = ("-",)  # a place in an order of cards that names no criterion
# how much more one thing may be wanted than another, as MACBETH asks
CATEGORIES = ("no", "very weak", "weak", "moderate", "strong", "very strong", "extreme")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Something that a holder said about what it wants.

    Parameters
    ----------
    holder : str
        Who said it.
    words : str
        The words as said; blank where nobody kept them.
    as_of : str
        When.
    recorded_by : str
        Who wrote it down.

    Examples
    --------
    >>> said = OptionOver("A", "B", holder="panel", words="rather the roof than the cellar")
    >>> said.told
    'rather the roof than the cellar'
    """

    holder: str = "anyone"
    words: str = ""
    as_of: str = ""
    recorded_by: str = ""

    def __post_init__(self) -> None:
        """Refuse what isn't text, and what the kind of statement doesn't allow."""
        names = ("holder", "words", "as_of", "recorded_by")
        check_texts("statement", **{name: getattr(self, name) for name in names})
        if not self.holder.strip():
            raise InputError(Fault("statement", "the name of its holder", "none"))
        self._check()

    @property
    def told(self) -> str:
        """The words as said, or else what they come to."""
        return self.words.strip() or self.plainly

    @property
    def plainly(self) -> str:
        """What it comes to, by the ids of what it names."""
        raise NotImplementedError

    @property
    def cells(self) -> dict[str, Any]:
        """What its row of the sheet "statements" holds, by column; NaN for no number."""
        own = {key: value for key, value in self._cells().items() if value is not None}
        texts = {"words": self.words, "as_of": self.as_of, "recorded_by": self.recorded_by}
        return {**dict.fromkeys(NUMBERS, np.nan), **own, **texts}

    def _cells(self) -> dict[str, Any]:
        """Return what it says, of what, and its numbers."""
        raise NotImplementedError

    @property
    def options(self) -> tuple[str, ...]:
        """The options that it names."""
        return ()

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that it names."""
        return ()

    def _check(self) -> None:
        """Refuse what the kind of statement doesn't allow."""


@dataclass(frozen=True)
class OptionOver(Statement):
    """One option is wanted more than another, or as much.

    Parameters
    ----------
    first, second : str
        The ids of the options.
    level : bool
        Both are wanted alike.
    by : float
        By so many points at least, of the 100 between the worst and the best of all.

    Examples
    --------
    >>> OptionOver("A", "B", level=True).plainly
    "option 'A' and option 'B' are level"
    """

    first: str
    second: str
    level: bool = False
    by: float = 0.0

    @property
    def plainly(self) -> str:
        """What it comes to, by the ids of what it names."""
        says = "level" if self.level else "ahead" if self.by else "rather"
        return told(f"said_plainly.{says}", first=self.first, second=self.second, by=plain(self.by))

    @property
    def options(self) -> tuple[str, ...]:
        """The options that it names."""
        return (self.first, self.second)

    def _cells(self) -> dict[str, Any]:
        says = "level" if self.level else "rather"
        named = {"first": self.first, "second": self.second}
        return {"says": says, **named, "low": self.by or None}

    def _check(self) -> None:
        _check_two("options", self.first, self.second)
        most = 0 if self.level else POINTS
        expected = f"a number from 0 to {most}"
        check_number(self.by, lambda some: 0 <= some <= most, "points of the lead", expected)


@dataclass(frozen=True)
class SwingOver(Statement):
    """Moving one criterion from worst to best is worth more than moving another, or so many times.

    Parameters
    ----------
    first, second : str
        The ids of the criteria, leaves or heads.
    low, high : float
        The first is worth at least low times and at most high times the second: 1 and infinity say
        no more than "more", the same number twice says "so many times", 1 and 1 "as much".

    Examples
    --------
    >>> SwingOver("cost", "noise", low=2, high=3).plainly
    "the swing of 'cost' is worth 2 to 3 times that of 'noise'"
    """

    first: str
    second: str
    low: float = 1.0
    high: float = np.inf

    @property
    def plainly(self) -> str:
        """What it comes to, by the ids of what it names."""
        about = {"first": self.first, "second": self.second}
        if self.is_strict:
            return told("said_plainly.more", **about)
        return told("said_plainly.times", **about, times=_between(self.low, self.high))

    @property
    def is_strict(self) -> bool:
        """Whether it says "more" and no number."""
        return self.low == 1.0 and np.isinf(self.high)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that it names."""
        return (self.first, self.second)

    def _cells(self) -> dict[str, Any]:
        named = {"first": self.first, "second": self.second}
        if self.is_strict:
            return {"says": "more", **named}
        return {"says": "times", **named, **_ends(self.low, self.high)}

    def _check(self) -> None:
        _check_two("criteria", self.first, self.second)
        _check_times("times", self.low, self.high)


@dataclass(frozen=True)
class Exchange(Statement):
    """An amount of one measure is worth an amount of another, exactly or between two amounts.

    An implied price is the same with an amount of 1: what a unit is worth.

    Parameters
    ----------
    first : str
        The id of the leaf that gets better.
    amount : float
        By so much, in its unit.
    second : str
        The id of the leaf that gets worse in return.
    low, high : float
        By at least and at most so much, in its unit; the same number twice is exact.
    start, second_start : float, optional
        The levels from which both move. They can be left out where a scale is straight.

    Examples
    --------
    >>> Exchange("time", 6, "cost", 2, 3).plainly
    "6 of 'time' is worth 2 to 3 of 'cost'"
    """

    first: str
    amount: float
    second: str
    low: float
    high: float
    start: float | None = None
    second_start: float | None = None

    @property
    def plainly(self) -> str:
        """What it comes to, by the ids of what it names."""
        amounts = {"amount": plain(self.amount), "paid": _between(self.low, self.high)}
        return told("said_plainly.exchange", first=self.first, second=self.second, **amounts)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that it names."""
        return (self.first, self.second)

    def _cells(self) -> dict[str, Any]:
        levels = {"start": self.start, "second_start": self.second_start}
        named = {"first": self.first, "second": self.second, "amount": self.amount}
        return {"says": "exchange", **named, **levels, **_ends(self.low, self.high)}

    def _check(self) -> None:
        _check_two("criteria", self.first, self.second)
        check_number(
            self.amount, lambda some: 0 < some < np.inf, "amount", "a finite number above 0"
        )
        _check_times("amounts in return", self.low, self.high)
        levels = {"start": self.start, "second_start": self.second_start}
        check_numbers("exchange", **{key: one for key, one in levels.items() if one is not None})


@dataclass(frozen=True)
class CardOrder(Statement):
    """Criteria laid out as cards, blank ones between them where they are further apart.

    Parameters
    ----------
    order : tuple of tuple of str
        The places, the least important first: the criteria on each, none for a blank card.
    low, high : float
        How many times as important the last place is as the first, at least and at most (z of the
        source); 1 and infinity say no more than "more".

    References
    ----------
    Figueira and Roy (2002), Determining the weights of criteria in the ELECTRE type methods with a
    revised Simos' procedure, European Journal of Operational Research 139.

    Examples
    --------
    >>> CardOrder((("noise",), (), ("cost", "time")), 3, 3).plainly
    "cards from the least important: 'noise', blank, 'cost' = 'time'; last to first 3 times"
    """

    order: tuple[tuple[str, ...], ...]
    low: float = 1.0
    high: float = np.inf

    @property
    def plainly(self) -> str:
        """What it comes to, by the ids of what it names."""
        places = told("join.comma").join(_place(place) for place in self.order)
        times = _between(self.low, self.high)
        return told("said_plainly.cards", places=places, times=times)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that it names."""
        return tuple(key for place in self.order for key in place)

    @property
    def heights(self) -> dict[str, float]:
        """How high each criterion lies between the first place, 0, and the last, 1."""
        top = max(len(self.order) - 1, 1)
        return {key: at / top for at, place in enumerate(self.order) for key in place}

    def _cells(self) -> dict[str, Any]:
        order = "; ".join(" = ".join(place) or "-" for place in self.order)
        return {"says": "cards", "first": order, "second": "", **_ends(self.low, self.high)}

    def _check(self) -> None:
        check_kind(self.order, tuple, "order of cards", "a tuple of places, each a tuple of names")
        for place in self.order:
            check_kind(place, tuple, "order of cards", "a tuple of places, each a tuple of names")
        refuse(name_faults(self.criteria, "criterion"))
        if len(self.order) < 2 or not self.order[0] or not self.order[-1]:
            remedy = "only the distance between two places has a meaning"
            expected = "two places or more, no blank card at an end"
            raise InputError(Fault("order of cards", expected, self.plainly, remedy))
        _check_times("last to first", self.low, self.high)
        if not self.low >= 1:
            raise InputError(Fault("last to first", "at least 1", plain(self.low)))


@dataclass(frozen=True)
class Difference:
    """How much more one option is wanted than another, in a category or between two.

    Parameters
    ----------
    first, second : str
        The ids of the options.
    low, high : str
        The lowest and the highest category: very weak, weak, moderate, strong, very strong or
        extreme, or no for none at all. Without high it is the lowest.

    Examples
    --------
    >>> Difference("A", "B", "weak", "strong").plainly
    'A > B: weak to strong'
    """

    first: str
    second: str
    low: str
    high: str = ""

    def __post_init__(self) -> None:
        """Refuse words that are no category, and some that are in no order."""
        _check_two("options", self.first, self.second)
        check_texts("difference", low=self.low, high=self.high)
        for word in (self.low, self.high or self.low):
            if word not in CATEGORIES:
                raise InputError(Fault("difference", f"one of {known(CATEGORIES)}", f"'{word}'"))
        least, most = self.places
        if least > most or (least == 0 < most):
            expected = "a lowest category and a highest one, or 'no' alone"
            raise InputError(Fault("difference", expected, f"'{self.low}' to '{self.high}'"))

    @property
    def places(self) -> tuple[int, int]:
        """The numbers of the lowest and the highest category, from 0 for no difference to 6."""
        return CATEGORIES.index(self.low), CATEGORIES.index(self.high or self.low)

    @property
    def plainly(self) -> str:
        """What it comes to, as a cell has it."""
        least, most = self.places
        if most == 0:
            return f"{self.first} = {self.second}"
        upper = f" to {self.high}" if most > least else ""
        return f"{self.first} > {self.second}: {self.low}{upper}"


@dataclass(frozen=True)
class Differences(Statement):
    """How much more some options are wanted than others, each difference in a category (MACBETH).

    A difference in a higher category is worth more than each in a lower one. No category has a
    worth of its own.

    Parameters
    ----------
    pairs : tuple of Difference
        Two options each, and the category of the difference between them.

    References
    ----------
    Bana e Costa, De Corte and Vansnick (2012), MACBETH, International Journal of Information
    Technology and Decision Making 11.

    Examples
    --------
    >>> said = Differences((Difference("A", "B", "weak"), Difference("B", "C", "strong")))
    >>> said.plainly
    'differences: A > B: weak; B > C: strong'
    """

    pairs: tuple[Difference, ...]

    @property
    def plainly(self) -> str:
        """What it comes to, by the ids of what it names."""
        return told("said_plainly.differences", pairs=self._listed)

    @property
    def _listed(self) -> str:
        return "; ".join(one.plainly for one in self.pairs)

    @property
    def options(self) -> tuple[str, ...]:
        """The options that it names, each once."""
        return tuple(dict.fromkeys(key for one in self.pairs for key in (one.first, one.second)))

    def _cells(self) -> dict[str, Any]:
        return {"says": "differences", "first": self._listed, "second": ""}

    def _check(self) -> None:
        check_kind(self.pairs, tuple, "differences", "a tuple of Difference")
        for one in self.pairs:
            check_kind(one, Difference, "differences", "a tuple of Difference")
        named = [frozenset((one.first, one.second)) for one in self.pairs]
        twice = [" and ".join(sorted(pair)) for pair in named if named.count(pair) > 1]
        if twice or not named:
            found = f"two of {twice[0]}" if twice else "none"
            raise InputError(Fault("differences", "one for each pair of options", found))


def check_statements(given: object) -> tuple[Statement, ...]:
    """Return statements as a tuple; refuse what isn't a sequence of them."""
    check_kind(given, Sequence, "statements", "a list of statements")
    statements = tuple(given) if isinstance(given, Sequence) else ()
    for one in statements:
        expected = "OptionOver, SwingOver, Exchange, CardOrder or Differences"
        check_kind(one, Statement, "statements", expected)
    return statements


def one_holder(statements: Sequence[Statement]) -> str:
    """Return the holder of some statements; refuse those of several, and none at all."""
    holders = list(dict.fromkeys(one.holder for one in statements))
    if len(holders) != 1:
        found = f"those of {known(holders)}" if holders else "none"
        raise InputError(Fault("statements", "those of one holder", found, "take one at a time"))
    return holders[0]


def card_order(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the places of cards that a cell lists, the least important first.

    Places stand between semicolons, equals have = between them, a blank card is -.

    >>> card_order("noise; -; cost = time")
    (('noise',), (), ('cost', 'time'))
    """
    places = []
    for part in text.split(";"):
        names = tuple(name.strip() for name in part.split("="))
        if names == BLANK_CARD:
            names = ()
        places.append(names)
    return tuple(places)


def stated_differences(text: str) -> tuple[Difference, ...]:
    """Return the differences that a cell lists.

    They stand between semicolons: better > worse: category, or category to category; = for none.

    >>> [one.places for one in stated_differences("A > B: weak; B > C: weak to strong; C = D")]
    [(2, 2), (2, 4), (0, 0)]
    """
    found = []
    for part in text.split(";"):
        pair, _, words = part.partition(":")
        sign = ">" if words.strip() else "="
        first, _, second = pair.partition(sign)
        low, _, high = words.strip().partition(" to ")
        if not first.strip() or not second.strip():
            expected = (
                "such as 'A > B: weak', 'A > C: weak to strong', or 'C = D' for no difference"
            )
            raise InputError(Fault("column 'first'", expected, f"'{part.strip()}'"))
        low = low.strip() or CATEGORIES[0]
        found.append(Difference(first.strip(), second.strip(), low, high.strip()))
    return tuple(found)


def _check_two(what: str, first: str, second: str) -> None:
    check_texts("statement", first=first, second=second)
    if first == second:
        raise InputError(Fault("statement", f"two different {what}", f"'{first}' twice"))


def _check_times(what: str, low: float, high: float) -> None:
    """Refuse a lower and an upper number that are no range of amounts."""
    check_numbers(what, low=low, high=high)
    if not (0 <= low <= high and low < np.inf and high > 0):
        found = f"{plain(low)} to {plain(high)}"
        raise InputError(Fault(what, "0 <= low <= high, high above 0", found))


def _between(low: float, high: float) -> str:
    if low == high:
        return plain(low)
    if np.isinf(high):
        return told("statements.from", low=plain(low))
    return told("statements.between", low=plain(low), high=plain(high))


def _ends(low: float, high: float) -> dict[str, float | None]:
    """Return the cells of a lower and an upper end; none for one that is open."""
    return {"low": low, "high": high if np.isfinite(high) else None}


def _place(criteria: tuple[str, ...]) -> str:
    """Return the criteria that share a place among cards, in words; a place of none is a blank card."""
    return " = ".join(f"'{key}'" for key in criteria) or told("said_plainly.blank")
