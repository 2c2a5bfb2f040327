"""The time that the environment sets for whatever is made, so that bytes repeat."""

from __future__ import annotations

import os

from mcda.checks.faults import Fault, InputError

EPOCH = "SOURCE_DATE_EPOCH"
LATEST = (
    4_354_819_199  # seconds: no part of a Word file or a workbook can be of a later year than 2107
)


def seconds_set() -> int | None:
    """Return the seconds since 1970 that SOURCE_DATE_EPOCH names; None where it isn't set.

    Packages that we use read it too, some while they are imported, and end in an error of their
    own. Raises InputError where it is no time.
    """
    given = os.environ.get(EPOCH, "")
    if not given:
        return None
    is_number = given.isascii() and given.isdigit() and len(given) <= len(str(LATEST))
    if not is_number or int(given) > LATEST:
        expected = f"whole seconds since 1970, at most {LATEST}, which is the end of 2107"
        raise InputError(Fault(EPOCH, expected, repr(given[:40]), "correct it, or unset it"))
    return int(given)
