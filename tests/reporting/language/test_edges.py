"""Every sentence at its boundaries: ties, nothing to tell, one of a kind, all of a kind."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import mcda
from criteria import ukraine_force
from mcda.problem.thresholds import Threshold
from mcda.reporting import language as words
from mcda.reporting.language.results import of_holders


def stated(problem, **holders):
    """Holders by name, from money's share of the weight in percent."""
    return [
        mcda.weights({"money": money, "people": 100 - money}, name)
        for name, money in holders.items()
    ]


def ranked(problem, **holders):
    return {one.holder: mcda.rank(problem, one, "additive") for one in stated(problem, **holders)}


def checked(**kinds):
    """The coverage of a check: cells and those without a source, by kind."""
    table = pd.DataFrame(kinds, index=["cells", "without_source"]).T
    return SimpleNamespace(
        coverage=table.reindex([*kinds, *({"judgement", "assumption"} - set(kinds))], fill_value=0)
    )


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (
            {"fact": (1, 0)},
            "The performance table has 1 number: 1 fact. Every one has a source.",
        ),
        (
            {"fact": (2, 0), "judgement": (1, 1)},
            "has 3 numbers: 2 facts and 1 judgement. Without a source: 1.",
        ),
        ({"fact": (0, 0), "estimate": (2, 2)}, "has 2 numbers: 2 estimates. Without a source: 2."),
    ],
)
def test_coverage(kinds, expected):
    """All sourced, some, none; a kind without cells isn't told."""
    assert expected in words.coverage(checked(**kinds))


def resting_on(*kinds):
    """A question of one leaf: for each option the kinds of the numbers behind its cell, all with a good source."""
    estimates = {
        at: [mcda.Estimate(str(at), 1, 2, 3, kind=kind, sources=("S",)) for kind in behind]
        for at, behind in enumerate(kinds)
    }
    return SimpleNamespace(
        leaves=[SimpleNamespace(key="x")],
        options=pd.DataFrame(index=list(estimates)),
        frame=mcda.Frame(),
        sources={"S": mcda.Source("S", reliability="B", credibility="2")},
        inputs=lambda key, option: estimates[int(option)],
    )


@pytest.mark.parametrize(
    ("kinds", "expected", "founded"),
    [
        ([["fact"], ["estimate"]], "No number of", 1.0),
        ([["assumption"]], "100% of the numbers", 0.0),
        ([["fact", "judgement"], ["fact", "estimate"]], "50% of the numbers", 0.5),
        ([["fact"]] * 999 + [["judgement"]], "<1% of the numbers", 0.999),
        ([["statement", "fact"]], "No number of", 0.0),
    ],
)
def test_judged(kinds, expected, founded):
    """Nothing judged, everything, next to nothing; a derived cell is as good as the weakest of its inputs."""
    problem = resting_on(*kinds)
    assert words.judged(problem).startswith(expected)
    assert words.well_founded(problem) == pytest.approx(founded)


def test_what_the_frame_leaves_out(make_problem):
    """Where the evidence ends is told only where both dates are known; nothing missing, several missing."""
    found, dated = (
        checked(fact=(1, 0)),
        make_problem(frame=mcda.Frame(evidence_newest="2026-01", evidence_compiled="2026-02")),
    )
    found.missing = ()
    assert (
        len(words.unknown(make_problem(), found)) == 1
        and "of January 2026; all of it was compiled in February 2026"
        in words.unknown(dated, found)[0]
    )
    found.missing = ("decision_owner", "scope")
    assert words.unknown(dated, found)[2] == "The question does not say: decision owner and scope."


def test_formula_and_analyst():
    """No disagreement, one that only differs, one far apart."""
    derived = pd.DataFrame({"cells": {"derived": 2}})
    none = pd.DataFrame({"finding": []})
    told = words.disagreements(SimpleNamespace(coverage=derived, disagreements=none))
    assert told.startswith("No derived number disagrees")
    some = pd.DataFrame({"finding": ["the best estimates differ", "the ranges don't meet"]})
    told = words.disagreements(SimpleNamespace(coverage=derived, disagreements=some))
    assert told.startswith("For 2 numbers") and "In 1 of them" in told


