"""The gallery shows every figure of a question, as it stands now."""

import re
from pathlib import Path

import pytest

import mcda
from criteria import ukraine_force
from mcda.cli import main
from mcda.reporting import figures
from mcda.reporting.writers.gallery import write_gallery

DOCS = Path(__file__).parents[3] / "docs"
NO_FIGURES = {"svg", "png", "small_png", "as_address", "alternative"}


def test_the_gallery_of_a_question_is_a_page_with_pictures(cooling, tmp_path, capsys):
    """By the command: a picture for each heading, each with its alternative text, nothing read as markup."""
    assert main(["figures", str(cooling), "-n", "500", "--out", str(tmp_path)]) == 0
    page = Path(capsys.readouterr().out.strip()).read_text(encoding="utf-8")
    shown = re.findall(r'<img src="(pictures/\w+\.png)" alt="([^"]+)">', page)
    assert len(shown) == page.count("\n## ") > 8
    assert all(
        (tmp_path / picture).read_bytes().startswith(b"\x89PNG") and told for picture, told in shown
    )


def test_a_name_in_the_gallery_is_no_markup(make_problem, tmp_path, monkeypatch):
    """Title, holder and alternative texts are escaped; what is looked at is not the pictures."""
    monkeypatch.setattr(figures, "small_png", lambda axes: b"")
    problem = make_problem(frame=mcda.Frame(title="<script>alert(1)</script>"))
    weights = mcda.equal_weights(problem, holder='"><img src=x>')
    page = write_gallery(
        mcda.sample(problem, 200, seed=0), {}, weights, "additive", tmp_path
    ).read_text(encoding="utf-8")
    assert "<script" not in page and "<img src=x" not in page


def test_the_committed_gallery_holds_every_figure_and_stays_small():
    """None is missing but those of doubt and of packages, in notebooks of their own; all weigh less than 1.5 MB."""
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    shown = re.findall(r"pictures/(\w+)\.png", page)
    elsewhere = {
        name
        for name in figures.__all__
        if getattr(figures, name).__module__.endswith(("doubts", "packages"))
    }
    assert set(shown) == set(figures.__all__) - NO_FIGURES - elsewhere
    assert sum(path.stat().st_size for path in (DOCS / "pictures").iterdir()) < 1_500_000


@pytest.mark.slow
def test_the_committed_gallery_is_fresh(tmp_path, monkeypatch):
    """Its text, with every number in it, is what the command writes today; what is compared is not the pictures."""
    monkeypatch.setattr(figures, "small_png", lambda axes: b"")
    problem = ukraine_force.problem()
    holders = ukraine_force.perspectives(problem)
    made = write_gallery(
        mcda.sample(problem, 20_000, seed=0), holders, holders["Paris"], "topsis", tmp_path
    )
    assert made.read_text(encoding="utf-8") == (DOCS / "gallery.md").read_text(encoding="utf-8"), (
        "run: make gallery"
    )


@pytest.mark.slow
def test_the_gallery_speaks_the_language_of_its_reader(masks, cooling, tmp_path, capsys):
    """Headings, how to read a figure, and its alternative text: none has a typed English word."""
    folder = str(tmp_path / "out")
    words = ["figures", str(cooling), "-n", "200", "--out", folder, "--language", masks]
    assert main(words) == 0
    page = Path(capsys.readouterr().out.strip()).read_text(encoding="utf-8")
    plain = re.sub(r"```.*?```|<img[^>]*>|`[^`]*`", "", page, flags=re.S).partition("\n\n")[2]
    titled = plain.partition("\n##")[2]
    assert titled.count("##") > 8 and not re.findall(r"[A-Za-z]{3,}", titled)
