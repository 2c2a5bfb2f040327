"""Statements as bounds: rows over the parts of a value model that are at most 0, or equal to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from mcda.checks.faults import Fault, known, refuse
from mcda.checks.significant_digits import plain
from mcda.preferences.from_statements.kinds import (
    POINTS,
    CardOrder,
    Differences,
    Exchange,
    OptionOver,
    Statement,
    SwingOver,
)
from mcda.preferences.from_statements.value_model import ValueModel
from mcda.problem.model import Problem

# what "more" is at least, of the worth of the whole scale: no statement is kept by rounding alone
CLEAR = 1e-4
# the least weight of a criterion whose worth somebody puts between numbers: nothing is twice
# nothing, but nobody means that
COUNTS = 1e-3


@dataclass(frozen=True, eq=False)
class Bound:
    """A row (n,) over the parts: row @ parts is at most 0, or 0.

    margin: where it is kept clearly, it is below 0 by so much at least.
    """

    row: np.ndarray
    equality: bool = False
    margin: float = 0.0

    @property
    def clear(self) -> np.ndarray:
        """The row (n,) that is at most 0 where this one is kept clearly: parts sum to one."""
        return np.asarray(self.row + self.margin)


def bounds_of(said: Statement, model: ValueModel) -> list[Bound]:
    """Return what a statement says of the parts of a value model.

    >>> from criteria import ukraine_force
    >>> from mcda.preferences.from_statements.value_model import StatedValues
    >>> model = StatedValues(ukraine_force.problem())
    >>> bound = bounds_of(SwingOver("C1.1", "C1.2", 2), model)[-1]
    >>> bound.row[:3].tolist(), bound.equality
    ([-1.0, 2.0, 0.0], False)
    """
    return list(BOUNDS[type(said)](said, model))


def _of_options(said: OptionOver, model: ValueModel) -> Iterator[Bound]:
    lead = said.by / POINTS  # added to each part, as all of them sum to one
    row = model.option(said.second) - model.option(said.first) + lead
    margin = 0.0 if said.level or said.by else CLEAR
    yield Bound(row, equality=said.level, margin=margin)


def _of_swings(said: SwingOver, model: ValueModel) -> Iterator[Bound]:
    first = model.swing(said.first)
    second = model.swing(said.second)
    if not said.is_strict:
        yield Bound(-second, margin=COUNTS)
    yield from _times(first, second, said.low, said.high, strict=said.is_strict)


def _of_exchange(said: Exchange, model: ValueModel) -> Iterator[Bound]:
    gained = model.gain(said.first, said.amount, said.start)
    if np.isfinite(said.high):  # "at least so much" also holds where the other is worth nothing
        yield Bound(-model.swing(said.second), margin=COUNTS)
    if said.low == said.high:
        paid = model.loss(said.second, said.low, said.second_start)
        yield Bound(paid - gained, equality=True)
        return
    if said.low > 0:
        yield Bound(model.loss(said.second, said.low, said.second_start) - gained)
    if np.isfinite(said.high):
        yield Bound(gained - model.loss(said.second, said.high, said.second_start))


def _of_cards(said: CardOrder, model: ValueModel) -> Iterator[Bound]:
    swings = {key: model.swing(key) for key in said.criteria}
    least = swings[said.order[0][0]]
    most = swings[said.order[-1][0]]
    yield Bound(-least, margin=COUNTS)
    for key, height in said.heights.items():
        if key not in (said.order[0][0], said.order[-1][0]):
            yield Bound(swings[key] - least - height * (most - least), equality=True)
    is_strict = said.low == 1.0 < said.high
    yield from _times(most, least, said.low, said.high, strict=is_strict)


def _of_differences(said: Differences, model: ValueModel) -> Iterator[Bound]:
    """Go through the bounds of differences: by one clear step for each category between two.

    Source: the linear program of Bana e Costa, De Corte and Vansnick (2012).
    """
    gaps = []
    for one in said.pairs:
        gap = model.option(one.first) - model.option(one.second)
        least, most = one.places
        gaps.append((gap, least, most))
        yield Bound(-gap, equality=most == 0, margin=CLEAR * least)
    for (gap, least, _), (other, _, most) in permutations(gaps, 2):
        if least > most > 0:
            yield Bound(other - gap, margin=CLEAR * (least - most))


def _times(
    worth: np.ndarray, other: np.ndarray, low: float, high: float, *, strict: bool
) -> Iterator[Bound]:
    """Go through the bounds of a worth that is from low to high times another."""
    if low == high:
        yield Bound(low * other - worth, equality=True)
        return
    if low > 0:
        margin = CLEAR if strict else 0.0
        yield Bound(low * other - worth, margin=margin)
    if np.isfinite(high):
        yield Bound(worth - high * other)


BOUNDS: dict[type[Statement], Callable[..., Iterator[Bound]]] = {
    OptionOver: _of_options,
    SwingOver: _of_swings,
    Exchange: _of_exchange,
    CardOrder: _of_cards,
    Differences: _of_differences,
}


def split_bounds(
    problem: Problem, said: Sequence[Statement], model: ValueModel, *, spoken_of: bool = False
) -> list[Bound]:
    """Return what holds of the split below heads that no statement looks into.

    Below such a head the question's local weights hold, as they do for whoever weighs heads.
    spoken_of: only below those that are, or lie below, a head that a statement names.
    """
    spoken = {key for statement in said for key in statement.criteria}
    looked_into: set[str] = set()
    for key in spoken:
        looked_into.update(problem.path(key)[1:])
    bounds = []
    for head in problem.heads:
        said_of = not spoken.isdisjoint(problem.path(head.key))
        if head.key not in looked_into and (said_of or not spoken_of):
            bounds += _split_below(problem, head.key, model)
    return bounds


def _split_below(problem: Problem, head: str, model: ValueModel) -> list[Bound]:
    """Return that what is right below a head has its local weights; nothing where one isn't stated."""
    children = [child.key for child in problem.children(head)]
    shares = [problem.local_weights.get(key) for key in children]
    if any(share is None for share in shares):
        return []
    local = np.array(shares, dtype=float)
    swings = [model.swing(key) for key in children]
    whole = np.sum(swings, axis=0)
    parts = local / local.sum()
    pairs = list(zip(swings, parts, strict=True))
    # the first follows from the others
    return [Bound(swing - part * whole, equality=True) for swing, part in pairs[1:]]


