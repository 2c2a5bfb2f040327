"""What each column of a table is: a criterion, labels, or what repeats the others and is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mcda.checks.faults import Fault, known, refuse
from mcda.checks.table_words import direction, folded, names, role
from mcda.files.interchange.table_layout.headings import counts
from mcda.files.interchange.table_layout.repeated_numbers import (
    STATISTICS,
    are_ranks,
    competition,
    repeats,
)
from mcda.files.interchange.table_layout.role_by_word import LOOKED_AT
from mcda.files.tables.numerals import as_plain, convention, holds_digit
from mcda.files.tables.sheets import Note, Row
from mcda.files.tables.things import Several

COLUMN_ROLES = ("criterion", "label", "left out")
TOLD = {"criteria": "criterion", "labels": "label", "name": "label"}
SURE = 4  # as many cells that count from 1, or are ranked as a rank says, are hardly by chance
MOST_LEVELS = 9  # a criterion in words hardly has more of them
MOST_WORDS = 3  # of a level, such as "not so good"
SAID = {
    "count": "a running number: left out",
    "rank": "ranks: left out",
    "result": "what the ranks are of: left out",
    **{part: f"{what}: left out" for part, what in STATISTICS.items()},
    "remarks": "texts: left out",
    "label": "labels of the alternatives",
    "left out": "no criterion, as told: left out",
}
ASKED = {
    "count": "a running number",
    "rank": "ranks",
    "result": "the result of a method",
    "directions": "directions of criteria in rows",
    "weights": "weights of criteria in rows",
    **STATISTICS,
}


@dataclass(frozen=True)
class Columns:
    """The columns that are criteria, the labels that another holds, and notes on what isn't a criterion."""

    criteria: list[str]
    labels: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class _Column:
    """The cells of one column: its head, the texts, and the decimal sign of the table."""

    key: str
    texts: list[str]
    decimal: str

    @cached_property
    def numbers(self) -> list[float]:
        """The numbers of the cells, NaN where one is none."""
        return [_number(text, self.decimal) for text in self.texts]

    @cached_property
    def holds_words(self) -> bool:
        """Whether no cell is a number and one is a text."""
        numeric = (as_plain(text, self.decimal) is not None for text in self.texts)
        return not any(numeric) and any(self.texts)

    @cached_property
    def of_ranks(self) -> bool:
        """Whether its head says that it ranks, and its cells do."""
        return names(_last_word(self.key), "rank") and are_ranks(self.numbers)


def columns_of(
    rows: Sequence[Row],
    criteria: Sequence[str],
    told: Mapping[str, str],
    words: Mapping[str, object],
    place: str,
) -> Columns:
    """Return what each column is over the rows of alternatives; raises InputError where it must be asked for.

    `told` are the roles that the caller gives, by head; a column in `words` has levels and is a criterion.
    """
    known_roles = _known_roles(told, criteria)
    columns = _read(rows, criteria)
    parts: dict[str, str] = {}
    questions: list[Fault] = []
    for column in columns:
        if column.key in known_roles:
            parts[column.key] = known_roles[column.key]
        elif column.key not in words and rows:
            part = _role(column, columns, known_roles)
            if part.startswith("?"):
                questions.append(_ask(place, column.key, part[1:]))
            elif part:
                parts[column.key] = part
    refuse(questions)
    return _parted(rows, criteria, parts, place)


def _known_roles(told: Mapping[str, str], criteria: Sequence[str]) -> dict[str, str]:
    faults = []
    roles = {}
    for name, part in told.items():
        plainly = TOLD.get(str(part), str(part))
        meant = [key for key in criteria if key == name] or [
            key for key in criteria if folded(key) == folded(name)
        ]
        if len(meant) != 1:
            remedy = "correct the name"
            faults.append(Fault("columns", f"columns among {known(criteria)}", repr(name), remedy))
        elif plainly not in COLUMN_ROLES:
            expected = f"a role among {known(COLUMN_ROLES)}"
            faults.append(Fault(f"columns, '{name}'", expected, repr(part)))
        else:
            roles[meant[0]] = plainly
    refuse(faults)
    return roles


def _read(rows: Sequence[Row], criteria: Sequence[str]) -> list[_Column]:
    texts = {}
    for key in criteria:
        texts[key] = [row.text(key).strip() for row in rows]
    decimal = convention(text for column in texts.values() for text in column)
    return [_Column(key, column, decimal) for key, column in texts.items()]


def _number(text: str, decimal: str) -> float:
    plainly = as_plain(text, decimal)
    return np.nan if plainly is None else float(plainly)


def _role(column: _Column, columns: Sequence[_Column], told: Mapping[str, str]) -> str:
    """Return the role that head and cells agree on, blank for a criterion, "?" and a role where it must be asked."""
    if column.holds_words:
        return _role_of_words(column)
    part = role(column.key)
    if part in STATISTICS:
        return part if _repeats(part, column, columns, told) else f"?{part}"
    return (
        _rank_role(part, column)
        or _result_role(part, column, columns)
        or _count_role(part, column, columns)
        or _role_of_rows(part, column)
    )


def _rank_role(part: str, column: _Column) -> str:
    if part == "rank" or names(_last_word(column.key), "rank"):
        return "rank" if are_ranks(column.numbers) else "?rank"
    return ""


