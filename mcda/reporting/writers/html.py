"""A report as one page: no script but the explorer's, and nothing loaded.

Every name is escaped, and the manifest is inside.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

from mcda.reporting.panels.explorer import Explorer
from mcda.reporting.panels.panel import policy
from mcda.reporting.study.hashes import digest_of_bytes, strict_json

PLACE = re.compile(
    r'<script type="application/json" id="run" data-rest="([0-9a-f]*)">(.*?)</script>', re.DOTALL
)
NOTHING = "'none'"  # no script runs
EMPTY = '<script type="application/json" id="run" data-rest=""></script>'


def html(
    context: Mapping[str, Any],
    pictures: Mapping[str, str],
    manifest: Mapping[str, Any],
    explorer: Explorer | None,
) -> str:
    """Return the page, with the manifest and a hash over all the rest of the page beside it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("mcda.reporting.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    fragment = explorer.fragment() if explorer else ""
    script = policy(explorer.panel.kind) if explorer else NOTHING
    page = environment.get_template("report.html.j2").render(
        report=context,
        pictures={name: address(drawn) for name, drawn in pictures.items()},
        manifest=manifest,
        linked={prefix: places(context, prefix) for prefix in ("source", "option", "number")},
        explorer=Markup(fragment),  # noqa: S704 (escaped there)
        script=Markup(script),  # noqa: S704
        page_marking=Markup(css_text(f"{context['marking']} · {context['stamp']}")),  # noqa: S704
    )
    return page.replace("<!-- manifest -->", EMPTY, 1).replace(EMPTY, _filled(page, manifest), 1)


def _filled(page: str, manifest: Mapping[str, Any]) -> str:
    rest = digest_of_bytes(page.replace("<!-- manifest -->", EMPTY, 1).encode("utf-8"))
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=True, allow_nan=False).replace(
        "<", "\\u003c"
    )
    return EMPTY.replace('data-rest="">', f'data-rest="{rest}">').replace(
        "></script>", f">{text}</script>"
    )


def address(svg: str) -> str:
    """Return SVG as a data address, for an image inside the page itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode('utf-8')).decode('ascii')}"


def css_text(text: str) -> str:
    r"""Return a text as it stands between quotes of a style sheet, each other sign by its number.

    >>> css_text('Draft "1"')
    'Draft\\20 \\22 1\\22 '
    """
    plain = (sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text)
    return "".join(plain)


def places(context: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """Return the place of each row that links lead to, by the text of its first cell.

    Places are numbered, never named by data.
    """
    tables = [
        block
        for section in context["sections"]
        for block in section["blocks"]
        if block["is"] == "table"
    ]
    rows = [row for table in tables if table["targets"] == prefix for row in table["rows"]]
    return {row[0]["text"]: f"{prefix}-{number}" for number, row in enumerate(rows, 1)}


def opened(page: str) -> tuple[dict[str, Any] | None, bool]:
    """Return the manifest inside a page, and whether the rest is unaltered.

    The manifest is None where none can be read.
    """
    script_place = PLACE.search(page)
    if script_place is None:
        return None, False
    rest = page[: script_place.start()] + EMPTY + page[script_place.end() :]
    try:
        manifest = strict_json(script_place.group(2))
    except ValueError:
        return None, False
    return manifest, digest_of_bytes(rest.encode("utf-8")) == script_place.group(1)
