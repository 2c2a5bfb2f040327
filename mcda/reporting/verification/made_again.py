"""A report made again from its inputs with the settings of its run, and compared part by part."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from mcda.checks.faults import InputError
from mcda.checks.significant_digits import plain
from mcda.files.question.logs import read_logs
from mcda.files.question.read_perspectives import read_perspectives
from mcda.files.question.read_problem import read_problem
from mcda.reporting.study.environment import environment
from mcda.reporting.study.manifest import settings_of
from mcda.reporting.study.study import Study
from mcda.reporting.verification.differences import differences, first_passage
from mcda.reporting.verification.document_text import READERS, page_text, word_pictures
from mcda.reporting.verification.result_tables import cells_in
from mcda.reporting.verification.said import FAILS, HOLDS, OPEN, each, part
from mcda.reporting.verification.under_verification import MOST_TOLD, Verification
from mcda.reporting.writers.html import links_to_results
from mcda.reporting.writers.report import WRITERS, Report, composed
from mcda.reporting.writers.result_files import (
    WORKBOOK,
    links_to,
    result_files,
    result_names,
    result_tables,
)
from mcda.sentences.catalogue import ENGLISH, counted, joined, language, told
from mcda.uncertainty.counting.second_process import second_process, shared

# two runs agree within it: processors differ in last bits, below 1e-12, and no number is shown to
# so many digits
SAME_RESULT = 1e-9
COUNTED_AS = {"results": "result", "tables": "table_cell"}  # the noun of what differs in a part
TABLES = "tables"  # beside the forms of a report
DRAW_LINES = ("matplotlib", "numpy")  # packages whose versions decide how a picture is drawn
DRAW_POINTS = (*DRAW_LINES, "typst")  # and how it is made of points


def compute_again(run: Verification, question: Path) -> None:
    """Compute from the inputs with the settings of the run.

    Results, text, pictures and the files are compared.
    """
    study = _study_again(run, question)
    with second_process(study.settings.draws) as second:
        again = composed(study, run.manifest, second)
        made = shared(_jobs(run, again), second)
    if again.study.since is not None:
        run.say(OPEN, part("since"), "since")
    differing = list(differences(run.manifest["results"], again.study.analysis.results))
    _say_differences(run, "results", differing)
    _compare_hashes(run, "text", "sections", again.run["text"])
    _compare_hashes(run, "pictures", "pictures", again.run["pictures"])
    for kind, content in run.report.forms.items():
        _compare_form(run, kind, content, made[kind], again)
    if run.report.tables is not None:
        _compare_tables(run, run.report.tables, made[TABLES])


def _jobs(run: Verification, again: Report) -> dict[str, Callable[[], Any]]:
    """Return what makes each form and the tables of results again, as far as there are some."""
    jobs: dict[str, Callable[[], Any]] = {}
    for kind, content in run.report.forms.items():
        jobs[kind] = partial(WRITERS[kind], _in_its_place(run, kind, content, again))
    if run.report.tables is not None:
        jobs[TABLES] = partial(result_files, again.study)
    return jobs


def _study_again(run: Verification, question: Path) -> Study:
    """Return the study that the inputs give, with the settings of the run.

    Files are read with the signs that they are written with, whatever language is spoken.
    """
    with language(ENGLISH):
        problem = read_problem(question, limits=run.limits)
        holders = read_perspectives(question, problem, limits=run.limits)
    manifest = run.manifest
    structure = manifest["question"].get("structure")
    shaped = problem.structured(structure) if structure else problem
    return Study(
        shaped,
        holders,
        settings_of(manifest),
        read_logs(question),
        question,
        tuple(manifest["redactions"]),
        manifest["question"]["name"],
        manifest["since"],
    )


def _compare_hashes(run: Verification, kept_as: str, name: str, now: Mapping[str, str]) -> None:
    """Compare hashes by name.

    A picture drawn by another version of the drawing library is left open.
    """
    then = run.manifest[kept_as]
    differing = [key for key in {**then, **now} if then.get(key) != now.get(key)]
    if not differing:
        run.say(HOLDS, part(name), f"{name}_same")
    elif name == "pictures" and not _is_drawn_alike(run, DRAW_LINES):
        run.say(OPEN, part(name), "pictures_of_another_version", names=each(differing))
    else:
        run.say(FAILS, part(name), f"{name}_differ", names=each(differing))


def _is_drawn_alike(run: Verification, packages: Iterable[str]) -> bool:
    then = run.manifest["environment"]["packages"]
    now = environment()["packages"]
    return all(then.get(name) == now.get(name) for name in packages)


def _is_made_alike(run: Verification, report: Report) -> bool:
    return all(report.run[part] == run.manifest[part] for part in ("environment", "code"))


def _say_differences(
    run: Verification, name: str, differing: list[tuple[str, Any, Any, float]]
) -> None:
    """Say that two runs are equal, equal within the tolerance, or where and by how much not."""
    material = [one for one in differing if one[3] > SAME_RESULT]
    largest = max((one[3] for one in differing if math.isfinite(one[3])), default=0.0)
    if material:
        passages = [
            told("verified.passage", place=at, then=old, now=new)
            for at, old, new, _ in material[:MOST_TOLD]
        ]
        fields: dict[str, object] = {
            "things": counted(len(material), COUNTED_AS[name]),
            "passages": joined(passages),
        }
        key = f"{name}_differ"
        if largest > SAME_RESULT:
            key = f"{name}_differ_by"
            fields["largest"] = plain(largest, 3)
        run.say(FAILS, part(name), key, **fields)
    elif differing:
        about = {"within": plain(SAME_RESULT), "largest": plain(largest, 1)}
        run.say(HOLDS, part(name), f"{name}_near", **about)
    else:
        run.say(HOLDS, part(name), f"{name}_equal")


def _compare_tables(run: Verification, then: Mapping[str, bytes], now: Mapping[str, bytes]) -> None:
    """Compare the tables of results in a folder with those that the inputs give, cell by cell."""
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


def _cells(run: Verification, files: Mapping[str, bytes], names: list[str]) -> dict[str, Any]:
    """Return the cells of those of the named files that there are."""
    return {name: cells_in(name, files[name], run.limits) for name in names if name in files}


def _compare_form(
    run: Verification, kind: str, content: bytes, again: bytes, report: Report
) -> None:
    """Compare a form of the report with that of the new run.

    They are the same bytes, where the same code and versions made them; else the same words.
    """
    name = run.report.names[kind]
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


def _say_unreadable(run: Verification, name: str, error: InputError, report: Report) -> None:
    """Say that the words of a form can't be compared; its bytes are other than they should be.

    The same code and versions would have made the same bytes.
    """
    if _is_made_alike(run, report):
        run.say(FAILS, name, "unread_and_other", name=name, reason=error)
    else:
        run.say(OPEN, name, "unread", name=name, reason=error)


def _in_its_place(run: Verification, kind: str, content: bytes, report: Report) -> Report:
    """Return a report whose page links to the files of results if the given page does."""
    if kind != "html" or not links_to_results(content.decode("utf-8", errors="replace")):
        return report
    names = run.report.tables or result_names(result_tables(report.study))
    return replace(report, beside=links_to(names))


def _tell_form(run: Verification, kind: str, content: bytes, again: bytes) -> None:
    """Say what of a form can't be compared, because other code or versions made it."""
    name = run.report.names[kind]
    if not _shows_the_same(run, kind, content, again):
        run.say(FAILS, name, "other_pictures", name=name)
    if kind != "html":
        run.say(OPEN, part("layout", name=name), "layout", name=name)
    elif page_text(content).form != page_text(again).form:
        run.say(OPEN, part("scripts", name=name), "scripts", name=name)


def _shows_the_same(run: Verification, kind: str, content: bytes, again: bytes) -> bool:
    """Say whether a form shows the pictures it should, as far as that can be told.

    A page shows those that its manifest names; a Word file those of the new run, where the same
    versions draw. Those of a PDF are part of its layout.
    """
    if kind == "html":
        return set(page_text(content).pictures) == set(run.manifest["pictures"].values())
    if kind == "docx" and _is_drawn_alike(run, DRAW_POINTS):
        return word_pictures(content) == word_pictures(again)
    return True
