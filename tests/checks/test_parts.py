"""Shares of one whole, as tables and sentences show them, add up to it."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import mcda
from criteria import ukraine_force
from mcda.checks.significant_digits import as_parts, fixed, percent, percents
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.notebooks import holders, how_sure, workshop
from mcda.reporting.terminal.first_ranks import robust_text

STEP, SCORE = re.compile(r"[+-]\d+\.\d"), re.compile(r"\d+\.\d")


def test_the_weights_of_a_workshop_add_up(make_problem):
    """A quarter, two eighths and two quarters are 25, 13, 12, 25 and 25: 100, not 101."""
    problem = make_problem()
    priorities = mcda.weights({"money": 1, "people": 7}, "x").values
    shown = workshop.weights(problem, priorities, "x").data.iloc[:, 0]
    assert list(shown) == ["13", "87"] and sum(map(int, shown)) == 100


def test_the_weights_of_every_holder_add_up(make_problem):
    """12.5 and 87.5 are 13 and 87 in the table of holders."""
    problem = make_problem()
    stated = {"x": mcda.weights({"money": 1, "people": 7}, "x")}
    row = holders.weights_table(problem, stated).loc["x"]
    assert sorted(row) == ["13", "87"]


def test_a_share_is_shown_alone_as_it_is_among_all():
    """The share that stands for a part is rounded to that part wherever it is shown, for 500 random wholes."""
    for seed in range(500):
        numbers = np.random.default_rng(seed)
        shares = numbers.dirichlet(numbers.choice([0.05, 0.3, 2], numbers.integers(1, 12)))
        for places in (0, 1):
            shown = as_parts(shares, places)
            assert [percent(share, places) for share in shown] == percents(shares, places)
            whole = sum(
                0 if "<" in text else 100 if ">" in text else float(text[:-1])
                for text in percents(shares, places)
            )
            assert whole == pytest.approx(100)


def test_the_ranks_of_an_option_add_up_beside_its_first_places():
    """The figure's first column is that of first places; each row is 100 in all, for 60 random draws of scores."""
    for seed in range(60):
        numbers = np.random.default_rng(seed)
        scores = numbers.normal(numbers.normal(0, 0.6, 7), 1, (int(numbers.integers(3, 400)), 7))
        found = mcda.acceptability(pd.DataFrame(scores, columns=list("ABCDEFG")))
        shown = words.rank_shares(found, found.rank_acceptability.index)
        assert shown[1].equals(words.first_places(found).rename(1))
        assert points(shown[1]) == 100 and {points(row) for _, row in shown.iterrows()} == {100}
        assert ((shown > 0) == (found.rank_acceptability > 0)).all(axis=None)


def points(shares):
    """What the shown percents add up to, "<1%" as 0, ">99%" as 100."""
    texts = [percent(share) for share in shares]
    return sum(0 if "<" in text else 100 if ">" in text else int(text[:-1]) for text in texts)


@pytest.mark.parametrize("floors", [False, True])
def test_sentences_and_tables_tell_one_share(every_question, floors):
    """Of every holder: what tables, sentences, headline and figures say of first places is one number that adds up."""
    problem, holders = every_question
    drawn = mcda.robustness(mcda.sample(problem, 300, seed=5), holders, "topsis", floors=floors)
    drawn = {holder: one for holder, one in drawn.items() if one.drawn}
    table = how_sure.every_holder(problem, drawn).data
    for holder, one in drawn.items():
        assert (
            sum(
                0 if "<" in text else 100 if ">" in text else int(text[:-1])
                for text in table[holder]
            )
            == 100
        )
        own = how_sure.first_places(problem, one).data.iloc[:, 0]
        assert own.to_dict() == table[holder][own.index].to_dict()
        shown = words.first_places(one)
        assert shown.map(words.share).tolist() == table[holder].tolist()
        leaders = mcda.rank(problem, holders[holder], "topsis", floors=floors).leaders
        by_count = words.leaders_by_count(leaders, one)
        assert words.share(by_count.places[0]) == words.share(shown[leaders[0]])
        tenths = [words.share_in_tenths(share) for share in words.first_places(one, places=1)]
        assert all(text in robust_text(problem, one) for text in tenths)
        assert sum(
            float(text.strip("<>%")) for text in tenths if text[0] not in "<>"
        ) == pytest.approx(100)


@pytest.fixture(params=["ukraine_force", "cooling_centre"])
def every_question(request, cooling_question):
    """A question with its holders."""
    if request.param == "cooling_centre":
        return cooling_question
    return ukraine_force.problem(), ukraine_force.perspectives()


def test_the_waterfall_adds_up(cooling_question):
    """Steps as they are labelled: from the second's score to the first's, and as the finding tells the lead."""
    problem, holders = cooling_question
    for weights in holders.values():
        ranking = mcda.rank(problem, weights, "additive")
        first, second = ranking.table.index[:2]
        axes = figures.lead_waterfall(problem, mcda.contributions(problem, weights, first, second))
        told = [text.get_text().replace("−", "-") for text in axes.texts]
        steps = [float(text) for text in told if STEP.fullmatch(text)]
        start, end = (float(text) for text in told if SCORE.fullmatch(text))
        assert steps and start + sum(steps) == pytest.approx(end)
        assert f" {fixed(abs(sum(steps)), 1)} points" in figures.alternative(axes)
        plt.close(axes.figure)
