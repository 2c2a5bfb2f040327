"""What a single result shows of itself in a notebook is told in the language that is spoken."""

import html
import re

import pytest

import mcda
from mcda.reporting import language as words

CYCLE = {("a", "b"): 9, ("b", "c"): 9, ("a", "c"): 1 / 9}
NAMES = """
topsis additive max min group AHP AIJ AIP arithmetic eigenvector harker ratings ideal
distributive Saaty Alonso Lamata Goepel Shannon Donegan Dodd Golden Wang Belton and Gear Ann Ben
"""


def results(problem, holders):
    """A result of each kind that a question without events or parts has."""
    one = next(iter(holders.values()))
    draws = mcda.sample(problem, 100, seed=1)
    side_by_side = mcda.perspectives(problem, holders, "topsis")
    judged = mcda.Judgements(list("abc"), CYCLE)
    yield problem
    yield one
    yield draws
    yield draws.show(3)
    yield mcda.rank(problem, one, "topsis")
    yield mcda.robustness(draws, one, "topsis")
    yield mcda.robustness(draws, one, "topsis", hold=["facts", "weights"])
    yield side_by_side
    yield side_by_side.clusters()
    yield mcda.price_of_agreement(problem, holders, "topsis")
    yield mcda.advocate_test(problem, holders, "topsis")
    yield mcda.challenge(problem, one, "additive", n=50, seed=1)
    yield from mcda.challenge(problem, one, "additive", n=50, seed=1).results.values()
    yield mcda.structure_audit(problem, holders, n=50, seed=1)
    yield judged
    yield mcda.priorities(judged)
    yield mcda.group(
        {"Ann": judged, "Ben": mcda.Judgements(list("abc"), {("a", "b"): 3, ("b", "c"): 1})}
    )


def captions(shown):
    """The texts of a result's HTML that are sentences or captions: cells and heads are data."""
    found = re.findall(r"<(caption|p)>(.*?)</\1>", shown, flags=re.S)
    return html.unescape("\n".join(text for _, text in found))


def names_of(problem, holders):
    """The words that the question brought."""
    texts = [
        NAMES,
        problem.frame.title,
        *holders,
        *problem.options["label"],
        *problem.options.index,
    ]
    for one in problem.criteria:
        texts += [one.key, one.label, one.unit]
    for key, one in problem.estimates.items():
        texts += [key, one.unit]
    return set(re.findall(r"[^\W\d_]{3,}", " ".join(map(str, texts))))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_no_english_is_left_in_captions(masks, cooling_question):
    """But names: of the question, of methods, and of those who published them."""
    problem, holders = cooling_question
    known = names_of(problem, holders)
    left = {}
    with words.language(masks):
        for result in results(problem, holders):
            told = captions(result._repr_html_())
            found = set(re.findall(r"(?<![\w./:-])[A-Za-z]{3,}(?![\w/-])", told)) - known
            if found:
                left[type(result).__name__] = sorted(found)
    assert left == {}
