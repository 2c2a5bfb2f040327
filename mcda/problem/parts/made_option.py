"""A package as an option of its question: ranked, drawn, challenged and reported like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_several, check_texts
from mcda.checks.faults import Fault, InputError, NotApplicable, known, refuse
from mcda.problem.chances import CHANCE, check_fallbacks, stated_chance, with_chance
from mcda.problem.estimates import Estimate
from mcda.problem.events.events import Event, same_unit
from mcda.problem.model import Criterion, Problem
from mcda.problem.parts.made_chances import certain, chance_of_made
from mcda.problem.parts.made_options import MadeMeasure, Terms
from mcda.problem.parts.parts import Parts, Quantity
from mcda.problem.parts.program import Program
from mcda.problem.parts.rules import Amount
from mcda.problem.screening import check_problem
from mcda.problem.structures import Structure

# what a row that lists options is about: a state of the world, and what it changes
ABOUT = ("scenario_id", "state", "criterion")
MADE = "made"  # the column of options that tells the parts of those that are made


@dataclass(frozen=True)
class Making:
    """An option that is made: its id, its parts, the option that it is like in all that parts don't say.

    own: the keys of the estimates that the question states under its id.
    """

    key: str
    inside: tuple[str, ...]
    like: str
    members: str
    fallback: str
    own: frozenset[str]

    def renamed(self, keys: Iterable[str]) -> dict[str, str]:
        """Return keys of the other option by what they are of the new one, but for its own."""
        found = {}
        for key in keys:
            steps = key.split("/")
            own_steps = [self.key if step == self.like else step for step in steps]
            named = "/".join(own_steps)
            if self.like in steps and named not in self.own:
                found[named] = key
        return found


def make_option(
    problem: Problem,
    parts: Iterable[str],
    *,
    key: str,
    label: str,
    like: str,
    short: str = "",
    members: str = "",
    fallback: str = "",
) -> Problem:
    """Return the question with one more option, which is made of parts.

    On each quantity that is a criterion, or a family of estimates that options have, its number is
    the sum of what its parts bring: it is computed from the parts' estimates in every draw, by the
    measures of the question, and rests on their sources. What the question states of the option
    itself, under its id, is its own: estimates, chances and losses of events, effects of futures.
    In all else it is as another option: the same estimates, drawn together, and the same columns.

    Parameters
    ----------
    problem : Problem
        A question with parts.
    parts : iterable of str
        The keys of the parts of the package, such as `Packages.of` gives.
    key, label : str
        Its id and its name among the options; no other option has them.
    like : str
        The id of the option that it is like in all that its parts don't say.
    short : str
        The short form of its label; blank for the label.
    members : str
        A family of estimates "family/option/part" that say which parts an option counts on, if the
        question's measures read one: it is then 1 for each part, and the other option's are left.
    fallback : str
        The id of the option that happens where not all parts come about: then its chance is that
        all do, each independently. Blank: the chance and the fallback of the option that it is like.

    Returns
    -------
    Problem
        The question, in which the option is marked in the column "made" of its options.

    Raises
    ------
    InputError
        For parts that the rules don't allow together, names that are taken, and parts that have no
        bearing on any criterion.
    NotApplicable
        For a question without parts, or in a structure.

    Examples
    --------
    >>> from mcda import Amount, Criterion, Estimate, Frame, Part, Parts, Quantity, Scale
    >>> numbers = {"cost/NONE": 0, "cost/A": 4, "cost/B": 3}
    >>> estimates = {key: Estimate(key, at, at, at) for key, at in numbers.items()}
    >>> held = tuple(Part(key, amounts=(Amount("cost", (f"cost/{key}",)),)) for key in "AB")
    >>> leaf = Criterion("cost", direction="min", scale=Scale((10.0, 0.0), (0.0, 1.0)))
    >>> options = pd.DataFrame({"label": ["Nothing"]}, index=["NONE"])
    >>> asked = Problem("p", Frame(), options, (leaf,), estimates,
    ...     parts=Parts(held, (), (Quantity("cost", "", "min"),)))
    >>> made = make_option(asked, ["A", "B"], key="AB", label="Both", like="NONE")
    >>> made.performance["cost"].to_dict()
    {'NONE': 0.0, 'AB': 7.0}
    """
    check_problem(problem)
    check_several(parts, "parts", "keys of parts in a list")
    texts = {"short": short, "members": members, "fallback": fallback}
    check_texts("option", key=key, label=label, like=like, **texts)
    own = frozenset(one for one in problem.estimates if key in one.split("/"))
    making = Making(key, tuple(dict.fromkeys(parts)), like, members, fallback, own)
    held = _checked(problem, making, label)
    whole = problem.whole
    sums = {**_as_the_other(whole, making), **_sums(whole, held, making)}
    estimates = {**whole.estimates, **_membership(whole, making)}
    plain = [criterion for criterion in whole.criteria if not criterion.role]
    criteria = tuple(_measured(one, sums, making) for one in plain)
    fallbacks = _fallbacks(whole, making)
    return replace(
        whole,
        options=_options(whole, making, held, label, short),
        criteria=_with_chances(whole, criteria, making, fallbacks, sums),
        fallbacks=fallbacks,
        estimates=estimates,
        tables=_tables(whole.tables, making),
        structures=tuple(_structured(structure, sums, making) for structure in whole.structures),
        events=tuple(_event(event, making) for event in whole.events),
    )


def _checked(problem: Problem, making: Making, label: str) -> Parts:
    """Return the parts of the question; refuse an option that can't be made of them."""
    held = problem.parts
    if held is None:
        raise NotApplicable(Fault("parts", "a question that states parts", "none"))
    if problem.stated is not None:
        remedy = "make the option first, then take the structure"
        raise NotApplicable(Fault("parts", "a question as stated", "a structure", remedy))
    refuse([*_name_faults(problem, held, making), *_label_faults(problem, label)])
    inside = np.isin(np.array(held.keys), making.inside).astype(float)
    if not Program(held).allowed(inside):
        expected = "parts that the rules allow together"
        raise InputError(Fault("parts", expected, known(making.inside, 30)))
    return held


