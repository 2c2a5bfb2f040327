"""The description of a report's folder as RO-Crate 1.1 (Process Run Crate).

It says what went in, what came out, and by what.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mcda.files.disk.reading import read_bytes
from mcda.reporting.study.hashes import digest_of_bytes, strict_json

CRATE = "ro-crate-metadata.json"
CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    "https://w3id.org/ro/terms/workflow-run/context",
]
TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "json": "application/json",
    "csv": "text/csv",
    "toml": "application/toml",
    "jsonl": "application/jsonl",
    "ipynb": "application/x-ipynb+json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def crate(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the metadata of a folder that holds these files, with the hash of each."""
    described = [_file(name, content) for name, content in sorted(files.items())]
    inputs = [{"@id": one["@id"]} for one in described if str(one["@id"]).startswith("inputs/")]
    outputs = [
        {"@id": one["@id"]} for one in described if not str(one["@id"]).startswith("inputs/")
    ]
    title = manifest["question"]["title"] or manifest["question"]["name"]
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": title,
                "description": f"Report on: {title}",
                "datePublished": manifest["created"][:10],
                "license": "as the question's owner states",
                "conformsTo": {"@id": "https://w3id.org/ro/wfrun/process/0.5"},
                "hasPart": inputs + outputs,
                "mentions": {"@id": "#run"},
            },
            {
                "@id": "#tool",
                "@type": "SoftwareApplication",
                "name": "policy-mcda",
                "softwareVersion": manifest["code"]["version"],
                "identifier": manifest["code"]["sources_sha256"],
            },
            {
                "@id": "#run",
                "@type": "CreateAction",
                "name": "Make the report",
                "endTime": manifest["created"],
                "instrument": {"@id": "#tool"},
                "object": inputs,
                "result": outputs,
            },
            *described,
        ],
    }


def _file(name: str, content: bytes) -> dict[str, Any]:
    kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return {
        "@id": name,
        "@type": "File",
        "encodingFormat": kind,
        "contentSize": str(len(content)),
        "sha256": digest_of_bytes(content),
    }


def described_files(folder: Path) -> set[str]:
    """Return the names of the files of the report in a folder, as it describes them itself.

    None where there is no report, or one whose description can't be read.
    """
    try:
        described = strict_json(read_bytes(folder / CRATE))
        return {*recorded(described), CRATE}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()


def recorded(described: Mapping[str, Any]) -> dict[str, str]:
    """Return the hash of every file that a crate describes, by name."""
    return {
        str(one["@id"]): str(one["sha256"])
        for one in described["@graph"]
        if one.get("@type") == "File"
    }
