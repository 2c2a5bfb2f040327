"""One writer for every file and every new folder: whole or not at all, whatever happens in between.

What is being written has a name of its own beside its place and takes that place in one step. If
the process is killed, what was there before stays, and the next writer clears the rest away.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mcda.checks.faults import Fault, InputError
from mcda.files.disk.path_errors import of_the_path
from mcda.files.disk.places import real
from mcda.files.disk.portable_names import refuse_unportable

PART = ".part"
LONGEST = 80  # bytes of a name that a name beside it begins with
DIGEST = 12  # characters of a digest that tells two such names apart
READABLE = 0o666  # less what the machine's mask takes away


def write_bytes(path: str | Path, content: bytes) -> Path:
    """Write a file whole or not at all, and return its path.

    Raises InputError where the path is at fault, OSError where the machine fails (a full disk).
    """
    place = Path(path)
    _make_room(place)
    try:
        try:
            _replace(place, content)
        except FileNotFoundError:  # its folder was just given a new version: once more, in that
            _make_room(place)
            _replace(place, content)
    except OSError as error:
        raise of_the_path(error, str(path), "a file to write", place) from None
    sync_folder(place.parent)
    return place


def _replace(place: Path, content: bytes) -> None:
    """Write bytes beside a place, and put them there in one step."""
    part = None
    try:
        handle, name = tempfile.mkstemp(PART, _mark(place), place.parent)
        part = Path(name)
        _fill(handle, content)
        os.chmod(part, READABLE & ~_mask())
        os.replace(part, place)
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _fill(handle: int, content: bytes) -> None:
    """Write bytes into an open file, and let the disk keep them before it gets its name."""
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)


@contextmanager
def new_folder(folder: str | Path) -> Iterator[Path]:
    """Give an empty folder to fill, which takes the place of a new or empty one when all is done.

    If anything fails in between, nothing is left. Raises InputError where something stands there.
    """
    place = _led_to(folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        found = "one that holds files" if place.is_dir() else "a file"
        fault = Fault(str(folder), "a new or empty folder", found, "choose another name")
        raise InputError(fault)
    with _beside(place, folder) as part:
        yield part
        _put(part, place)


def _led_to(folder: str | Path) -> Path:
    """Return where the path of a folder leads; raises InputError where links lead in a circle."""
    place = real(folder)
    if place.is_symlink():
        found = "a link that leads in a circle"
        raise InputError(Fault(str(folder), "a folder to write", found, "choose another name"))
    return place


@contextmanager
def new_version(folder: str | Path, own: Collection[str]) -> Iterator[Path]:
    """Give an empty folder to fill, which takes the place of an earlier version when all is done.

    Files of the earlier version by the names in `own` go with it; all others that lie there, which
    somebody else put, are carried over. If anything fails before, the earlier version stays. Raises
    InputError where the path is at fault, OSError where the machine fails.
    """
    place = _led_to(folder)
    _finish(place, own)
    with _beside(place, folder) as part:
        yield part
        if not place.exists() or place == Path.cwd():
            _clear(place, own)
            _settle(part)
            _move(part, place, replace=True)
        else:
            _swap(part, place, own, folder)


def _swap(part: Path, place: Path, own: Collection[str], as_given: str | Path) -> None:
    """Give a filled folder the place of an earlier version, and carry over what isn't its own."""
    _settle(part)
    aside = _aside(place)
    try:
        os.rename(place, aside)
        _take(part, place)
    except OSError as error:
        _finish(place, ())
        raise of_the_path(error, str(as_given), "a folder to replace", place) from None
    _finish(place, own)


def _take(part: Path, place: Path) -> None:
    """Give a filled folder a place that was just left.

    Another writer may have made it again for a file of its own: then the files go in beside that.
    """
    try:
        os.rename(part, place)
    except OSError:
        if not place.is_dir():
            raise
        _move(part, place, replace=True)


def _aside(place: Path) -> Path:
    """Return where an earlier version lies for the moment in which the new one takes its place."""
    return place.with_name(f".{_stem(place)}.earlier")


