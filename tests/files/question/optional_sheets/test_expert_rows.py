"""Experts of a question: pooled into estimates, drawn from the pool, every fault told by its row."""

import warnings

import numpy as np
import pytest

import mcda

HEADER = "key,expert,round,low,best,high,confidence,known,pool,rationale"
TWO = """
cost/GAS,E1,1,60,80,100,90,,mixture,
cost/GAS,E1,2,70,85,100,90,,,after the talk
cost/GAS,E2,,90,110,118,90,,,
"""


def with_experts(place, rows):
    mcda.new_question(place)
    (place / "experts.csv").write_text(f"{HEADER}\n{rows.strip()}\n", encoding="utf-8")
    return place


def read(place):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mcda.AssumptionWarning)
        return mcda.read_problem(place)


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    return with_experts(tmp_path_factory.mktemp("experts") / "q", TWO)


def test_an_estimate_is_drawn_from_the_pool(question):
    """Quantiles of draws are those of the even mixture of both last answers."""
    problem = read(question)
    said = [mcda.ExpertAnswer("E1", "k", 70, 85, 100), mcda.ExpertAnswer("E2", "k", 90, 110, 118)]
    pool = mcda.pooled(said, "k")
    estimate = problem.estimates["cost/GAS"]
    assert estimate.mode == pytest.approx(pool.quantile(0.5)) and estimate.distribution == "pieces"
    draws = mcda.sample(problem, n=20_000, seed=1)
    numbers = drawn(draws, "cost/GAS")
    for chance in (0.05, 0.3, 0.5, 0.8, 0.95):
        assert np.mean(numbers < pool.quantile(chance)) == pytest.approx(chance, abs=0.015)


def drawn(draws, key):
    """All draws of one estimate."""
    at = draws.problem.position[key]
    return draws.drawing.numbers(0, draws.n)[at]


def test_a_note_says_what_replaced_the_analysts_numbers(question):
    sheets = mcda.read_sheets(question)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mcda.AssumptionWarning)
        mcda.read_problem(sheets)
    assert any("the pool (mixture) of 2 experts" in str(note) for note in sheets.notes)


def test_the_spread_between_stands_beside_that_within(question):
    row = mcda.expert_spread(read(question)).iloc[0]
    assert (row["estimate"], row["experts"], row["rounds"]) == ("cost/GAS", 2, 2)
    assert 0 < row["between"] and 0 < row["within"]
    assert len(mcda.expert_spread(read(mcda.new_question(question.parent / "plain")))) == 0


def test_a_workbook_holds_the_same(question, tmp_path):
    book = mcda.write_workbook(mcda.read_sheets(question), tmp_path / "q.xlsx")
    assert read(book).estimates["cost/GAS"] == read(question).estimates["cost/GAS"]


def test_seeds_weigh_the_experts(tmp_path):
    seeds = "\n".join(
        f"s{at},E1,,1,5,9,90,{at},,\ns{at},E2,,20,21,22,90,{at},," for at in range(2, 8)
    )
    rows = f"cost/GAS,E1,,70,85,100,90,,Cooke,\ncost/GAS,E2,,90,110,118,90,,,\n{seeds}"
    estimate = read(with_experts(tmp_path / "q", rows)).estimates["cost/GAS"]
    assert estimate.mode == pytest.approx(85, abs=0.5)


FAULTS = {
    "cost/COAL,E1,,1,2,3,,,,": "the key of an estimate",
    "cost/GAS,E1,,3,2,1,,,,": "low < best < high",
    "cost/GAS,E1,,1,2,3,120,,,": "from 0 to 100",
    "cost/GAS,E1,,1,2,3,,4,,": "a seed question that is no estimate",
    "cost/GAS,E1,,1,2,3,,,vote,": "one of 'mixture'",
    "cost/GAS,E1,,1,2,3,,,Cooke,": "seed questions",
    "cost/GAS,E1,1.5,1,2,3,,,,": "column 'round': expected a whole number",
    "cost/GAS,,,1,2,3,,,,": "column 'expert'",
    "cost/GAS,E1,,one,2,3,,,,": "column 'low'",
}


@pytest.mark.parametrize("row", FAULTS)
def test_each_fault_names_its_row(tmp_path_factory, row):
    with pytest.raises(mcda.InputError) as raised:
        read(with_experts(tmp_path_factory.mktemp("bad") / "q", row))
    assert "experts.csv row 2" in str(raised.value) and FAULTS[row] in str(raised.value)


def test_two_answers_of_a_round_are_refused(tmp_path):
    rows = "cost/GAS,E1,,1,2,3,,,,\ncost/GAS,E1,1,1,2,4,,,,"
    with pytest.raises(mcda.InputError, match=r"row 3.*a second one, first in experts.csv row 2"):
        read(with_experts(tmp_path / "q", rows))


def test_a_question_with_experts_is_written_and_read_back(question, tmp_path):
    """The sheet goes out as it came in, and gives the same pool again."""
    problem = read(question)
    folder = mcda.write_folder(mcda.sheets_of(problem), tmp_path / "again")
    again = read(folder).estimates["cost/GAS"]
    assert again.points == problem.estimates["cost/GAS"].points
    assert again.mode == problem.estimates["cost/GAS"].mode
