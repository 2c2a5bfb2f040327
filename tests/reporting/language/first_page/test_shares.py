"""The page says where the best estimates put another option first than most draws do."""

from types import SimpleNamespace

import pandas as pd
import pytest

from mcda.holders.answers import Answer
from mcda.reporting import language as words

SIDES = ["without", "behind"]


def ranking(*leaders):
    """What is read of a ranking: who is first at the best estimates."""
    return SimpleNamespace(leaders=leaders)


def drawn(**shares):
    """What is read of a run: in what share of draws each option takes the first rank."""
    return SimpleNamespace(rank_acceptability=pd.DataFrame({1: shares}))


def told(problem, by_holder):
    """The sentences for holders, each with the leaders and the shares of one side or of both."""
    rankings = {}
    runs = {}
    for holder, sides in by_holder.items():
        rankings[holder] = Answer(*(ranking(*leaders) for leaders, _ in sides))
        runs[holder] = Answer(*(drawn(**shares) for _, shares in sides))
    return words.led_otherwise(problem, rankings, runs, SIDES)


ALIKE = (["A"], {"A": 0.8, "B": 0.2})
OTHER = (["A"], {"A": 0.4, "B": 0.6})


def test_nothing_is_said_where_both_put_the_same_first(make_problem):
    """Also where options tie at the best estimates and one of them is first in most draws."""
    level = (["A", "B"], {"A": 0.4, "B": 0.6})
    assert told(make_problem(), {"x": [ALIKE, ALIKE], "y": [level]}) == []


def test_the_holder_the_option_and_the_side_are_named(make_problem):
    """One sentence a side, of those for whom it is so; a side that wasn't drawn has none."""
    problem = make_problem()
    assert told(problem, {"x": [ALIKE, OTHER], "y": [ALIKE]}) == [
        "With the minimum, the best estimates put another option first: Option A for x."
    ]
    first = told(problem, {"x": [OTHER]})
    assert len(first) == 1 and first[0].startswith("Without the minimum, ")


@pytest.mark.parametrize(
    ("holders", "end"), [(2, "Option A for y."), (3, "for 3 sets of priorities.")]
)
def test_many_holders_are_counted(make_problem, holders, end):
    """Up to two are named."""
    sentences = told(make_problem(), {name: [OTHER] for name in "xyz"[:holders]})
    assert len(sentences) == 1 and sentences[0].endswith(end)
