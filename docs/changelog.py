"""Move the files of `changes/` into the newest part of CHANGELOG.md: `python docs/changelog.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "changes"
CHANGELOG = ROOT / "CHANGELOG.md"
ABOUT = "README.md"  # what the folder is for; no change
FORM = re.compile(r"### (?P<heading>[^\n]+)\n\n(?P<entries>- .+)", re.DOTALL)
PART = re.compile(r"^## ", re.MULTILINE)


def fragments(folder: Path = FOLDER) -> list[Path]:
    """Return the files that wait, by name."""
    return sorted(path for path in folder.glob("*.md") if path.name != ABOUT)


def read(path: Path) -> tuple[str, str]:
    """Return the heading and the entries of a file; raises ValueError for one of another form."""
    found = FORM.fullmatch(path.read_text(encoding="utf-8").strip())
    if found is None:
        raise ValueError(f"{path.name}: expected '### HEADING', a blank line, and entries '- ...'")
    return found["heading"].strip(), found["entries"].strip()


def joined(changelog: str, changes: Iterable[tuple[str, str]]) -> str:
    r"""Return a changelog with more entries at the ends of their headings in its newest part.

    A heading that the part lacks comes last in it.

    >>> print(joined("# C\n\n## 1\n\n### A\n\n- a\n\n## 0\n", [("A", "- b"), ("B", "- c")]))
    # C
    <BLANKLINE>
    ## 1
    <BLANKLINE>
    ### A
    <BLANKLINE>
    - a
    - b
    <BLANKLINE>
    ### B
    <BLANKLINE>
    - c
    <BLANKLINE>
    ## 0
    <BLANKLINE>
    """
    before, newest, older = _parts(changelog)
    for heading, entries in changes:
        newest = _with(newest, heading, entries)
    return f"{before}{newest}\n\n{older}" if older else f"{before}{newest}\n"


def _parts(changelog: str) -> tuple[str, str, str]:
    """Return what stands before the newest part, the part, and the older ones."""
    starts = [found.start() for found in PART.finditer(changelog)]
    first = starts[0]
    second = starts[1] if len(starts) > 1 else len(changelog)
    return changelog[:first], changelog[first:second].rstrip(), changelog[second:]


def _with(part: str, heading: str, entries: str) -> str:
    """Return a part of a changelog with entries at the end of a heading."""
    section = re.search(rf"^### {re.escape(heading)}\n.*?(?=\n### |\Z)", part, re.M | re.S)
    if section is None:
        return f"{part}\n\n### {heading}\n\n{entries}"
    whole = section[0].rstrip()
    return f"{part[: section.start()]}{whole}\n{entries}{part[section.start() + len(whole) :]}"


def main() -> None:
    """Move every file that waits, and say which."""
    waiting = fragments()
    changes = [read(path) for path in waiting]
    if waiting:
        text = joined(CHANGELOG.read_text(encoding="utf-8"), changes)
        CHANGELOG.write_text(text, encoding="utf-8", newline="\n")
    for path in waiting:
        path.unlink()
        print(path.name)


if __name__ == "__main__":
    main()
