"""Run a notebook in a clean kernel: keep its outputs, or write it with a page of it.

The same notebook, data and versions give the same bytes: no times, no counters that drift, no path
of the machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mcda.checks.faults import Fault, InputError
from mcda.files.disk.writing import write_bytes
from mcda.reporting.notebooks.parameters import set_parameters
from mcda.reporting.panels.panel import PARTS, policy

TIMEOUT = 300  # seconds for one cell: far more than any takes
LIVE = "application/vnd.jupyter.widget-view+json"
PLAIN = "text/plain"
RICHER = {"text/html", "text/markdown", "image/svg+xml", "image/png"}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PAGE_CSP = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "font-src data:; script-src {scripts}"
)


def executed(path: Path, given: Mapping[str, str] | None = None) -> Any:
    """Return the notebook at a path, run from top to bottom in a clean kernel.

    An error in a cell is raised. `given` are values, as text, for parameters of the notebook.
    """
    import nbformat
    from nbclient import NotebookClient
    from traitlets.config import Config

    notebook = nbformat.read(path, as_version=4)
    set_parameters(notebook, given or {})
    with TemporaryDirectory() as sockets:
        config = Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}})
        client = NotebookClient(
            notebook,
            config=config,
            timeout=TIMEOUT,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(path.resolve().parent)}},
        )
        client.execute()
    return tidied(notebook)


def tidied(notebook: Any) -> Any:
    """Return a notebook without what differs from run to run.

    That is ids, kernel details and transient metadata, the place of a progress line, which a slow
    machine alone has shown, and the plain form of what has a richer one: it names places in memory
    and repeats the whole question. A live panel is tied to a kernel that is gone: what stays is the
    same panel alone, as HTML.
    """
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = {key: entry for key, entry in cell.metadata.items() if key == "tags"}
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if not _is_blank(output)]
        for output in cell.get("outputs", []):
            shown = output.get("data", {})
            shown.pop(LIVE, None)
            if RICHER & shown.keys():
                shown.pop(PLAIN, None)
    return notebook


def _is_blank(output: Any) -> bool:
    """Return whether an output shows nothing: a progress line is cleared at its end."""
    return output.get("data") == {PLAIN: ""}


def as_page(notebook: Any, title: str) -> str:
    """Return an executed notebook as one page with the code of each cell folded.

    The page loads nothing and runs our panels alone.
    """
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    config = Config(
        {
            "HTMLExporter": {
                "exclude_input_prompt": True,
                "exclude_output_prompt": True,
            }
        }
    )
    exporter = HTMLExporter(config=config, template_name="basic", raw_template=FOLDED)
    body, _ = exporter.from_notebook_node(notebook)
    scripts = " ".join(policy(kind) for kind in PARTS if f'data-mcda="{kind}"' in body) or "'none'"
    return PAGE.format(title=escape(title), policy=PAGE_CSP.format(scripts=scripts), body=body)


# the basic template, with what a cell computes behind a line that opens it
FOLDED = """{%- extends 'index.html.j2' -%}
{%- block input -%}
<details class="code"><summary>Code</summary>{{ super() }}</details>
{%- endblock input -%}
"""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">\
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
:root {{ color-scheme: light; }}
body {{ max-width: 70rem; margin: 0 auto; padding: 1.5rem; color: #1b1f24; background: #fff;
  font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }}
p, li {{ max-width: 50rem; }} img {{ max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; font-size: .85rem; margin: .8rem 0; display: block; \
overflow-x: auto; }}
th, td {{ border: 0; border-bottom: 1px solid #d5d9de; padding: .3rem .6rem; text-align: right; \
vertical-align: top; }}
thead th {{ background: #f5f7f9; }} \
caption {{ text-align: left; font-weight: 600; padding: .2rem 0; }}
.anchor-link {{ display: none; }}
.code summary {{ color: #4d5660; font-size: .8rem; min-height: 1.5rem; cursor: pointer; }}
.code pre {{ background: #f5f7f9; padding: .6rem; overflow-x: auto; font-size: .8rem; }}
</style></head><body><main>
{body}
</main></body></html>
"""


def settings(texts: Sequence[str]) -> dict[str, str]:
    """Return parameters given as NAME=VALUE; raises InputError for text of another form."""
    split = [text.partition("=") for text in texts]
    wrong = [
        Fault(f"parameter {text!r}", "NAME=VALUE", "no '='") for text in texts if "=" not in text
    ]
    if wrong:
        raise InputError(*wrong)
    return {name.strip(): value for name, _, value in split}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the notebooks named on the command line; returns 0, or 1 where the input is at fault."""
    parser = argparse.ArgumentParser(
        "mcda.reporting.notebooks.execute", description="Run notebooks in clean kernels."
    )
    parser.add_argument("notebooks", type=Path, nargs="+", metavar="NOTEBOOK")
    parser.add_argument(
        "--out", type=Path, help="folder for the executed notebooks and their pages"
    )
    parser.add_argument(
        "--write", action="store_true", help="keep the outputs in the notebooks themselves"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the notebooks",
    )
    given = parser.parse_args(arguments)
    # jsonschema reads the grammar of web addresses when it is imported: this takes a second, for a
    # check that no notebook asks for
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    try:
        for path in given.notebooks:
            _run(path, given.out, given.write, settings(given.set))
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(path: Path, out: Path | None, write: bool, given: Mapping[str, str]) -> None:
    """Run one notebook, write what is asked for, and print where it is."""
    import nbformat

    notebook = executed(path, given)
    targets = [path] if write else []
    if out:
        targets.append(out / path.name)
        page = out / f"{path.stem}.html"
        write_bytes(page, as_page(notebook, path.stem.replace("_", " ")).encode("utf-8"))
        print(page)
    for target in targets:
        write_bytes(target, f"{nbformat.writes(notebook)}\n".encode())
        print(target)


if __name__ == "__main__":
    sys.exit(main())
