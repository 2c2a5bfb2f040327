"""Every page is run as its reader does, from an empty folder: files, commands, Python and what they print."""

import re
from pathlib import Path

import pages
import pytest

DOCS = Path(__file__).parents[2] / "docs"
FOLDERS = ("tutorials", "how-to", "explanation")
PAGES = sorted(
    path for folder in FOLDERS for path in (DOCS / folder).glob("*.md") if path.stem != "index"
)
# makes one with draws, which takes many seconds
REPORTS = re.compile(r"^\$? ?mcda report(?!.*--draws 0)", re.MULTILINE)


def marked(path):
    """Return a page as a case: a report with draws is made by `make docs` and `make thorough`."""
    makes_report = REPORTS.search(path.read_text(encoding="utf-8"))
    marks = [pytest.mark.thorough] if makes_report else []
    return pytest.param(path, id=path.stem, marks=marks)


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@pytest.mark.parametrize("path", [marked(path) for path in [*PAGES, DOCS / "from-a-table.md"]])
def test_a_page_runs(path, tmp_path, monkeypatch):
    """Each step does what the page says."""
    monkeypatch.chdir(tmp_path)
    assert pages.run_page(path) > 0


def test_there_are_pages_of_each_kind():
    """Four tutorials with the two that lie above, twenty answers, and what stands behind them."""
    count = {folder: sum(path.parent.name == folder for path in PAGES) for folder in FOLDERS}
    assert count["tutorials"] >= 3 and count["how-to"] >= 20 and count["explanation"] >= 7


@pytest.mark.parametrize(
    "text",
    [
        "```console\n$ mcda methods\nno such line\n```",
        "```console\n$ mcda rank nothing.csv\n```",
        "```console\n$ rm -r x\n```",
        "```python\n>>> 1 + 1\n3\n\n```",
    ],
)
def test_a_page_that_is_wrong_is_seen(text, tmp_path, monkeypatch):
    """A line that isn't printed, another status, another program, another answer."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(f"# Page\n\n{text}\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        pages.run_page(tmp_path / "page.md")


def links_of(path):
    """Return where a page links to, without what follows a hash."""
    found = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link]


MADE = {f"{name}.md" for name in ("names", "commands", "sheets", "methods", "errors")}


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.stem)
def test_every_link_of_a_page_leads_somewhere(path):
    """Also in the repository, where the pages that are made from code are not there."""
    broken = [
        link
        for link in links_of(path)
        if not (path.parent / link).exists() and Path(link).name not in MADE
    ]
    assert broken == []
