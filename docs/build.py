"""Build the site: stage the pages as they lie in the repository, write the reference, run Sphinx.

Relative links thus lead to the same place in the repository and on the site.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from site_reference import commands, errors, methods, names, sheets

REPOSITORY = Path(__file__).parents[1]
STAGED = REPOSITORY / "build" / "site-source"
SITE = REPOSITORY / "build" / "site"
DOCTREES = REPOSITORY / "build" / "site-doctrees"
FOLDERS = ("docs", "data", "notebooks")
BESIDES = ("LICENSE", "CITATION.cff")
LEFT = ("__pycache__", ".ipynb_checkpoints", "*.py", "templates", "site_reference")
GENERATED: dict[str, Callable[[], str]] = {
    "names": names.page,
    "commands": commands.page,
    "sheets": sheets.page,
    "methods": methods.page,
    "errors": errors.page,
}
ENTRY = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>policy-mcda</title>
<meta http-equiv="refresh" content="0; url=docs/index.html"></head>
<body><p><a href="docs/index.html">policy-mcda</a></p></body>
</html>
"""


def stage(target: Path) -> None:
    """Lay out what the site shows, with the pages that are made from code."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in (*REPOSITORY.glob("*.md"), *(REPOSITORY / name for name in BESIDES)):
        shutil.copy(path, target)
    ignored = shutil.ignore_patterns(*LEFT)
    for name in FOLDERS:
        shutil.copytree(REPOSITORY / name, target / name, ignore=ignored)
    write_reference(target / "docs" / "reference")


def write_reference(folder: Path) -> None:
    """Write the generated pages of the reference into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in GENERATED.items():
        (folder / f"{name}.md").write_text(page(), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Build the site and print where it is; a warning of Sphinx ends in status 1."""
    from sphinx.cmd.build import main as sphinx

    stage(STAGED)
    for made_before in (SITE, DOCTREES):
        shutil.rmtree(made_before, ignore_errors=True)
    settings = ["-c", str(REPOSITORY / "docs"), "-b", "html", "-q", "-W", "--keep-going"]
    status = sphinx([*settings, "-d", str(DOCTREES), *arguments, str(STAGED), str(SITE)])
    if status == 0:
        (SITE / "index.html").write_text(ENTRY, encoding="utf-8")
        print(SITE / "index.html")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
