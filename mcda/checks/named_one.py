"""One name among those that are known: as it is spelt, in any case, by its label, or with a guess."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.labels import printed

# how like a known name a misspelt one must be to be offered in its place (difflib's own cut)
CLOSE = 0.6
SHOWN = 30  # names that an error lists


def named_one(
    given: object, names: Iterable[str], what: str, labels: Mapping[str, str] | None = None
) -> str:
    """Return the name that is meant: as spelt, else in any case and with any blanks, else by its label.

    >>> named_one("kyiv ", ["Kyiv", "London"], "holder")
    'Kyiv'
    >>> named_one("STK02", ["Kyiv", "London"], "holder", {"STK02": "London"})
    'London'

    Raises InputError that lists the names and says which one may be meant.
    """
    known_names = list(names)
    if isinstance(given, str) and given in known_names:
        return given
    by_form: dict[str, list[str]] = {}
    for name in known_names:
        by_form.setdefault(_form(name), []).append(name)
    for label, name in (labels or {}).items():
        if name in known_names:
            by_form.setdefault(_form(label), []).append(name)
    meant = list(dict.fromkeys(by_form.get(_form(given), []))) if isinstance(given, str) else []
    if len(meant) == 1:
        return meant[0]
    near = difflib.get_close_matches(_form(given), by_form, 1, CLOSE) if not meant else []
    remedy = f"did you mean '{by_form[near[0]][0]}'?" if near else ""
    what_is = f"'{given}', which could be {known(meant)}" if meant else f"'{given}'"
    raise InputError(Fault(what, f"one of {known(known_names, SHOWN)}", what_is, remedy))


def _form(name: object) -> str:
    """Return a name without what people leave out: case and blanks."""
    return printed(str(name)).casefold()
