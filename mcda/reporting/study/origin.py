"""What a study was computed from: the files of its question, with their hashes, and its logs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mcda.files.question.logs import Log
from mcda.reporting.study.hashes import digest, hashed_inputs


@dataclass(frozen=True, eq=False)
class Origin:
    """The folder or workbook that a question was read from, and the logs that were kept with it.

    folder: None for a question made in memory.
    """

    folder: Path | None = None
    logs: Mapping[str, Log] = field(default_factory=dict)

    @cached_property
    def inputs(self) -> dict[str, dict[str, Any]]:
        """The files that the question was read from, with their hashes.

        There are none for a question made in memory.
        """
        return hashed_inputs(self.folder) if self.folder else {}

    @property
    def inputs_hash(self) -> str:
        """One hash over all inputs."""
        return digest(self.inputs)

    def entries(self, log: str) -> tuple[Mapping[str, Any], ...]:
        """Return the entries of a log; none where it isn't kept."""
        return self.logs[log].entries if log in self.logs else ()

    @property
    def uses_of_ai(self) -> list[Mapping[str, Any]]:
        """The entries on data and decisions whose subject says that AI was used."""
        entries = [*self.entries("data"), *self.entries("decisions")]
        return [
            entry for entry in entries if str(entry.get("subject", "")).casefold().startswith("ai ")
        ]
