"""A workshop's tables and sentences say what was judged and computed, escaped, and hide nobody."""

import numpy as np
import pytest

import mcda
from criteria import ukraine_force
from mcda.reporting import figures
from mcda.reporting.notebooks import workshop

PROBLEM = ukraine_force.problem()
HOLDERS = ukraine_force.perspectives(PROBLEM)
SHEETS = workshop.sheets(HOLDERS)
GROUP = workshop.group(SHEETS)
TWISTED = mcda.Judgements(["C1", "C2", "C3"], {("C1", "C2"): 2, ("C2", "C3"): 2, ("C3", "C1"): 2})


def test_a_sheet_is_the_holders_own():
    """Ten answers each; the weights they imply are those that AHP uses for the holder."""
    assert list(SHEETS) == list(HOLDERS)
    assert workshop.sheet(PROBLEM, SHEETS["Kyiv"], "Kyiv").data.iloc[0].tolist() == [
        "Force size and effect",
        "more than",
        "Cost",
        "strong to very strong",
        "6",
    ]
    for name, judged in SHEETS.items():
        assert len(judged.ratios) == 10
        heads = mcda.priorities(judged)
        found = HOLDERS[name].pairwise.values
        by_head = found.groupby([PROBLEM.top(key) for key in found.index]).sum()
        np.testing.assert_allclose(heads.values, by_head[heads.values.index])


def test_who_was_asked_is_told_from_the_kinds_of_the_judgements():
    """Those of the Ukraine question are derived by formula."""
    told = workshop.asked(PROBLEM, HOLDERS)
    assert (
        PROBLEM.frame.title in told
        and "Behind the judgements stand numbers of kind: derived." in told
    )
    assert "no holder was asked" in told


@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
def test_contradictions_are_told_and_nothing_is_changed():
    """A circle of preferences: above the limit, with what would have to be asked."""
    before = dict(TWISTED.ratios)
    told = workshop.coherence(mcda.priorities(TWISTED).consistency, "X")
    assert "above the customary limit of 0.10" in told and "doesn't say that they are right" in told
    assert "don't keep the order of 3 judged preferences" in workshop.order(PROBLEM, TWISTED, "X")
    assert "Force size and effect over Cost was judged 2 times" in workshop.order(
        PROBLEM, TWISTED, "X"
    )
    assert workshop.against(PROBLEM, TWISTED, "X").data["judged, times"].tolist() == [
        "2.0",
        "1/2.0",
        "2.0",
    ]
    assert "keep the order of all" in workshop.order(PROBLEM, SHEETS["Kyiv"], "Kyiv")
    assert TWISTED.ratios == before


def test_the_group_shows_every_member():
    """A row each, the group below, the caution with both ends of their ratios, and each way to put them together."""
    table = workshop.members(PROBLEM, GROUP).data
    assert list(table.index) == [*SHEETS, "the group"]
    told = workshop.caution(PROBLEM, GROUP)
    assert "undecided between Force size and effect and" in told and "Kyiv, London" in told
    assert f"{GROUP.ratios.max():.3f}" in told and f"Here it is {GROUP.consensus:.2f}." in told
    apart = workshop.group(SHEETS, way="AIP")
    assert workshop.caution(PROBLEM, apart).startswith("The members' lie between")
    assert list(workshop.ways(PROBLEM, [GROUP, apart]).data.index) == [
        "AIJ, eigenvector",
        "AIP, eigenvector",
    ]
    assert workshop.tables(GROUP.consistency).data["up to 0.10"].tolist() == ["yes"] * 5


def test_the_figure_names_the_ends():
    """Title and alternative text have the members furthest apart; a name is no markup."""
    axes = workshop.picture(PROBLEM, GROUP).drawn
    assert "Fiscal-hawk treasury" in axes.get_title(loc="left")
    assert "Force size and effect: 10% to 45%" in figures.alternative(axes)
    odd = workshop.group({"<b>$x$": SHEETS["Kyiv"], "other": SHEETS["Rome"]})
    shown = workshop.picture(PROBLEM, odd)._repr_html_()
    assert "<b>" not in shown and "&lt;b&gt;$x$" in shown


def test_draws_tell_a_range_and_who_leads():
    """Shares of draws sum to one in each answer, the excluded are named, and the same seed gives the same table."""
    cloud = mcda.judged_weights(SHEETS["Paris"], "Paris", step=1)
    table = workshop.leaders(PROBLEM, cloud, 500, seed=1).data
    assert table.equals(workshop.leaders(PROBLEM, cloud, 500, seed=1).data)
    for answer in ("without a minimum", "with the minimum"):
        shares = [
            float(cell.split("%")[0].strip("<>")) for cell in table[answer] if cell != "excluded"
        ]
        assert sum(shares) == pytest.approx(100, abs=1.5)
        assert not any(cell.startswith(("0.0%", "100.0%")) for cell in table[answer])
    assert "excluded" in table["with the minimum"].tolist()
    assert workshop.cloud(PROBLEM, cloud, 500, seed=1).data.index[0] == "Force size and effect"
    ranks = workshop.ranks(PROBLEM, [HOLDERS["Paris"]]).data
    assert (
        "excluded" in ranks["with the minimum", "Paris"].tolist()
        and ranks["without a minimum", "Paris"].iloc[0] == "1"
    )


def test_without_sheets_a_sentence_stands_for_every_part():
    """Whatever is asked of a sheet that isn't there says so; nothing is made up."""
    name, sheet = workshop.chosen(workshop.sheets({}), "Paris")
    assert name == "Paris" and "No holder has compared criteria in pairs" in sheet.reason
    assert workshop.sheet(PROBLEM, sheet, name) is sheet
    assert workshop.coherence(sheet.consistency, name) is sheet


def test_judgements_that_agree_are_told_in_a_sentence():
    """No table of contradictions that weigh nothing."""
    agreeing = mcda.Judgements(
        ["C1", "C2", "C3"], {("C1", "C2"): 2, ("C2", "C3"): 2, ("C1", "C3"): 4}
    )
    assert workshop.against(PROBLEM, agreeing, "X") == "No judgement of X contradicts the others."
