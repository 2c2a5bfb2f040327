"""The manifest of a report, sealed by its own hash.

It says what went in, how it was run, what came out, and with which code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mcda.checks.faults import Fault, InputError
from mcda.files.disk.reading import own_bytes
from mcda.reporting.study.analysis import Settings
from mcda.reporting.study.environment import code, environment, stamp
from mcda.reporting.study.hashes import digest, digest_of_bytes, strict_json
from mcda.reporting.study.study import Study

SCHEMA = "policy-mcda-manifest/1"
MANIFEST = "manifest.json"  # its name in the folder of a report


def manifest(
    study: Study,
    context: Mapping[str, Any],
    pictures: Mapping[str, str],
    when: dt.datetime,
    results: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the manifest of a run as plain data.

    `pictures` are its figures as SVG, by name. results: the study's own, or those of a report that
    is made again: they may differ in last bits.
    """
    structure = {"structure": study.structure} if study.structure else {}
    parts = {
        "schema": SCHEMA,
        "created": stamp(when),
        "question": {
            "name": study.name,
            "title": study.problem.frame.title,
            "package": study.package,
            **structure,
        },
        "inputs": study.origin.inputs,
        "inputs_sha256": study.origin.inputs_hash,
        "redactions": list(study.redactions),
        "since": dict(study.since) if study.since is not None else None,
        "run": asdict(study.settings),
        "results": results,
        "results_sha256": digest(results),
        "text": text_hashes(context),
        "pictures": {
            name: digest_of_bytes(drawn.encode("utf-8")) for name, drawn in pictures.items()
        },
        "code": code(study.package),
        "environment": environment(),
    }
    return sealed(parts)


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return a manifest with the hash over all the rest of it, which the report prints.

    >>> is_whole(sealed({"seed": 1})), is_whole({**sealed({"seed": 1}), "seed": 2})
    (True, False)
    """
    rest = {key: manifest[key] for key in manifest if key != "seal"}
    return {**rest, "seal": digest(rest)}


def is_whole(manifest: Mapping[str, Any]) -> bool:
    """Say whether a manifest is as it was sealed."""
    return manifest.get("seal") == sealed(manifest)["seal"]


def manifest_in(folder: Path) -> dict[str, Any]:
    """Return the manifest in the folder of a report.

    Raises InputError where there is none of ours, or one that isn't as it was sealed.
    """
    found = "none"
    try:
        manifest = strict_json(own_bytes(folder, folder / MANIFEST))
        if isinstance(manifest, dict) and manifest.get("schema") == SCHEMA:
            found = "one that was altered"
            if is_whole(manifest):
                return manifest
    except InputError as error:
        found = error.faults[0].found
    except ValueError:
        found = "something else"
    expected = "the manifest of a report, as it was sealed"
    remedy = "name the folder of a report as mcda report wrote it"
    raise InputError(Fault(str(folder / MANIFEST), expected, found, remedy))


def text_hashes(context: Mapping[str, Any]) -> dict[str, str]:
    """Return the hash of the head and of each section.

    By these a difference can be found in its place.
    """
    head = {key: context[key] for key in context if key != "sections"}
    return {"head": digest(head), **{one["key"]: digest(one) for one in context["sections"]}}


def settings_of(manifest: Mapping[str, Any]) -> Settings:
    """Return the settings of the run in a manifest."""
    run = dict(manifest["run"])
    return Settings(**{**run, "methods": tuple(run["methods"])})
