"""Rankings shown together: both answers, every holder, and the same as plain data."""

import json
from dataclasses import replace

import pytest

import mcda
from mcda.holders.answers import METHODS, answer, distinct, every_answer
from mcda.reporting.document import results
from mcda.reporting.study.answer_tables import rank_table, record, side_by_side
from mcda.reporting.study.finding import finding
from mcda.reporting.study.study import Settings, Study


def test_both_answers_are_given_where_a_floor_is_proposed(make_problem):
    """Without and with; where the question proposes none, only one."""
    problem = make_problem()
    found = answer(problem, mcda.equal_weights(problem), "additive")
    assert found.without.excluded.empty and list(found.behind.excluded.index) == ["A"]
    own = answer(problem, mcda.equal_weights(problem), "additive", floors={"noise": 50})
    assert own.without.excluded.empty and list(own.behind.excluded.index) == ["B"]


def test_a_question_without_a_floor_has_one_answer(make_problem):
    """The second is None, tables have no column for it, and the finding tells of no floor."""
    problem = make_problem()
    problem = replace(
        problem, criteria=tuple(replace(criterion, floor=None) for criterion in problem.criteria)
    )
    weights = mcda.equal_weights(problem)
    one = answer(problem, weights, "topsis")
    assert one.behind is None
    assert (one.holder, one.method) == (weights.holder, one.without.method)
    assert list(side_by_side(one).columns) == ["label", "score", "rank", "band"]
    assert rank_table(problem, {"x": one.behind}).empty
    found = finding(problem, every_answer(problem, [weights]))
    assert (found.floor, found.screened, found.excluded) == ("", (), "")
    assert len(found.without) == len(METHODS) - 1  # nobody judged pairs: AHP is the additive model


def test_the_finding_follows_the_answers(make_problem):
    """A sentence a method on each side, the floor with its unit, what it excludes."""
    problem = make_problem()
    found = finding(problem, every_answer(problem, [mcda.equal_weights(problem)]))
    assert found.floor == "Places at least 50 beds"
    assert len(found.without) == len(found.screened) == len(METHODS) - 1
    assert "Option A at 30 on Places" in found.excluded
    assert [told for told in found.plain if told] == [
        "The baseline, Option A, leads in 1 of 2 combinations of holder and method, without a minimum."
    ]  # behind the floor it is excluded, and that is told


def judged(points, pairs, holder="x"):
    """Weights in points of money and people, with others from judgements in pairs."""
    stated = mcda.weights({"money": points[0], "people": points[1]}, holder)
    own = mcda.weights({"money": pairs[0], "people": pairs[1]}, holder)
    return replace(stated, pairwise=own)


def test_a_method_that_repeats_another_is_neither_counted_nor_tabled(make_problem):
    """Without judgements in pairs AHP is the additive model, and so is TOPSIS with exponent 1; it is said once."""
    problem, one = make_problem(), mcda.weights({"money": 9, "people": 1}, "x")
    answers = every_answer(problem, [one])
    assert [each.method for each in distinct(answers)["x"]] == [
        "additive",
        "topsis (anchored, p = 2)",
    ]
    assert finding(problem, answers).repeats == (
        "One method repeats another by the weights of x: AHP in ratings mode is the weighted sum with the same "
        "weights, so it is neither counted nor tabled.",
    )
    flat = every_answer(problem, [one], order=1.0)
    assert [each.method for each in distinct(flat)["x"]] == ["additive"]
    assert [each.method for each in distinct(flat, leading=1)["x"]] == ["topsis (anchored, p = 1)"]
    assert len(finding(problem, flat).repeats) == 2


def test_over_one_measure_topsis_is_the_weighted_sum(make_problem):
    """It gives every option the same score again, whatever its exponent: it is counted once."""
    problem, one = make_problem(), mcda.weights({"cost": 1, "places": 0, "noise": 0}, "x")
    answers = every_answer(problem, [one])
    assert [each.method for each in distinct(answers)["x"]] == ["additive"]
    assert [each.method for each in distinct(answers, leading=1)["x"]] == [
        "topsis (anchored, p = 2)"
    ]


