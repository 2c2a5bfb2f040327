"""A report under verification: what it carries, its inputs, and what was said of it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mcda.checks.limits import Limits
from mcda.reporting.verification.carried import Carried
from mcda.reporting.verification.said import FAILS, HOLDS, Said
from mcda.sentences.catalogue import told

MOST_TOLD = (
    5  # differences of each kind that a verification names: more are no help to find a cause
)


@dataclass
class Verification:
    """A report under verification: what it carries, its inputs, and what has been said so far."""

    report: Carried
    inputs: Path | None
    limits: Limits
    said: list[Said] = field(default_factory=list)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest that the report carries."""
        return self.report.manifest

    def say(self, level: str, subject: str, key: str, **fields: object) -> None:
        """Say a sentence of the catalogue at a level, of a part or of a file by its name."""
        self.said.append(Said(level, told(f"verified.{key}", **fields), subject))

    def decide(self, held: bool, subject: str, key: str) -> None:
        """Say the one of two sentences that is so."""
        level = HOLDS if held else FAILS
        self.say(level, subject, f"{key}_{level}")