def _name_faults(problem: Problem, held: Parts, making: Making) -> Iterator[Fault]:
    """Go through the names that name nothing, and the id that names something already."""
    for name in making.inside:
        if name not in held.keys:
            yield Fault("parts", f"keys of parts: {known(held.keys, 30)}", f"'{name}'")
    if making.like not in problem.options.index:
        yield Fault("like", f"an option: {known(problem.options.index)}", f"'{making.like}'")
    taken = {*problem.options.index, *held.keys, *(criterion.key for criterion in problem.criteria)}
    if making.key in taken or not making.key.strip():
        yield Fault("key", "an id of its own", f"'{making.key}'", "choose another id")


def _label_faults(problem: Problem, label: str) -> Iterator[Fault]:
    if label in set(problem.labels) or not label.strip():
        yield Fault("label", "a name of its own", f"'{label}'", "choose another name")


def _sums(problem: Problem, held: Parts, making: Making) -> dict[str, Terms]:
    """Return the numbers that parts bring, by the key under which measures look for them."""
    amounts = _amounts(held, making)
    sums: dict[str, Terms] = {}
    for quantity in held.quantities:
        units = _units(problem, quantity, making)
        _check_unit(quantity, units)
        if units:
            key = f"{quantity.key}/{making.key}"
            _check_unstated(key, making)
            terms = [amount.factors for amount in amounts if amount.quantity == quantity.key]
            sums[key] = tuple(terms)
    if not sums:
        expected = "a quantity that is a criterion, or a family of estimates that options have"
        names = known([one.key for one in held.quantities])
        raise InputError(Fault("parts", expected, names, "name the quantity as the criterion"))
    return sums