@pytest.mark.parametrize(
    ("pairs", "methods", "told"), [((9, 1), 2, "weights of its own"), ((1, 9), 3, None)]
)
def test_weights_judged_in_pairs_count_where_they_move_a_score_by_a_band(
    make_problem, pairs, methods, told
):
    """Near the stated ones they repeat the additive model within what is no finding; far from them they don't."""
    problem = make_problem()
    answers = every_answer(problem, [judged((90, 11), pairs)])
    assert len(distinct(answers)["x"]) == methods
    assert [told in sentence for sentence in finding(problem, answers).repeats] == (
        [True] if told else []
    )


def test_a_method_is_known_by_its_form_not_by_its_numbers(make_problem):
    """Where every score is 0 or 1 all methods give the same numbers; TOPSIS still isn't the additive model."""
    problem = make_problem(cells={"A": (0, 100, 0), "B": (100, 0, 100)})
    answers = every_answer(
        problem, [mcda.weights({"money": 1, "people": 1}, "x")], ("additive", "topsis", "ahp:ideal")
    )
    scores = [each.without.table["score"].round(9).tolist() for each in answers["x"]]
    assert scores[0] == scores[1] == scores[2] and len(distinct(answers)["x"]) == 3


def test_holders_of_one_question_may_have_different_numbers_of_answers(make_problem):
    """Who judged pairs far from the points stated has one more: both are counted, in count and table."""
    problem = make_problem()
    study = Study(
        problem,
        {"x": judged((9, 1), (1, 9)), "y": mcda.weights({"money": 9, "people": 1}, "y")},
        Settings(),
    )
    assert {holder: len(pairs) for holder, pairs in study.analysis.distinct_answers.items()} == {
        "x": 3,
        "y": 2,
    }
    assert study.analysis.finding.plain[0].endswith(
        "of 5 combinations of holder and method, without a minimum."
    )
    tables = [block for block in results.results(study)["blocks"] if block["is"] == "table"]
    assert [len(table["rows"]) for table in tables] == [2, 2, 2, 2, 1, 1]


def test_what_holds_on_one_side_of_the_floor_is_told_of_that_side(make_problem):
    """The methods agree without a floor; behind one that excludes C they don't, and confidence takes that side."""
    problem = make_problem(cells={"A": (90, 100, 100), "B": (80, 60, 20), "C": (30, 30, 10)})
    stated = mcda.weights({"money": 7, "people": 3}, "x")
    study = Study(problem, {"x": stated}, Settings(methods=("topsis", "additive")))
    assert finding(problem, study.analysis.answers).methods == (
        "The methods agree on the leader by the weights of x, without a minimum.",
        "For 1 of 1 holder another method would put another option first, with the minimum: x.",
    )
    assert study.grounds.split_by_method == 1


def test_tables_stand_side_by_side(make_problem):
    """The rank behind the floor, or that the option is excluded; the baseline is marked."""
    problem = make_problem()
    table = side_by_side(answer(problem, mcda.equal_weights(problem), "topsis"))
    assert table.loc["A", "rank with floor"] == "excluded"
    assert table.loc["A", "label"] == "Option A (baseline)"
    assert sorted(table["rank with floor"].drop("A")) == [1, 2]


def test_a_record_is_json_at_full_precision(make_problem):
    """Nothing is rounded, nothing is missing, and it reads back as it was."""
    problem = make_problem()
    ranking = mcda.rank(problem, mcda.equal_weights(problem), "topsis", floors=True)
    told = json.loads(json.dumps(record(ranking), allow_nan=False))
    assert [row["score"] for row in told["ranking"]] == ranking.table["score"].tolist()
    assert told["weights"] == ranking.weights.values.to_dict()
    assert told["excluded"][0]["option"] == "A"
    assert told["floors"] == {"places": 50.0}
    assert told["band_width"] == 0.02
