"""The explorer on Python's side: what it starts from, what it gives back, and what it refuses."""

import base64
import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from criteria import ukraine_force
from mcda.problem.structures import Change, Structure
from mcda.reporting.panels.explorer import explore
from mcda.reporting.panels.panel import PARTS, module, policy


class Drawn:
    """Draws of three options on three leaves."""

    n = 700

    def values(self, first, count):
        """Values that rise from draw to draw."""
        return np.broadcast_to(np.linspace(0, 1, count)[:, None, None], (count, 3, 3))


@pytest.fixture
def paris(shelter):
    """Weights of the two heads."""
    return mcda.weights({"money": 30, "people": 70}, "Paris")


def test_what_goes_in_comes_out(shelter, paris):
    """Weights over the leaves, the holder named, the ranking that `rank` gives."""
    explorer = explore(shelter, paris, method="topsis", p=3)
    spread = mcda.over_leaves(shelter, paris)
    assert explorer.weights.holder == "explorer"
    assert "Paris" in explorer.weights.rationale
    pd.testing.assert_series_equal(
        explorer.weights.values, spread.values, check_names=False, rtol=1e-14
    )
    expected = mcda.rank(shelter, paris, "topsis", p=3).table
    pd.testing.assert_frame_equal(explorer.ranking.table, expected, rtol=1e-13)


def test_weights_of_leaves_find_their_way_up_and_down(cooling_question):
    """Shares among siblings, multiplied down the tree, are the weights again, for every holder."""
    problem, holders = cooling_question
    for holder, weights in holders.items():
        again = explore(problem, {holder: weights}).weights
        pd.testing.assert_series_equal(
            again.values, weights.values, check_names=False, rtol=1e-12, atol=1e-15
        )


def test_below_a_head_without_weight_the_suggested_shares_stand(shelter):
    """Moving the head up later has something to share out."""
    chosen = explore(shelter, mcda.weights({"money": 1, "people": 0}, "miser")).panel.chosen
    assert chosen["shares"] == [1.0, 1.0, 0.0, 0.75, 0.25]


def test_options_left_out_and_floors_are_in_the_ranking(shelter, paris):
    """What the reader sets aside is not ranked; a floor excludes with its reason."""
    explorer = explore(shelter, paris, floors={"places": 70})
    explorer.panel.chosen = {**explorer.panel.chosen, "off": ["C"]}
    assert explorer.ranking.table.index.tolist() == ["B"]
    assert explorer.ranking.excluded.index.tolist() == ["A"]


def test_several_holders_can_be_started_from(shelter, paris):
    """The first is on show."""
    other = mcda.weights({"money": 1, "people": 1}, "Rome")
    explorer = explore(shelter, {"Rome": other, "Paris": paris})
    assert explorer.panel.chosen["holder"] == "Rome"
    assert [one["name"] for one in explorer.panel.question["holders"]] == ["Rome", "Paris"]


def test_a_few_hundred_draws_travel(shelter, paris):
    """The first 500, in single precision."""
    draws = explore(shelter, paris, Drawn()).panel.question["draws"]
    assert draws["count"] == 500
    sent = np.frombuffer(base64.b64decode(draws["values"]), "<f4")
    assert np.array_equal(sent, np.repeat(np.linspace(0, 1, 500, dtype="<f4"), 9))


def test_draws_of_another_question_are_refused(make_problem, paris):
    """By their shape."""
    two = make_problem(cells={"A": (10, 30, 20), "B": (40, 90, 80)})
    with pytest.raises(
        mcda.InputError, match=r"draws: expected draws of this question, shape \(500, 2, 3\)"
    ):
        explore(two, paris, Drawn())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weights": {}}, "holders: expected at least one"),
        ({"method": "ahp"}, "method: expected one of 'additive', 'topsis', found 'ahp'"),
        ({"p": 0.5}, "exponent p: expected a number from 1 to 20, found 0.5"),
        ({"p": float("nan")}, "exponent p: expected a number from 1 to 20, found nan"),
        ({"floors": {"beds": 3}}, "floor on 'beds': expected a finite number on a leaf"),
        (
            {"weights": mcda.weights({"money": 1}, "half")},
            "weights of 'half': expected a weight for 'people'",
        ),
    ],
)
def test_what_is_refused(shelter, paris, changes, message):
    """By name, with what was expected."""
    with pytest.raises(mcda.InputError, match=re.escape(message)):
        explore(shelter, **{"weights": paris, **changes})


