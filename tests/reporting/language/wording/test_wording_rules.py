"""Wording that overstates or misleads is refused; text that the question brought is never judged."""

import pytest

import mcda
from mcda.reporting.document.blocks import bullets, paragraph, section
from mcda.reporting.document.outline import context
from mcda.reporting.language.wording.wording_rules import faults, lint
from mcda.reporting.study.study import Settings, Study


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A is the optimal choice.", "a word of the house"),
        ("This proves that A leads.", "a word of the house"),
        ("The probability of being best is large.", "a share of tested assumptions"),
        ("The accuracy of the ranking is high.", "how the ranking holds"),
        ("A leads in 43.2% of draws.", "whole percentage points"),
        ("A scores 0.583.", "two figures for a score"),
        ("Its regret is 0.0213 of score.", "two figures for a score"),
        ("The weight goes from 16.23 to 20.", "three figures that count"),
        ("It is 1234.5 instead of 1200.", "three figures that count"),
        ("It is 0.05831 instead of 0.05.", "three figures that count"),
        ("It is worth 1e-05 or 2.3e-7.", "plain digits"),
        ("A strike is likely.", "a likelihood word with its range inline"),
        (
            "A strike is very unlikely [20-45%] or so, and likely.",
            "a likelihood word with its range inline",
        ),
        ("Confidence is high and it is likely [55-80%].", "confidence apart from likelihood"),
        ("A ranks first and probably stays there.", "robustness wording for ranks"),
        ("A (B (at 3 of 5)) leads.", "one pair of brackets"),
        ("Under topsis (anchored, p = 2) A leads.", "a method by its name, as in 'By TOPSIS'"),
    ],
)
def test_each_rule_can_fail(text, expected):
    """By its expectation."""
    assert expected in [fault.expected for fault in faults("summary", text)]


@pytest.mark.parametrize(
    "text",
    [
        "A strike is likely [55-80%]. Confidence in this is low.",
        "A ranks first in 72% of 10,000 draws, under most tested assumptions.",
        "A scores 0.58, a consistency ratio of 0.05.",
        "Its regret is 0.021 of score; the weight goes from 16.2 to 20 of 100.",
        "It is 0.583 kg instead of 7.25, of 1,234 in all.",
        "The bill is lower above 163.125, below 12.345 and from 190.25 on.",
        "Compared with run 86d55e119867 and 12a45678e123.",
    ],
)
def test_what_is_worded_well_passes(text):
    """Nothing is found."""
    assert list(faults("summary", text)) == []


def test_every_bad_sentence_is_quoted_and_quoted_text_is_not_judged(make_problem):
    """The question's own words, and names in our sentences, are shown as they are."""
    problem = make_problem()
    problem.options["label"] = ["The optimal one", "B", "C"]
    fine = section(
        "options", paragraph("An optimal thing", quoted=True), bullets(["The optimal one leads."])
    )
    lint({"sections": [fine]}, problem)
    bad = section("summary", paragraph("It is optimal. It is likely."))
    with pytest.raises(mcda.InputError) as told:
        lint({"sections": [fine, bad]}, problem)
    assert len(told.value.faults) == 2 and "sentence in 'summary'" in str(told.value)


def test_a_name_is_left_out_as_a_whole_only(make_problem):
    """An option called "i" hides no other word; a text of the question's tables is never judged."""
    problem = make_problem()
    problem.options["label"] = ["i", "B", "C"]
    problem.options["status"] = ["The optimal state", "", ""]
    lint(
        {"sections": [section("options", paragraph("Where it is 'The optimal state' i leads."))]},
        problem,
    )
    with pytest.raises(mcda.InputError, match="likelihood word"):
        lint({"sections": [section("options", paragraph("It is likely."))]}, problem)


@pytest.mark.parametrize("floors", [None, True])
def test_the_sentences_of_a_challenge_keep_the_rules(cooling_question, floors):
    """In the report they are judged as every other sentence of ours."""
    problem, holders = cooling_question
    for weights in holders.values():
        found = mcda.challenge(
            problem, weights, "topsis", n=100, seed=0, holders=holders, floors=floors
        )
        made = section("challenge", bullets([*found.findings.values(), *found.skipped.values()]))
        assert not made["blocks"][0]["quoted"]
        lint({"sections": [made]}, problem, holders)


def test_the_reports_challenge_is_judged(cooling_question):
    """No list of the sections on draws is marked as the question's own words."""
    problem, holders = cooling_question
    told, _ = context(Study(problem, holders, Settings(draws=100, seed=0)))
    computed = [
        one
        for one in told["sections"]
        if one["key"] in ("robustness", "futures", "challenge", "information")
    ]
    assert computed and not any(block.get("quoted") for one in computed for block in one["blocks"])
    lint(told, problem, holders)
