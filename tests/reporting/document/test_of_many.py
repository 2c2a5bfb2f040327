"""Of very many options, holders and sources a report shows the first or the best, and says so."""

import base64
import io
import runpy
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pytest

import mcda
from mcda.checks import of_many
from mcda.checks.of_many import LOOKED_UP, SHOWN, TRIED
from mcda.files.question.open_question import open_question
from mcda.reporting import figures
from mcda.reporting.document.outline import context
from mcda.reporting.panels.explorer import explore
from mcda.reporting.results.of_results import of_robustness
from mcda.reporting.study.analysis import Settings
from mcda.reporting.study.study import Study
from mcda.reporting.writers import result_files as result_writer
from mcda.reporting.writers.result_files import result_files
from mcda.sensitivity.challenge import challenge
from mcda.sentences.catalogue import listed

LOAD = Path(__file__).parents[3] / "benchmarks" / "load.py"
OPTIONS, HOLDERS, SOURCES = 44, 42, 510


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    """A question with a little more of everything than is shown."""
    folder = tmp_path_factory.mktemp("load") / "q"
    write = runpy.run_path(str(LOAD))["write_question"]
    write(folder, options=OPTIONS, leaves=5, holders=HOLDERS, futures=0, sources=SOURCES)
    return open_question(folder)


@pytest.fixture(scope="module")
def study(question):
    """A study of it by a method whose prices are exact, and quick."""
    return Study(*question, Settings(method="additive", methods=("additive",)))


@pytest.fixture(scope="module")
def sections(study):
    """The sections of its report, by key; what is looked at is not the pictures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "svg", lambda axes: "")
        return {one["key"]: one for one in context(study)[0]["sections"]}


def tables(section):
    """The tables of a section."""
    return [block for block in section["blocks"] if block["is"] == "table"]


def test_no_table_is_longer_or_wider_than_is_read(sections):
    """Whatever there is of options, holders, sources or numbers; the row's name is one column more."""
    for section in sections.values():
        for table in tables(section):
            assert len(table["columns"]) <= SHOWN + 1 and len(table["rows"]) <= LOOKED_UP
            assert {len(row) for row in table["rows"]} == {len(table["columns"])}
            assert len(table["widths"]) == len(table["columns"])


def test_what_is_left_out_is_said_where_it_would_stand(sections, study):
    """With the numbers of both, and the place of the whole."""
    details = tables(sections["details"])
    ranks = next(table for table in details if table["of"] == "results")
    assert len(ranks["rows"]) == SHOWN and f"the first 40 of {HOLDERS} rows" in ranks["caption"]
    assert "all are in the files beside the report" in ranks["caption"]
    assert any(
        f"the first 500 of {SOURCES} rows" in one["caption"] for one in tables(sections["sources"])
    )
    told = " ".join(str(block) for block in sections["options"]["blocks"])
    assert f"Of {OPTIONS} options, tables and pictures have the 40 that rank best" in told
    priced = " ".join(str(block) for block in sections["holders"]["blocks"])
    assert f"Of {OPTIONS} options the {TRIED} that rank best were tried one by one." in priced
    assert f"Of {HOLDERS} holders the first {TRIED} were asked for this." in priced


def test_the_files_beside_the_report_have_all(study, monkeypatch):
    """Every row is in a table; a sheet has the first, and names the table above them."""
    monkeypatch.setattr(result_writer, "IN_A_SHEET", 700)
    files = result_files(study)
    table = files["tables/ranking.csv"].decode("utf-8-sig").splitlines()
    assert len(table) == 1 + OPTIONS * HOLDERS
    sheet = openpyxl.load_workbook(io.BytesIO(files["results.xlsx"]))["ranking"]
    told = f"Below are the first 100 of {OPTIONS * HOLDERS:,} rows; all are in tables/ranking.csv."
    assert sheet["A1"].value == told and sheet.max_row == 102


def test_the_leaders_are_among_what_is_shown(study):
    """Of the holders tried, each one's first option has a column and a price."""
    shown = set(study.analysis.shown.options.index)
    for holder in study.analysis.tried_holders:
        assert set(study.analysis.leading_answers[holder].without.leaders) <= shown
    assert len(shown) == SHOWN and len(study.analysis.tried_holders) == TRIED
    assert (
        next(iter(study.analysis.prices.values())).table.index.get_level_values("option").nunique()
        == TRIED
    )


def test_many_names_in_a_sentence_are_counted():
    """A few are listed as always."""
    assert listed(range(SHOWN)).endswith("38 and 39")
    assert listed(range(200)).endswith("38, 39 and 160 more")


