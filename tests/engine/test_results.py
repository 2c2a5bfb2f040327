"""Rankings shown together: both answers, every holder, and the same as plain data."""

import json

import mcda
from mcda.report.finding import finding
from mcda.report.results import METHODS, both_answers, every_answer, rank_table, record, side_by_side
from mcda.report.study import Settings, Study


def test_both_answers_are_given_where_a_floor_is_proposed(make_problem):
    """Without and with; where the question proposes none, only one."""
    problem = make_problem()
    without, screened = both_answers(problem, mcda.equal_weights(problem), "additive")
    assert without.excluded.empty and list(screened.excluded.index) == ["A"]
    other, own = both_answers(problem, mcda.equal_weights(problem), "additive", floors={"noise": 50})
    assert other.excluded.empty and list(own.excluded.index) == ["B"]


def test_a_question_without_a_floor_has_one_answer(make_problem):
    """The second is None, tables have no column for it, and the finding tells of no floor."""
    from dataclasses import replace

    problem = make_problem()
    problem = replace(problem, criteria=tuple(replace(criterion, floor=None) for criterion in problem.criteria))
    weights = mcda.equal_weights(problem)
    without, screened = both_answers(problem, weights, "topsis")
    assert screened is None
    assert list(side_by_side(without, screened).columns) == ["label", "score", "rank", "band"]
    assert rank_table(problem, {"x": screened}).empty
    found = finding(problem, every_answer(problem, [weights]))
    assert (found.floor, found.screened, found.excluded) == ("", (), "")
    assert len(found.without) == len(METHODS)


def test_the_finding_follows_the_answers(make_problem):
    """A sentence a method on each side, the floor with its unit, what it excludes."""
    problem = make_problem()
    found = finding(problem, every_answer(problem, [mcda.equal_weights(problem)]))
    assert found.floor == "Places (places) at least 50 (beds)"
    assert len(found.without) == len(found.screened) == len(METHODS)
    assert "A at 30 on places" in found.excluded
    assert [told for told in found.plain if told] == [
        "The baseline, Option A, leads in 2 of 3 combinations of holder and method, without a floor."
    ]  # behind the floor it is excluded, and that is told


def test_what_holds_on_one_side_of_the_floor_is_told_of_that_side(make_problem):
    """The methods agree without a floor; behind one that excludes C they don't, and confidence takes that side."""
    problem = make_problem(cells={"A": (90, 100, 100), "B": (80, 60, 20), "C": (30, 30, 10)})
    stated = mcda.weights({"money": 7, "people": 3}, "x")
    study = Study(problem, {"x": stated}, Settings(methods=("topsis", "additive")))
    assert finding(problem, study.answers).methods == (
        "For every holder (1 holder) the methods agree on the leader, without a floor.",
        "For 1 of 1 holder the leader depends on the method, with the floor: x.",
    )
    assert study.grounds.split_by_method == 1


def test_tables_stand_side_by_side(make_problem):
    """The rank behind the floor, or that the option is excluded; the baseline is marked."""
    problem = make_problem()
    table = side_by_side(*both_answers(problem, mcda.equal_weights(problem), "topsis"))
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
