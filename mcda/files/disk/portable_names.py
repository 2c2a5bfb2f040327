"""Names that a system can't hold as they are: reserved by Windows, or another file's in all but case."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import PurePath

from mcda.checks.faults import Fault, InputError, known

WINDOWS = sys.platform == "win32"
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789"),
}
NOT_IN_NAMES = '<>:"|?*\\/'


def refused_by_windows(name: str) -> str:
    """Return why Windows has no file of this name; blank where it can.

    A colon would write into a hidden part of another file, a device's name to the device.

    >>> refused_by_windows("CON.xlsx"), refused_by_windows("a:b"), refused_by_windows("uk.v1")
    ("the name of a device, 'CON'", "a name with ':'", '')
    """
    stem = name.split(".")[0].strip()
    if stem.lower() in DEVICES:
        return f"the name of a device, '{stem}'"
    signs = [sign for sign in NOT_IN_NAMES if sign in name]
    if signs:
        return f"a name with {known(signs)}"
    if name not in (".", "..") and name.endswith((".", " ")):
        return "a name that ends in a dot or a space"
    return ""


def refuse_unportable(place: PurePath) -> None:
    """Raise InputError for a path that this system would write to another place than it says."""
    if not WINDOWS:
        return
    parts = place.parts[1:] if place.anchor else place.parts
    for part in parts:
        found = refused_by_windows(part)
        if found:
            fault = Fault(str(place), "a name that Windows can hold", found, "choose another name")
            raise InputError(fault)


def refuse_alike(names: Iterable[str]) -> None:
    """Raise InputError for names that differ in case alone: Windows and macOS hold them as one file.

    >>> refuse_alike(["scores", "sources"])
    """
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            expected = "names of files that differ in more than case"
            found = f"'{other}' and '{name}', which are one file on Windows and macOS"
            remedy = "give one of them another id, or write a workbook (.xlsx)"
            raise InputError(Fault("folder", expected, found, remedy))
