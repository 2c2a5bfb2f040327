"""The judgement panel on Python's side: the questions it asks, what it starts from, what it gives back."""

import re
import shutil
from fractions import Fraction

import pytest

import mcda
from criteria import ukraine_force
from mcda.reporting.panels.judging import judge


@pytest.fixture(scope="module")
def problem():
    """Five heads."""
    return ukraine_force.problem()


def test_each_question_spells_out_the_swings(problem):
    """From the worst to the best anchor of every leaf: in units, or in the words of a constructed scale."""
    items = judge(problem).panel.question["items"]
    assert [item["key"] for item in items] == ["C1", "C2", "C3", "C4", "C5"]
    assert "Yearly running cost: from 40 to 0 EUR bn per year" in items[1]["swings"]
    assert any(
        text.startswith("Deterrent effect: from “No measurable change” to “")
        for text in items[0]["swings"]
    )


def test_what_goes_in_comes_out(problem):
    """Fractions stay fractions, also those of a group."""
    given = mcda.Judgements(
        ["C1", "C2", "C3", "C4", "C5"], {("C1", "C2"): "1/3", ("C4", "C2"): 2.5, ("C1", "C5"): 3}
    )
    panel = judge(problem, given, holder="Paris")
    assert panel.judgements.exact == given.exact
    assert panel.judgements.exact["C4", "C2"] == Fraction(5, 2)
    assert panel.judgements.next_question() == given.next_question()


@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
def test_the_weights_are_those_of_ahp(problem):
    """By the same rule, held by whoever judged."""
    tops = ["C1", "C2", "C3", "C4", "C5"]
    given = mcda.Judgements(
        tops, {(a, b): 1 + at for at, a in enumerate(tops) for b in tops[at + 1 :]}
    )
    weights = judge(problem, given, holder="Rome").weights
    assert weights.holder == "Rome"
    assert weights.values.equals(mcda.ahp(given, "Rome").values)


def test_judgements_of_other_criteria_are_refused(problem):
    """By name."""
    with pytest.raises(
        mcda.InputError, match="judgement 'cost' to 'legal': expected items among 'C1'"
    ):
        judge(problem, mcda.Judgements(["cost", "legal"], {("cost", "legal"): 2}))


def test_a_question_of_one_head_has_nothing_to_compare(problem):
    """Told before a panel is made."""
    from dataclasses import replace

    cost = tuple(one for one in problem.criteria if "C2" in (one.key, one.parent))
    one = replace(problem, criteria=cost, structures=(), events=())
    with pytest.raises(mcda.InputError, match="heads to compare: expected 2 to 15, found 1"):
        judge(one)


def test_it_is_saved_where_the_question_is_read(cooling, cooling_question, tmp_path):
    """A sheet of judgements in the folder, under the name given; a fault is told in the panel."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    problem, _ = cooling_question
    tops = [one.key for one in problem.criteria if not one.parent]
    given = mcda.Judgements(tops, {(a, b): 2 for at, a in enumerate(tops) for b in tops[at + 1 :]})
    panel = judge(problem, given, folder=folder)
    assert (
        panel.panel.hear({"save": "My view"})
        == "Saved in judgements/My-view.csv as the judgements of My view."
    )
    read = mcda.read_perspectives(folder, problem)["My view"].pairwise
    assert read.consistency.ratio == pytest.approx(
        mcda.ahp(given, "x").consistency.ratio, abs=1e-12
    )
    assert "expected 1 to 80 printable characters" in panel.panel.hear({"save": ""})
    assert judge(problem, given).panel.hear({"save": "My view"}) == ""


def test_names_never_end_a_script(problem):
    """Whatever a label holds, the page has one JSON text, one module and no further markup."""
    from dataclasses import replace

    hostile = '</script><img src=x onerror="alert(2)">&amp;<!--'
    page = judge(
        replace(problem, criteria=tuple(replace(one, label=hostile) for one in problem.criteria))
    ).page()
    assert page.count("<script") == page.count("</script") == 2
    assert not re.search("<img|<!--", page)
