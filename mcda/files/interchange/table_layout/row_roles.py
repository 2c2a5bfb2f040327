"""What each row of a table is: an alternative, or weights, directions, thresholds, units, a statistic of the others.

A role is given where the word and the cells agree, or by the caller; where they don't, it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from mcda.checks.faults import Fault, known, refuse
from mcda.checks.table_words import direction, folded, names, role, without_number
from mcda.files.tables.numerals import as_plain, convention
from mcda.files.tables.sheets import Note, Row

THRESHOLDS = ("indifference", "preference", "pref", "veto")
SINGLE = ("weights", "directions", *THRESHOLDS, "units")  # roles that one row has at most
ROW_ROLES = ("option", "left out", *SINGLE)
TOLD = {"alternative": "option", "direction": "directions", "weight": "weights", "unit": "units"}
# what repeats the others, by its role
STATISTICS = {
    "total": "the total of the others",
    "mean": "the mean of the others",
    "median": "the median of the others",
    "deviation": "the standard deviation of the others",
    "extreme": "the best or worst of the others",
}
# the letters of outranking methods, below a table whose options have longer names
LETTERS = {
    "w": "weights",
    "f": "functions",
    "q": "indifference",
    "p": "preference",
    "v": "veto",
}
FUNCTIONS = range(1, 7)  # the types of Brans and Vincke
# what a row is that is neither an alternative nor used
SAID = {
    **STATISTICS,
    "rank": "ranks",
    "functions": "types of preference functions",
    "flags": "0 and 1 for the way that is better",
    "types": "types",
    "label": "texts",
    "remarks": "texts",
}
LOOKED_AT = (
    200  # alternatives of a table that a person made: in longer ones only words are looked at
)
NOTHING = ("", "-", "–", "—", ".")


@dataclass(frozen=True)
class Roles:
    """The rows that are alternatives, those with a role of their own by that role, and a note for each of those."""

    alternatives: list[Row]
    special: dict[str, Row]
    notes: list[Note]


@dataclass(frozen=True)
class _Table:
    """The rows as they stand, and what the caller told of them."""

    rows: Sequence[Row]
    criteria: Sequence[str]
    told: Mapping[str, str]
    words: Mapping[str, Mapping[str, float]]

    @cached_property
    def decimal(self) -> str:
        """The decimal sign that the cells prove."""
        return convention(
            row.text(key) for row in self.rows for key in self.criteria if key not in row.typed
        )

    @cached_property
    def has_letters(self) -> bool:
        """Whether rows are called by the letters of outranking methods, and all others otherwise.

        Others have longer names, or capital letters where these are small.
        """
        short = [name for row in self.rows if len(name := row.text("").strip()) == 1]
        small = [name for name in short if name in LETTERS]
        capitals = [name for name in short if name not in small]
        if small and all(name.isupper() for name in capitals):
            return len(small) < len(self.rows)
        return len(short) < len(self.rows) and all(folded(name) in LETTERS for name in short)

    @cached_property
    def lettered_thresholds(self) -> bool:
        """Whether two or more rows called q, p and v hold numbers that grow in this order."""
        held = {LETTERS.get(folded(row.text(""))): self.numbers(row) for row in self.rows}
        ranked = [np.array(held[part]) for part in THRESHOLDS if part in held]
        return len(ranked) > 1 and all((low <= high).all() for low, high in pairwise(ranked))

    def letter_weighs(self, row: Row) -> bool:
        """Return whether the cells of a row called w are weights: they sum to 1 or 100."""
        sums = sum(self.number(text) for text in self.filled(row))
        return _whole(sums) and _weighs(self, row)

    def filled(self, row: Row) -> list[str]:
        """Return the filled cells of a row but those whose words have levels."""
        texts = ((key, row.text(key).strip()) for key in self.criteria)
        return [text for key, text in texts if text and text not in self.words.get(key, {})]

    def coded(self, row: Row) -> bool:
        """Return whether a cell of the row is a word that has a level."""
        return any(row.text(key).strip() in self.words.get(key, {}) for key in self.criteria)

    def numbers(self, row: Row) -> list[float]:
        """Return the numbers of a row, NaN for a cell that is none."""
        return [self.number(row.text(key), key in row.typed) for key in self.criteria]

    def number(self, text: str, typed: bool = False) -> float:
        """Return the number of a text, a percentage as its points; NaN where it is none."""
        told = text.strip().removesuffix("%")
        plainly = told if typed else as_plain(told, self.decimal)
        try:
            return float(plainly) if plainly is not None else np.nan
        except ValueError:
            return np.nan

    def are_numbers(self, row: Row) -> list[bool]:
        """Return for each filled cell whether it is a number."""
        return [not np.isnan(self.number(text)) for text in self.filled(row)]


def roles_of(
    rows: Sequence[Row],
    criteria: Sequence[str],
    told: Mapping[str, str],
    words: Mapping[str, Mapping[str, float]],
) -> Roles:
    """Return what each row is; raises InputError for a role given twice, and where it must be asked for.

    `told` are the roles that the caller gives, by name; `words` the levels of words, by criterion.
    """
    table = _Table(rows, criteria, _known_roles(told, rows), words)
    found = dict[int, str]()
    asked = list[Fault]()
    for at, row in enumerate(rows):
        part = _told_role(table, row) or _role_by_word(table, row)
        if isinstance(part, Fault):
            asked.append(part)
        elif part:
            found[at] = part
    _drop_thresholds_of_options(table, found, asked)
    refuse([*_twice(rows, found), *asked])
    _add_statistics(table, found, asked)
    _ask_about_others(table, found, asked)
    refuse(asked)
    return _parted(table, found)


def _known_roles(told: Mapping[str, str], rows: Sequence[Row]) -> dict[str, str]:
    """Return the roles that were told by the names of the rows; raises InputError for another name or role."""
    called = [row.text("") for row in rows]
    faults = []
    known_roles = dict[str, str]()
    for name, part in told.items():
        plainly = TOLD.get(str(part), str(part))
        meant = (
            name
            if name in called
            else _only(each for each in called if folded(each) == folded(name))
        )
        if meant is None:
            faults.append(
                Fault("rows", f"rows among {known(called)}", repr(name), "correct the name")
            )
        elif plainly not in ROW_ROLES:
            faults.append(Fault(f"rows, '{name}'", f"a role among {known(ROW_ROLES)}", repr(part)))
        else:
            known_roles[meant] = plainly
    refuse(faults)
    return known_roles


def _only(found: object) -> str | None:
    each = list(found)  # type: ignore[call-overload]
    return each[0] if len(each) == 1 else None


def _told_role(table: _Table, row: Row) -> str:
    return table.told.get(row.text(""), "")


def _role_by_word(table: _Table, row: Row) -> str | Fault:
    """Return the role that a row's name and cells agree on, blank for an alternative, or a fault that asks."""
    called = row.text("")
    part = role(called)
    letter = LETTERS.get(folded(called), "")
    if not part and not letter:
        return "directions" if _directed_alone(table, row) else ""
    if not table.filled(row):
        return ""
    if letter:
        return _by_letter(table, row, letter)
    if part in ("types", "directions") and _directed(table, row):
        return "directions"
    if part in AGREE:
        return part if AGREE[part](table, row) else _ask(row, part)
    if part in ("label", "remarks") and _worded(table, row):
        return part
    return "directions" if _directed_alone(table, row) else ""


