"""How the report was made, for whoever checks it: inputs, settings, code and versions, and how to run it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mcda.report import words
from mcda.report.blocks import Block, paragraph, section, table


def provenance(manifest: Mapping[str, Any]) -> Block:
    """Return the annex on a run, from its manifest."""
    code, environment = manifest["code"], manifest["environment"]
    changed = {True: "with local changes", False: "unchanged", None: "not a checkout"}[code["changed"]]
    rows = [
        ["Seal of the manifest", manifest["seal"]], ["Made", manifest["created"]],
        ["Inputs, one hash", manifest["inputs_sha256"]], ["Results, one hash", manifest["results_sha256"]],
        *[[f"Setting: {name}", _told(value)] for name, value in manifest["run"].items()],
        ["Code", f"{code['version']}, commit {code['commit'] or 'none'}, {changed}"],
        ["Code, one hash", code["sources_sha256"]],
        ["Python", f"{environment['implementation']} {environment['python']}"],
        ["Platform", f"{environment['system']}, {environment['machine']}"],
    ]  # fmt: skip
    return section(
        "manifest", "Run manifest and how to run it again",
        paragraph(words.rerun("report.html", "inputs")),
        table("The run", ["What", "Value"], rows, widths=[1, 3]), *_listed(manifest),
        annex=True,
    )  # fmt: skip


def _listed(manifest: Mapping[str, Any]) -> list[Block | None]:
    """Return the inputs with their hashes, and the packages with their versions."""
    files = [[name, str(one["bytes"]), one["sha256"]] for name, one in manifest["inputs"].items()]
    packages = [[name, version] for name, version in manifest["environment"]["packages"].items()]
    return [
        table("Inputs", ["File", "Bytes", "SHA-256"], files, numbers=[1], widths=[1.4, 0.6, 3]),
        table("Packages", ["Package", "Version"], packages, widths=[2, 1]),
    ]


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
