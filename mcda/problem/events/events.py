"""Events: what may happen, its chance by option, and what is lost if it does.

An event's numbers are estimates that all options share, or leaves of the question: they are drawn
like everything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from mcda.checks.arguments import check_kind, check_texts, check_tuples, check_whole
from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.significant_digits import plain
from mcda.problem.chances import certain

NOISE = 1e-9  # by which a chance may pass 0 or 100 percent: the last bits of a formula
PER_YEAR = re.compile(
    r"\s*(?:(?:\bper|\ba|\beach|\bevery|/)\s*(?:year|annum|yr)\b|\bp\. ?a\.|\b(?:yearly|annually)\b)",
    re.IGNORECASE,
)

Source: TypeAlias = str | Callable[..., np.ndarray]
"""Where a chance comes from: the key of an estimate, the id of a leaf in percent, or a formula."""

Changed: TypeAlias = Callable[[str, np.ndarray], np.ndarray]
"""What becomes of performances on a leaf, by its id: in a future they are others than measured."""


@dataclass(frozen=True, eq=False)
class Loss:
    """What is lost if an event happens, in money or in the unit of a leaf.

    Parameters
    ----------
    amounts : mapping of str to str
        By option, the key of the estimate of the loss over the whole horizon; a gain is below 0.
    unit : str
        Of the amounts, such as "EUR bn".
    criterion : str
        The id of the leaf in whose unit they are; blank for money.

    Raises
    ------
    InputError
        For parts of another type, and a loss without a unit.

    Examples
    --------
    >>> Loss({"WALL": "flood/loss", "NONE": "flood/loss"}, "EUR m").is_shared
    True
    """

    amounts: Mapping[str, str]
    unit: str
    criterion: str = ""

    def __post_init__(self) -> None:
        """Refuse parts of another type, and a loss without a unit."""
        check_kind(self.amounts, Mapping, "loss, amounts", "keys of estimates by option")
        check_texts("loss", unit=self.unit, criterion=self.criterion)
        check_texts("loss", **{str(option): key for option, key in self.amounts.items()})
        if not self.unit.strip():
            raise InputError(Fault("loss, unit", "a unit such as EUR bn", "none"))

    @property
    def is_shared(self) -> bool:
        """Whether it is one number for all options."""
        return len(set(self.amounts.values())) == 1


@dataclass(frozen=True, eq=False)
class Event:
    """What may happen within some years, whatever is decided.

    Parameters
    ----------
    key : str
        Its short name.
    chances : mapping of str to str or callable
        By option, the chance that it happens within the years: the key of an estimate, in percent
        (its unit says so) or as a share of 1; the id of a leaf in percent; or a formula that gives
        percent for all options, as a criterion's measure does.
    losses : tuple of Loss
        What is lost if it happens.
    years : int
        The horizon.
    label : str
        Its name for readers; blank for the key.
    group : str
        At most one event of a group happens. Events without one, and those of different groups,
        are independent.
    rationale : str
        The reason for it.

    Raises
    ------
    InputError
        For parts of another type, a key that no event may bear, no loss, or years that are no
        whole number of at least 1.

    Examples
    --------
    >>> loss = Loss({"WALL": "flood/loss", "NONE": "flood/loss"}, "EUR m")
    >>> chances = {"WALL": "flood/chance/WALL", "NONE": "flood/chance/NONE"}
    >>> Event("flood", chances, (loss,), years=30, label="A flood of the old town").name
    'A flood of the old town'
    """

    key: str
    chances: Mapping[str, Source]
    losses: tuple[Loss, ...]
    years: int
    label: str = ""
    group: str = ""
    rationale: str = ""

    def __post_init__(self) -> None:
        """Refuse parts of another type, and what can't be an event."""
        check_texts(
            "event", key=self.key, label=self.label, group=self.group, rationale=self.rationale
        )
        where = f"event '{self.key}'"
        check_kind(self.chances, Mapping, f"{where}, chances", "where they come from, by option")
        for option, source in self.chances.items():
            expected = "the key of an estimate, the id of a leaf, or a formula"
            check_kind(source, str | Callable, f"{where}, chance of '{option}'", expected)
        check_tuples(where, Loss, "Loss", losses=self.losses)
        check_whole(self.years, 1, f"{where}, years")
        faults = []
        if not self.key.strip() or "/" in self.key:
            faults.append(Fault("event", "a name without '/'", repr(self.key)))
        if not self.losses:
            faults.append(Fault(where, "what is lost if it happens", "nothing"))
        refuse(faults)

    @property
    def name(self) -> str:
        """Its name for readers."""
        return self.label or self.key

    @property
    def in_money(self) -> Loss | None:
        """Its loss in money; None where it has none."""
        return next((loss for loss in self.losses if not loss.criterion), None)

    @property
    def shared_loss(self) -> str:
        """The key of its one loss in money for all options; blank where it has none."""
        loss = self.in_money
        return next(iter(loss.amounts.values())) if loss is not None and loss.is_shared else ""

    def loss_on(self, leaf: str) -> Loss | None:
        """Return its loss in the unit of a leaf; None where it has none."""
        return next((loss for loss in self.losses if loss.criterion == leaf), None)


