"""A question from a bare matrix: what the matrix lacks is given, or accepted by name; nothing is made up in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pandas as pd

from mcda.checks.arguments import check_kind, check_named, check_tuples
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.labels import as_numbers, name_faults
from mcda.checks.table_words import direction
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import number_of
from mcda.problem.bare_table.matrix import Matrix
from mcda.problem.estimates import Estimate, Source
from mcda.problem.model import Criterion, Frame, Problem
from mcda.problem.value_scales import Scale
from mcda.sentences.catalogue import ENGLISH, catalogue, told

ACCEPTED = ("anchors", "directions", "ranges", "sources", "units")


SLASH = "|"  # stands in an id for a slash
Entry = TypeVar("Entry")


@dataclass(frozen=True, eq=False)
class _Given:
    """What the caller knows of a matrix, and what the caller accepts not to know."""

    table: pd.DataFrame
    directions: Mapping[str, str]
    units: Mapping[str, str]
    anchors: Mapping[str, tuple[float, float]]
    sources: Mapping[str, Source]
    low: pd.DataFrame | None
    high: pd.DataFrame | None
    accept: Collection[str]
    partly: bool = False


def problem_from(
    data: pd.DataFrame | Matrix,
    *,
    directions: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    anchors: Mapping[str, tuple[float, float]] | None = None,
    sources: Mapping[str, Source] | Source | None = None,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
    labels: Mapping[str, str] | None = None,
    kind: str = "estimate",
    name: str = "matrix",
    accept: Collection[str] = (),
) -> Problem:
    """Return a question from a table of performances (options x criteria), best estimates in natural units.

    Give for each criterion its direction ("max" or "min"), unit, anchors (worst, best) and source, and low and high
    as tables like the first; or name in `accept` what you go without: "anchors", "directions", "ranges", "sources",
    "units", or "all" of them. What was accepted, and what was noted as the table was read, stands in the question's
    notes. Raises InputError that lists all that is missing.

    >>> cars = pd.DataFrame({"price": [21.0, 18.5], "speed": [180, 150]}, index=["A", "B"])
    >>> problem = problem_from(cars, directions={"price": "min", "speed": "max"}, units={"price": "k", "speed": "km/h"},
    ...     anchors={"price": (25, 15), "speed": (120, 200)}, accept=["ranges", "sources"])
    >>> problem.values.loc["A"].tolist()
    [0.4, 0.75]
    """
    matrix = _without_slashes(_matrix(data, name))
    body = matrix.performances.drop(index=list(matrix.fictive))
    table = _checked(body)
    partly = low is None and high is None and matrix.low is not None
    low, high = (_ends(table, ends, own) for ends, own in ((low, matrix.low), (high, matrix.high)))
    cited = dict.fromkeys(table, sources) if isinstance(sources, Source) else _by_text(sources)
    directions_told = {**matrix.directions, **_by_text(directions)}
    known_units = {**matrix.units, **_by_text(units)}
    given = _Given(
        table,
        directions_told,
        known_units,
        _by_text(anchors),
        cited,
        low,
        high,
        _words(accept),
        partly,
    )
    refuse([*_unknown(given), *_lacking(given), *_constant(given)])
    accepted = (told("accepted.note", words=words) for words in _accepted_words(given))
    frame = Frame(title=matrix.name, notes=(*map(str, matrix.notes), *accepted))
    called = {**matrix.labels, **(labels or {})}
    options = pd.DataFrame(
        {"label": [str(called.get(key, key)) for key in table.index]}, index=table.index
    )
    titles = matrix.criterion_labels
    criteria = tuple(replace(_criterion(given, key), label=titles.get(key, key)) for key in table)
    estimates = {cell.key: cell for cell in _estimates(given, kind)}
    return Problem(
        matrix.name,
        frame,
        options,
        criteria,
        estimates,
        {source.id: source for source in cited.values()},
    )


def _matrix(data: Any, name: str) -> Matrix:
    """Return what was given as a matrix; raises InputError for what is no table with names."""
    expected = "a DataFrame of options x criteria, or what read_matrix gives"
    check_kind(data, (Matrix, pd.DataFrame), "matrix", expected)
    return data if isinstance(data, Matrix) else Matrix(name, data)


def _without_slashes(matrix: Matrix) -> Matrix:
    """Return a matrix whose alternatives have ids without a slash, which divides keys of cells.

    The names that the table gave stay as labels, and a note tells each id.
    """
    names = [str(key) for key in matrix.performances.index]
    ids = {key: SLASH.join(key.split("/")) for key in names if "/" in key}
    if not ids or set(ids.values()) & set(names):
        return matrix
    labels = {**dict(zip(ids.values(), ids, strict=True)), **matrix.labels}
    fictive = tuple(ids.get(key, key) for key in matrix.fictive)
    notes = [
        Note(matrix.name, f"the alternative '{key}'", f"one with the id '{ids[key]}'")
        for key in ids
    ]
    low = None if matrix.low is None else matrix.low.rename(index=ids)
    high = None if matrix.high is None else matrix.high.rename(index=ids)
    return replace(
        matrix,
        performances=matrix.performances.rename(index=ids),
        low=low,
        high=high,
        labels=labels,
        fictive=fictive,
        notes=(*matrix.notes, *notes),
    )


def _words(accept: Collection[str]) -> Collection[str]:
    """Return the words of what is accepted: one alone, or "all"."""
    words = (accept,) if isinstance(accept, str) else accept
    check_tuples("accept", str, "words", accept=words)
    return tuple(ACCEPTED) if list(words) == ["all"] else words


def _accepted_words(given: _Given) -> list[str]:
    """Return what was accepted, in words: of ranges, which criteria have none where others have."""
    words = {what: told(f"accepted.{what}") for what in ACCEPTED if what in given.accept}
    if "ranges" in words and given.low is not None and given.high is not None:
        words["ranges"] = told("accepted.ranges_of", criteria=known(_unranged(given)))
        if not _unranged(given):
            del words["ranges"]
    return list(words.values())


def _in_a_fault(what: str) -> str:
    """Return what would be accepted as a fault tells it: faults are English in every language."""
    return str(catalogue(ENGLISH)["accepted"][what])


def _unranged(given: _Given) -> list[str]:
    """Return the criteria whose low and high are nowhere apart."""
    if given.low is None or given.high is None:
        return list(given.table)
    return [
        key
        for key in given.table
        if (given.low[key].to_numpy() == given.high[key].to_numpy()).all()
    ]


def _by_text(given: Mapping[Any, Entry] | None) -> dict[str, Entry]:
    """Return what is given by criterion under text names: a year names a criterion as the text does."""
    if given is None:
        return {}
    check_named(
        given, "directions, units, anchors, sources", "entries by criterion", '{"cost": ...}'
    )
    return {str(key): entry for key, entry in given.items()}


def _ends(
    table: pd.DataFrame, given: pd.DataFrame | None, own: pd.DataFrame | None
) -> pd.DataFrame | None:
    """Return the low or high ends that were given, else those that the table brought: its own numbers for the rest."""
    check_kind(given, pd.DataFrame | None, "low and high", "tables like the first")
    if given is not None or own is None:
        return given
    filled = table.copy()
    filled[own.columns] = own.loc[table.index]
    return filled


def _checked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as finite numbers with names of their own on both sides; it is left as it was."""
    refuse(
        [
            *name_faults(table.index, "option", numbered=True),
            *name_faults(table.columns, "criterion", numbered=True),
        ]
    )
    if len(table) < 2 or not len(table.columns):
        raise InputError(Fault("matrix", "at least two options and one criterion", _counted(table)))
    numbers = as_numbers(
        table, lambda at: f"option '{table.index[at[0]]}', criterion '{table.columns[at[1]]}'"
    )
    return pd.DataFrame(numbers, table.index.map(str), table.columns.map(str))