def statement_faults(problem: Problem, said: Statement, model: ValueModel) -> list[Fault]:
    """Return what a statement says that the question can't hold: names, levels and amounts."""
    keys = [criterion.key for criterion in problem.criteria if not criterion.role]
    faults = _unknown_names("option", said.options, problem.options.index)
    faults += _unknown_names("criterion", said.criteria, keys)
    if not faults and isinstance(said, Exchange):
        faults += _exchange_faults(problem, said, model)
    if not faults and len(said.criteria) == 2:
        faults += _nested_faults(problem, *said.criteria)
    return faults


def _unknown_names(what: str, names: Iterable[str], known_names: Collection[str]) -> list[Fault]:
    faults = []
    for at, name in enumerate(names):
        if name not in known_names:
            faults.append(_unknown(what, name, known_names, at))
    return faults


def _nested_faults(problem: Problem, first: str, second: str) -> list[Fault]:
    """Return the fault of two criteria of which one is part of the other, if one is."""
    if first not in problem.path(second) and second not in problem.path(first):
        return []
    expected = "two criteria of which neither is part of the other"
    return [Fault("column 'second'", expected, f"'{first}' and '{second}'")]


def check_fit(problem: Problem, said: Iterable[Statement], model: ValueModel) -> None:
    """Refuse statements that the question can't hold, all at once, each by its words."""
    refuse(
        fault.inside(f"statement {one.told!r}")
        for one in said
        for fault in statement_faults(problem, one, model)
    )


def _unknown(what: str, name: str, names: Iterable[object], at: int) -> Fault:
    column = "second" if at == 1 else "first"
    return Fault(f"column '{column}'", f"one of the {_many(what)} {known(names, 30)}", f"'{name}'")


def _many(what: str) -> str:
    return "criteria" if what == "criterion" else "options"


def _exchange_faults(problem: Problem, said: Exchange, model: ValueModel) -> list[Fault]:
    """Return what is wrong with the levels and the amounts of an exchange on two leaves."""
    faults = []
    moves = (
        ("first", "amount", said.first, said.amount, "start", said.start, 1.0),
        ("second", "high", said.second, _largest(said), "second_start", said.second_start, -1.0),
    )
    for column, amounts, key, amount, levels, start, way in moves:
        leaf = problem.criterion(key)
        if leaf.scale is None:
            faults.append(Fault(f"column '{column}'", "a leaf", f"the head '{key}'"))
            continue
        if start is None and model.needs_levels(key):
            expected = f"the level from which '{key}' moves: what an amount is worth depends on it"
            faults.append(Fault(f"column '{levels}'", expected, "an empty cell"))
            continue
        ends = leaf.scale.anchors
        before = start if start is not None else ends[0 if way > 0 else -1]
        after = before + way * leaf.scale.sign * amount
        if not min(ends) <= before <= max(ends):
            faults.append(_beyond(levels, key, ends, before))
        elif not min(ends) <= after <= max(ends):
            faults.append(_beyond(amounts, key, ends, after))
    return faults


def _largest(said: Exchange) -> float:
    return said.high if np.isfinite(said.high) else said.low


def _beyond(column: str, key: str, ends: Sequence[float], found: float) -> Fault:
    expected = f"a move within the scale of '{key}', {plain(ends[0])} to {plain(ends[-1])}"
    remedy = "take a smaller amount or another level, or ask for a wider scale"
    return Fault(f"column '{column}'", expected, f"one to {plain(found)}", remedy)


def are_kept(bounds: Iterable[Bound], parts: np.ndarray, slack: float = CLEAR / 2) -> bool:
    """Return whether parts (n,) keep every bound, strict ones not by rounding alone."""
    for bound in bounds:
        value = float(bound.clear @ parts)
        if value > slack or (bound.equality and value < -slack):
            return False
    return True
