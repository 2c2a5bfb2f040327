"""A ratio names its table, the table's source and n, and says where tables disagree."""

import itertools
import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.preferences.pairwise.consistency import LIMIT, RANDOM_INDEX, SOURCES

BORDER = [[1, 4, 3], [1 / 4, 1, 2], [1 / 3, 1 / 2, 1]]


def test_tables_that_disagree_on_the_verdict_are_told():
    """One matrix is coherent by Saaty 1980 and not by four other tables; the sentence has every figure."""
    found = mcda.priorities(BORDER).consistency
    verdicts = found.verdicts
    assert verdicts["coherent"].to_dict() == {
        "Saaty 1980": True,
        "Saaty 2005": False,
        "Alonso & Lamata 2006": False,
        "Donegan & Dodd 1991": False,
        "Golden & Wang 1989": True,
    }
    assert str(found) == (
        "consistency ratio 0.093 (Saaty 1980, n = 3); the tables disagree: up to 0.10 by Saaty 1980 (0.093), Golden & "
        "Wang 1989 (0.093), above it by Saaty 2005 (0.104), Alonso & Lamata 2006 (0.103), Donegan & Dodd 1991 (0.110)"
    )


@pytest.mark.filterwarnings("ignore:consistency ratio .*, above 0.10:mcda.AssumptionWarning")
@pytest.mark.parametrize("table", RANDOM_INDEX)
def test_every_table_has_its_source(table):
    """Author and year, for the ratio that was asked for and in the comparison."""
    found = mcda.priorities(BORDER, random_index=table).consistency
    assert found.source == SOURCES[table] and table[-4:] in found.source
    assert found.verdicts.loc[table, "ratio"] == pytest.approx(found.ratio)
    assert found.verdicts.loc[table, "coherent"] == (found.ratio <= LIMIT)


def test_only_tables_that_reach_the_size_have_a_say():
    """Donegan and Dodd go to 20 items, the others to 15."""
    many = [[1.0] * 18 for _ in range(18)]
    found = mcda.priorities(many, random_index="Donegan & Dodd 1991").consistency
    assert list(found.verdicts.index) == ["Donegan & Dodd 1991"] and found.ratio == 0
    beyond = mcda.priorities(many).consistency
    assert np.isnan(beyond.ratio) and "; 0.000 by Donegan & Dodd 1991" in str(beyond)


@pytest.mark.parametrize("n", [16, 17, 20, 21, 40])
def test_priorities_do_not_end_where_a_table_does(n):
    """The eigenvector of coherent judgements is their weights; the ratio is told as not defined."""
    weights = np.arange(n, 2 * n) / np.arange(n, 2 * n).sum()
    found = mcda.priorities(weights[:, None] / weights)
    told = str(found.consistency)
    assert np.allclose(found.values, weights) and np.isnan(found.consistency.ratio)
    assert f"not defined (Saaty 1980, n = {n})" in told and "ends at 15 items" in told
    assert ("Donegan" in told) == (n <= 20) == (len(found.consistency.verdicts) > 0)


def test_contradictions_of_many_items_are_told_by_a_table_that_reaches_them():
    """Sixteen items that go round in a circle are no less contradictory for the end of a table."""
    at = np.arange(16)
    ahead = (at[None, :] - at[:, None]) % 16
    round_about = np.where(ahead == 0, 1, np.where(ahead < 8, 9, 1 / 9))
    upper = np.triu(round_about, 1)
    circle = np.where(upper > 0, upper, 1 / np.where(upper.T > 0, upper.T, 1))
    with pytest.warns(mcda.AssumptionWarning, match=r"\(Donegan & Dodd 1991, n = 16\).*most on"):
        found = mcda.priorities(circle)
    assert np.isnan(found.consistency.ratio)


def test_two_items_and_many_matrices_are_told_as_what_they_are():
    """No praise for what can't be otherwise."""
    assert "two items can't contradict each other" in str(
        mcda.priorities([[1, 3], [1 / 3, 1]]).consistency
    )
    assert (
        str(mcda.priorities([BORDER, BORDER]).consistency)
        == "2 consistency ratios (Saaty 1980, n = 3)"
    )


CIRCLE = [[1, 7, 1 / 7], [1 / 7, 1, 7], [7, 1 / 7, 1]]
CYCLE = "consistency ratio 4.43, above 0.10 (Saaty 1980, n = 3): the judgements contradict each other, most on"
PAIRS = {("cost", "legal"): 7, ("legal", "force"): 7, ("force", "cost"): 7}