def _counted(table: pd.DataFrame) -> str:
    options, criteria = table.shape
    criteria_told = "1 criterion" if criteria == 1 else f"{criteria or 'no'} criteria"
    return f"{number_of(options, 'option') if options else 'no option'} and {criteria_told}"


def _unknown(given: _Given) -> Iterator[Fault]:
    """Go through what was given for a criterion that isn't there, directions that are none, and words not to accept."""
    entries = {
        "directions": given.directions,
        "units": given.units,
        "anchors": given.anchors,
        "sources": given.sources,
    }
    expected = f"criteria among {known(given.table)}"
    for what, entry in entries.items():
        for key in entry:
            if key not in given.table:
                yield Fault(what, expected, f"'{key}'", "correct the name")
    yield from _no_words(given)


def _no_words(given: _Given) -> Iterator[Fault]:
    """Go through directions that are none, and words that nothing can be accepted by."""
    for key, way in given.directions.items():
        if direction(way) is None:
            yield Fault(f"direction of '{key}'", '"max" or "min"', repr(way))
    for what in given.accept:
        if what not in ACCEPTED:
            yield Fault("accept", f"words among {known(ACCEPTED)}", repr(what))


def _lacking(given: _Given) -> Iterator[Fault]:
    """Go through what is neither given nor accepted."""
    entries = {
        "directions": given.directions,
        "units": given.units,
        "anchors": given.anchors,
        "sources": given.sources,
    }
    for what, entry in entries.items():
        missing = [key for key in given.table if key not in entry]
        if missing and what not in given.accept:
            remedy = f"give {what}=..., or accept: {_in_a_fault(what)}"
            yield Fault(what, f"one for {known(missing)}", "none", remedy)
    yield from _bare_criteria(given)
    for name, table in (("low", given.low), ("high", given.high)):
        if table is not None and not _is_alike(table, given.table):
            expected = "a table with the options and criteria of the first"
            yield Fault(name, expected, "another", "give it in the same order")
        if table is None and "ranges" not in given.accept:
            remedy = f"give {name}=..., or accept 'ranges': {_in_a_fault('ranges')}"
            yield Fault(name, "a table of numbers", "none", remedy)


