"""The whole report of a question, computed beside the page by a process that can be stopped.

It is taken with the files of results that its page links to.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mcda.files.disk.places import real
from mcda.reporting.writers.result_files import FOLDER, WORKBOOK


class WholeReport:
    """The latest report of a question; one that is overtaken by a newer version is stopped."""

    def __init__(self, question: Path, options: Sequence[str]) -> None:
        self.question = question
        self.options = options
        self.page = b""
        self.beside: dict[str, bytes] = {}
        self.version = 0
        self.complaint = ""
        self._room = TemporaryDirectory(prefix="mcda-watch-")
        self._process: subprocess.Popen[bytes] | None = None
        self._computing = 0

    def start(self, version: int) -> None:
        """Begin the report of a version of the files."""
        self.stop()
        self._computing = version
        words = ["report", str(real(self.question)), "--to", "html", "--out", self._folder]
        errors = Path(self._room.name) / "errors"
        with errors.open("wb") as file:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "mcda", *words, *self.options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=file,
            )

    def look(self) -> bool:
        """Take what a process that has ended left; say whether one is at work."""
        if self._process is None:
            return False
        status = self._process.poll()
        if status is None:
            return True
        self._process = None
        if status:
            errors = (Path(self._room.name) / "errors").read_text("utf-8", errors="replace")
            lines = errors.strip().splitlines()
            self.complaint = lines[-1] if lines else f"status {status}"
        else:
            self.complaint = ""
            folder = Path(self._folder)
            self.page = (folder / "report.html").read_bytes()
            results = [folder / WORKBOOK, *sorted((folder / FOLDER).glob("*.csv"))]
            self.beside = {one.relative_to(folder).as_posix(): one.read_bytes() for one in results}
            self.version = self._computing
        return False

    def stop(self) -> None:
        """Stop the process that is at work, if one is."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        self._room.cleanup()

    @property
    def _folder(self) -> str:
        return str(Path(self._room.name) / "report")
