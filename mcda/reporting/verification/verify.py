"""Check a report against its own manifest, its inputs, and a new computation.

The result is what holds, what differs, and what could not be compared.
"""

from __future__ import annotations

from pathlib import Path

from mcda.checks.arguments import path_of
from mcda.checks.limits import LIMITS, Limits
from mcda.reporting.study.environment import code, environment
from mcda.reporting.study.hashes import digest, hashed_inputs, inputs_beside
from mcda.reporting.study.manifest import is_whole
from mcda.reporting.verification.carried import Carried, carried
from mcda.reporting.verification.differences import differences
from mcda.reporting.verification.made_again import compute_again
from mcda.reporting.verification.said import FAILS, HOLDS, NOTE, OPEN, Said, each, part
from mcda.reporting.verification.under_verification import MOST_TOLD, Verification
from mcda.reporting.writers.crate import CRATE, crate
from mcda.sentences.catalogue import told


def verify(
    path: str | Path, inputs: str | Path | None = None, *, limits: Limits = LIMITS
) -> list[Said]:
    """Return what holds of a report and what was altered, and compute it again.

    Parameters
    ----------
    path : path
        The report: a page, a PDF, a Word file or a folder.
    inputs : path, optional
        The folder or workbook of the question, where it isn't the folder `inputs` beside the
        report.
    limits : Limits
        The largest files that are read.

    Returns
    -------
    list of Said
        What was looked at, in order, told in the language that is spoken. Results are equal, equal
        within 1e-9, or reported with what differs and by how much. Files that can't be compared
        byte for byte, because other versions made them, are compared word for word; what could not
        be compared is said.

    Raises
    ------
    InputError
        For a path that isn't a report, or a manifest of another form than those that are written.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from mcda import problem_from, report
    >>> cars = pd.DataFrame({"price": [21.0, 18.5], "speed": [180, 150]}, index=["A", "B"])
    >>> better = {"price": "min", "speed": "max"}
    >>> problem = problem_from(cars, directions=better, accept=["all"])
    >>> verify(report(problem, to=Path(tempfile.mkdtemp()) / "report.html"))[0].text
    'the page is as it was written'
    """
    source = path_of(path, "report")
    return verified(source, carried(source, limits), inputs, limits)


def verified(
    source: Path, report: Carried, inputs: str | Path | None, limits: Limits
) -> list[Said]:
    """Return what holds of a report that was opened; as `verify`."""
    question = inputs_beside(source) if inputs is None else path_of(inputs, "inputs")
    run = Verification(report, question, limits)
    _check_page(run)
    _check_files(run)
    _check_seals(run)
    _check_description(run)
    _tell_versions(run)
    if question is None:
        run.say(OPEN, part("without_inputs"), "without_inputs")
        return run.said
    _check_inputs(run, question, beside=inputs is None)
    compute_again(run, question)
    return run.said


def _check_page(run: Verification) -> None:
    """Say whether a page that stands alone is as it was written."""
    if run.report.page_is_whole is not None:
        run.decide(run.report.page_is_whole, run.report.names["html"], "page")


def _check_files(run: Verification) -> None:
    """Hold every file of a folder against its description, and the description against the files."""
    folder = run.report.folder
    if folder is None:
        return
    files = part("files")
    for name in folder.missing:
        run.say(FAILS, files, "missing", name=name)
    for name in folder.altered:
        run.say(FAILS, files, "altered", name=name)
    for name in folder.undescribed:
        run.say(FAILS, files, "undescribed", name=name, crate=CRATE)
    if folder.is_as_described:
        run.say(HOLDS, files, "files", count=len(folder.hashes))
    for name in folder.foreign:
        run.say(OPEN, name, "foreign", name=name)


def _check_seals(run: Verification) -> None:
    """Hold the manifest and the results in it against their own hashes."""
    unaltered = digest(run.manifest["results"]) == run.manifest["results_sha256"]
    run.decide(is_whole(run.manifest), part("manifest"), "seal")
    run.decide(unaltered, part("manifest"), "sealed_results")


def _check_description(run: Verification) -> None:
    """Hold the description of a folder against the one that its files and its manifest give.

    Other code may describe in another form: then it is left open.
    """
    folder = run.report.folder
    if folder is None or not folder.is_as_described:
        return
    wrong = [
        told("verified.misdescribed_at", place=at, then=then, now=now)
        for at, then, now, _ in differences(
            folder.description, crate(run.manifest, folder.files), CRATE
        )
    ]
    if not wrong:
        return
    about = {"name": CRATE, "passages": "; ".join(wrong[:MOST_TOLD])}
    if run.manifest["code"] == code(run.manifest["question"]["package"]):
        run.say(FAILS, CRATE, "misdescribed", **about)
    else:
        run.say(OPEN, CRATE, "misdescribed_by_other_code", **about)


def _tell_versions(run: Verification) -> None:
    then = run.manifest["environment"]
    now = environment()
    other = {
        name: (version, now["packages"].get(name, "none"))
        for name, version in then["packages"].items()
        if now["packages"].get(name) != version
    }
    if then["python"] != now["python"]:
        other["python"] = (then["python"], now["python"])
    if not other:
        run.say(NOTE, "", "same_versions")
        return
    versions = [
        told("verified.version", name=name, then=old, now=new)
        for name, (old, new) in sorted(other.items())
    ]
    shown = each(versions[:MOST_TOLD])
    if len(versions) > MOST_TOLD:
        shown = told("many.names", names=shown, count=len(versions) - MOST_TOLD)
    run.say(NOTE, "", "other_versions", versions=shown)


def _check_inputs(run: Verification, question: Path, *, beside: bool) -> None:
    then = run.manifest["inputs"]
    now = hashed_inputs(question)
    inputs = part("inputs")
    if not then and not beside:
        run.say(OPEN, inputs, "in_memory")
        return
    changed = [told("verified.missing", name=name) for name in then if name not in now]
    altered = [name for name in then if name in now and now[name] != then[name]]
    changed += [told("verified.input_altered", name=name) for name in altered]
    changed += [told("verified.input_new", name=name) for name in now if name not in then]
    if changed:
        run.say(FAILS, inputs, "inputs_differ", changes=each(changed))
    else:
        run.say(HOLDS, inputs, "inputs", count=len(then))