def as_measured(leaf: str, performances: np.ndarray) -> np.ndarray:
    """Return performances as they are: where nothing changes them."""
    return performances


def unit_of_sum(unit: str) -> str:
    """Return a unit without "per year": that of a sum over years.

    >>> unit_of_sum("EUR bn per year"), unit_of_sum("USD m/year"), unit_of_sum("lives a year")
    ('EUR bn', 'USD m', 'lives')
    """
    return PER_YEAR.sub("", unit).strip()


def same_unit(one: str, other: str) -> bool:
    """Say whether two units are written alike, but for case and blanks."""
    first, second = (" ".join(unit.casefold().split()) for unit in (one, other))
    return first == second


def leaf_of(problem: Any, key: str) -> Any:
    """Return a leaf of the question, or of its stated shape; None if there is no such leaf.

    It is that of the stated shape where a structure leaves it out, turns it into the chance that an
    option comes about, measures it in another unit, or computes it from events.
    """
    stated = _plain_leaf(problem.stated or problem, key)
    shaped = _plain_leaf(problem, key)
    is_other = stated is None or shaped is None or not same_unit(shaped.unit, stated.unit)
    return stated if is_other else shaped


def _plain_leaf(problem: Any, key: str) -> Any:
    """Return a leaf that isn't computed from events itself; None if there is none of this name."""
    for criterion in problem.criteria:
        if (
            criterion.key == key
            and criterion.scale
            and not criterion.role
            and not criterion.prices_events
        ):
            return criterion
    return None


def chances_of(
    problem: Any, drawn: Any, event: Event, changed: Changed = as_measured
) -> np.ndarray:
    """Return the chance of an event within its years for every option, (..., m), from 0 to 1.

    changed: what becomes of performances on a leaf that is a chance; beyond 0 and 100 percent they
    are held there. Raises InputError for one that a formula puts elsewhere.
    """
    options = list(problem.options.index)
    chances_by_source: dict[Source, np.ndarray] = {}
    columns = []
    for at, option in enumerate(options):
        source = event.chances[option]
        if source not in chances_by_source:
            chances_by_source[source] = _shares(problem, drawn, source, changed)
        columns.append(chances_by_source[source][..., at])
    chances = np.stack(np.broadcast_arrays(*columns), axis=-1)
    beyond = np.argwhere(~((chances >= -NOISE) & (chances <= 1 + NOISE)))
    for cell in beyond[:1].tolist():
        percent = plain(100 * float(chances[tuple(cell)]))
        where = f"event '{event.key}', chance for option '{options[cell[-1]]}'"
        raise InputError(Fault(where, "a number from 0 to 100 percent", percent, "see its formula"))
    return np.asarray(np.minimum(np.maximum(chances, 0.0), 1.0))


def _shares(problem: Any, drawn: Any, source: Source, changed: Changed) -> np.ndarray:
    """Return chances from one source for all options, (..., m), as shares of 1."""
    size = len(problem.options)
    if isinstance(source, str) and source in problem.estimates:
        whole = certain(problem.estimates[source])
        number = drawn.along(source)[..., None] / whole
        return np.broadcast_to(number, (*number.shape[:-1], size))
    if callable(source):
        percent = np.asarray(source(problem, drawn), dtype=float)
    else:
        measured = np.asarray(leaf_of(problem, source).measured(problem, drawn), dtype=float)
        percent = changed(source, measured)
        if percent is not measured:
            percent = np.clip(percent, 0.0, 100.0)
    return np.broadcast_to(percent, (*percent.shape[:-1], size)) / 100.0


def amounts_of(problem: Any, drawn: Any, loss: Loss) -> np.ndarray:
    """Return what each option loses if an event happens, (..., m), in the unit of the loss."""
    columns = [drawn.along(loss.amounts[option]) for option in problem.options.index]
    return np.asarray(np.stack(columns, axis=-1))