def _stem(place: Path) -> str:
    """Return a name that only this path has among its neighbours, and that has room for an ending.

    A long one is cut, and ends with a digest of the whole.
    """
    name = os.fsencode(place.name)
    if len(name) <= LONGEST:
        return place.name
    digest = hashlib.sha256(name).hexdigest()[:DIGEST]
    return f"{name[:LONGEST].decode('utf-8', errors='ignore')}-{digest}"


def _finish(place: Path, own: Collection[str]) -> None:
    """Do what is left of a swap, also of one whose writer was killed.

    An earlier version gets its name back where there is no new one; else what isn't its own is
    carried over, and it goes.
    """
    aside = _aside(place)
    if not aside.is_dir():
        return
    if not place.exists():
        os.rename(aside, place)
        return
    _clear(aside, own)
    _move(aside, place, replace=False)
    shutil.rmtree(aside, ignore_errors=True)


def _clear(folder: Path, own: Collection[str]) -> None:
    """Remove the files of an earlier version from a folder, and the folders that they leave empty.

    The names may be a stranger's: one that leads out of the folder is passed over.
    """
    for name in own:
        path = folder / name
        if not _is_file_inside(folder, path):
            continue
        path.unlink()
        for above in path.parents:
            if above == folder or not above.is_relative_to(folder):
                break
            with suppress(OSError):  # one that still holds files
                above.rmdir()


def _is_file_inside(folder: Path, path: Path) -> bool:
    """Say whether a path is a file or link in a folder itself: not above it, nor behind a link."""
    try:
        inside = real(path.parent).is_relative_to(real(folder))
        return inside and ".." not in path.parts and (path.is_file() or path.is_symlink())
    except (OSError, ValueError):  # a name too long for the system, or with a NUL
        return False


def _move(source: Path, place: Path, *, replace: bool) -> None:
    """Move all files of one folder into another; `replace` says whether over those of their names."""
    for path in [*source.rglob("*")]:
        target = place / path.relative_to(source)
        is_half = path.name.startswith(".") and path.name.endswith(PART)
        if is_half or (path.is_dir() and not path.is_symlink()):
            continue
        if replace or not os.path.lexists(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)


@contextmanager
def _beside(place: Path, as_given: str | Path) -> Iterator[Path]:
    """Give an empty folder beside a place, and remove what is left of it in the end."""
    _make_room(place)
    try:
        part = Path(tempfile.mkdtemp(PART, _mark(place), place.parent))
    except OSError as error:
        raise of_the_path(error, str(as_given), "a folder to write", place) from None
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
    sync_folder(place.parent)


def _put(part: Path, place: Path) -> None:
    """Give a filled folder its place: in one step, but for the folder one stands in, which stays."""
    _settle(part)
    if place == Path.cwd():
        _move(part, place, replace=True)
        return
    if place.is_dir():
        place.rmdir()  # an empty one: not every system puts a folder in its place
    os.rename(part, place)


def sync_folder(folder: Path) -> None:
    """Let the disk keep the names in a folder too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _settle(folder: Path) -> None:
    """Let the disk keep a filled folder, and others read it as far as the user lets them."""
    os.chmod(folder, (READABLE | 0o111) & ~_mask())
    for path in [*folder.rglob("*")]:
        if path.is_dir():
            sync_folder(path)


def _make_room(place: Path) -> None:
    """Make the folder that a path lies in, and clear away what a killed writer left there."""
    refuse_unportable(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        explained = of_the_path(error, str(place.parent), "a folder to write to", place.parent)
        raise explained from None
    _sweep(place)


def _mark(place: Path) -> str:
    """Return how the name of a part begins: whose part it is, and which process writes it."""
    return f".{_stem(place)}.{_machine()}-{os.getpid()}-"


def _machine() -> str:
    return re.sub(r"[^A-Za-z0-9]", "", platform.node())[:20] or "here"


def _sweep(place: Path) -> None:
    """Remove the parts of this path that processes of this machine left when they were killed."""
    begin = f".{_stem(place)}.{_machine()}-"
    with suppress(OSError):
        for path in place.parent.iterdir():
            if path.name.startswith(begin) and path.name.endswith(PART):
                writer = path.name.removeprefix(begin).split("-")[0]
                if writer.isdecimal() and not _is_running(int(writer)):
                    _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    """Say whether a process runs; where that can't be asked without harm, that it does."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _mask() -> int:
    """Return the bits of permission that the user withholds from new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
