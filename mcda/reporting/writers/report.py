"""A report in every format, from one study.

This is the public function, and the folder that an auditor is given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.display.visible_text import upright, with_minus
from mcda.files.disk.writing import new_version, write_bytes
from mcda.files.question.logs import read_logs
from mcda.preferences.weighting.stated import Weights, check_holders
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.reporting.document.for_reviewers.provenance import provenance
from mcda.reporting.document.outline import context, numbered, placed
from mcda.reporting.document.pictures import as_png, explorer
from mcda.reporting.language.wording.wording_rules import lint
from mcda.reporting.study.analysis import Settings
from mcda.reporting.study.environment import moment, moment_of
from mcda.reporting.study.hashes import carried_bytes
from mcda.reporting.study.manifest import MANIFEST, manifest
from mcda.reporting.study.question_language import language_of, speaking_of
from mcda.reporting.study.since import since as compared
from mcda.reporting.study.study import Study
from mcda.reporting.writers.compact_svg import compacted
from mcda.reporting.writers.crate import CRATE, crate, described_files
from mcda.reporting.writers.on_paper import on_paper
from mcda.reporting.writers.result_files import (
    links_to,
    result_files,
    result_names,
    result_tables,
)
from mcda.sentences.catalogue import ENGLISH
from mcda.uncertainty.counting.second_process import shared


@dataclass(frozen=True, eq=False)
class Report:
    """A report ready to be written.

    It has what the report says as plain data, its pictures as SVG, the manifest that it carries,
    and that of the run which made it: another one where a report is made again to be compared.
    beside: the files of results that lie beside the page, to which it links.
    """

    study: Study
    context: Mapping[str, Any]
    pictures: Mapping[str, str]
    manifest: Mapping[str, Any]
    run: Mapping[str, Any]
    when: datetime
    beside: tuple[str, ...] = ()

    def html(self) -> bytes:
        """Return the report as one page that opens offline, with the manifest inside."""
        from mcda.reporting.writers.html import html

        with speaking_of(self.study.problem, self.study.settings.language):
            live = explorer(self.study)
        paper = self._on_paper()
        page = html(self.context, self.pictures, self.manifest, live, self.beside, paper)
        return page.encode("utf-8")

    def pdf(self) -> bytes:
        """Return the report as PDF/UA-1 and PDF/A-3a, with the manifest attached."""
        from mcda.reporting.writers.pdf import pdf

        return pdf(self._on_paper(), self.pictures, self.manifest, self.when)

    def brief(self) -> bytes:
        """Return the first page alone, as the PDF has it, with the manifest attached."""
        from mcda.reporting.writers.pdf import BRIEF, pdf

        first = self.context["sections"][:1]
        shown = {**self.context, "sections": first, "keywords": BRIEF}
        pictures = {name: self.pictures[name] for name in placed(first)}
        return pdf(shown, pictures, self.manifest, self.when)

    def docx(self) -> bytes:
        """Return the report as a Word document."""
        from mcda.reporting.writers.word import docx

        return docx(self._on_paper(), as_png(self.pictures), self.manifest, self.when)

    def _on_paper(self) -> dict[str, Any]:
        """Return what the report says where pages are counted."""
        with speaking_of(self.study.problem, self.study.settings.language):
            return on_paper(self.context)


WRITERS: dict[str, Callable[[Report], bytes]] = {
    "html": Report.html,
    "pdf": Report.pdf,
    "docx": Report.docx,
    "brief": Report.brief,
}
WHOLE = ("html", "pdf", "docx")  # the formats that have the whole report


def composed(
    study: Study, carried: Mapping[str, Any] | None = None, executor: Executor | None = None
) -> Report:
    """Return the report of a study: computed, drawn, checked by the linter and sealed.

    Nothing is written. carried: the manifest of the report that is made again, with what it says of
    its own run, its time and the last bits of its machine; without it the run's own. executor: one
    of a process beside this one, for a part of the work. Raises InputError that quotes every
    sentence which breaks the rules of wording.
    """
    with speaking_of(study.problem, study.settings.language):
        study.analysis.compute(executor)
    moment_of_run = moment() if carried is None else moment_of(carried["created"])
    outline, pictures = context(study, executor)
    if study.settings.language == ENGLISH:  # its rules are of English words and signs
        lint(outline, study.problem, study.holders)
    svgs = compacted({name: picture.svg for name, picture in pictures.items()})
    results = study.analysis.results if carried is None else carried["results"]
    run = manifest(study, outline, svgs, moment_of_run, results)
    shown = run if carried is None else carried
    with speaking_of(study.problem, study.settings.language):
        sections = numbered([*outline["sections"], provenance(shown)])
    whole = with_minus(upright({**outline, "sections": sections}))
    return Report(study, whole, svgs, shown, run, moment_of_run)


def report(
    problem: Problem,
    holders: Mapping[str, Weights] | None = None,
    *,
    to: str | Path,
    method: str = "topsis",
    draws: int = 0,
    seed: int | None = None,
    question: str | Path | None = None,
    since: str | Path | None = None,
    language: str | None = None,
) -> Path:
    """Write the report of a question and return where it is.

    Parameters
    ----------
    problem : Problem
        The question.
    holders : mapping of str to Weights, optional
        The weights of the holders, by name. Without holders all heads weigh the same, which the
        report says.
    to : path
        A .html, .pdf or .docx file, or a folder. A folder gets all three formats with the manifest,
        the RO-Crate metadata and the inputs.
    method : str
        The method that leads the report, as for `rank`.
    draws : int
        How many draws there are for how the order holds over the ranges; 0 for the best estimates
        alone.
    seed : int, optional
        The seed of the draws.
    question : path, optional
        The folder or workbook that the problem was read from. With it the manifest keeps the hash
        of every file, and `mcda verify` can compute again.
    since : path, optional
        An earlier version (a question, or a report's folder); the report says what changed.
    language : str, optional
        The code of a language that has a catalogue of sentences, such as "de". The question's own,
        or else English, if not given.

    Returns
    -------
    Path
        The file or the folder.

    Raises
    ------
    InputError
        For a format or a language that isn't known, or draws without a seed.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from mcda import problem_from
    >>> cars = pd.DataFrame({"price": [21.0, 18.5], "speed": [180, 150]}, index=["A", "B"])
    >>> better = {"price": "min", "speed": "max"}
    >>> problem = problem_from(cars, directions=better, accept=["all"])
    >>> report(problem, to=Path(tempfile.mkdtemp()) / "report.html").name
    'report.html'
    """
    check_problem(problem)
    if holders:
        check_holders(holders)
    spoken = language or language_of(problem.frame)
    settings = Settings(method=method, draws=draws, seed=seed, language=spoken)
    source = Path(question) if question else None
    logs = read_logs(source) if source else {}
    study = Study(problem, holders or {}, settings, logs, source)
    if since is not None:
        study = replace(study, since=compared(study, since))
    target = Path(to)
    made = composed(study)
    if not target.suffix:
        return write(made, target, WHOLE)
    kind = target.suffix.removeprefix(".").lower()
    return write_bytes(target, WRITERS[known_format(kind, WHOLE)](made))


def known_format(kind: str, formats: Iterable[str] = tuple(WRITERS)) -> str:
    """Return the name of a format; raises InputError that lists the formats."""
    if kind not in formats:
        raise InputError(Fault("format of the report", f"one of {known(formats)}", repr(kind)))
    return kind


def file_of(kind: str) -> str:
    """Return the name of the file that has the report in a format.

    >>> file_of("pdf"), file_of("brief")
    ('report.pdf', 'brief.pdf')
    """
    return f"report.{kind}" if kind in WHOLE else f"{kind}.pdf"


def write(
    report: Report, folder: Path, formats: Iterable[str], executor: Executor | None = None
) -> Path:
    """Write a report in some formats into a folder, with its manifest and its inputs.

    The description of all files is written too, and every table of results as CSV and in one
    workbook. An earlier report in the folder goes whole, once the new one is there; other files
    stay. executor: one of a process beside this one, which makes a part of them. A format that
    can't be made doesn't stop the others; raises InputError that names it once they are written.
    """
    kinds = [known_format(kind) for kind in formats]
    tables = result_tables(report.study)
    linked = replace(report, beside=links_to(result_names(tables)))
    jobs: dict[str, Callable[[], Any]] = {kind: partial(_form, linked, kind) for kind in kinds}
    jobs["results"] = partial(result_files, report.study, tables)
    made = shared(jobs, executor, lambda form: isinstance(form, str))
    results = made.pop("results")
    files = {file_of(kind): form for kind, form in made.items() if isinstance(form, bytes)}
    files[MANIFEST] = as_json(report.manifest)
    source = report.study.folder
    if source:
        files |= {f"inputs/{name}": content for name, content in carried_bytes(source).items()}
    files |= results
    files[CRATE] = as_json(crate(report.manifest, files))
    own = {MANIFEST, *map(file_of, WRITERS), *described_files(folder)}
    with new_version(folder, own) as part:
        for name, content in files.items():
            write_bytes(part / name, content)
    refuse([_fault(kind, form, kinds) for kind, form in made.items() if isinstance(form, str)])
    return folder


def _form(report: Report, kind: str) -> bytes | str:
    """Return the report in a format, or in words why it could not be made."""
    try:
        return WRITERS[kind](report)
    except Exception as error:  # a typesetter may fail in any way, on a character it can't print
        return f"none, {type(error).__name__}: {error}"


def _fault(kind: str, found: str, kinds: list[str]) -> Fault:
    """Return the fault of a format that could not be made."""
    others = "nothing was written in its place"
    if len(kinds) > 1:
        others = "the other formats are written"
    return Fault(file_of(kind), "a file", found, others)


def as_json(data: object) -> bytes:
    """Return plain data as readable JSON, the same bytes for the same data."""
    return (
        json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    ).encode("utf-8")