def test_names_never_end_a_script(make_problem, paris):
    """Whatever a label holds, the page has one JSON text, one module and no further markup."""
    hostile = '</script><script>alert(1)</script><img src=x onerror="alert(2)">&amp;<!--'
    options = pd.DataFrame({"label": [hostile, "B", "C"]}, index=["A", "B", "C"])
    explorer = explore(make_problem(options=options), paris)
    page = explorer.page()
    assert page.count("<script") == page.count("</script") == 2
    assert "<img" not in page and "<!--" not in page
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page).group(1))
    assert state["question"]["options"][0]["label"] == hostile


def test_the_module_makes_no_markup_and_asks_for_nothing():
    """No way from text to markup, no import, no address, nothing that could end its script element."""
    for kind in PARTS:
        source = module(kind)
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "fetch(",
            "http",
            "</",
            "<!--",
        ):
            assert word not in source, word
        assert not re.search(r"^import |import\(", source, re.M)


def test_a_page_lets_its_one_script_run_and_nothing_else(shelter, paris):
    """The policy names the script by its hash; the same page comes out twice."""
    page = explore(shelter, paris).page()
    assert f"default-src 'none'; script-src {policy('explorer')}; style-src" in page
    assert "unsafe-inline" not in re.search(r"script-src[^;]*", page).group(0)
    assert page == explore(shelter, paris).page()


def test_a_notebook_gets_the_live_panel_and_a_page_the_same_alone(shelter, paris):
    """Both kinds of output; a reader whose page runs no script has the ranking as a table."""
    data, _ = explore(shelter, paris)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "<table" in data["text/html"] and "Option A" in data["text/html"]


def test_without_anywidget_the_panel_still_computes_in_the_page(shelter, paris, monkeypatch):
    """The extra `notebook` adds the way back to Python, not the panel itself."""
    from mcda.reporting.panels import panel

    def missing(kind):
        raise ModuleNotFoundError("anywidget")

    monkeypatch.setattr(panel, "_widget_class", missing)
    explorer = explore(shelter, paris)
    data, _ = explorer._repr_mimebundle_()
    assert list(data) == ["text/plain", "text/html"]
    assert explorer.weights.values.sum() == pytest.approx(1)


def test_it_is_saved_where_the_question_is_read(cooling, cooling_question, tmp_path):
    """Asked for in the panel, the weights stand in the folder under the name given, and nobody else's changed."""
    import shutil

    folder = shutil.copytree(cooling, tmp_path / "question")
    problem, holders = cooling_question
    explorer = explore(problem, holders, folder=folder)
    shares = explorer.panel.chosen["shares"]
    assert (
        explorer.panel.hear({"save": " My view "})
        == "Saved in perspectives.csv as the weights of My view."
    )
    again = mcda.read_perspectives(folder, problem)
    assert [*holders, "My view"] == list(again)
    assert again["My view"].values.tolist() == pytest.approx(
        explorer.weights.values.tolist(), abs=1e-10
    )
    for holder, weights in holders.items():
        assert again[holder].values.equals(weights.values)
    assert shares == explorer.panel.chosen["shares"]


def test_a_fault_in_saving_is_told_in_the_panel(cooling_question, tmp_path):
    """No traceback: the reader sees what stands in the way."""
    problem, holders = cooling_question
    told = explore(problem, holders, folder=tmp_path).panel.hear({"save": "My view"})
    assert "expected the folder of a question, with criteria.csv" in told
    assert explore(problem, holders).panel.hear({"save": "My view"}) == ""


SHAPES = (
    Structure("quiet", "Without noise", (Change("leave out", "noise", "It passes"),)),
    Structure("bare", "Places alone", (Change("leave out", "money"), Change("leave out", "noise"))),
)


def test_another_shape_is_ranked_in_that_shape(shelter, paris):
    """Its criteria, values and shares travel; weights and ranking are those of the structure."""
    problem = replace(shelter, structures=SHAPES)
    explorer = explore(problem, paris)
    first = explorer.panel.question["structures"][0]
    assert (first["label"], first["told"]) == ("Without noise", "without Noise")
    assert first["criteria"] == ["money", "cost", "people", "places"]  # as stated: by their keys
    assert np.shape(first["values"]) == (3, 2)
    shown = {**explorer.panel.chosen, "structure": "quiet", "shares": first["holders"][0]["shares"]}
    explorer.panel.chosen = shown
    expected = mcda.rank(problem.structured("quiet"), paris, "additive")
    pd.testing.assert_frame_equal(explorer.ranking.table, expected.table, rtol=1e-12)
    pd.testing.assert_series_equal(
        explorer.weights.values, expected.weights.values, check_names=False, rtol=1e-12
    )