def _weighs(table: _Table, row: Row) -> bool:
    """Return whether cells look like weights: in percent, up to 1, 10 or 100, in steps of 5, or about 100 together."""
    held = _held(table, row)
    if not _positive(table, row):
        return False
    if names(row.text(""), "most points"):
        return _above_all(table, row)
    percent = all(text.endswith("%") for text in table.filled(row))
    steps = max(held) <= 100 and all(each % 5 == 0 for each in held)
    return percent or steps or max(held) <= 10 or abs(sum(held) - 100) <= 2 or max(held) == 100


def _held(table: _Table, row: Row) -> list[float]:
    told = [table.number(text) for text in table.filled(row)]
    return [each for each in told if not np.isnan(each)]


def _positive(table: _Table, row: Row) -> bool:
    """Return whether no number is below 0 and one above."""
    held = _held(table, row)
    return bool(held) and min(held) >= 0 < max(held)


def _above_all(table: _Table, row: Row) -> bool:
    """Return whether no other row has a higher number: the points that can be had."""
    most = np.array(table.numbers(row))
    others = [np.array(table.numbers(each)) for each in table.rows if each is not row]
    return not any((each > most).any() for each in others)


def _directed(table: _Table, row: Row) -> bool:
    return all(direction(text) for text in table.filled(row)) and not table.coded(row)


