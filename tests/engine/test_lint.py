"""Wording that overstates or misleads is refused; text that the question brought is never judged."""

import pytest

import mcda
from mcda.report.blocks import bullets, paragraph, section
from mcda.report.lint import faults, lint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A is the optimal choice.", "a word of the house"),
        ("This proves that A leads.", "a word of the house"),
        ("The probability of being best is large.", "a share of tested assumptions"),
        ("The accuracy of the ranking is high.", "how the ranking holds"),
        ("A leads in 43.2% of draws.", "whole percentage points"),
        ("A scores 0.583.", "two figures for a score"),
        ("A strike is likely.", "a likelihood word with its range inline"),
        ("A strike is very unlikely [20-45%] or so, and likely.", "a likelihood word with its range inline"),
        ("Confidence is high and it is likely [55-80%].", "confidence apart from likelihood"),
        ("A ranks first and probably stays there.", "robustness wording for ranks"),
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
    ],
)
def test_what_is_worded_well_passes(text):
    """Nothing is found."""
    assert list(faults("summary", text)) == []


def test_every_bad_sentence_is_quoted_and_quoted_text_is_not_judged(make_problem):
    """The question's own words, and names in our sentences, are shown as they are."""
    problem = make_problem()
    problem.options["label"] = ["The optimal one", "B", "C"]
    fine = section("options", paragraph("An optimal thing", quoted=True), bullets(["The optimal one leads."]))
    lint({"sections": [fine]}, problem)
    bad = section("summary", paragraph("It is optimal. It is likely."))
    with pytest.raises(mcda.InputError) as told:
        lint({"sections": [fine, bad]}, problem)
    assert len(told.value.faults) == 2 and "sentence in 'summary'" in str(told.value)