@pytest.mark.parametrize(
    ("newest", "compiled", "expected"),
    [
        ("2026-02-24", "2026-11-22", "compiled about 9 months later, on 22 November 2026: nothing"),
        ("1996-09-05", "2026-11-25", "compiled about 30 years later, on 25 November 2026: nothing"),
        ("2026-11-02", "2026-11-22", "of 2 November 2026; all of it was compiled on 22 November"),
        ("spring 2026", "2026-11-22", "of spring 2026; all of it was compiled on 22 November"),
        ("", "2026-11-22", ""),
    ],
)
def test_a_long_time_between_evidence_and_its_compilation_is_told(newest, compiled, expected):
    """A quarter or more: a reader is told that nothing from between is in it."""
    told = words.evidence_ends(mcda.Frame(evidence_newest=newest, evidence_compiled=compiled))
    assert (expected in told) if expected else told == ""


def test_a_limit_on_a_scale_of_words_is_told_in_them():
    """The stated steps on both sides, one where it is that step, nothing of a scale of numbers."""
    problem = ukraine_force.problem()
    told = words.limit_in_words(problem.criterion("C1.3"), 30.0)
    assert [one.partition(" means ")[0] for one in told] == ["25", "50"]
    assert len(words.limit_in_words(problem.criterion("C1.3"), 25.0)) == 1
    assert words.limit_in_words(problem.criterion("C2.1"), 10.0) == []


def test_estimates_beyond_an_anchor():
    """None, one, two."""
    rows = pd.DataFrame(
        {
            "option": ["A", "B"],
            "criterion": ["cost", "cost"],
            "end": ["mode", "high"],
            "number": [120.0, 130.0],
            "guess": [np.nan, np.nan],
        }
    )
    assert words.beyond(rows[:0]) == ""
    assert words.beyond(rows[:1]).endswith("A on cost, best estimate 120.")
    assert words.beyond(rows).endswith("; B on cost, high 130.")


def test_grades():
    """No source, none graded, all graded well."""
    sources = {
        grade: SimpleNamespace(grade=grade) for grade in ("ungraded", "A1", "B2", "B3", "C2")
    }
    assert words.grades({}) == "The question names no sources."
    assert words.grades({"x": sources["ungraded"]}).startswith(
        "The question names 1 source; graded: 0, of these B2 or better: 0."
    )
    assert words.grades(sources).startswith(
        "The question names 5 sources; graded: 4, of these B2 or better: 2."
    )


def test_well_founded_is_a_share_of_all_cells(make_problem):
    """None without a source; a fact with a good one counts, a judgement never does."""
    problem = make_problem()
    assert words.well_founded(problem) == 0.0
    for kind, share in (("fact", 1 / 9), ("judgement", 0.0), ("statement", 0.0)):
        cells = {
            **problem.estimates,
            "cost/A": mcda.Estimate("cost/A", 5, 10, 20, kind=kind, sources=("S",)),
        }
        sources = {"S": mcda.Source("S", reliability="B", credibility="2")}
        assert words.well_founded(make_problem(estimates=cells, sources=sources)) == pytest.approx(
            share
        )


def test_value_functions(make_problem):
    """All straight, or so many bent."""
    problem = make_problem()
    assert words.scoring(problem).endswith("are worth the same.")
    assert words.scoring(problem).startswith("Each measure is turned into points")
    bent = mcda.Criterion(
        "cost",
        "money",
        "Cost",
        "EUR m",
        "min",
        scale=mcda.Scale((100.0, 20.0, 0.0), (0.0, 0.5, 1.0)),
    )
    criteria = tuple(bent if one.key == "cost" else one for one in problem.criteria)
    assert "On 1 of 3 measures equal steps" in words.scoring(make_problem(criteria=criteria))


@pytest.mark.parametrize(
    ("quality", "review", "expected"),
    [
        ("red", "", ["Red on both quality and impact, 1 of 1 assumption: fuel."]),
        ("amber", "2026-11-24", ["None of 1 assumption is red on both quality and impact."]),
        (
            "green",
            "2026-11-23",
            [
                "None of 1 assumption is red on both quality and impact.",
                "Past their review date: fuel.",
            ],
        ),
    ],
)
def test_assumptions(quality, review, expected):
    """Red, not red, due on the day, past it; none kept."""
    entry = {"subject": "fuel", "quality": quality, "impact": "red", "review": review}
    assert words.red_assumptions([entry], "2026-11-24") == expected
    assert words.red_assumptions([], "2026-11-24") == ["The question keeps no log of assumptions."]


def test_where_holders_differ(make_problem):
    """Nobody's weights, one holder, the widest head with both ends."""
    problem = make_problem()
    assert words.spread(problem, [mcda.equal_weights(problem)]).startswith("Nobody stated weights")
    assert words.spread(problem, stated(problem, x=40)) == "One holder stated weights."
    assert words.spread(problem, stated(problem, x=40, y=90)) == (
        "The holders differ most on Money: from 40% (x) to 90% (y)."
    )


