"""A report as it is on disk: its manifest and its files, opened with limits and checked in form."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import Limits
from mcda.files.disk.places import real
from mcda.files.disk.reading import read_bytes
from mcda.reporting.study.hashes import digest_of_bytes, strict_json
from mcda.reporting.study.manifest import MANIFEST, SCHEMA, settings_of
from mcda.reporting.verification.result_tables import tables_in
from mcda.reporting.verification.schemas import check_crate, check_manifest
from mcda.reporting.writers.crate import CRATE, recorded
from mcda.reporting.writers.html import opened
from mcda.reporting.writers.pdf import attached, is_brief
from mcda.reporting.writers.report import WRITERS, file_of
from mcda.reporting.writers.word import enclosed
from mcda.sentences.catalogue import ENGLISH, languages

INPUTS = "inputs"
KINDS = {".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}


@dataclass(frozen=True)
class Folder:
    """The files of a report's folder beside its description (JSON), which gives their hashes.

    files: the bytes of those that it describes; others: the names of those that it doesn't.
    """

    description: Any
    hashes: Mapping[str, str]
    files: Mapping[str, bytes]
    others: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """The files that are described and aren't there."""
        return [name for name in self.hashes if name not in self.files]

    @property
    def altered(self) -> list[str]:
        """The files that have other bytes than those described."""
        files = self.files.items()
        return [name for name, content in files if digest_of_bytes(content) != self.hashes[name]]

    @property
    def undescribed(self) -> list[str]:
        """The files that a report has and that aren't described."""
        return [name for name in self.others if _is_of_a_report(name)]

    @property
    def foreign(self) -> list[str]:
        """The files that no report has."""
        return [name for name in self.others if not _is_of_a_report(name)]

    @property
    def is_as_described(self) -> bool:
        """Whether every file is the one that is described, and none of a report is left out."""
        return not (self.missing or self.altered or self.undescribed)


@dataclass(frozen=True)
class Carried:
    """What a report on disk carries.

    It has the manifest, the bytes of each form of the report by kind, the name of each as a reader
    knows it, the files of results by name, and its folder; or, of a page alone, whether it is as it
    was written.
    """

    manifest: Mapping[str, Any]
    forms: Mapping[str, bytes] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, bytes] | None = None  # None where only a file of the report is at hand
    folder: Folder | None = None
    page_is_whole: bool | None = None

    @property
    def language(self) -> str:
        """The language in which it says that it is written; English where there is none such.

        A manifest that was altered may name any.
        """
        written = settings_of(self.manifest).language
        return written if written in languages() else ENGLISH


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
    whole = None
    if kind == "html":
        manifest, whole = opened(content.decode("utf-8", errors="replace"), limits.unpacked_bytes)
    elif kind == "pdf":
        manifest = attached(content, limits.unpacked_bytes)
        kind = "brief" if is_brief(content) else kind
    else:
        manifest = enclosed(content, limits)
    return Carried(
        _manifest(path, manifest), {kind: content}, {kind: path.name}, page_is_whole=whole
    )


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
    others = sorted(_files_in(path) - set(hashes) - {CRATE})
    folder = Folder(described, hashes, files, tuple(others))
    manifest = _manifest(path / MANIFEST, _read_json(path / MANIFEST, limits))
    forms = {
        kind: read_bytes(path / file_of(kind), limits)
        for kind in WRITERS
        if _is_regular_inside(path, path / file_of(kind))
    }
    names = {kind: file_of(kind) for kind in forms}
    return Carried(manifest, forms, names, tables_in(path, limits), folder)


def _read_json(path: Path, limits: Limits) -> Any:
    content = read_bytes(path, limits)
    try:
        return strict_json(content)
    except ValueError:
        raise InputError(Fault(str(path), "JSON", "something else")) from None


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