def _worded(table: _Table, row: Row) -> bool:
    return not any(table.are_numbers(row)) and not table.coded(row)


def _functions(table: _Table, row: Row) -> bool:
    return all(number in FUNCTIONS for number in _held(table, row))


def _ranks(table: _Table, row: Row) -> bool:
    told = [table.number(text) for text in table.filled(row)]
    return are_ranks(told)


def are_ranks(told: Sequence[float]) -> bool:
    """Return whether numbers are competition ranks of three or more.

    >>> are_ranks([2, 1, 3]), are_ranks([1, 1, 3]), are_ranks([1, 2, 4])
    (True, True, False)
    """
    numbers = np.asarray(told, dtype=float)
    if len(numbers) < 3 or np.isnan(numbers).any() or (numbers == numbers[0]).all():
        return False
    return np.array_equal(numbers, competition(numbers))


def competition(numbers: np.ndarray) -> np.ndarray:
    """Return the competition ranks of numbers, the least first.

    >>> competition(np.array([5.0, 2.0, 5.0])).tolist()
    [2, 1, 2]
    """
    return 1 + np.searchsorted(np.sort(numbers, kind="stable"), numbers)


AGREE: dict[str, Callable[[_Table, Row], bool]] = {
    "weights": _weighs,
    "directions": _directed,
    "units": _worded,
    "types": _worded,
    "rank": _ranks,
    "functions": _functions,
    **dict.fromkeys(THRESHOLDS, _positive),
}


def _by_letter(table: _Table, row: Row, part: str) -> str | Fault:
    """Return what a row called w, f, q, p or v is: an alternative beside others of one letter, else what it stands for.

    Weights by their letter alone sum to 1 or 100; the other letters stand for anything only below such weights, and
    without these it is asked for where numbers grow from q to p to v.
    """
    if not table.has_letters:
        return ""
    if part == "weights":
        return part if table.letter_weighs(row) else _ask(row, part)
    if not any(table.letter_weighs(each) for each in table.rows if folded(each.text("")) == "w"):
        return _ask(row, part) if part in THRESHOLDS and table.lettered_thresholds else ""
    agrees = AGREE[part](table, row)
    return part if agrees else _ask(row, part)


def _whole(total: float) -> bool:
    return any(abs(total - whole) < 1e-9 * whole for whole in (1.0, 100.0))


def _directed_alone(table: _Table, row: Row) -> bool:
    """Return whether a row of any name holds words of directions where the others hold numbers."""
    if not any(direction(row.text(key)) for key in table.criteria[:LOOKED_AT]):
        return False
    filled = table.filled(row)
    if not _directed(table, row) or all(text in NOTHING for text in filled):
        return False
    if any(not np.isnan(table.number(text)) for text in filled):
        return False
    others = [each for each in table.rows if each is not row and not role(each.text(""))]
    return any(any(table.are_numbers(each)) for each in others)


