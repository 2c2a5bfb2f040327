"""The panel of comparisons on Python's side: what it sends, what comes back, where it is saved."""

import base64
import shutil

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.preferences.from_statements.bounds import bounds_of
from mcda.preferences.from_statements.value_model import StatedValues

ANSWER = {
    "first": "c1",
    "amount": 1.0,
    "second": "c2",
    "low": 0.4,
    "high": None,
    "start": 0.0,
    "second_start": 0.4,
    "words": "c1 from 0 to 1 is worth more than c2 from 0 to 0.4",
    "as_of": "2026-01-01",
    "recorded_by": "the panel of comparisons",
}


def flat(values):
    """A question of values from 0 to 1 on measures c1, c2, ..."""
    columns = [f"c{at + 1}" for at in range(len(values[0]))]
    table = pd.DataFrame(values, [f"o{at + 1}" for at in range(len(values))], columns)
    ends = dict.fromkeys(columns, (0.0, 1.0))
    return mcda.problem_from(
        table, directions=dict.fromkeys(columns, "max"), anchors=ends, accept="all"
    )


@pytest.fixture
def problem():
    """Three options, three measures."""
    return flat([[0.9, 0.2, 0.4], [0.2, 0.8, 0.5], [0.5, 0.4, 0.9]])


def answered(panel, *answers):
    """The panel as if these were given in it."""
    panel.panel.chosen = {"said": list(answers)}
    return panel


def test_it_starts_from_draws_that_keep_what_was_said(problem):
    """A thousand rows of weights, each within every bound that goes with them."""
    before = [mcda.SwingOver("c1", "c2", holder="x"), mcda.SwingOver("c2", "c3", 2, 2, holder="x")]
    question = mcda.ask(problem, before, seed=1).panel.question
    drawn = np.frombuffer(base64.b64decode(question["draws"]), "<f4").reshape(-1, 3)
    assert len(drawn) == 1_000
    bounds = {bound["equality"]: np.array(bound["row"]) for bound in question["bounds"]}
    assert (drawn @ bounds[False]).max() < 1e-6
    assert abs(drawn @ bounds[True]).max() < 1e-6
    assert question["before"] == [one.told for one in before]


def test_answers_are_statements_and_weights_follow(problem):
    """Of the holder, with words, date and recorder; the bound is that of the exchange."""
    panel = answered(mcda.ask(problem, seed=1, holder="Rome"), ANSWER)
    (said,) = panel.statements
    assert (said.holder, said.told) == ("Rome", ANSWER["words"])
    row = bounds_of(said, StatedValues(problem))[-1].row
    assert row.tolist() == pytest.approx([-1.0, 0.4, 0.0])
    assert panel.weights.holder == "Rome"
    assert panel.weights.values["c1"] >= 0.4 * panel.weights.values["c2"]
    assert panel.standing.certainty == panel.standing.shares.max()


def test_level_answers_are_exact(problem):
    """An upper end that is the lower one."""
    panel = answered(mcda.ask(problem, seed=1), {**ANSWER, "high": 0.4})
    weights = panel.weights.values
    assert weights["c1"] == pytest.approx(0.4 * weights["c2"], abs=1e-9)


def test_they_are_saved_where_the_question_is_read(cooling, cooling_question, tmp_path):
    """Rows of statements.csv under the name given; saved again they replace those; faults are told."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    problem, _ = cooling_question
    one, other = (leaf for leaf in problem.weighed[:2])
    ends = {leaf.key: leaf.scale.anchors for leaf in (one, other)}
    paid = abs(ends[other.key][-1] - ends[other.key][0]) / 2
    said = {
        **ANSWER,
        "first": one.key,
        "amount": abs(ends[one.key][-1] - ends[one.key][0]),
        "second": other.key,
        "low": paid,
        "start": ends[one.key][0],
        "second_start": (ends[other.key][0] + ends[other.key][-1]) / 2,
    }
    panel = answered(mcda.ask(problem, seed=1, folder=folder), said)
    for _ in range(2):
        told = panel.panel.hear({"save": "My view"})
        assert told == "Saved in statements.csv as the statements of My view."
    (read,) = mcda.read_statements(folder, problem)["My view"]
    assert (read.first, read.second, read.low, read.told) == (
        one.key,
        other.key,
        paid,
        ANSWER["words"],
    )
    assert "My view" in mcda.read_perspectives(folder, problem)
    assert "expected 1 to 80 printable characters" in panel.panel.hear({"save": ""})
    assert "answer a question first" in answered(panel).panel.hear({"save": "My view"})


def test_what_can_not_be_asked_is_refused(problem):
    """One measure; statements that exclude each other; a share of nothing."""
    with pytest.raises(mcda.InputError, match="measures to compare: expected 2 or more, found 1"):
        mcda.ask(flat([[0.1], [0.2]]), seed=1)
    both = [mcda.SwingOver("c1", "c2"), mcda.SwingOver("c2", "c1")]
    with pytest.raises(mcda.InputError, match="can't all hold"):
        mcda.ask(problem, both, seed=1)
    with pytest.raises(mcda.InputError, match="certainty"):
        mcda.ask(problem, seed=1, certainty=0)