def test_weights_in_another_shape_are_not_kept(shelter, paris, tmp_path):
    """A holder's are over the tree as stated; the reader is told what to do."""
    explorer = explore(replace(shelter, structures=SHAPES), paris)
    explorer.panel.chosen = {**explorer.panel.chosen, "structure": "quiet"}
    with pytest.raises(mcda.InputError, match="choose the shape as stated first"):
        explorer.save(tmp_path)


def test_shapes_that_it_cannot_show_are_named(shelter):
    """Those in which a holder weighs nothing; without shapes there is no list."""
    payer = mcda.weights({"money": 1, "people": 0}, "payer")
    question = explore(replace(shelter, structures=SHAPES), payer).panel.question
    assert [one["name"] for one in question["structures"]] == ["quiet"]
    assert question["unshown"] == ["Places alone"]
    assert "structures" not in explore(shelter, payer).panel.question


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_a_shape_in_which_options_may_fail(method):
    """It carries the chance and what happens otherwise, and ranks as Python does; so does such a question itself."""
    problem = ukraine_force.problem()
    chance = Structure("chance", "A chance", (Change("chance", "C3.2", fallback="OPT01"),))
    held = ukraine_force.perspectives(problem)["Paris"]
    asked = replace(problem, structures=(chance,))
    explorer = explore(asked, held, method=method)
    question = explorer.panel.question
    (shown,) = question["structures"]
    assert "unshown" not in question or not question["unshown"]
    kept = [one if isinstance(one, str) else one["key"] for one in shown["criteria"]]
    assert kept == [one.key for one in problem.criteria if one.key != "C3.2"]
    assert len(shown["otherwise"][0]) == len(shown["values"][0]) == 16
    assert shown["chance"][0] == 1 and "chance" not in question
    explorer.panel.chosen = {
        **explorer.panel.chosen,
        "structure": "chance",
        "shares": shown["holders"][0]["shares"],
    }
    shaped = asked.structured("chance")
    expected = mcda.rank(shaped, held, method)
    assert explorer.ranking.leaders == expected.leaders == ("OPT01",)
    assert (explorer.ranking.table["score"] - expected.table["score"]).abs().max() < 1e-12
    alone = explore(shaped, held, mcda.sample(shaped, 20, 1), method=method)
    assert (alone.ranking.table["score"] - expected.table["score"]).abs().max() < 1e-12
    drawn = alone.panel.question["draws"]
    numbers = np.frombuffer(base64.b64decode(drawn["values"]), "<f4").reshape(20, 11, 33)
    assert np.abs(numbers - mcda.sample(shaped, 20, 1).values()).max() < 1e-7


def put_together(drawn, stated, m):
    """The draws (count, m, columns) that a shape's payload stands for."""
    count = drawn["count"]
    as_stated = np.frombuffer(base64.b64decode(stated["values"]), "<f4").reshape(count, m, -1)
    columns = [
        as_stated[:, :, one]
        if isinstance(one, int)
        else np.frombuffer(base64.b64decode(one), "<f4").reshape(count, m)
        for one in drawn["columns"]
    ]
    instead = [column[:, drawn["instead"]] for column in columns[:-1] if drawn["instead"]]
    return np.stack([*columns, *instead], axis=-1)


def test_draws_travel_in_every_shape():
    """Those of each shape, with its chances, are what `sample` draws there; few numbers more travel."""
    problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    draws = mcda.sample(problem, 40, 3)
    question = explore(problem, holders["Paris"], draws).panel.question
    names = [one["name"] for one in question["structures"]]
    assert names == [one.name for one in problem.structures]
    sent = 0
    for one in question["structures"]:
        expected = mcda.sample(problem.structured(one["name"]), 40, 3).values()
        found = put_together(one["draws"], question["draws"], len(problem.options))
        assert np.abs(found - expected).max() < 1e-6
        sent += sum(isinstance(column, str) for column in one["draws"]["columns"])
    assert sent <= 4  # a chance and a priced war, each in two shapes
    some = mcda.sample(problem, 40, 3, vary=["renewed_war"])
    question = explore(problem, holders["Paris"], some).panel.question
    shapes = {one["name"]: one["draws"] for one in question["structures"]}
    assert question["draws"] is None and shapes["approvals"] is None
    assert len(shapes["war priced"]["columns"]) == len(problem.structured("war priced").leaves)


def test_draws_of_another_make_know_the_stated_shape_alone(shelter, paris):
    """What gives values and nothing else can't be drawn anew in another shape."""
    question = explore(replace(shelter, structures=SHAPES), paris, Drawn()).panel.question
    assert question["draws"]["count"] == 500
    assert all("draws" not in one for one in question["structures"])