def alarms(call):
    """Return what a call warns of."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        call()
    return [str(one.message) for one in heard]


def test_circular_judgements_raise_an_alarm_that_names_the_triad():
    """Equal shares at a ratio of 4.43 are no indifference: matrix, judgements, weights and hierarchy all say so."""
    circle = mcda.Judgements(["cost", "legal", "force"], PAIRS)
    triad = "'cost', 'legal' and 'force': 'cost' to 'force' was judged 0.143, but the other two judgements make it 49"
    assert alarms(lambda: mcda.priorities(CIRCLE)) == [
        f"{CYCLE} {triad}".replace("cost", "item 1")
        .replace("legal", "item 2")
        .replace("force", "item 3")
    ]
    assert alarms(lambda: mcda.priorities(circle)) == [f"{CYCLE} {triad}"]
    assert alarms(lambda: mcda.priorities(circle, "geometric mean")) == [f"{CYCLE} {triad}"]
    assert alarms(lambda: mcda.ahp(circle, "panel")) == [f"{CYCLE} {triad}"]
    below = pd.Series([0.5, 0.5], ["P", "Q"])
    tree = {"goal": circle, "cost": below, "legal": below, "force": below}
    assert alarms(lambda: mcda.hierarchy(tree, "goal")) == [
        f"judgements under 'goal': {CYCLE} {triad}"
    ]


def test_the_worst_of_several_triads_is_named():
    """One judgement of six is turned round: the triad that it spoils most stands in the alarm."""
    pairs = {
        ("a", "b"): 2,
        ("b", "c"): 2,
        ("c", "d"): 2,
        ("a", "c"): 4,
        ("b", "d"): 4,
        ("d", "a"): 8,
    }
    (told,) = alarms(lambda: mcda.priorities(mcda.Judgements(list("abcd"), pairs)))
    assert (
        "most on 'a', 'b' and 'd': 'a' to 'd' was judged 0.125, but the other two judgements make it 8"
        in told
    )


def test_coherent_judgements_raise_no_alarm():
    """Up to 0.10 nothing is said, for any table; two items can't contradict each other."""
    assert alarms(lambda: mcda.priorities([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])) == []
    assert (
        alarms(lambda: mcda.priorities(BORDER)) == []
        and mcda.priorities(BORDER).consistency.alarm == ""
    )
    assert alarms(lambda: mcda.priorities([[1, 9], [1 / 9, 1]])) == []


def test_an_incomplete_circle_names_the_triad_that_was_judged():
    """What was filled in is nobody's contradiction."""
    pairs = {**PAIRS, ("force", "time"): 2}
    told = alarms(
        lambda: mcda.priorities(mcda.Judgements(["cost", "legal", "force", "time"], pairs))
    )
    assert len(told) == 1 and "most on 'cost', 'legal' and 'force'" in told[0]


def test_a_stack_of_matrices_is_told_once_with_how_many_contradict_themselves():
    """One warning, whatever their number; no triad is looked for."""
    stack = np.array(
        [CIRCLE, [[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]], np.ones((3, 3)), CIRCLE]
    )
    assert alarms(lambda: mcda.priorities(stack)) == [
        "2 of 4 matrices contradict themselves: largest consistency ratio 4.43, above 0.10 (Saaty 1980, n = 3)"
    ]
    assert alarms(lambda: mcda.priorities(stack[1:3])) == []


def test_a_ratio_just_above_the_limit_is_shown_above_it():
    """No sentence says that 0.10 is above 0.10."""
    found = mcda.priorities(BORDER).consistency
    assert "consistency ratio 0.1001, above 0.10" in replace(found, ratio=0.10006).alarm
    assert "consistency ratio 0.11, above 0.10" in replace(found, ratio=0.105001).alarm


def test_tables_of_random_matrices_lie_near_the_exact_mean_of_three_items():
    """Over all 17 x 17 x 17 judgements of Saaty's scale the mean index is 0.5245; a table is one sample of it."""
    scale = [*range(1, 10), *(1 / k for k in range(2, 10))]
    a, b, c = np.array(list(itertools.product(scale, repeat=3))).T
    circle = np.cbrt(a * b / c)
    index = (
        circle + 1 / circle - 2
    ) / 2  # the principal eigenvalue of three items is 1 + q + 1 / q
    assert index.mean() == pytest.approx(0.52446, abs=5e-6)
    assert round(index.mean(), 2) == RANDOM_INDEX["Saaty 2005"][2]
    assert RANDOM_INDEX["Alonso & Lamata 2006"][2] == pytest.approx(index.mean(), abs=3e-4)
    off = (RANDOM_INDEX["Golden & Wang 1989"][2] - index.mean()) / (index.std() / np.sqrt(1000))
    assert (
        2.4 < off < 2.6
    )  # as far as one run of 1,000 matrices may be by chance, and too far for a larger one
