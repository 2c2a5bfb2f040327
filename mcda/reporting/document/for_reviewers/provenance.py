"""How the report was made, for those who check it.

These are inputs, settings, code and versions, and how to run it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from mcda.reporting import language as words
from mcda.reporting.document.blocks import Block, paragraph, section, table
from mcda.reporting.study.analysis import Settings


def provenance(manifest: Mapping[str, Any]) -> Block:
    """Return the annex on a run, from its manifest, in an order that no file format changes."""
    code = manifest["code"]
    structure = manifest["question"].get("structure")
    environment = manifest["environment"]
    changed = words.told(f"run.changed_{code['changed']}")
    rows = [
        [words.told("run.seal"), manifest["seal"]],
        [words.told("run.made"), manifest["created"]],
        [words.told("run.inputs"), manifest["inputs_sha256"]],
        [words.told("run.results"), manifest["results_sha256"]],
        *([[words.told("run.structure"), structure]] if structure else []),
        *[
            [words.told("run.setting", name=field.name), _cell_text(manifest["run"][field.name])]
            for field in fields(Settings)
        ],
        [
            words.told("run.code"),
            words.told("run.commit", **{**code, "commit": code["commit"] or "-"}, state=changed),
        ],
        [words.told("run.sources"), code["sources_sha256"]],
        [words.told("run.python"), f"{environment['implementation']} {environment['python']}"],
        [words.told("run.platform"), f"{environment['system']}, {environment['machine']}"],
    ]
    return section(
        "manifest",
        paragraph(words.rerun("report.html", "inputs", structure or "")),
        table(
            words.told("table.run"), words.columns("what", "value"), rows, widths=[1, 3], fine=True
        ),
        *_listed(manifest),
        annex=True,
    )


def _listed(manifest: Mapping[str, Any]) -> list[Block | None]:
    """Return the inputs with their hashes, and the packages with their versions."""
    inputs = sorted(manifest["inputs"].items())
    files = [[name, str(entry["bytes"]), entry["sha256"]] for name, entry in inputs]
    versions = sorted(manifest["environment"]["packages"].items())
    packages = [[name, version] for name, version in versions]
    return [
        table(
            words.told("table.inputs"),
            words.columns("file", "bytes", "sha256"),
            files,
            numbers=[1],
            widths=[1.4, 0.6, 3],
            fine=True,
        ),
        table(
            words.told("table.packages"),
            words.columns("package", "version"),
            packages,
            widths=[2, 1],
            fine=True,
        ),
    ]


def _cell_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
