"""A report as it is on disk: its manifest and its files, opened with limits and checked in form."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import Limits
from mcda.files.disk.places import real
from mcda.files.disk.reading import read_bytes
from mcda.reporting.study.hashes import digest_of_bytes, strict_json
from mcda.reporting.study.manifest import MANIFEST, SCHEMA, settings_of
from mcda.reporting.verification.differences import differences
from mcda.reporting.verification.result_tables import tables_in
from mcda.reporting.verification.said import FAILS, HOLDS, OPEN, Said, passed
from mcda.reporting.verification.schemas import check_crate, check_manifest
from mcda.reporting.writers.crate import CRATE, crate, recorded
from mcda.reporting.writers.html import opened
from mcda.reporting.writers.pdf import attached, is_brief
from mcda.reporting.writers.report import WRITERS, file_of
from mcda.reporting.writers.word import enclosed
from mcda.sentences.catalogue import ENGLISH, languages, told

INPUTS = "inputs"
KINDS = {".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}


@dataclass(frozen=True)
class Carried:
    """What a report on disk carries.

    It has the manifest, the bytes of each form of the report by kind, the name of each as a reader
    knows it, the files of results by name, what was said when its files were held against their
    hashes, and where its description isn't what these files and the manifest give.
    """

    manifest: Mapping[str, Any]
    forms: Mapping[str, bytes] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, bytes] | None = None  # None where only a file of the report is at hand
    said: tuple[Said, ...] = ()
    misdescribed: tuple[str, ...] = ()


def carried(path: Path, limits: Limits) -> Carried:
    """Open the folder of a report, or one of its files.

    Raises InputError for what is no report, and for a manifest of another form than ours.
    """
    if path.is_dir():
        return _of_folder(path, limits)
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        remedy = "verify its folder, its .html, its .pdf or its .docx"
        expected = "a page (.html), a PDF, a Word file or a folder of a report"
        raise InputError(Fault(str(path), expected, "something else", remedy))
    content = read_bytes(path, limits)
    statements: tuple[Said, ...] = ()
    if kind == "html":
        manifest, whole = opened(content.decode("utf-8", errors="replace"), limits.unpacked_bytes)
        level = HOLDS if whole else FAILS
        statements = (Said(level, told(f"verified.page_{level}"), path.name),)
    elif kind == "pdf":
        manifest = attached(content, limits.unpacked_bytes)
        kind = "brief" if is_brief(content) else kind
    else:
        manifest = enclosed(content, limits)
    return Carried(_manifest(path, manifest), {kind: content}, {kind: path.name}, said=statements)


def language_of_report(path: Path, limits: Limits) -> str:
    """Return the language in which a report says that it is written; English where there is none such.

    A manifest that was altered may name any. Raises InputError for what is no report.
    """
    written = settings_of(carried(path, limits).manifest).language
    return written if written in languages() else ENGLISH


def _manifest(path: Path, manifest: Any) -> Mapping[str, Any]:
    """Return a manifest of ours; raises InputError for anything else."""
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        raise InputError(Fault(str(path), "a report with its manifest", "none that can be read"))
    check_manifest(manifest, f"the manifest of {path.name}")
    return manifest


def _of_folder(path: Path, limits: Limits) -> Carried:
    described = _read_json(path / CRATE, limits)
    check_crate(described, CRATE)
    hashes = recorded(described)
    files = {
        name: read_bytes(path / name, limits)
        for name in hashes
        if _is_regular_inside(path, path / name)
    }
    statements = list(_held_against(path, hashes, files))
    manifest = _manifest(path / MANIFEST, _read_json(path / MANIFEST, limits))
    forms = {
        kind: read_bytes(path / file_of(kind), limits)
        for kind in WRITERS
        if _is_regular_inside(path, path / file_of(kind))
    }
    names = {kind: file_of(kind) for kind in forms}
    misdescribed = _misdescribed(described, crate(manifest, files)) if passed(statements) else []
    tables = tables_in(path, limits)
    return Carried(manifest, forms, names, tables, tuple(statements), tuple(misdescribed))


def _misdescribed(described: Any, given: Any) -> list[str]:
    """Return where a description isn't the one that the files of a folder give."""
    return [
        told("verified.misdescribed_at", place=at, then=then, now=now)
        for at, then, now, _ in differences(described, given, CRATE)
    ]


def _read_json(path: Path, limits: Limits) -> Any:
    content = read_bytes(path, limits)
    try:
        return strict_json(content)
    except ValueError:
        raise InputError(Fault(str(path), "JSON", "something else")) from None


def _held_against(
    path: Path, hashes: Mapping[str, str], files: Mapping[str, bytes]
) -> Iterator[Said]:
    """Hold every file of a folder against its description, and the description against the files."""
    failing = [told("verified.missing", name=name) for name in hashes if name not in files]
    failing += [
        told("verified.altered", name=name)
        for name, content in files.items()
        if digest_of_bytes(content) != hashes[name]
    ]
    foreign = sorted(_files_in(path) - set(hashes) - {CRATE})
    own = [name for name in foreign if _is_of_a_report(name)]
    failing += [told("verified.undescribed", name=name, crate=CRATE) for name in own]
    part = told("verified_part.files")
    for sentence in failing:
        yield Said(FAILS, sentence, part)
    if not failing:
        yield Said(HOLDS, told("verified.files", count=len(hashes)), part)
    for name in foreign:
        if name not in own:
            yield Said(OPEN, told("verified.foreign", name=name), name)


def _is_regular_inside(folder: Path, path: Path) -> bool:
    try:
        return path.is_file() and real(path).is_relative_to(real(folder))
    except (OSError, ValueError):  # a name too long for the system, or with a NUL
        return False


def _is_of_a_report(name: str) -> bool:
    forms = list(map(file_of, WRITERS))
    return name == MANIFEST or name in forms or name.startswith(f"{INPUTS}/")


def _files_in(folder: Path) -> set[str]:
    """Return the names of all files and links below a folder; a folder that is a link isn't entered."""
    files = set()
    for path, folders, names in os.walk(folder, followlinks=False):
        inside = Path(path).relative_to(folder)
        linked = [name for name in folders if (Path(path) / name).is_symlink()]
        files |= {(inside / name).as_posix() for name in (*names, *linked)}
    return files
