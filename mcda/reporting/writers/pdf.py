"""A report as a PDF that screen readers and archives can use (PDF/UA-1, PDF/A-3a).

Its manifest is attached.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from mcda.checks.extras import without
from mcda.reporting.figures.drawing.lettering import Lettering, boxed, lettering
from mcda.reporting.study.hashes import strict_json
from mcda.reporting.study.manifest import MANIFEST

STANDARDS = ["a-3a", "ua-1"]
BRIEF = "first page"  # the keyword of a PDF that has the first page alone
DICTIONARY = 600  # bytes within which the dictionary of an attachment lies around its type
TRIED = 8  # attachments


def pdf(
    context: Mapping[str, Any],
    pictures: Mapping[str, str],
    manifest: Mapping[str, Any],
    when: datetime,
) -> bytes:
    """Return the report as PDF; text of a question reaches the compiler as data, never as markup.

    Raises InputError where the extra that brings the compiler isn't installed.
    """
    typst = compiler()
    template = (files("mcda.reporting.writers") / "templates" / "report.typ").read_text(
        encoding="utf-8"
    )
    with TemporaryDirectory() as room:
        root = Path(room)
        for name, drawn in pictures.items():
            (root / f"{name}.svg").write_text(boxed(drawn), encoding="utf-8", newline="\n")
        (root / MANIFEST).write_bytes(
            json.dumps(manifest, sort_keys=True, ensure_ascii=True).encode("ascii")
        )
        shown = lettering(_texts(context))
        shown.tell()
        fonts = put_fonts(root, shown)
        text = json.dumps({**_boxed(context), "run": str(manifest["seal"])[:12]}, ensure_ascii=True)
        return typst.compile(
            template.encode("utf-8"),
            root=room,
            sys_inputs={"data": text},
            ignore_system_fonts=True,
            timestamp=when,
            font_paths=fonts,
            pdf_standards=STANDARDS,
        )


def put_fonts(root: Path, shown: Lettering) -> list[str]:
    """Put the fonts of this machine that letter a text into a folder.

    The result are the folders in which a compiler finds them and the house's own.
    """
    import matplotlib

    for at, path in enumerate(shown.paths):
        copyfile(path, root / f"font{at}{Path(path).suffix}")
    return [f"{matplotlib.get_data_path()}/fonts/ttf", str(root)]


def is_brief(content: bytes) -> bool:
    """Say whether a PDF of ours has the first page alone."""
    return f"<pdf:Keywords>{BRIEF}</pdf:Keywords>".encode() in content


def _texts(text: Any) -> Iterator[str]:
    """Go through every text that a document holds, at whatever depth."""
    if isinstance(text, str):
        yield text
    elif isinstance(text, Mapping):
        for part in text.values():
            yield from _texts(part)
    elif isinstance(text, list | tuple):
        for part in text:
            yield from _texts(part)


def _boxed(data: Any) -> Any:
    """Return plain data whose texts the compiler can letter."""
    if isinstance(data, str):
        return boxed(data)
    if isinstance(data, Mapping):
        return {key: _boxed(part) for key, part in data.items()}
    return [_boxed(part) for part in data] if isinstance(data, list | tuple) else data


def compiler() -> Any:
    """Return the package that lays out PDF; raises InputError where it isn't installed."""
    try:
        import typst
    except ImportError:
        raise without("typst", "report", "report as PDF") from None
    return typst


def attached(content: bytes, most: int) -> dict[str, Any] | None:
    """Return the manifest attached to a PDF of ours; None where there is none that can be read.

    It stands near the end, so it is looked for from there. Nothing larger than `most` bytes is
    unpacked, and only the last few attachments are tried: a crafted file costs no more.
    """
    end = len(content)
    for _ in range(TRIED):
        end = content.rfind(b"/EmbeddedFile", 0, end)
        if end < 0:
            return None
        unpacked = _unpacked(content, end, most)
        if isinstance(unpacked, dict):
            return unpacked
    return None


def _unpacked(content: bytes, mark: int, most: int) -> Any:
    """Return the JSON of the stream whose dictionary has its type at `mark`; None without any."""
    begin = content.find(b"stream", mark, mark + DICTIONARY)
    close = content.find(b"endstream", begin) if begin >= 0 else -1
    if close < 0:
        return None
    about = content[max(0, mark - DICTIONARY) : begin].rpartition(b"obj")[2]
    packed = content[begin + len(b"stream") : close].lstrip(b"\r\n")
    try:
        if b"FlateDecode" in about:
            packed = zlib.decompressobj().decompress(packed, most)
        return strict_json(packed)
    except (ValueError, zlib.error):
        return None
