"""Run a notebook in a clean kernel: keep its outputs, or write it with a page of it beside a report.

The same notebook, data and versions give the same bytes: no times, no counters that drift, no path of the machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

TIMEOUT = 300
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PAGE_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"


def executed(path: Path) -> Any:
    """Return the notebook at a path, run from top to bottom in a clean kernel; an error in a cell is raised."""
    import nbformat
    from nbclient import NotebookClient
    from traitlets.config import Config

    notebook = nbformat.read(path, as_version=4)
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
    """Return a notebook without what differs from run to run: ids, kernel details, transient metadata."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = {key: entry for key, entry in cell.metadata.items() if key == "tags"}
    return notebook


def as_page(notebook: Any, title: str) -> str:
    """Return an executed notebook as one page without its code, that loads nothing and runs no script."""
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    config = Config(
        {"HTMLExporter": {"exclude_input": True, "exclude_input_prompt": True, "exclude_output_prompt": True}}
    )
    exporter = HTMLExporter(config=config, template_name="basic")
    body, _ = exporter.from_notebook_node(notebook)
    return PAGE.format(title=title, policy=PAGE_CSP, body=body)


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
:root {{ color-scheme: light; }}
body {{ max-width: 70rem; margin: 0 auto; padding: 1.5rem; color: #1b1f24; background: #fff;
  font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }}
p, li {{ max-width: 50rem; }} img {{ max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; font-size: .85rem; margin: .8rem 0; display: block; overflow-x: auto; }}
th, td {{ border: 0; border-bottom: 1px solid #d5d9de; padding: .3rem .6rem; text-align: left; vertical-align: top; }}
thead th {{ background: #f5f7f9; }} caption {{ text-align: left; font-weight: 600; padding: .2rem 0; }}
.anchor-link {{ display: none; }}
</style></head><body><main>
{body}
</main></body></html>
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the notebook named on the command line; returns 0."""
    import nbformat

    parser = argparse.ArgumentParser("mcda.report.notebook", description="Run a notebook in a clean kernel.")
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--out", type=Path, help="folder for the executed notebook and its page")
    parser.add_argument("--write", action="store_true", help="keep the outputs in the notebook itself")
    given = parser.parse_args(arguments)
    notebook = executed(given.notebook)
    targets = [given.notebook] if given.write else []
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        targets.append(given.out / given.notebook.name)
        title = given.notebook.stem.replace("_", " ")
        page = given.out / f"{given.notebook.stem}.html"
        page.write_text(as_page(notebook, title), encoding="utf-8")
        print(page)
    for target in targets:
        nbformat.write(notebook, target)
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