def test_a_challenge_of_many_tries_the_best_and_says_so(question):
    """The options tried are those that score highest, with the baseline."""
    problem, holders = question
    stated = next(iter(holders.values()))
    found = challenge(problem, stated, "additive", n=20, seed=1)
    order = list(mcda.rank(problem, stated, "additive").table.index)
    assert set(found.among) == {*order[:TRIED], problem.frame.baseline}
    assert (
        found.scope == f"Of {OPTIONS} options the {len(found.among)} that score highest were tried."
    )
    few = problem.keep(order[:3])
    assert challenge(few, stated, "additive", n=20, seed=1).scope == ""


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_a_price_is_the_same_with_fewer_rivals(question, method, monkeypatch):
    """Options that another beats at any weights decide nothing, so they needn't be faced."""
    problem, holders = question
    whose = dict(list(holders.items())[:1])
    few = problem.keep(list(problem.options.index)[:12])
    whole = mcda.price_of_agreement(few, whose, method).table
    monkeypatch.setattr(of_many, "SHOWN", 2)
    options = [str(option) for option in few.options.index[3:6]]
    found = mcda.price_of_agreement(few, whose, method, options=options).table
    expected = whole.loc[[one for one in whole.index if one[1] in options]]
    assert list(found.index) == list(expected.index)
    assert found["without limit"].tolist() == pytest.approx(
        expected["without limit"].tolist(), abs=2e-6
    )


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_an_advocate_claims_the_same_with_fewer_rivals(question, method, monkeypatch):
    """What another beats on every measure is never the best other."""
    problem, holders = question
    few = problem.keep(list(problem.options.index)[:20])
    whose = dict(list(holders.items())[:2])
    whole = mcda.advocate_test(few, whose, method).table
    monkeypatch.setattr(of_many, "SHOWN", 2)
    assert len(of_many.unbeaten(few.values.to_numpy())) < 20
    found = mcda.advocate_test(few, whose, method).table
    assert found["lead"].tolist() == pytest.approx(whole["lead"].tolist(), abs=1e-9)
    assert found["nearest holder"].tolist() == whole["nearest holder"].tolist()


def test_tables_of_several_holders_have_the_same_rivals(question):
    """Each holder's own rivals would leave the columns of the others' blank."""
    problem, holders = question
    whose = dict(list(holders.items())[:4])
    robust = mcda.robustness(mcda.sample(problem, 100, seed=1), whose, "additive")
    table = of_robustness(list(robust.values())).tables["pairwise winning"]
    assert table.shape == (4 * OPTIONS, SHOWN)
    assert not table.isna().all().any() and table.isna().sum().sum() <= 4 * SHOWN


def calls(folder):
    """How many functions reading and checking a question calls."""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        mcda.check(open_question(folder)[0])
    finally:
        sys.setprofile(None)
    return counted


def test_work_grows_no_faster_than_the_question(tmp_path):
    """Three times the cells and the sources take little more than three times the calls."""
    write = runpy.run_path(str(LOAD))["write_question"]
    for options in (30, 90):
        sizes = {"leaves": 5, "holders": 2, "futures": 0, "sources": 5 * options}
        write(tmp_path / f"q{options}", options=options, **sizes)
    assert calls(tmp_path / "q90") < 3.3 * calls(tmp_path / "q30")


def test_the_explorer_has_the_options_that_rank_best(question):
    """And their draws; it says so beside the ranking."""
    problem, holders = question
    whose = dict(list(holders.items())[:2])
    draws = mcda.sample(problem, 50, seed=1)
    explorer = explore(problem, whose, draws)
    panel = explorer.panel.question
    shown = [one["id"] for one in panel["options"]]
    assert len(shown) == len(panel["values"]) == len(panel["performance"]) == SHOWN
    assert {mcda.rank(problem, one, "additive").leaders[0] for one in whose.values()} <= {*shown}
    assert panel["many"].startswith(f"Of {OPTIONS} options these are the {SHOWN} that rank best")
    sent = np.frombuffer(base64.b64decode(panel["draws"]["values"]), "<f4").reshape(50, SHOWN, -1)
    places = list(problem.places(shown).values())
    assert np.array_equal(sent, draws.values(0, 50)[:, places].astype("<f4"))
    assert explorer.ranking.leaders[0] in shown
    few = problem.keep(shown)
    assert "many" not in explore(few, whose).panel.question


def test_options_that_are_not_there_are_refused_by_name(question):
    """For prices and for advocates."""
    problem, holders = question
    with pytest.raises(mcda.InputError, match=r"expected one of 'O000'.*found 'X'"):
        mcda.price_of_agreement(problem, holders, "additive", options=["X"])
