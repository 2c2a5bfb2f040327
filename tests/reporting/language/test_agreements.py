"""What agreement would cost and what an advocate could claim: told at their boundaries, and placed in the report."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.reporting import language as words
from mcda.reporting.document.outline import context
from mcda.reporting.study.study import Settings, Study


def prices(without, inside=None):
    """Return prices of two options for named holders; the first option leads where its price is 0."""
    rows = {
        (holder, option): {
            "rank": 1 if price == 0 else 2,
            "without limit": price,
            **({"in range": inside} if inside is not None else {}),
            "without limit, at least": price,
        }
        for holder, pair in without.items()
        for option, price in zip("AB", pair, strict=True)
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index = pd.MultiIndex.from_tuples(rows, names=["holder", "option"])
    return mcda.Prices(table, {}, "additive")


@pytest.fixture
def problem(make_problem):
    """The question of three options."""
    return make_problem()


def test_the_cheapest_change_of_mind_has_holder_option_and_points(problem):
    """Whose, to what, by how many points that change hands, and what its own ranges allow, where it states any."""
    found = prices({"X": (0.0, 0.144), "Y": (0.0, 0.3)})
    told = words.agreement(problem, found)
    assert (
        "X is closest to changing its first choice" in told[0]
        and "put Option B first" in told[0]
        and "moving 7 points of 100" in told[0]
    )
    assert "range" not in told[0]
    assert (
        "within the ranges"
        in words.agreement(problem, prices({"X": (0.0, 0.144)}, inside=0.144))[0]
    )
    assert (
        "more than the ranges"
        in words.agreement(problem, prices({"X": (0.0, 0.144)}, inside=np.inf))[0]
    )


def test_a_change_that_is_cheaper_outside_the_ranges_is_not_told_as_inside(problem):
    """The ranges may allow the option too, at a higher price."""
    found = prices({"X": (0.0, 0.144)}, inside=0.22)
    assert (
        ", or 11 points if each weight stays in its stated range."
        in words.agreement(problem, found)[0]
    )
    assert words.nearest_change(found).loc["X", "inside"] == 0.22


def test_what_is_known_only_between_bounds_is_told_so(problem):
    """A search that had to stop knows from 20 to 23 points, and says that."""
    found = prices({"X": (0.0, 0.46)})
    found.table["without limit, at least"] = [0.0, 0.399]
    assert "moving 20 to 23 points of 100" in words.agreement(problem, found)[0]


def test_the_report_prices_agreement_by_the_method_that_leads_it(make_problem):
    """One method a section: the figure of ranks, the prices and the advocates are all of the leading method."""
    holders = {
        "X": mcda.weights({"money": 3, "people": 1}, "X"),
        "Y": mcda.weights({"money": 1, "people": 3}, "Y"),
    }
    for method, name in (("topsis", "topsis (anchored, p = 2)"), ("additive", "additive")):
        study = Study(make_problem(), holders, Settings(method=method))
        assert {found.method for found in study.analysis.prices.values()} == {name}


def test_unity_is_told_only_where_holders_disagree_and_could_agree(problem):
    """All agree already, one holder alone, no option that all could put first: nothing to tell."""
    assert (
        "X, by 10 points" in words.agreement(problem, prices({"X": (0.0, 0.2), "Y": (0.4, 0.0)}))[1]
    )
    for found in (
        {"X": (0.0, 0.2), "Y": (0.0, 0.4)},
        {"X": (0.0, 0.2)},
        {"X": (0.0, np.inf), "Y": (np.inf, 0.0)},
    ):
        assert words.agreement(problem, prices(found))[1] == ""


def test_what_no_weights_bring_about_is_told_as_never(problem):
    """Proven by an infinite bound; a price that was not found is not never."""
    told = words.agreement(problem, prices({"X": (0.0, np.inf)}))
    assert told[0].startswith("No weights on what the holders weigh (local weights kept)") and told[
        2
    ].endswith("Option B.")
    assert words.agreement(problem, prices({"X": (0.0, 0.2)}))[2] == ""


def test_an_advocate_is_told_as_proven_only_where_it_is(problem):
    """A search that found nothing is no proof; all options first leaves nothing more to say."""
    table = pd.DataFrame({"first": [True, False]}, index=["A", "B"])
    assert "None of them" in words.advocacy(problem, SimpleNamespace(table=table, exact=True))
    assert "A search found none" in words.advocacy(
        problem, SimpleNamespace(table=table, exact=False)
    )
    every = pd.DataFrame({"first": [True, True]}, index=["A", "B"])
    assert words.advocacy(problem, SimpleNamespace(table=every, exact=True)).endswith("first.")


def test_the_report_tells_whose_values(make_problem):
    """The section holds the price of agreement; its numbers are among the sealed results."""
    holders = {
        name: mcda.weights(raw, name)
        for name, raw in {"X": {"money": 3, "people": 1}, "Y": {"money": 1, "people": 3}}.items()
    }
    study = Study(make_problem(), holders)
    told = next(section for section in context(study)[0]["sections"] if section["key"] == "holders")
    title = "What agreement would cost, without a minimum, by TOPSIS (anchored, p = 2)"
    assert any(block.get("text") == title for block in told["blocks"])
    assert (
        set(study.analysis.results["agreement"]["without"]) == {"X", "Y"}
        and not Study(make_problem(), {}).analysis.prices
    )
