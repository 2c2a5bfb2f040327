"""A report of a question in which options may fail: it comes out, and what it leaves out has its reason."""

import shutil

import openpyxl
import pytest

import mcda
from mcda.cli import main
from mcda.reporting.document.outline import context
from mcda.reporting.study.study import Settings, Study
from mcda.reporting.writers.html import opened
from mcda.reporting.writers.report import composed


@pytest.fixture(scope="module", params=[0, 100])
def study(uncertain_cooling, request):
    """Its study, at the best estimates and with draws."""
    problem, holders = mcda.open_question(uncertain_cooling)
    return Study(problem, holders, Settings(draws=request.param, seed=1), folder=uncertain_cooling)


@pytest.fixture(scope="module")
def made(study):
    """Its report, composed once."""
    return composed(study)


def said(told, key):
    """Every sentence of a section, joined."""
    (section,) = [one for one in told["sections"] if one["key"] == key]
    blocks = section["blocks"]
    return " ".join([*(block.get("text", "") for block in blocks), *_items(blocks)])


def _items(blocks):
    return [item for block in blocks for item in block.get("items", [])]


def test_every_part_takes_lotteries(study, made):
    """Why the leader leads, agreement and advocates are there, and what a measure adds is told as a mean."""
    told, pictures = made.context, made.pictures
    assert "Café may fail to come about. What a measure adds is then a mean" in said(told, "why")
    assert "contributions" in pictures and "ranks" in pictures
    titles = {block.get("text") for one in told["sections"] for block in one["blocks"]}
    for side in study.analysis.prices:
        method = study.analysis.prices[side].method
        assert method == "additive", "prices of lotteries are exact by the weighted sum alone"
        assert any(title and "greement" in title for title in titles)
    assert study.analysis.prices and study.analysis.advocates
    blocks = [block for one in told["sections"] for block in one["blocks"]]
    assert len([block for block in blocks if block["is"] == "explorer"]) == 1


def test_only_what_is_weighed_is_counted(study, made):
    """The chance, and what each measure is otherwise, are no measures of the question."""
    told = made.context
    count = len(study.problem.weighed)
    assert f"({count} measures)" in said(told, "findings")
    assert "otherwise" not in said(told, "findings")
    assert "'otherwise' marks what a measure is if not" in said(told, "scoring")


def test_the_page_runs_the_explorer_and_computes_its_ranks_again(made):
    """Its policy admits our own script, by its hash; the page is whole."""
    page = made.html().decode("utf-8")
    assert "script-src 'sha256-" in page and 'id="recomputed"' in page
    assert opened(page)[1]


def test_the_folder_verifies_and_its_workbook_computes_no_score(
    uncertain_cooling, tmp_path, capsys
):
    """All is computed again; a score of a lottery stands in the workbook as a number."""
    out = tmp_path / "out"
    assert (
        main(["report", str(uncertain_cooling), "--to", "html", "--draws", "0", "--out", str(out)])
        == 0
    )
    assert main(["verify", str(out)]) == 0
    assert "computed again: every result is equal" in capsys.readouterr().out
    book = openpyxl.load_workbook(out / "results.xlsx")
    pages = [sheet for sheet in book.worksheets if "Visitors" in sheet.title]
    assert pages
    for sheet in pages:
        last = [cell.value for cell in list(sheet.iter_rows())[-1] if cell.value is not None]
        assert isinstance(last[-2], float), sheet.title


def test_an_option_that_never_comes_about_counts_as_its_fallback_and_says_so(
    uncertain_cooling, tmp_path
):
    """In a ranking and on the first page, in the same words; one that may is not said to."""
    place = tmp_path / "never"
    shutil.copytree(uncertain_cooling, place)
    estimates = (place / "estimates.csv").read_text(encoding="utf-8")
    (place / "estimates.csv").write_text(estimates.replace("40,60,80", "0,0,0"), encoding="utf-8")
    problem, holders = mcda.open_question(place)
    ranking = mcda.rank(problem, next(iter(holders.values())), "topsis")
    assert problem.without_chance == {"C": "N"}
    scores = ranking.table["score"]
    assert scores["C"] == scores["N"]
    (note,) = [one for one in ranking.notes if "never comes about" in one]
    assert note.endswith(", on either side of a limit.")
    assert note in said(context(Study(problem, holders, Settings()))[0], "findings")
    assert mcda.open_question(uncertain_cooling)[0].without_chance == {}