def _bare_criteria(given: _Given) -> Iterator[Fault]:
    """Go through the criteria without a range in tables of ranges: all in one fault."""
    if given.low is None or given.high is None or "ranges" in given.accept:
        return
    bare = _unranged(given) if given.partly else []
    if bare:
        remedy = "give low=... and high=..., or accept 'ranges': they have none"
        yield Fault("ranges", f"a low and a high for {known(bare)}", "none", remedy)


def _is_alike(table: pd.DataFrame, first: pd.DataFrame) -> bool:
    """Return whether a table has the options and criteria of the first, in the same order."""
    return bool(
        table.index.map(str).equals(first.index) and table.columns.map(str).equals(first.columns)
    )


def _constant(given: _Given) -> Iterator[Fault]:
    """Go through the criteria on which all options are alike and no anchors say what counts: all in one fault."""
    flat = given.table.columns[(given.table == given.table.iloc[0]).all()]
    alike = [key for key in flat if key not in given.anchors]
    if alike and "anchors" in given.accept:
        ways = f"give anchors={{{alike[0]!r}: (worst, best), ...}}, or leave the columns out"
        found = f"all options are alike on {known(alike)}"
        yield Fault("anchors", "options that differ on each criterion without anchors", found, ways)


def _criterion(given: _Given, key: str) -> Criterion:
    column = given.table[key].to_numpy()
    way = direction(given.directions.get(key, "max")) or "max"
    ends = (float(column.min()), float(column.max()))
    worst, best = given.anchors.get(key) or (ends if way == "max" else ends[::-1])
    try:
        scale = Scale((float(worst), float(best)), (0.0, 1.0))
    except InputError as error:
        raise InputError(*(fault.inside(f"criterion '{key}'") for fault in error.faults)) from None
    return Criterion(key, label=key, unit=given.units.get(key, ""), direction=way, scale=scale)


def _estimates(given: _Given, kind: str) -> Iterator[Estimate]:
    options = given.table.index
    keys = given.table.columns
    low, mode, high = (
        given.table.to_numpy() if table is None else _checked(table).loc[options, keys].to_numpy()
        for table in (given.low, None, given.high)
    )
    spread = "fixed" if given.low is None and given.high is None else "triangular"
    for row, option in enumerate(options):
        for column, key in enumerate(keys):
            cited = (given.sources[key].id,) if key in given.sources else ()
            yield Estimate(
                f"{key}/{option}",
                float(low[row, column]),
                float(mode[row, column]),
                float(high[row, column]),
                given.units.get(key, ""),
                spread,
                kind,
                cited,
            )