def _units(problem: Problem, quantity: Quantity, making: Making) -> list[str]:
    """Return the units in which the question has a quantity: as a leaf, and of the other option.

    There is none where nothing of the question is computed from the quantity.
    """
    units = [leaf.unit for leaf in problem.leaves if leaf.key == quantity.key]
    other = problem.estimates.get(f"{quantity.key}/{making.like}")
    return [*units, other.unit] if other else units


def _check_unit(quantity: Quantity, units: Iterable[str]) -> None:
    """Refuse a quantity that parts state in another unit than the question has; blank is any."""
    for unit in units:
        if unit and quantity.unit and not same_unit(unit, quantity.unit):
            where = f"quantity '{quantity.key}', unit"
            raise InputError(Fault(where, f"'{unit}'", f"'{quantity.unit}'"))


def _check_unstated(key: str, making: Making) -> None:
    """Refuse a number of the new option that its parts bring, if the question states it as well."""
    if key in making.own:
        expected = "nothing: it is the sum of what the parts bring"
        remedy = "delete it, or leave the quantity out of the parts"
        raise InputError(Fault(f"estimate '{key}'", expected, "a number of its own", remedy))


def _amounts(held: Parts, making: Making) -> list[Amount]:
    """Return what the parts of a package bring, and what they add to each other."""
    amounts = [
        amount for part in held.parts if part.key in making.inside for amount in part.amounts
    ]
    return [*amounts, *held.added(making.inside)]


def _as_the_other(problem: Problem, making: Making) -> dict[str, Terms]:
    """Return the other option's numbers under keys of the new one: the same estimates.

    Those that the question states of the new one are its own.
    """
    sums: dict[str, Terms] = {}
    for named, key in making.renamed(problem.estimates).items():
        if named.partition("/")[0] != making.members:
            sums[named] = ((key,),)
    return sums


def _fallbacks(problem: Problem, making: Making) -> dict[str, str]:
    """Return the fallbacks of options, with that of the new one where it has any."""
    fallback = making.fallback or problem.fallbacks.get(making.like, "")
    fallbacks = dict(problem.fallbacks)
    if fallback:
        fallbacks[making.key] = fallback
    check_fallbacks(fallbacks, [*problem.options.index, making.key])
    return fallbacks


def _with_chances(
    problem: Problem,
    criteria: tuple[Criterion, ...],
    making: Making,
    fallbacks: Mapping[str, str],
    sums: Mapping[str, Terms],
) -> tuple[Criterion, ...]:
    """Return criteria with the chances of all options, where any may fail to happen."""
    if not fallbacks:
        return criteria
    stated = stated_chance(problem.criteria)
    leaf, happens = stated if stated else (None, certain)
    factors: tuple[str, ...] = ()
    if making.fallback and problem.parts is not None:
        held = [part for part in problem.parts.parts if part.key in making.inside]
        factors = tuple(key for one in held for key in one.chance)
    made = chance_of_made(happens, making.key, making.like, factors, problem.estimates, sums)
    if leaf is None:
        return with_chance(criteria, CHANCE, made, fallbacks)
    return with_chance((*criteria, replace(leaf, role="")), leaf.key, made, fallbacks)


def _membership(problem: Problem, making: Making) -> dict[str, Estimate]:
    """Return the estimates that say which parts are in, where the question's measures read such."""
    if not making.members:
        return {}
    found = {}
    for part in making.inside:
        key = f"{making.members}/{making.key}/{part}"
        about = "In the package, which is counted on as a whole"
        found[key] = Estimate(key, 1, 1, 1, "", "fixed", "assumption", rationale=about)
    return found