def paired(ratio):
    consistency = None if ratio is None else SimpleNamespace(ratio=ratio, table="saaty", size=3)
    return SimpleNamespace(holder=f"h{ratio}", pairwise=SimpleNamespace(consistency=consistency))


@pytest.mark.parametrize(
    ("ratios", "expected"),
    [
        ([], ["No holder judged criteria in pairs."]),
        ([None], ["No holder judged criteria in pairs."]),
        (
            [0.1],
            ["Judged in pairs by 1 of 1 holder; consistency ratio 0.10 (saaty, n = 3)."],
        ),
        (
            [0.0, 0.11],
            [
                "Judged in pairs by 2 of 2 holders; consistency ratios from 0.00 to 0.11 (saaty, n = 3).",
                "Above 0.1, so to be asked again: h0.11.",
            ],
        ),
    ],
)
def test_consistency(ratios, expected):
    """Nobody, at the customary bound, above it."""
    assert words.consistency([paired(ratio) for ratio in ratios]) == expected


@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
def test_judgements_that_contradict_each_other_are_told_by_label():
    """The report names the holder, the three trade-offs and both numbers; nobody else is named."""
    problem = ukraine_force.problem()
    pairs = {("C1", "C2"): 7, ("C2", "C3"): 7, ("C3", "C1"): 7}
    circle = mcda.ahp(mcda.Judgements(["C1", "C2", "C3"], pairs), "Rome")
    plain = mcda.ahp(mcda.Judgements(["C1", "C2"], {("C1", "C2"): 7}), "Kyiv")
    chosen = [mcda.weights({"C1": 1}, one.holder, pairwise=one) for one in (circle, plain)]
    one, two, three = (problem.criterion(key).label for key in ("C1", "C2", "C3"))
    assert words.contradictions(problem, chosen) == [
        f"The judgements of Rome contradict each other, most on {one}, {two} and {three}. {one} was judged 0.143 times "
        f"{three}, but the other two judgements make it 49 times."
    ]


def test_what_was_compared_counts_one_as_one(make_problem):
    """One option and one holder, several."""
    one = words.compared(make_problem(cells={"A": (10, 90, 20)}), 1)
    assert one.startswith(
        "Compared: 1 option on 2 trade-offs (3 measures), under 1 set of priorities."
    )
    assert words.compared(make_problem(), 2).startswith("Compared: 3 options on")


def test_methods_agree_or_differ(make_problem):
    """For every holder, for some by name."""
    problem = make_problem()
    cheap, kind = ranked(problem, x=90, y=10).values()
    assert words.disagreement_of_methods({"x": [cheap, cheap]}, "s").startswith(
        "The methods agree on the leader by the weights of x"
    )
    told = words.disagreement_of_methods({"x": [cheap, kind], "y": [kind, kind]}, "at noon")
    assert told == "For 1 of 2 holders another method would put another option first, at noon: x."


def test_without_a_head(make_problem):
    """Nothing changes, or for whom and to whom; a tie is told as one."""
    problem = make_problem()
    before, after = ranked(problem, x=90), ranked(problem, x=10)
    assert words.without_head(problem, "money", before, before).startswith(
        "Without Money the leader stays"
    )
    assert words.without_head(problem, "money", before, after).endswith(
        "for 1 of 1 holder, by the weighted sum: x from Option A to Option B."
    )
    even = ranked(make_problem(cells={"A": (10, 60, 20), "B": (10, 60, 20)}), x=90)
    assert "x from Option A to Option A and Option B." in words.without_head(
        problem, "money", before, even
    )


def test_one_holder_agrees_with_nobody(make_problem):
    """Nobody reads that "all 1 holder" agree, nor of weights of equal weights."""
    problem = make_problem()
    alone = words.whose(problem, ranked(problem, x=90), "s")
    assert alone == ("There is one set of weights, so there is nothing to compare.", "")
    assert of_holders(1, ["equal weights"]) == "with equal weights"


def test_holders_united_or_split(make_problem):
    """One first option, two, a tie; the minority view is blank where they agree."""
    problem = make_problem()
    united = words.whose(problem, ranked(problem, x=90, y=80), "s")
    assert (
        united[0].startswith("The first option is the same for both holders, by the weighted sum")
        and united[1] == ""
    )
    split = words.whose(problem, ranked(problem, x=90, y=80, z=10), "at noon")
    assert split[1] == "The minority view, at noon: Option B is first for z."
    halves = words.whose(problem, ranked(problem, x=90, y=80, z=10, v=5), "at noon")
    assert halves[1] == "There is no majority, at noon."
    even = make_problem(cells={"A": (10, 60, 20), "B": (10, 60, 20)})
    assert words.whose(even, ranked(even, x=90, y=80), "s")[0].endswith(": Option A and Option B.")