def _ask(row: Row, part: str) -> Fault:
    """Return the fault of a row whose name and cells don't agree, with the argument that says what it is."""
    called = row.text("")
    meant = f"rows={{{called!r}: {part if part in SINGLE else 'left out'!r}}}"
    if part in ("weights", "directions"):
        meant = f"{part}={called!r}"
    remedy = f"say which: rows={{{called!r}: 'option'}} or {meant}"
    found = "a name and cells that don't tell which"
    return row.fault("", f"an alternative, or {SAID.get(part, part)}", found, remedy)


def _drop_thresholds_of_options(table: _Table, found: dict[int, str], asked: list[Fault]) -> None:
    """Ask about rows called after thresholds unless directions stand beside, or no alternative does."""
    by_word = [
        at
        for at, part in found.items()
        if part in THRESHOLDS and not _told_role(table, table.rows[at])
    ]
    alone = len(found) == len(table.rows) and len(by_word) > 1
    lettered = any(folded(table.rows[at].text("")) in LETTERS for at in by_word)
    if "directions" in found.values() or ((alone or lettered) and _ordered(table, found)):
        return
    for at in by_word:
        asked.append(_ask(table.rows[at], found[at]))
        del found[at]


def _ordered(table: _Table, found: Mapping[int, str]) -> bool:
    """Return whether indifference is nowhere above preference, nor preference above veto."""
    held = {part: table.numbers(table.rows[at]) for at, part in found.items()}
    ranked = [np.array(held[part]) for part in THRESHOLDS if part in held]
    pairs = pairwise(ranked)
    return all(not (low > high).any() for low, high in pairs)


def _twice(rows: Sequence[Row], found: Mapping[int, str]) -> list[Fault]:
    """Return a fault for each role that two rows have."""
    faults = []
    for part in SINGLE:
        having = [rows[at] for at, each in found.items() if each == part]
        if len(having) > 1:
            called = [row.text("") for row in having]
            remedy = f"say what one is: rows={{{called[-1]!r}: 'left out'}}"
            faults.append(having[-1].fault("", f"one row of {part}", f"{known(called)}", remedy))
    return faults


def _add_statistics(table: _Table, found: dict[int, str], asked: list[Fault]) -> None:
    """Leave out rows whose name is a statistic and whose cells are that of the others; ask where they aren't."""
    marked = {
        at: role(row.text(""))
        for at, row in enumerate(table.rows)
        if at not in found and not _told_role(table, row) and role(row.text("")) in STATISTICS
    }
    plain = (
        []
        if not marked
        else [
            table.numbers(row)
            for at, row in enumerate(table.rows)
            if found.get(at, "option") == "option" and at not in marked
        ]
    )
    for at, part in marked.items():
        if repeats(part, table.numbers(table.rows[at]), plain, _digits(table, table.rows[at])):
            found[at] = part
        else:
            asked.append(_ask(table.rows[at], part))


def _digits(table: _Table, row: Row) -> float:
    """Return half of the last digit that the row's cells show."""
    shown = [as_plain(text.removesuffix("%"), table.decimal) or "" for text in table.filled(row)]
    places = max((len(text.partition(".")[2]) for text in shown), default=0)
    return 0.5000001 * 10.0**-places if places else 1e-9


def repeats(
    part: str, cells: Sequence[float], others: Sequence[Sequence[float]], rounded: float = 1e-9
) -> bool:
    """Return whether each cell is a statistic of the others: their total, mean, median, or an extreme of them.

    A deviation may be that of a sample or of all.

    >>> repeats("total", [3, 7], [[1, 2], [2, 5]]), repeats("extreme", [1, 5], [[1, 2], [2, 5]])
    (True, True)
    """
    held = ~np.isnan(np.asarray(cells, dtype=float))
    if len(others) < 2 or not held.any():
        return False
    table = np.asarray(others, dtype=float)[:, held]
    told = np.asarray(cells, dtype=float)[held]
    if np.isnan(table).any():
        return False
    slack = rounded + 1e-12 * np.abs(told)
    near = np.abs(told - _statistics(part, table)) <= slack
    return bool(near.any(axis=0).all())


