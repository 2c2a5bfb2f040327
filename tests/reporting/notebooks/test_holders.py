"""What a reader is told of holders: tables and sentences carry the numbers of the results, and nothing else."""

import json

import pytest

from mcda import (
    advocate_test,
    dispersion_weights,
    open_question,
    perspectives,
    price_of_agreement,
    weights,
)
from mcda.cli import main
from mcda.reporting.notebooks import holders as told

RANGED = {
    "x": weights({"money": 3, "people": 1}, "x", ranges={"money": (2, 3.5), "people": (0.5, 2)}),
    "y": weights({"money": 1, "people": 3}, "y", ranges={"money": (0.5, 1.2), "people": (2, 3.5)}),
}


def test_weights_are_told_in_points_with_their_range(shelter):
    """Of 100, on the heads; the contrast says in its caption that it is no preference."""
    table = told.weights(shelter, RANGED)
    assert table.data.loc["x"].to_dict() == {"Money": "75 (50 to 88)", "People": "25 (13 to 50)"}
    assert "(stated range)" in table.caption
    contrast = told.weights(shelter, {"entropy": dispersion_weights(shelter)})
    assert contrast.caption.endswith("what the spread of the data would say, not a preference")


def test_who_was_asked_is_told_from_the_kinds_of_the_weights(cooling_question):
    """Judgements are nobody's answers; statements are; weights made in a session have no record."""
    problem, holders = cooling_question
    text = str(told.asked(problem, holders))
    assert (
        "Behind the weights stand numbers of kind: judgement." in text
        and "no holder was asked" in text
    )
    heparin, published = open_question("heparin")
    text = str(told.asked(heparin, published))
    assert "of kind: judgement and statement." in text and "no holder was asked" not in text
    assert text.endswith("those of Published swing weights and Example of the R package.")
    assert "not recorded" in str(told.asked(problem, RANGED))


def test_views_and_clusters_are_told(shelter):
    """Common ground with option names; a cluster of one has no distance inside."""
    side = perspectives(shelter, RANGED, "additive")
    text = told.views(shelter, side)
    assert "First for none of the 2 holders: " in text and "Option" in text
    assert "places between two holders, mean" in told.disagreement(shelter, side).data
    for by in ("rankings", "weights"):
        shown = told.clusters(side.clusters(by))
        assert by in shown.caption and set(shown.data["holders"]) == {"x", "y"}


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_prices_are_told_in_points_that_move(shelter, method):
    """Half of the sum of changes; a star beyond the range; "first" where there is nothing to pay."""
    found = price_of_agreement(shelter, RANGED, method)
    table = told.prices(shelter, found).data
    for (holder, option), row in found.table.iterrows():
        cell = table.loc[next(name for name in table.index if f"Option {option}" in name), holder]
        if row["rank"] == 1:
            assert cell == "first"
        elif cell not in ("never", "under 1"):
            reach = "without limit" if cell.endswith("*") else "in range"
            assert float(cell.rstrip("*")) == pytest.approx(50 * row[reach], abs=0.5)
    assert told.prices_told(shelter, found).startswith("- By ")
    moved = told.moves(shelter, RANGED["x"], found).data
    assert moved.iloc[0]["points"] == "first" and moved.iloc[0]["Money"] == "75"


def test_never_is_told(make_problem):
    """For a dominated option, in table and sentence; without ranges nothing is said about them."""
    problem = make_problem({"A": (10, 30, 20), "B": (40, 90, 80), "C": (50, 20, 85)})
    found = price_of_agreement(problem, {"x": weights({"money": 1, "people": 1}, "x")}, "additive")
    assert told.prices(problem, found).data.loc["Option C", "x"] == "never"
    text = told.prices_told(problem, found)
    assert "Option C comes first for no holder under any weights on the trade-offs" in text
    assert "stated range" not in text


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_advocates_are_told_with_what_is_proven(shelter, method):
    """Exact leads are called proven, searched ones found."""
    found = advocate_test(shelter, RANGED, method)
    table = told.advocates(shelter, found)
    assert ("proven largest" in table.caption) == (method == "additive")
    assert "nearest real holder" in told.advocates_told(shelter, found)
    assert table.data["lead at best, points of score"].str.startswith("at least").all() == (
        method == "topsis"
    )
    for cell, lead in zip(
        table.data["lead at best, points of score"], found.table["lead"], strict=True
    ):
        assert method == "additive" or float(cell.removeprefix("at least ")) <= 100 * lead + 1e-9
    assert set(table.data["first at best"]) <= {
        "yes",
        "no" if method == "additive" else "not found",
    }


def test_the_command_tells_weights(capsys, cooling):
    """All holders, one of them down the tree, and as a document."""
    assert main(["weights", str(cooling)]) == 0
    out = capsys.readouterr().out
    assert "Weights in points of 100" in out and "not a preference" in out
    holder = json_of(["weights", str(cooling), "--json"], capsys)["holders"][0]
    assert sum(holder["weights"].values()) == pytest.approx(1) and holder["ranges"]
    assert main(["weights", str(cooling), "--holder", holder["holder"]]) == 0
    assert f"Weights of {holder['holder']}" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        main(["weights", str(cooling), "--holder", "nobody"])
    assert stopped.value.code == 2


def json_of(arguments, capsys):
    assert main(arguments) == 0
    return json.loads(capsys.readouterr().out)
