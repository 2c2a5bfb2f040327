"""A report as one page: no script but our own, and nothing loaded.

Every name is escaped, the figures stand in it as they were drawn, and the manifest is inside.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from mcda.checks.limits import LIMITS
from mcda.reporting.document.blocks import PLACES, places, tables_of
from mcda.reporting.panels.explorer import Explorer
from mcda.reporting.panels.panel import admitted, module, source
from mcda.reporting.study.hashes import digest_of_bytes, strict_json

PLACE = re.compile(
    r'<script type="text/plain" id="run" data-form="zlib in base64" data-rest="([0-9a-f]*)">'
    r"([A-Za-z0-9+/=]*)</script>"
)
EMPTY = '<script type="text/plain" id="run" data-form="zlib in base64" data-rest=""></script>'
ROOMY = 3  # relative width from which a column needs room
READING = ("reading.js",)  # what every page can do: search, tables to take along, reasons
FILLING = (
    "filled.js"  # of the panels: how a script fills a text in; a page without a panel needs it too
)
COMPUTING = ("recomputing.js",)  # what a page with an explorer's data and model can do besides


def html(
    context: Mapping[str, Any],
    pictures: Mapping[str, str],
    manifest: Mapping[str, Any],
    explorer: Explorer | None,
    beside: Sequence[str] = (),
    paper: Mapping[str, Any] | None = None,
) -> str:
    """Return the page, with the manifest and a hash over all the rest of the page beside it.

    beside: the files of results that lie beside the page, to which it links. paper: the same report
    as paper has it, which the page becomes when it is printed.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("mcda.reporting.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    panel = explorer.panel if explorer else None
    kind = panel.kind if panel else ""
    place = panel.place() if panel else ""
    script = page_script(kind)
    page = environment.get_template("report.html.j2").render(
        report=context,
        pictures={name: Markup(drawn) for name, drawn in pictures.items()},  # noqa: S704
        manifest=manifest,
        linked={kind: places(context, kind) for kind in PLACES},
        explorer=Markup(place),  # noqa: S704 (escaped there)
        script=Markup(script),  # noqa: S704
        admitted=Markup(admitted(script)),  # noqa: S704
        beside=beside,
        printed=_printed(context, paper or context),
        look_of=look_of,
        most_columns=max(len(table["columns"]) for table in tables_of(context)),
        page_marking=Markup(css_text(f"{context['marking']} · {context['stamp']}")),  # noqa: S704
    )
    return page.replace("<!-- manifest -->", EMPTY, 1).replace(EMPTY, _filled(page, manifest), 1)


def _filled(page: str, manifest: Mapping[str, Any]) -> str:
    return filled(page.replace("<!-- manifest -->", EMPTY, 1), manifest)


def filled(rest: str, manifest: Mapping[str, Any]) -> str:
    """Return the place of the manifest with the manifest in it, and the hash of the rest of the page."""
    hashed = digest_of_bytes(rest.encode("utf-8"))
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=True, allow_nan=False)
    packed = base64.b64encode(zlib.compress(text.encode("ascii"), 9)).decode("ascii")
    return EMPTY.replace('data-rest="">', f'data-rest="{hashed}">{packed}')


def _printed(context: Mapping[str, Any], paper: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """Return the rows and the caption of each table that is shorter on paper, by its number."""
    pairs = zip(tables_of(context), tables_of(paper), strict=True)
    return {
        cut["number"]: {"rows": len(cut["rows"]), "caption": cut["caption"]}
        for whole, cut in pairs
        if len(cut["rows"]) < len(whole["rows"])
    }


def page_script(kind: str) -> str:
    """Return the script of a page: what readers do with any page, and a kind of panel if it has one."""
    folder = files("mcda.reporting.writers") / "templates"
    names = (*READING, *COMPUTING) if kind else READING
    first = module(kind) if kind else source(FILLING)
    own = [(folder / name).read_text(encoding="utf-8") for name in names]
    return "\n".join([first, *own])


def links_to_results(page: str) -> bool:
    """Say whether a page links to the files of results that lie beside it."""
    return '<ul id="beside">' in page


def look_of(table: Mapping[str, Any]) -> str:
    """Return the classes of a table: which of its columns hold numbers, and which need room.

    They stand once at the table and not at every cell. Their hyphen tells them from the looks of
    figures, whose style sheets hold for the whole page.

    >>> look_of({"numbers": [1], "widths": [2.4, 1.0, 4.0]})
    'n-2 w-3'
    """
    numbers = [f"n-{at + 1}" for at in table["numbers"]]
    roomy = [f"w-{at + 1}" for at, width in enumerate(table["widths"]) if width >= ROOMY]
    return " ".join([*numbers, *roomy])


def css_text(text: str) -> str:
    r"""Return a text as it stands between quotes of a style sheet, each other sign by its number.

    >>> css_text('Draft "1"')
    'Draft\\20 \\22 1\\22 '
    """
    plain = (sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text)
    return "".join(plain)


def opened(page: str, most: int = LIMITS.unpacked_bytes) -> tuple[dict[str, Any] | None, bool]:
    """Return the manifest inside a page, and whether the rest is unaltered.

    The manifest is None where none can be read, or where it unpacks to more than `most` bytes.
    """
    script_place = PLACE.search(page)
    if script_place is None:
        return None, False
    rest = page[: script_place.start()] + EMPTY + page[script_place.end() :]
    try:
        packed = base64.b64decode(script_place.group(2), validate=True)
        manifest = strict_json(zlib.decompressobj().decompress(packed, most))
    except (ValueError, zlib.error):
        return None, False
    return manifest, digest_of_bytes(rest.encode("utf-8")) == script_place.group(1)