def _result_role(part: str, column: _Column, columns: Sequence[_Column]) -> str:
    """Return the role of a score: a result by its head, and by ranks that stand beside it."""
    by_head = part == "result"
    by_ranks = _is_ranked(column, columns)
    if by_head and by_ranks:
        return "result"
    return "?result" if by_head or by_ranks else ""


def _count_role(part: str, column: _Column, columns: Sequence[_Column]) -> str:
    """Return the role of numbers that count the alternatives."""
    if part == "count":
        return "count" if counts(column.texts) else "?count"
    return "?count" if part == "" and _counts_on(column, columns) else ""


def _role_of_rows(part: str, column: _Column) -> str:
    """Return the role of a column that tells of criteria, which then may stand in rows."""
    looks_so = {"directions": _signs, "weights": _shares}.get(part)
    return f"?{part}" if looks_so is not None and looks_so(column) else ""


def _role_of_words(column: _Column) -> str:
    """Return the role of a column without a number: labels, remarks, or a criterion in words."""
    if names(column.key, "remarks"):
        return "remarks"
    if names(column.key, "label") or _sentences(column.texts):
        return "label"
    directed = all(direction(text) for text in column.texts)
    return "?directions" if role(column.key) in ("directions", "types") and directed else ""


def _sentences(texts: Sequence[str]) -> bool:
    """Return whether texts are each one's own, and many or mostly long: no levels of a criterion."""
    if all(map(holds_digit, texts)):
        return False  # quantities, with units that differ or words before them
    long = sum(len(text.split()) > MOST_WORDS for text in texts)
    own = len(set(texts)) == len(texts) > 1
    return own and (2 * long > len(texts) or len(texts) > MOST_LEVELS)


def _repeats(
    part: str, column: _Column, columns: Sequence[_Column], told: Mapping[str, str]
) -> bool:
    others = [
        each.numbers
        for each in columns
        if each is not column
        and not np.isnan(each.numbers).any()
        and (
            told.get(each.key) == "criterion"
            or role(each.key) not in (*STATISTICS, "rank", "count")
        )
    ]
    places = max((len(text.partition(".")[2]) for text in column.texts), default=0)
    rounded = 0.5000001 * 10.0**-places if places else 1e-9
    return repeats(part, column.numbers, others, rounded)


def _is_ranked(column: _Column, columns: Sequence[_Column]) -> bool:
    """Return whether a column of ranks orders the alternatives as this one does, of several that could be ranked."""
    places = [np.asarray(each.numbers) for each in columns if each.of_ranks]
    if not places or len(column.texts) < SURE:
        return False
    numbers = np.asarray(column.numbers, dtype=float)
    plain = [each for each in columns if not each.holds_words and not each.of_ranks]
    if np.isnan(numbers).any() or len(plain) < 2 or not any(each is column for each in plain):
        return False
    return any(
        np.array_equal(rank, competition(-numbers)) or np.array_equal(rank, competition(numbers))
        for rank in places
    )


def _last_word(head: str) -> str:
    return (folded(head).split() or [""])[-1]


def _counts_on(column: _Column, columns: Sequence[_Column]) -> bool:
    several = SURE <= len(column.texts) <= LOOKED_AT and len(columns) > 1
    return several and column.texts[0] == "1" and counts(column.texts)


def _signs(column: _Column) -> bool:
    return all(number in (1.0, -1.0) for number in column.numbers)


def _shares(column: _Column) -> bool:
    total = sum(column.numbers)
    return len(column.texts) > 1 and any(
        abs(total - whole) < 1e-9 * whole for whole in (1.0, 100.0)
    )


def _ask(place: str, key: str, part: str) -> Fault:
    """Return the fault of a column whose head and cells don't agree, with the argument that says what it is."""
    meant = ASKED[part]
    ways = [f"columns={{{key!r}: 'criterion'}}", f"columns={{{key!r}: 'left out'}}"]
    if part in ("directions", "weights"):
        ways[1:] = ["criteria='rows'"]
    found = "a head and cells that don't tell which"
    return Fault(
        f"{place}, column '{key}'",
        f"a criterion, or {meant}",
        found,
        f"say which: {' or '.join(ways)}",
    )


def _parted(
    rows: Sequence[Row], criteria: Sequence[str], parts: Mapping[str, str], place: str
) -> Columns:
    leaves = [key for key in criteria if parts.get(key, "criterion") == "criterion"]
    notes = [
        Note(place, f"the column '{key}'", SAID[part])
        for key, part in parts.items()
        if part in SAID
    ]
    labels = _labels(rows, [key for key, part in parts.items() if part == "label"])
    twice = [label for label, count in Counter(labels.values()).items() if count > 1]
    if twice:
        said = Several(f"{known(twice, 3)}, which several alternatives have,")
        notes.append(Note(place, said, "labels with the name behind"))
    own = {name: f"{label} ({name})" if label in twice else label for name, label in labels.items()}
    return Columns(leaves, own, notes)


def _labels(rows: Sequence[Row], keys: Sequence[str]) -> dict[str, str]:
    """Return the labels of the alternatives by name, from the first of the columns that has one."""
    labels: dict[str, str] = {}
    for key in keys:
        for row in rows:
            labels.setdefault(row.text(""), row.text(key).strip())
    return {name: label for name, label in labels.items() if label}
