"""Experts' answers: Cooke's scores on cases of the Delft data base, pools by hand, and spread."""

import json
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.problem.experts.answers import ExpertAnswer
from mcda.problem.experts.cooke import expert_scores
from mcda.problem.experts.pool import pooled

DELFT = json.loads((Path(__file__).parent / "delft.json").read_text(encoding="utf-8"))
CASES = DELFT["calibration"]
MORE = DELFT["more_information"]


def answers_with(counts, levels):
    """Answers (experts, seeds, levels) to seeds whose known answer is 0, with so many per piece."""
    table = []
    for one in counts:
        rows = []
        for place, count in enumerate(one):
            quantiles = np.arange(len(levels)) - place + 0.5
            rows += [quantiles] * count
        table.append(rows)
    return np.array(table)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_calibration_is_that_of_the_data_base(case):
    """Equal to Anduryl's to three digits and more, for every expert of the case."""
    answers = answers_with(case["counts"], case["levels"])
    found = expert_scores(answers, [0.0] * answers.shape[1], case["levels"])
    assert found["calibration"].tolist() == pytest.approx(case["calibration"], rel=1e-5, abs=1e-10)


@pytest.mark.parametrize("case", MORE, ids=[case["case"] for case in MORE])
def test_information_is_that_of_more_cases(case):
    """Equal to Anduryl's to three digits, for every expert of the case."""
    found = expert_scores(np.array(case["answers"]), case["known"], case["levels"])
    assert found["information"].tolist() == pytest.approx(case["information"], rel=5e-4)


def test_information_is_that_of_the_data_base():
    case = DELFT["information"]
    found = expert_scores(np.array(case["answers"]), case["known"], case["levels"])
    assert found["information"].tolist() == pytest.approx(case["information"], rel=1e-5)
    assert found["weight"].sum() == pytest.approx(1)
    strict = expert_scores(np.array(case["answers"]), case["known"], case["levels"], alpha=0.05)
    below = found["calibration"] < 0.05
    assert (strict["weight"][below] == 0).all() and (strict["weight"][~below] > 0).all()


def test_an_even_pool_of_two_by_hand():
    """E1 90% in 10 to 30, E2 in 30 to 50: half of the pool lies on either side of 30."""
    said = [ExpertAnswer("E1", "cost", 10, 20, 30), ExpertAnswer("E2", "cost", 30, 40, 50)]
    pool = pooled(said, "cost")
    assert pool.points[[0, -1]].tolist() == [6.0, 54.0]
    assert pool.quantile(0.5) == pytest.approx(30.0)
    assert pool.chances.sum() == pytest.approx(1)
    # of E1 5% lie from 6 to 10, of E2 5% from 6 to 30: a sixth of that is below 10
    assert pool.quantile((0.05 + 0.05 * 4 / 24) / 2) == pytest.approx(10.0)
    means = [0.05 * 8 + 0.45 * 15 + 0.45 * 25 + 0.05 * 42, 0.05 * 18 + 0.45 * 35 + 0.45 * 45 + 2.6]
    assert pool.between == pytest.approx(np.var(means), rel=1e-6)


def test_quantiles_are_averaged():
    said = [ExpertAnswer("E1", "cost", 10, 20, 30), ExpertAnswer("E2", "cost", 30, 40, 50)]
    pool = pooled(said, "cost", "quantiles")
    assert [pool.quantile(chance) for chance in (0.05, 0.5, 0.95)] == pytest.approx([20, 30, 40])


def test_seeds_with_known_answers_give_weights():
    """The expert whose ranges hold the known answers counts for more."""
    said = [ExpertAnswer("good", f"q{at}", 1, 5, 9, known=float(at)) for at in range(2, 8)]
    said += [ExpertAnswer("sure", f"q{at}", 20, 21, 22, known=float(at)) for at in range(2, 8)]
    said += [ExpertAnswer("good", "cost", 1, 2, 3), ExpertAnswer("sure", "cost", 7, 8, 9)]
    pool = pooled(said, "cost", "Cooke")
    assert pool.weights["good"] > 0.99
    with pytest.raises(mcda.InputError, match="seed questions"):
        pooled(said[-2:], "cost", "Cooke")


def test_the_last_round_counts_and_confidence_stretches():
    said = [
        ExpertAnswer("E1", "cost", 0, 5, 10),
        ExpertAnswer("E1", "cost", 20, 25, 40, confidence=45, round=2),
    ]
    pool = pooled(said, "cost")
    assert [pool.quantile(chance) for chance in (0.05, 0.5, 0.95)] == pytest.approx([15, 25, 55])
    assert pool.between == 0 and pool.between_share == 0


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: ExpertAnswer("E", "q", 2, 2, 3), "low < best < high"),
        (lambda: ExpertAnswer("E", "q", 1, 2, float("nan")), "low < best < high"),
        (lambda: ExpertAnswer("E", "q", 1, 2, 3, confidence=100), "between 0 and 100"),
        (lambda: ExpertAnswer(" ", "q", 1, 2, 3), "a blank"),
        (lambda: pooled([ExpertAnswer("E", "q", 1, 2, 3)], "r"), "at least one"),
        (lambda: pooled([ExpertAnswer("E", "q", 1, 2, 3)], "q", "vote"), "one of 'mixture'"),
        (lambda: expert_scores(np.ones((1, 2, 3)), [1, 2]), "numbers that rise"),
        (lambda: expert_scores(np.ones((1, 2, 2)), [1, 2]), "by 3 levels"),
    ],
)
def test_what_is_no_answer_is_refused(made, told):
    with pytest.raises(mcda.InputError, match=told):
        made()
