"""The catalogue of sentences, one file a language.

Functions choose a sentence by key and fill in computed fields.
"""

from __future__ import annotations

import numbers
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.of_many import SHOWN
from mcda.checks.significant_digits import shown_as

_CHOSEN: ContextVar[str] = ContextVar("language", default="en")
_RECORD: ContextVar[list[Told] | None] = ContextVar("record", default=None)


@dataclass(frozen=True)
class Told:
    """A sentence as it was shown: its key, its fields and its text.

    The fields are the names and numbers, as they are shown.
    """

    key: str
    fields: Mapping[str, str]
    text: str


@cache
def catalogue(name: str) -> dict[str, Any]:
    """Return every sentence of a language by key.

    Raises InputError that lists the languages there are.

    >>> catalogue("en")["join"]["and"]
    ' and '
    """
    folder = files("mcda.sentences") / "catalogue"
    there = sorted(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    if name not in there:
        raise InputError(
            Fault("language", f"one of {known(there)}", repr(name), "add a catalogue of this name")
        )
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


@contextmanager
def language(name: str) -> Iterator[None]:
    """Tell every sentence inside in this language.

    >>> with language("en"):
    ...     told("leads.single")
    'There is one option, so nothing to compare.'
    """
    catalogue(name)
    before = _CHOSEN.set(name)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def spoken() -> str:
    """Return the present language of sentences."""
    return _CHOSEN.get()


class _OneRule(string.Formatter):
    """Fills a template in: its numbers are rounded as all that is shown."""

    def format_field(self, value: Any, spec: str) -> str:
        """Return a field as its format says."""
        return shown_as(value, spec) if isinstance(value, numbers.Real) else format(value, spec)


_ONE_RULE = _OneRule()


def told(key: str, /, **fields: object) -> str:
    """Return the sentence of a key ("section.name") with its fields filled in.

    What a field holds is never parsed.

    >>> told("dominance.pair", dominator="A", dominated="{B}")
    'A dominates {B}'
    """
    section, _, name = key.partition(".")
    text = _ONE_RULE.vformat(str(catalogue(spoken())[section][name]), (), fields)
    record = _RECORD.get()
    if record is not None:
        record.append(Told(key, {name: str(value) for name, value in fields.items()}, text))
    return text


@contextmanager
def recorded() -> Iterator[list[Told]]:
    """Keep every sentence made inside, with its fields, in order.

    >>> with recorded() as record:
    ...     _ = told("dominance.pair", dominator="A", dominated="B")
    >>> record[0].key, record[0].fields
    ('dominance.pair', {'dominator': 'A', 'dominated': 'B'})
    """
    record: list[Told] = []
    before = _RECORD.set(record)
    try:
        yield record
    finally:
        _RECORD.reset(before)


def columns(*keys: str) -> list[str]:
    """Return the headings of a table's columns.

    >>> columns("id", "what")
    ['Id', 'What']
    """
    return [told(f"column.{key}") for key in keys]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun in the right form.

    >>> counted(1, "holder"), counted(100_000, "draw")
    ('1 holder', '100,000 draws')
    """
    one, several = catalogue(spoken())["plural"][noun]
    return f"{number:,} {one if number == 1 else several}"


def method_name(method: str) -> str:
    """Return a method's name as prose has it.

    >>> method_name("topsis (anchored, p = 2)")
    'TOPSIS (anchored, p = 2)'
    """
    name, _, settings = method.partition(" (")
    names: Mapping[str, str] = catalogue(spoken())["method"]
    return names.get(name, name) + (f" ({settings}" if settings else "")


def listed(names: Iterable[object]) -> str:
    """Return names as a list in a sentence; of very many the first, and how many more there are.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    told_names = [str(name) for name in names]
    if len(told_names) > SHOWN:
        first = told("join.comma").join(told_names[:SHOWN])
        return told("many.names", names=first, count=len(told_names) - SHOWN)
    last = told("join.and")
    if len(told_names) > 2:
        told_names = [told("join.comma").join(told_names[:-1]), told_names[-1]]
    return last.join(told_names)


def first_of(rows: int, columns: int = 0, most: int = SHOWN) -> str:
    """Return how many rows and columns of very many are shown; blank where all are.

    >>> first_of(rows=500), first_of(rows=40)
    ('the first 40 of 500 rows', '')
    """
    parts = [("rows", rows, most), ("columns", columns, SHOWN)]
    return listed(
        told(f"many.{name}", shown=few, count=count) for name, count, few in parts if count > few
    )


def joined(parts: Iterable[str]) -> str:
    """Return parts of a sentence one after the other.

    >>> joined(["a to b", "c to d"])
    'a to b; c to d'
    """
    return told("join.semicolon").join(parts)


def glossary() -> dict[str, str]:
    """Return the words of the report with their meaning."""
    return dict(catalogue(spoken())["glossary"])
