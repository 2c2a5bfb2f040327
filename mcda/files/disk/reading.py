"""One reader for every file: a regular one, within a limit, by its handle."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from mcda.checks.arguments import check_kind
from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import HIGHER, LIMITS, Limits
from mcda.files.disk.path_errors import of_the_path

KINDS = {
    stat.S_ISDIR: "a folder",
    stat.S_ISLNK: "a link to another place",
    stat.S_ISFIFO: "a pipe",
    stat.S_ISSOCK: "a socket",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
}
COPY = "put the file itself there"


def read_bytes(path: Path, limits: Limits = LIMITS, called: str = "") -> bytes:
    """Return the bytes of a regular file, of which one more than the limit is read at most.

    A pipe, a device or a folder in its place is never waited for or read: what was opened says what
    it is. `called` is how a fault names it. Raises InputError for what is no such file or is too
    large, OSError where the machine fails.
    """
    check_kind(limits, Limits, "limits", "Limits", "such as mcda.Limits(cells=5_000_000)")
    name = called or path.name
    try:
        # not to wait for the other end of a pipe
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise of_the_path(error, name, "a file that can be read", path) from None
    try:
        check_regular(handle, name)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return at_most(file, limits.file_bytes, name)
    finally:
        os.close(handle)


def own_bytes(folder: Path, path: Path, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of a file that lies in a folder itself; raises InputError for a link out of it."""
    refuse_link(folder, path)
    return read_bytes(path, limits, path.relative_to(folder).as_posix())


def refuse_link(folder: Path, path: Path) -> None:
    """Raise InputError where a path below a folder is a link, or lies behind one.

    A link could lead to any file of the machine, and a report would carry it away.
    """
    inside = path.relative_to(folder)
    steps = [folder / step for step in (inside, *inside.parents) if step.parts]
    for step in steps:
        if step.is_symlink():
            name = step.relative_to(folder).as_posix()
            raise InputError(Fault(name, "a file of the folder itself", _of_link(step), COPY))


def _of_link(step: Path) -> str:
    """Return what a link is in words; where it leads is told, as it is the file that is at fault."""
    return f"a link to '{os.readlink(step)}'"


def check_regular(handle: int, name: str) -> None:
    """Raise InputError where an open file is a folder, a pipe, a device or a socket."""
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        found = next((told for is_kind, told in KINDS.items() if is_kind(mode)), "another thing")
        raise InputError(Fault(name, "a file that can be read", found, COPY))


def at_most(file: BinaryIO, most: int, name: str) -> bytes:
    """Return what an open file holds, up to a limit; raises InputError for one that holds more."""
    content = file.read(most + 1)
    if len(content) > most:
        size = os.fstat(file.fileno()).st_size
        count_told = f"{size:,}" if size > most else "more"
        raise InputError(Fault(name, f"at most {most:,} bytes", count_told, HIGHER))
    return content
