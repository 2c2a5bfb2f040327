"""Words for shares of draws, likelihoods and confidence, at their boundaries."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.reporting import language as words
from mcda.reporting.language.wording.wording_rules import faults
from mcda.sentences.catalogue import catalogue, told
from mcda.uncertainty.smaa.indices import CUTS

ROBUST = {
    1.0: "nearly all",
    0.95: "nearly all",
    0.9499: "nearly all",
    0.944: "a large majority",
    0.80: "a large majority",
    0.7999: "a large majority",
    0.794: "most",
    0.55: "most",
    0.5499: "most",
    0.544: "about half",
    0.45: "about half",
    0.4499: "about half",
    0.444: "a minority",
    0.20: "a minority",
    0.194: "few",
    0.05: "few",
    0.044: "almost none",
    0.0: "almost none",
}
ICD203 = {
    0.01: "almost no chance [1-5%]",
    0.044: "almost no chance [1-5%]",
    0.0499: "very unlikely [5-20%]",
    0.05: "very unlikely [5-20%]",
    0.20: "unlikely [20-45%]",
    0.45: "roughly even chance [45-55%]",
    0.55: "likely [55-80%]",
    0.80: "very likely [80-95%]",
    0.95: "almost certain [95-99%]",
    0.99: "almost certain [95-99%]",
}
PHIA = {
    0.03: "remote chance [0-5%]",
    0.12: "highly unlikely [10-20%]",
    0.22: "highly unlikely [10-20%]",
    0.40: "realistic possibility [40-50%]",
    0.49: "realistic possibility [40-50%]",
    0.77: "likely [55-75%]",
    0.97: "almost certain [95-100%]",
}


@pytest.mark.parametrize(("share", "phrase"), ROBUST.items())
def test_robustness_is_a_share_of_tested_assumptions(share, phrase):
    """Half-open bands; never a likelihood word."""
    assert words.robustness_phrase(share).startswith(f"under {phrase}")


@pytest.mark.parametrize(("chance", "phrase"), ICD203.items())
def test_likelihoods_of_icd_203_have_their_range_inline(chance, phrase):
    """Half-open bands, the last closed at 99%."""
    assert words.likelihood_phrase(chance) == phrase


@pytest.mark.parametrize(("chance", "phrase"), PHIA.items())
def test_likelihoods_of_phia_are_rounded_out_of_its_gaps(chance, phrase):
    """To the nearest five points; what stays between two bands names both."""
    assert words.likelihood_phrase(chance, "phia") == phrase
    between = words.likelihood_phrase(0.51, "phia")
    assert between == "51%, between realistic possibility [40-50%] and likely [55-75%]"


@pytest.mark.parametrize("chance", [0, 1, -0.1, float("nan"), "0.5", 0.0049, 0.995])
def test_certainty_and_what_is_no_likelihood_are_refused(chance):
    """Nothing is impossible or certain on such a scale."""
    with pytest.raises(mcda.InputError, match="likelihood"):
        words.likelihood_phrase(chance)
    with pytest.raises(mcda.InputError, match="one of 'icd203', 'phia'"):
        words.likelihood_phrase(0.5, "words of my own")


def test_no_hit_in_n_draws_is_told_with_its_bound(make_problem):
    """The rule of three, never 0%; all hits have an error too, and what was drawn is said where it is known."""
    problem = make_problem()
    never = words.first_place(problem, "B", 0.0, 0.0, 10_000)
    assert "in none of 10,000 draws (a share below 3 in 10,000), under almost none" in never
    assert not list(faults("robustness", never)) and "a share below 1 in 1)" in words.first_place(
        problem, "B", 0, 0, 1
    )
    assert "in 72% of 10,000 draws (give or take 1 point), under most" in words.first_place(
        problem, "B", 0.72, 0.004, 10_000
    )
    always = words.first_place(problem, "B", 1.0, 1 / 10_001, 10_000, "facts and weights")
    assert "in 100% of 10,000 draws of facts and weights (give or take 1 point)" in always


def test_shares_never_hide_what_is_little():
    """Neither 0% for something nor 100% for not all; scores keep two figures."""
    told_shares = {
        0.0: "0%",
        0.0001: "<1%",
        0.0049: "<1%",
        0.005: "1%",
        0.5: "50%",
        0.996: ">99%",
        1.0: "100%",
    }
    assert {part: words.share(part) for part in told_shares} == told_shares
    assert [words.score(number) for number in (0.5836, 0.0203, 0, 1.0, 100.4)] == [
        "0.58",
        "0.020",
        "0",
        "1.0",
        "100",
    ]


def test_the_closest_rival_is_tied_or_told_apart(make_problem):
    """Two options are tied where neither outscores the other in 55% of draws, as shown."""
    problem = make_problem()
    winning = pd.DataFrame(
        [[0, 0.5, 0.9], [0.5, 0, 0.8], [0.1, 0.2, 0]], index=list("ABC"), columns=list("ABC")
    )
    assert "in 50% of draws: treat them as tied" in words.closest(problem, winning, "A")
    assert words.leading_band(problem, winning, "A") == ("A", "B")
    assert words.band(problem, ("A", "B")).startswith("Not told apart from Option A, ")
    assert words.band(problem, ("A",)) == "No other option is tied with Option A."
    alone = pd.DataFrame([[0.0]], index=["A"], columns=["A"])
    assert words.closest(problem, alone, "A") == "With one option there is no order to test."


@pytest.mark.parametrize(
    ("lead", "sentence"),
    [
        (0.552, "is ahead of it in 55% of draws."),
        (0.549, "is ahead of it in 55% of draws."),
        (0.544, "in 54% of draws: treat them as tied."),
        (0.456, "in 46% of draws: treat them as tied."),
        (0.451, "over the draws Option B scores above it in 55% of them."),
        (0.3, "over the draws Option B scores above it in 70% of them."),
    ],
)
def test_a_tie_and_the_number_beside_it_never_disagree(make_problem, lead, sentence):
    """Told apart from 55% on, as shown; where the rival is ahead in as many, that is said, and no tie."""
    winning = pd.DataFrame([[0, lead], [1 - lead, 0]], index=["A", "B"], columns=["A", "B"])
    assert words.closest(make_problem(), winning, "A").endswith(sentence)
    assert (len(words.leading_band(make_problem(), winning, "A")) > 1) == ("tied" in sentence)


def test_a_tie_needs_neither_of_two_options_ahead(make_problem):
    """Options that score alike in every draw outscore each other in none: they are tied."""
    winning = pd.DataFrame(0.0, index=["A", "B"], columns=["A", "B"])
    assert "tied" in words.closest(make_problem(), winning, "A")
    assert words.leading_band(make_problem(), winning, "A") == ("A", "B")


def test_the_same_number_has_the_same_words():
    """Of random shares, those that are shown alike are told alike: by tested assumptions, likelihood and confidence."""
    shares = np.random.default_rng(7).uniform(0.011, 0.989, 4000)
    tellers = {
        "robust": words.robustness_phrase,
        "icd203": words.likelihood_phrase,
        "phia": lambda share: words.likelihood_phrase(share, "phia"),
        "confidence": lambda share: words.confidence(
            words.Grounds({"x": share}, 0, 3, 1, share, True)
        ),
        "settled": lambda share: sum(share >= cut for cut in CUTS),
    }
    for name, tell in tellers.items():
        by_number: dict[str, set] = {}
        for share in shares:
            by_number.setdefault(words.share(share), set()).add(tell(float(share)))
        assert {number: told for number, told in by_number.items() if len(told) > 1} == {}, name


def test_first_place_across_holders_names_both_ends(make_problem):
    """One holder, all alike, or from the least to the most."""
    problem = make_problem()
    across = words.first_across(
        problem, "B", {"x": 0.2, "y": 0.9}, "1,000 draws of facts", "topsis"
    )
    assert (
        across
        == "Over 1,000 draws of facts, Option B ranks first in 20% (x) to 90% (y) of them, by TOPSIS."
    )
    assert "for all 2 holders" in words.first_across(
        problem, "B", {"x": 0.2, "y": 0.2}, "1,000 draws of facts", "topsis"
    )
    assert "of them for x" in words.first_across(
        problem, "B", {"x": 0.2}, "1,000 draws of facts", "topsis"
    )
    assert words.interval(problem, "B", 1, 1).endswith("is 1 in nine draws of ten.")


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, "high"),
        ({"assured": False}, "moderate"),
        ({"assured": False, "leaders": 2}, "low"),
        ({"first_places": {"x": 0.79}}, "moderate"),
        ({"first_places": {"x": 0.796}}, "high"),
        ({"first_places": None, "well_founded": 0.2}, "low"),
    ],
)
def test_confidence_counts_the_grounds_that_fail_and_tells_them_all(changes, level):
    """High, moderate, low; five reasons each time."""
    good = {
        "first_places": {"x": 0.8},
        "split_by_method": 0,
        "holders": 3,
        "leaders": 1,
        "well_founded": 0.8,
        "assured": True,
    }
    sentence = words.confidence(words.Grounds(**{**good, **changes}))
    assert (
        sentence.startswith(f"Confidence in this ranking is {level}: ") and sentence.count(";") == 4
    )


def test_a_translation_is_a_file_with_the_same_keys_and_fields():
    """A missing language is answered with those there are; no sentence holds a number of its own."""
    with pytest.raises(mcda.InputError, match="language: expected one of 'de', 'en', 'uk'"):
        catalogue("xx")
    with words.language("en"):
        assert (
            words.spoken() == "en"
            and told("leads.single") == "There is one option, so nothing to compare."
        )
