"""What a run was made with.

These are versions of every package it needs, the code and its state, the platform, and the time.
"""

from __future__ import annotations

import datetime as dt
import platform
import re
import subprocess
from importlib import metadata, util
from pathlib import Path
from typing import Any

from mcda.checks.epoch import seconds_set
from mcda.checks.faults import Fault, InputError
from mcda.reporting.study.hashes import digest, digest_of_bytes

PACKAGE = "policy-mcda"
STAMP = "%Y-%m-%dT%H:%M:%SZ"
LAYERS = ("typst", "python-docx")
CACHE = "__pycache__"
COMPILED = (".pyc", ".pyo", ".nbi", ".nbc")
NOTEBOOKS = "notebooks"


def moment() -> dt.datetime:
    """Return the time of the run, in UTC to the second.

    It is SOURCE_DATE_EPOCH where that is set, so that bytes repeat. Raises InputError where that
    is no time.
    """
    seconds = seconds_set()
    if seconds is None:
        return dt.datetime.now(dt.UTC).replace(microsecond=0)
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def stamp(when: dt.datetime) -> str:
    """Return a time as ISO 8601.

    >>> stamp(dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    '2026-11-24T00:00:00Z'
    """
    return when.strftime(STAMP)


def moment_of(stamped: str) -> dt.datetime:
    """Return the time that a stamp names.

    Raises InputError for one that no clock shows, such as a day that its month doesn't have.
    """
    try:
        return dt.datetime.strptime(stamped, STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        fault = Fault("the manifest, created", "a time such as 2026-11-29T12:00:00Z", stamped)
        raise InputError(fault) from None


def environment() -> dict[str, Any]:
    """Return Python, platform and the version of every package that a run can touch."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "machine": platform.machine(),
        "packages": closure([PACKAGE, *LAYERS]),
    }


def closure(names: list[str]) -> dict[str, str]:
    """Return the version of every installed package that the named ones need, directly or not.

    >>> "numpy" in closure(["pandas"])
    True
    """
    versions: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in versions:
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        versions[name] = package.version
        waiting += [_name(line) for line in package.requires or [] if "extra ==" not in line]
    return dict(sorted(versions.items()))


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0]


def code(question: str = "") -> dict[str, Any]:
    """Return the version of the code, its commit, its state, and a hash over its files.

    The state is whether the files differ from the commit. The hash covers the engine, and the
    package of formulas that a question names ("criteria.<name>").
    """
    folders = [_folder("mcda"), *([_folder(question)] if question else [])]
    sources = {
        name: known
        for folder in folders
        if folder
        for name, known in package_hashes(folder).items()
    }
    try:
        version = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        version = "not installed as a package"
    return {"version": version, **_commit(), "sources_sha256": digest(sources)}


def package_hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a package that makes a result.

    The files are named from the package on. Sentences, templates, scripts and styles count as
    formulas do. Left out are what Python and numba keep beside the code, hidden files, and the
    notebooks that a wheel carries for `mcda lab`: no result comes from them. All line ends count as
    equal, so that a checkout on Windows, one elsewhere and a wheel have the same hash.
    """
    hashes = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        left_out = inside.parts[0] == NOTEBOOKS or any(
            part == CACHE or part.startswith(".") for part in inside.parts
        )
        if path.is_file() and path.suffix not in COMPILED and not left_out:
            content = path.read_bytes().replace(b"\r\n", b"\n")
            hashes[f"{folder.name}/{inside.as_posix()}"] = digest_of_bytes(content)
    return hashes


def _folder(package: str) -> Path | None:
    spec = util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _commit() -> dict[str, Any]:
    """Return the commit of the checkout that the code is in, if it is one."""
    root = Path(__file__).resolve().parents[3]
    if not (root / ".git").exists():
        return {"commit": "", "changed": None}
    outputs = [
        _git(root, "rev-parse", "HEAD"),
        _git(root, "status", "--porcelain", "--untracked-files=no"),
    ]
    return {"commit": outputs[0], "changed": bool(outputs[1])}


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            cwd=root,
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
