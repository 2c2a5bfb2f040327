"""Check a report against its own manifest, its inputs, and a new computation.

The result is what holds, what differs, and what could not be compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mcda.checks.arguments import path_of
from mcda.checks.faults import InputError
from mcda.checks.limits import LIMITS, Limits
from mcda.checks.significant_digits import plain
from mcda.files.question.logs import read_logs
from mcda.files.question.read_perspectives import read_perspectives
from mcda.files.question.read_problem import read_problem
from mcda.reporting.study.environment import code, environment
from mcda.reporting.study.hashes import digest, hashed_inputs, inputs_beside
from mcda.reporting.study.manifest import is_whole, settings_of
from mcda.reporting.study.study import Study
from mcda.reporting.verification.carried import Carried, carried
from mcda.reporting.verification.differences import differences, first_passage
from mcda.reporting.verification.document_text import READERS, page_text, word_pictures
from mcda.reporting.verification.result_tables import cells_in
from mcda.reporting.verification.said import FAILS, HOLDS, NOTE, OPEN, Said, each, part
from mcda.reporting.writers.crate import CRATE
from mcda.reporting.writers.html import links_to_results
from mcda.reporting.writers.report import WRITERS, Report, composed
from mcda.reporting.writers.result_files import WORKBOOK, links_to, result_files, result_names
from mcda.sentences.catalogue import ENGLISH, counted, joined, language, told

# processors differ in last bits, below 1e-12; no number is shown to so many digits
TOLERANCE = 1e-9
SHOWN = 5  # differences told of each kind
DRAWING = ("matplotlib", "numpy")  # packages that decide how a picture is drawn
PICTURES = "pictures"
DIFFERING = {"results": "result", "tables": "table_cell"}  # what differs, as a counted noun
PAINTING = (*DRAWING, "typst")  # and how it is made of points


@dataclass
class _Verification:
    """A report under verification: what it carries, its inputs, and what has been said so far."""

    report: Carried
    inputs: Path | None
    limits: Limits
    said: list[Said] = field(default_factory=list)

    @property
    def manifest(self) -> Mapping[str, Any]:
        return self.report.manifest

    def say(self, level: str, subject: str, key: str, **fields: object) -> None:
        """Say a sentence of the catalogue at a level, of a part or of a file by its name."""
        self.said.append(Said(level, told(f"verified.{key}", **fields), subject))

    def decide(self, held: bool, subject: str, key: str) -> None:
        """Say the one of two sentences that is so."""
        level = HOLDS if held else FAILS
        self.say(level, subject, f"{key}_{level}")


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
    report = carried(source, limits)
    question = inputs_beside(source) if inputs is None else path_of(inputs, "inputs")
    run = _Verification(report, question, limits, list(report.said))
    _check_seals(run)
    _check_description(run)
    _tell_versions(run)
    if question is None:
        run.say(OPEN, part("without_inputs"), "without_inputs")
        return run.said
    _check_inputs(run, question, beside=inputs is None)
    _compute_again(run, question)
    return run.said


def _check_seals(run: _Verification) -> None:
    """Hold the manifest and the results in it against their own hashes."""
    unaltered = digest(run.manifest["results"]) == run.manifest["results_sha256"]
    run.decide(is_whole(run.manifest), part("manifest"), "seal")
    run.decide(unaltered, part("manifest"), "sealed_results")


def _check_description(run: _Verification) -> None:
    """Hold the description of a folder against the one that its files and its manifest give.

    Other code may describe in another form: then it is left open.
    """
    wrong = run.report.misdescribed
    if not wrong:
        return
    about = {"name": CRATE, "passages": "; ".join(wrong[:SHOWN])}
    if run.manifest["code"] == code(run.manifest["question"]["package"]):
        run.say(FAILS, CRATE, "misdescribed", **about)
    else:
        run.say(OPEN, CRATE, "misdescribed_by_other_code", **about)


def _tell_versions(run: _Verification) -> None:
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
    shown = each(versions[:SHOWN])
    if len(versions) > SHOWN:
        shown = told("many.names", names=shown, count=len(versions) - SHOWN)
    run.say(NOTE, "", "other_versions", versions=shown)


def _check_inputs(run: _Verification, question: Path, *, beside: bool) -> None:
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


def _compute_again(run: _Verification, question: Path) -> None:
    """Compute from the inputs with the settings of the run.

    Results, text, pictures and the files are compared.
    """
    again = _made_again(run, question)
    if again.study.since is not None:
        run.say(OPEN, part("since"), "since")
    differing = list(differences(run.manifest["results"], again.study.analysis.results))
    _say_differences(run, "results", differing)
    _compare_hashes(run, "text", "sections", again.run["text"])
    _compare_hashes(run, "pictures", "pictures", again.run["pictures"])
    for kind, content in run.report.forms.items():
        _compare_form(run, kind, content, again)
    if run.report.tables is not None:
        _compare_tables(run, run.report.tables, again)


def _made_again(run: _Verification, question: Path) -> Report:
    """Return the report that the inputs give, with the manifest that the given one carries.

    Files are read with the signs that they are written with, whatever language is spoken.
    """
    with language(ENGLISH):
        problem = read_problem(question, limits=run.limits)
        holders = read_perspectives(question, problem, limits=run.limits)
    manifest = run.manifest
    structure = manifest["question"].get("structure")
    shaped = problem.structured(structure) if structure else problem
    study = Study(
        shaped,
        holders,
        settings_of(manifest),
        read_logs(question),
        question,
        tuple(manifest["redactions"]),
        manifest["question"]["name"],
        manifest["since"],
    )
    return composed(study, manifest)


def _say_differences(
    run: _Verification, name: str, differing: list[tuple[str, Any, Any, float]]
) -> None:
    """Say that two runs are equal, equal within the tolerance, or where and by how much not."""
    material = [one for one in differing if one[3] > TOLERANCE]
    largest = max((one[3] for one in differing if math.isfinite(one[3])), default=0.0)
    if material:
        passages = [
            told("verified.passage", place=at, then=old, now=new)
            for at, old, new, _ in material[:SHOWN]
        ]
        fields: dict[str, object] = {
            "things": counted(len(material), DIFFERING[name]),
            "passages": joined(passages),
        }
        key = f"{name}_differ"
        if largest > TOLERANCE:
            key = f"{name}_differ_by"
            fields["largest"] = plain(largest, 3)
        run.say(FAILS, part(name), key, **fields)
    elif differing:
        about = {"within": plain(TOLERANCE), "largest": plain(largest, 1)}
        run.say(HOLDS, part(name), f"{name}_near", **about)
    else:
        run.say(HOLDS, part(name), f"{name}_equal")


def _compare_hashes(run: _Verification, kept_as: str, name: str, now: Mapping[str, str]) -> None:
    """Compare hashes by name.

    A picture drawn by another version of the drawing library is left open.
    """
    then = run.manifest[kept_as]
    differing = [key for key in {**then, **now} if then.get(key) != now.get(key)]
    if not differing:
        run.say(HOLDS, part(name), f"{name}_same")
    elif name == PICTURES and not _is_drawn_alike(run, DRAWING):
        run.say(OPEN, part(name), "pictures_of_another_version", names=each(differing))
    else:
        run.say(FAILS, part(name), f"{name}_differ", names=each(differing))


def _is_drawn_alike(run: _Verification, packages: Iterable[str]) -> bool:
    then = run.manifest["environment"]["packages"]
    now = environment()["packages"]
    return all(then.get(name) == now.get(name) for name in packages)


def _compare_form(run: _Verification, kind: str, content: bytes, report: Report) -> None:
    """Compare a form of the report with that of the new run.

    They are the same bytes, where the same code and versions made them; else the same words.
    """
    name = run.report.names[kind]
    again = WRITERS[kind](_in_its_place(run, kind, content, report))
    if again == content:
        run.say(HOLDS, name, "same_bytes", name=name)
        return
    try:
        passage = first_passage(READERS[kind](content), READERS[kind](again))
    except InputError as error:
        _say_unreadable(run, name, error, report)
        return
    if passage != ("", ""):
        old, new = map(repr, passage)
        run.say(FAILS, name, "other_words", name=name, then=old, now=new)
    elif _is_made_alike(run, report):
        run.say(FAILS, name, "other_form", name=name)
    else:
        run.say(HOLDS, name, "same_words", name=name)
        _tell_form(run, kind, content, again)


def _say_unreadable(run: _Verification, name: str, error: InputError, report: Report) -> None:
    """Say that the words of a form can't be compared; its bytes are other than they should be.

    The same code and versions would have made the same bytes.
    """
    if _is_made_alike(run, report):
        run.say(FAILS, name, "unread_and_other", name=name, reason=error)
    else:
        run.say(OPEN, name, "unread", name=name, reason=error)


def _in_its_place(run: _Verification, kind: str, content: bytes, report: Report) -> Report:
    """Return a report whose page links to the files of results if the given page does."""
    if kind != "html" or not links_to_results(content.decode("utf-8", errors="replace")):
        return report
    return replace(report, beside=links_to(run.report.tables or result_names(report.study)))


def _compare_tables(run: _Verification, then: Mapping[str, bytes], report: Report) -> None:
    """Compare the tables of results in a folder with those that the inputs give, cell by cell."""
    now = result_files(report.study)
    names = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    try:
        old = _cells(run, then, names)
        new = _cells(run, now, names)
    except InputError as error:
        run.say(FAILS, part("tables"), "tables_unread", reason=error)
        return
    _say_differences(run, "tables", list(differences(old, new, "tables")))
    if WORKBOOK in names:
        run.say(OPEN, part("layout", name=WORKBOOK), "layout_of_another_machine", name=WORKBOOK)


def _cells(run: _Verification, files: Mapping[str, bytes], names: list[str]) -> dict[str, Any]:
    """Return the cells of those of the named files that there are."""
    return {name: cells_in(name, files[name], run.limits) for name in names if name in files}


def _is_made_alike(run: _Verification, report: Report) -> bool:
    return all(report.run[part] == run.manifest[part] for part in ("environment", "code"))


def _tell_form(run: _Verification, kind: str, content: bytes, again: bytes) -> None:
    """Say what of a form can't be compared, because other code or versions made it."""
    name = run.report.names[kind]
    if not _shows_the_same(run, kind, content, again):
        run.say(FAILS, name, "other_pictures", name=name)
    if kind != "html":
        run.say(OPEN, part("layout", name=name), "layout", name=name)
    elif page_text(content).form != page_text(again).form:
        run.say(OPEN, part("scripts", name=name), "scripts", name=name)


def _shows_the_same(run: _Verification, kind: str, content: bytes, again: bytes) -> bool:
    """Say whether a form shows the pictures it should, as far as that can be told.

    A page shows those that its manifest names; a Word file those of the new run, where the same
    versions draw. Those of a PDF are part of its layout.
    """
    if kind == "html":
        return set(page_text(content).pictures) == set(run.manifest["pictures"].values())
    if kind == "docx" and _is_drawn_alike(run, PAINTING):
        return word_pictures(content) == word_pictures(again)
    return True
