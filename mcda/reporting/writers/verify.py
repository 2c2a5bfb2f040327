"""Check a report against its own manifest, its inputs, and a new computation.

The result is what holds, and what differs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mcda.checks.arguments import path_of
from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import LIMITS, Limits
from mcda.checks.significant_digits import plain
from mcda.files.question.logs import read_logs
from mcda.files.question.read_perspectives import read_perspectives
from mcda.files.question.read_problem import read_problem
from mcda.reporting.study.environment import environment
from mcda.reporting.study.hashes import digest, digest_of_bytes, hashed_inputs, inputs_beside
from mcda.reporting.study.manifest import SCHEMA, is_whole, settings_of
from mcda.reporting.study.study import Study
from mcda.reporting.writers.crate import recorded
from mcda.reporting.writers.html import opened
from mcda.reporting.writers.pdf import attached
from mcda.reporting.writers.report import WRITERS, Report, composed

TOLERANCE = 1e-9
HOLDS = "holds"
NOTE = "note"
FAILS = "fails"
SHOWN = 5


@dataclass(frozen=True)
class Said:
    """One thing that was checked.

    Its level says whether it "holds", "fails", or is a "note" that decides nothing.
    """

    level: str
    text: str


@dataclass
class _Given:
    """A report as it is on disk.

    It has the manifest, the file or folder, the inputs beside it, and what has been said so far.
    """

    path: Path
    manifest: dict[str, Any] = field(default_factory=dict)
    inputs: Path | None = None
    limits: Limits = LIMITS
    said: list[Said] = field(default_factory=list)

    def say(self, held: bool, true: str, false: str) -> bool:
        said = Said(HOLDS, true) if held else Said(FAILS, false)
        self.said.append(said)
        return held

    def note(self, text: str) -> None:
        self.said.append(Said(NOTE, text))


def verify(
    path: str | Path, inputs: str | Path | None = None, *, limits: Limits = LIMITS
) -> list[Said]:
    """Return what holds of a report and what was altered, and compute it again.

    Parameters
    ----------
    path : path
        The report: a page, a PDF or a folder.
    inputs : path, optional
        The folder or workbook of the question, where it isn't the folder `inputs` beside the
        report.
    limits : Limits
        The largest inputs that are read.

    Returns
    -------
    list of Said
        What was checked, in order. Results are equal, equal within 1e-9, or reported with what
        differs and by how much.

    Raises
    ------
    InputError
        For a path that isn't a report.

    Examples
    --------
    >>> import tempfile
    >>> from criteria import ukraine_force
    >>> from mcda import report
    >>> problem = ukraine_force.problem().keep(["OPT01", "OPT02"])
    >>> verify(report(problem, to=Path(tempfile.mkdtemp()) / "report.html"))[0].text
    'the page is as it was written'
    """
    beside = None if inputs is None else path_of(inputs, "inputs")
    given = _Given(path_of(path, "report"), inputs=beside, limits=limits)
    given.manifest = _manifest(given)
    given.say(
        is_whole(given.manifest),
        "the manifest is as it was sealed",
        "the manifest was altered after it was sealed",
    )
    results = given.manifest.get("results", {})
    given.say(
        digest(results) == given.manifest.get("results_sha256"),
        "the results in the manifest are unaltered",
        "the results in the manifest were altered",
    )
    _same_versions(given)
    if _find_inputs(given):
        _check_inputs(given)
        _compute_again(given)
    return given.said


def passed(said: list[Said]) -> bool:
    """Say whether nothing fails."""
    return all(one.level != FAILS for one in said)


def _manifest(given: _Given) -> dict[str, Any]:
    """Return the manifest of a report.

    On the way it is said whether the file or files are as they were written.
    """
    path = given.path
    if path.is_dir():
        _check_folder(given)
        found = _read_json(path / "manifest.json")
    elif path.suffix.lower() in (".html", ".htm"):
        found, whole = opened(_bytes(path).decode("utf-8", errors="replace"))
        given.say(
            whole, "the page is as it was written", "the page was altered after it was written"
        )
    elif path.suffix.lower() == ".pdf":
        found = attached(_bytes(path))
    else:
        remedy = "verify its folder, its .html or its .pdf"
        raise InputError(
            Fault(
                str(path), "a page (.html), a PDF or a folder of a report", "something else", remedy
            )
        )
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise InputError(Fault(str(path), "a report with its manifest", "none that can be read"))
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            Fault(str(path), "a file that can be read", error.strerror or str(error))
        ) from None


def _read_json(path: Path) -> Any:
    try:
        return json.loads(_bytes(path))
    except ValueError:
        raise InputError(Fault(str(path), "JSON", "something else")) from None


def _check_folder(given: _Given) -> None:
    """Compare every file of the folder with the hash that its description keeps."""
    for name, expected in recorded(_read_json(given.path / "ro-crate-metadata.json")).items():
        path = given.path / name
        if not path.is_file() or not path.resolve().is_relative_to(given.path.resolve()):
            given.say(False, "", f"{name} is missing")
        elif digest_of_bytes(path.read_bytes()) != expected:
            given.say(False, "", f"{name} was altered after it was written")
    if not given.said:
        given.say(True, "every file is as it was written", "")


def _same_versions(given: _Given) -> None:
    then = given.manifest["environment"]
    now = environment()
    other = {
        name: (version, now["packages"].get(name, "none"))
        for name, version in then["packages"].items()
        if now["packages"].get(name) != version
    }
    if then["python"] != now["python"]:
        other["python"] = (then["python"], now["python"])
    told = ", ".join(
        f"{name} {one[0]} then, {one[1]} now" for name, one in sorted(other.items())[:SHOWN]
    )
    rest = f" and {len(other) - SHOWN} more" if len(other) > SHOWN else ""
    if other:
        given.note(f"made with other versions: {told}{rest}")
    else:
        given.note("made with the versions installed here")


def _find_inputs(given: _Given) -> bool:
    """Find the question: given, beside the report, or nowhere, which is said."""
    given.inputs = given.inputs or inputs_beside(given.path)
    if given.inputs is None:
        given.note(
            "the inputs are not here, so nothing was computed again: name them with --inputs"
        )
    return given.inputs is not None


def _check_inputs(given: _Given) -> None:
    then = given.manifest["inputs"]
    now = hashed_inputs(given.inputs) if given.inputs else {}
    if not then:
        given.note("the report was made in memory: its manifest knows no input files")
        return
    changed = [f"{name} is missing" for name in then if name not in now]
    changed += [f"{name} was altered" for name in then if name in now and now[name] != then[name]]
    changed += [f"{name} is new" for name in now if name not in then]
    given.say(
        not changed,
        f"the {len(then)} input files are the ones it was made from",
        f"inputs: {', '.join(changed)}",
    )


def _compute_again(given: _Given) -> None:
    """Compute from the inputs with the settings of the run.

    Results, text, pictures and the files are compared.
    """
    made = _made_again(given)
    if made.study.since is not None:
        given.note(
            "what changed since the earlier version is taken from the manifest, not compared again"
        )
    _compare_results(given, list(differences(given.manifest["results"], made.study.results())))
    _compare(given, "text", "section", made.manifest["text"])
    _compare(given, "pictures", "picture", made.manifest["pictures"])
    _compare_files(given, made)


def _compare_results(given: _Given, found: list[tuple[str, Any, Any, float]]) -> None:
    """Say that results are equal, equal within the tolerance, or which differ and by how much."""
    material = [one for one in found if one[3] > TOLERANCE]
    largest = max((one[3] for one in found if math.isfinite(one[3])), default=0.0)
    by = plain(largest, 3)
    exact = (
        "equal"
        if not found
        else f"equal within {plain(TOLERANCE)} (largest difference {plain(largest, 1)})"
    )
    told = "; ".join(f"{at}: {old} then, {new} now" for at, old, new, _ in material[:SHOWN])
    given.say(
        not material,
        f"computed again: every result is {exact}",
        f"computed again: {len(material)} results differ, numbers by up to {by}: {told}",
    )


def _made_again(given: _Given) -> Report:
    question = given.inputs or Path()
    problem = read_problem(question, limits=given.limits)
    holders = read_perspectives(question, problem, limits=given.limits)
    made = given.manifest
    study = Study(
        problem,
        holders,
        settings_of(made),
        read_logs(question),
        question,
        tuple(made["redactions"]),
        made["question"]["name"],
        made.get("since"),
    )
    when = datetime.strptime(made["created"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    # the results were compared; their last bits are of the machine that made them
    return composed(study, when, made["results"])


def _compare(given: _Given, part: str, noun: str, now: Mapping[str, str]) -> None:
    """Compare hashes by name.

    A picture drawn by another version of the drawing library decides nothing.
    """
    then = given.manifest[part]
    differing = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    told = f"made again, {noun}s differ: {', '.join(differing)}"
    if differing and part == "pictures" and not _drawn_alike(given):
        given.note(f"{told} (drawn by another version)")
    else:
        given.say(not differing, f"made again, every {noun} is the same", told)


def _drawn_alike(given: _Given) -> bool:
    then = given.manifest["environment"]["packages"]
    now = environment()["packages"]
    return all(then.get(name) == now.get(name) for name in ("matplotlib", "numpy"))


def _compare_files(given: _Given, made: Report) -> None:
    """Compare the report's own bytes with those of a new run.

    They are compared where the same versions must give the same.
    """
    folder = given.path.is_dir()
    files = (
        {kind: given.path / f"report.{kind}" for kind in WRITERS}
        if folder
        else {_kind(given.path): given.path}
    )
    if (
        made.manifest["environment"] != given.manifest["environment"]
        or made.manifest["code"] != given.manifest["code"]
    ):
        given.note("the files were not compared byte by byte: code or versions are others")
        return
    for kind, path in files.items():
        if path.is_file():
            same = WRITERS[kind](made) == path.read_bytes()
            given.say(
                same,
                f"{path.name} is byte for byte what its inputs give",
                f"{path.name} is not what its inputs give",
            )


def _kind(path: Path) -> str:
    return {".html": "html", ".htm": "html", ".pdf": "pdf"}[path.suffix.lower()]


def differences(then: Any, now: Any, at: str = "results") -> Iterator[tuple[str, Any, Any, float]]:
    """Go through what differs between two results.

    Each difference says where, then, now, and by how much (infinite for what isn't a number).

    >>> list(differences({"a": [1.0, 2.0]}, {"a": [1.0, 2.5]}))
    [('results.a[1]', 2.0, 2.5, 0.5)]
    """
    both_numbers = all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in (then, now)
    )
    if isinstance(then, dict) and isinstance(now, dict):
        for key in {**then, **now}:
            yield from differences(then.get(key), now.get(key), f"{at}.{key}")
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for number, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from differences(one, other, f"{at}[{number}]")
    elif both_numbers and then != now:
        yield at, then, now, abs(then - now)
    elif then != now:
        yield at, _brief(then), _brief(now), math.inf


def _brief(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= 60 else f"{told[:57]}..."