def _statistics(part: str, table: np.ndarray) -> np.ndarray:
    """Return what may stand below the columns of a table as their statistic, (ways, columns)."""
    if part == "total":
        return np.stack([table.sum(axis=0)])
    if part == "mean":
        return np.stack([table.mean(axis=0)])
    if part == "median":
        return np.stack([np.median(table, axis=0)])
    if part == "deviation":
        return np.stack([table.std(axis=0), table.std(axis=0, ddof=1)])
    return np.stack([table.min(axis=0), table.max(axis=0)])


def _ask_about_others(table: _Table, found: Mapping[int, str], asked: list[Fault]) -> None:
    """Ask about rows of no known name that hardly are alternatives: only 1 and -1, a total, shares of a whole."""
    plain = [
        row for at, row in enumerate(table.rows) if at not in found and not _told_role(table, row)
    ]
    if len(table.criteria) < 2 or not 1 < len(plain) <= LOOKED_AT:
        return
    numbers = [table.numbers(row) for row in plain]
    for at, row in enumerate(plain):
        others = [cells for place, cells in enumerate(numbers) if place != at]
        part = _likely(numbers[at], others, at in (0, len(plain) - 1), found)
        if _is_flags(at, plain, numbers):
            part = "flags"
        if part and row.text(""):  # a row without a name is a fault in any case
            asked.append(_ask(row, part))


def _is_flags(at: int, rows: Sequence[Row], numbers: Sequence[Sequence[float]]) -> bool:
    """Return whether a row holds 0 and 1 under a name unlike the others: it may say which way is better."""
    called = [without_number(row.text("")) for row in rows]
    others = {name for place, name in enumerate(called) if place != at}
    unlike = rows[at].text("").rstrip().endswith("?") or (
        len(rows) > 2 and len(others) == 1 and called[at] not in others
    )
    alike = any(set(cells) <= {0.0, 1.0} for place, cells in enumerate(numbers) if place != at)
    return unlike and not alike and set(numbers[at]) == {0.0, 1.0}


def _likely(
    cells: Sequence[float],
    others: Sequence[Sequence[float]],
    at_an_end: bool,
    found: Mapping[int, str],
) -> str:
    """Return the role that a row's cells alone make likely, blank where they don't."""
    signs = set(cells)
    if signs == {1.0, -1.0} and "directions" not in found.values():
        alike = any(set(other) <= {1.0, -1.0, 0.0} for other in others)
        return "" if alike else "directions"
    if not at_an_end or len(others) < 2:
        return ""
    if repeats("total", cells, others):
        return "total"
    shares = _whole(sum(cells)) and min(cells) > 0
    unlike = not any(_whole(sum(other)) for other in others)
    return "weights" if shares and unlike and "weights" not in found.values() else ""


def _called(row: Row, part: str) -> Row:
    """Return a row that is no alternative under the name of its role, by which faults name it."""
    return replace(row, place=f"{row.place.partition(', alternative ')[0]}, the {part}")


def _parted(table: _Table, found: Mapping[int, str]) -> Roles:
    alternatives = [row for at, row in enumerate(table.rows) if found.get(at, "option") == "option"]
    special = {part: _called(table.rows[at], part) for at, part in found.items() if part in SINGLE}
    notes = []
    for at, part in found.items():
        row = table.rows[at]
        if part != "option":
            words = (
                f"the {part}" if part in SINGLE else f"{SAID.get(part, 'no alternative')}: left out"
            )
            notes.append(
                Note(
                    row.place.partition(", alternative ")[0],
                    f"the row '{row.text('')}'",
                    words,
                    row.spot(),
                )
            )
    return Roles(alternatives, special, notes)