def test_why_one_leads(make_problem):
    """Equal scores; only gains; gains and losses; the weakest leaf."""
    problem = make_problem()

    def told(**by_leaf):
        table = pd.DataFrame({"contribution": {"cost": 0.0, "places": 0.0, "noise": 0.0} | by_leaf})
        return words.why(problem, table, "A", "B")

    assert told() == "Option A and Option B score the same by the weighted sum."
    assert (
        told(cost=0.01)
        == "Option A scores 1 point of 100 more than Option B: it gains on Money (1)."
    )
    assert told(cost=0.3, noise=-0.05).endswith(
        "25 points of 100 more than Option B: it gains on Money (30) and loses on People (5)."
    )
    assert words.weakest_leaf(problem, "A").startswith(
        "The weakest measure of Option A is Places, with"
    )


@pytest.mark.parametrize(
    ("option", "unit", "expected"),
    [
        ("", "points", "Cost rises to 20 (points; now 10)"),
        ("B", "EUR m", "Cost (Option B) rises to 20 (EUR m; now 10)"),
    ],
)
def test_a_handover_moves_a_weight_or_a_cell(make_problem, option, unit, expected):
    """Of an option, or of nobody's."""
    turn = Threshold(20.0, "rises to", "20", "10", "B")
    changes = pd.DataFrame([{"label": "Cost", "option": option, "threshold": turn, "unit": unit}])
    found = SimpleNamespace(changes=changes, then_leads="B", holder="x", notes=())
    assert words.handover(make_problem(), found, "behind").endswith(
        f"for x again, in shares of stated ranges: Option B takes the lead if {expected}."
    )


def test_ranks_in_nine_draws_of_ten(make_problem):
    """One rank, or a range."""
    assert words.interval(make_problem(), "B", 2, 2).endswith("is 2 in nine draws of ten.")
    assert words.interval(make_problem(), "B", 1, 3).endswith(
        "lies from 1 to 3 in nine draws of ten."
    )


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            [],
            "No option is dominated: none is at least as good as another on every measure and better on one.",
        ),
        ([("A", "B")], "A dominates B (at"),
        ([("A", "B"), ("A", "C")], "A dominates B and A dominates C"),
    ],
)
def test_dominance(pairs, expected):
    """None, one pair, two; that none is dominated doesn't make any best at something."""
    assert words.dominance(pd.DataFrame(pairs, columns=["dominator", "dominated"])).startswith(
        expected
    )


def test_limits_name_the_uses_that_the_question_names():
    """None: what holds of every analysis; both: each once."""
    named = mcda.Frame(intended_use=("to learn",), not_intended_use=("as advice", "as law"))
    none, both = (" ".join(words.limits(frame, 0.02)) for frame in (mcda.Frame(), named))
    assert "It is not legal advice" in none and "eant:" not in none
    assert (
        "Meant: to learn. Not meant: as advice; as law." in both
        and "It is not legal advice" not in both
    )
    assert "Differences of score below 0.02" in both and "'Confidence and limits'" in both


def test_seed_redaction_and_version():
    """No draws, no seed, one draw; nothing left out, two things; a report and a question as the earlier version."""
    assert words.seeded(None, 100) == words.seeded(1, 0) == "No draws were made."
    assert words.seeded(0, 1).startswith("Seed 0, 1 draw;")
    assert words.redacted([]) == "" and "Left out of this version: A and B." in words.redacted(
        ["A", "B"]
    )
    about = {"name": "Q", "date": "2026-01-01"}
    assert words.version({"version": about}).endswith("of the question, 'Q', dated 1 January 2026.")
    made = {**about, "seal": "0123456789abcdef", "created": "2026-01-02"}
    assert words.version({"version": made}).endswith(
        "of 'Q' made 2 January 2026, run 0123456789ab."
    )


def test_never_first_and_always_first_are_told_without_a_wrong_precision(make_problem):
    """0 and n hits of n draws, and the bound of none for few and many draws."""
    problem = make_problem()
    assert "none of 1 draw (below 300%)" not in words.first_place(problem, "A", 0.0, 0.0, 300)
    assert "(a share below 3 in 300)" in words.first_place(problem, "A", 0.0, 0.0, 300)
    assert "in 100% of 300 draws (give or take 1 point)" in words.first_place(
        problem, "A", 1.0, 0.0, 300
    )
    winning = pd.DataFrame(np.eye(1), index=["A"], columns=["A"])
    assert words.leading_band(problem, winning, "A") == ("A",)