def _options(problem: Problem, making: Making, held: Parts, label: str, short: str) -> pd.DataFrame:
    """Return the options with the new one: its columns as the other's, its parts, their sources."""
    names = [part.name for part in held.parts if part.key in making.inside]
    row = problem.options.loc[making.like].copy()
    row["label"] = label
    row[MADE] = "; ".join(names) or "no part"
    about = f"Made of: {row[MADE]}. In all else as {making.like}"
    texts = {"description": about, "sources": _sources(problem, held.estimates(making.inside))}
    if "short" in problem.options:
        texts["short"] = short or label
    table = problem.options.astype(object).copy()
    if MADE not in table:
        table[MADE] = ""
    for column, text in texts.items():
        if column in table or column == "description":
            row[column] = text
    if "description" not in table:
        table["description"] = ""
    table.loc[making.key] = row
    return table.infer_objects()


def _sources(problem: Problem, keys: Iterable[str]) -> str:
    """Return the sources of estimates, each once, as a cell lists them."""
    sources: dict[str, None] = {}
    for key in keys:
        sources.update(dict.fromkeys(problem.estimates[key].sources))
    return ";".join(sources)


def _measured(criterion: Criterion, sums: Mapping[str, Terms], making: Making) -> Criterion:
    """Return a leaf whose measure finds the numbers of the new option; a head as it is."""
    if criterion.scale is None:
        return criterion
    return replace(criterion, measure=_with_sums(criterion.key, criterion.measure, sums, making))


def _with_sums(leaf: str, measure: Any, sums: Mapping[str, Terms], making: Making) -> Any:
    """Return a measure with more sums; one that is computed from events reads no option's estimate.

    Where the new option is like one that was made, the sums of that one are its own too.
    """
    if isinstance(measure, MadeMeasure):
        inherited = {}
        for named, key in making.renamed(measure.sums).items():
            inherited[named] = measure.sums[key]
        return replace(measure, sums={**measure.sums, **inherited, **sums})
    if hasattr(measure, "counted"):
        return measure
    return MadeMeasure(leaf, measure, sums)


def _structured(structure: Structure, sums: Mapping[str, Terms], making: Making) -> Structure:
    """Return a structure whose own measures and judged cells know the new option."""
    changes = []
    for change in structure.changes:
        if change.measure is not None or change.cells:
            measure = _with_sums(change.criterion, change.measure, sums, making)
            change = replace(change, measure=measure)
        changes.append(change)
    return replace(structure, changes=tuple(changes))


def _event(event: Event, making: Making) -> Event:
    """Return an event whose chance and losses for the new option are its own, or the other's."""
    losses = tuple(
        replace(loss, amounts=_own_or_as_the_other(loss.amounts, making)) for loss in event.losses
    )
    return replace(event, chances=_own_or_as_the_other(event.chances, making), losses=losses)


def _own_or_as_the_other(by_option: Mapping[str, Any], making: Making) -> dict[str, Any]:
    """Return what is stated by option, with the new one at the end."""
    own = by_option.get(making.key, by_option[making.like])
    others = {option: one for option, one in by_option.items() if option != making.key}
    return {**others, making.key: own}


def _tables(tables: Mapping[str, pd.DataFrame], making: Making) -> dict[str, pd.DataFrame]:
    """Return the tables of the question: where one lists the other option, the new one is listed too.

    But not beside a row that lists the new one itself and is about the same.
    """
    found = dict(tables)
    for name, table in tables.items():
        if "options" in table:
            found[name] = table.assign(options=_with_option(table, making))
    return found


def _with_option(table: pd.DataFrame, making: Making) -> list[str]:
    """Return the cells that list options, with the new one."""
    cells = table["options"].astype(str)
    columns = table.columns.intersection(ABOUT)
    subjects = [tuple(row) for row in table[columns].to_numpy(dtype=object).tolist()]
    ids_by_row = [_ids(cell) for cell in cells]
    own = {subject for subject, ids in zip(subjects, ids_by_row, strict=True) if making.key in ids}
    found = []
    for cell, subject, ids in zip(cells, subjects, ids_by_row, strict=True):
        inherits = making.like in ids and subject not in own
        listed = ";".join([*ids, making.key]) if inherits else cell
        found.append(listed)
    return found


def _ids(cell: str) -> list[str]:
    """Return the ids that a cell lists."""
    return [text.strip() for text in cell.split(";")]
