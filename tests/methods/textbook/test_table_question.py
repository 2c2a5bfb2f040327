"""A table that was read goes straight into the methods, with the weights and directions that it brought."""

import numpy as np
import pandas as pd
import pytest

import mcda

SITES = "Site,Cost,Access\nNorth,10,3\nSouth,8,4\nEast,7,2\nweights,5,5\ndirection,min,max\n"
NUMBERS = [[10, 3], [8, 4], [7, 2]]


@pytest.fixture
def sites(tmp_path):
    (tmp_path / "sites.csv").write_text(SITES)
    return mcda.read_matrix(tmp_path / "sites.csv")


def test_array_functions_take_what_was_read(sites):
    """Each gives what it gives for the plain numbers, with the names of the table."""
    told = [[5, 5], ["min", "max"]]
    for function in (mcda.topsis, mcda.copras):
        found = function(sites)
        assert list(found.index) == ["North", "South", "East"]
        np.testing.assert_allclose(found, function(NUMBERS, *told))
    assert mcda.vikor(sites)["Q"].tolist() == mcda.vikor(NUMBERS, *told)["Q"].tolist()
    assert mcda.promethee2(sites).loc["South", "net"] == 0.5
    assert mcda.electre1(sites).kernel == ("South", "East")
    assert mcda.linear_ratio(sites).loc["East"].tolist() == [1.0, 0.5]
    assert mcda.pymcdm_scores("EDAS", sites).idxmax() == "South"


def test_what_is_given_replaces_what_the_table_brought(sites):
    """Weights and directions are matched by name, and the table's are left aside."""
    given = mcda.topsis(sites, {"Access": 0, "Cost": 1}, {"Cost": "max"})
    assert given.to_dict() == {"North": 1.0, "South": pytest.approx(1 / 3), "East": 0.0}


def test_a_bare_table_is_ranked_and_says_how(sites):
    """Without a method it is the textbook's TOPSIS, and a note says so; a named one isn't explained."""
    ranking = mcda.rank(sites)
    assert (ranking.leaders, ranking.method, ranking.holder) == (
        ("South",),
        "topsis:vector",
        "the table",
    )
    np.testing.assert_allclose(
        ranking.table["score"].reindex(["North", "South", "East"]), mcda.topsis(sites)
    )
    assert "No method was named" in ranking.notes[0]
    assert "No method was named" not in mcda.rank(sites, method="topsis:vector").notes[0]
    steps = ranking.steps["distances"]
    closeness = steps["distance to anti-ideal"] / steps.sum(axis=1)
    np.testing.assert_allclose(closeness, mcda.topsis(sites))


def test_an_anchored_method_says_where_its_scales_end(sites):
    """The scales are the table's own lowest and highest numbers, which the notes tell."""
    ranking = mcda.rank(sites, "equal", "additive")
    assert ranking.table.loc["South", "score"] == pytest.approx(5 / 6)
    assert ranking.holder == "equal weights"
    assert "from the worst to the best of the options at hand" in ranking.notes[0]


def test_copras_on_a_table_is_the_textbooks(sites):
    """On the numbers as they stand, not on 0-1 values."""
    assert (
        mcda.rank(sites, method="COPRAS").table["score"].to_dict() == mcda.copras(sites).to_dict()
    )


def test_a_question_takes_the_textbooks_topsis_too(ukraine_question):
    """By name, on its performances and with its directions."""
    problem, holders = ukraine_question
    paris = holders["Paris"]
    ranking = mcda.rank(problem, paris, "topsis:vector")
    shares = mcda.over_leaves(problem, paris).values
    ways = {leaf.key: leaf.direction for leaf in problem.leaves}
    expected = mcda.topsis(problem.performance, shares, ways)
    np.testing.assert_allclose(ranking.table["score"], expected.reindex(ranking.table.index))
    assert ranking.band_width is None


def test_what_is_missing_is_asked_for(ukraine_question, sites):
    """A direction, a weight, a method: each named, none assumed."""
    bare = mcda.Matrix("sites", sites.performances)
    with pytest.raises(mcda.InputError, match="criterion 'Cost': expected a direction, found none"):
        mcda.rank(bare, "equal")
    with pytest.raises(mcda.InputError, match="weights: expected one for each criterion"):
        mcda.rank(mcda.Matrix("sites", sites.performances, sites.directions))
    with pytest.raises(mcda.InputError, match="weight of 'Cst': expected criteria among 'Cost'"):
        mcda.rank(sites, {"Cst": 1, "Access": 1})
    with pytest.raises(mcda.InputError, match="expected 'equal', or a number for each"):
        mcda.rank(sites, [1, 2, 3])
    problem, holders = ukraine_question
    with pytest.raises(mcda.InputError, match="method: expected one of 'additive'"):
        mcda.rank(problem, holders["Paris"])
    with pytest.raises(mcda.InputError, match=r"mcda\.rank"):
        mcda.additive(sites, [1, 1])


def test_options_that_are_all_alike_on_a_criterion_are_ranked_on_the_rest(sites):
    """Such a criterion adds nothing to any option, which is said."""
    table = sites.performances.assign(Noise=[4.0, 4.0, 4.0])
    ways = {"Cost": "min", "Access": "max", "Noise": "min"}
    ranking = mcda.rank(mcda.Matrix("sites", table, ways), "equal", "additive")
    assert ranking.table.loc["South", "score"] == pytest.approx(5 / 9)
    assert "All options are alike on 'Noise'" in " ".join(ranking.notes)


def test_a_slash_in_a_name_stays_in_its_label():
    """Keys of cells are divided by slashes, so the id has another sign, which is noted."""
    table = pd.DataFrame({"cost": [1.0, 2.0]}, index=["HGV/LGV", "Rail"])
    ranking = mcda.rank(mcda.Matrix("modes", table, {"cost": "min"}), "equal")
    assert ranking.table["label"].tolist() == ["HGV/LGV", "Rail"]
    assert any(
        "'HGV/LGV' was read as one with the id 'HGV|LGV'" in str(n)
        for n in ranking.problem.frame.notes
    )
