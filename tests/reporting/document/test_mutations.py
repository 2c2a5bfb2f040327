"""Changing an input number changes every sentence that depends on it, and no sentence holds a number of its own."""

import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

import mcda
from mcda.files.question.logs import read_logs
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.document.outline import context
from mcda.reporting.study.study import Settings, Study
from mcda.sentences.catalogue import catalogue

COOLING = Path(__file__).parents[2] / "questions" / "cooling_centre"
DRAWS = Settings(draws=100, seed=0)
FORM = ("hint", "read_me", "sheet")  # what a form says of what may be typed, by example
SCALES = {"0", "1", "100"}  # ends of a scale, the first rank
NAMES = re.compile(
    r"B2|SHA-256|(electre|promethee)\d|--spread 10%|WCAG 2\.2|\b(19|20)\d\d\b|\b9?5%|up to 0\.10"
)  # a grade, a hash, a standard, years of sources, what intervals span, the usual limit of a consistency ratio


def judged(problem, key, **numbers):
    """The question with other numbers in one estimate."""
    return replace(
        problem, estimates={**problem.estimates, key: replace(problem.estimates[key], **numbers)}
    )


def scaled(problem, key, **changes):
    """The question with another criterion."""
    criteria = tuple(replace(one, **changes) if one.key == key else one for one in problem.criteria)
    return replace(problem, criteria=criteria)


def with_anchor(problem, worst):
    """The question whose worst temperature is another."""
    scale = problem.criterion("temperature").scale
    return scaled(problem, "temperature", scale=replace(scale, anchors=(worst, *scale.anchors[1:])))


def with_grade(problem, **grade):
    """The question whose first source has another grade."""
    return replace(
        problem, sources={**problem.sources, "I1": replace(problem.sources["I1"], **grade)}
    )


def with_weight(holders, name, relief):
    """The holders, of whom one states other points."""
    raw = {"relief": relief, "effort": 100 - relief}
    return {**holders, name: mcda.weights(raw, name)}


def told(problem, holders, settings=DRAWS):
    """Every sentence of a report, as key, fields and text; its figures are told, and not painted."""
    with pytest.MonkeyPatch.context() as patch, words.recorded() as record:
        patch.setattr(figures, "svg", lambda axes: "")
        context(Study(problem, holders, settings, read_logs(COOLING), COOLING))
    return record


@pytest.fixture(scope="module")
def question():
    """The invented question and its holders, without the weight spaces that a mutation of one would lose."""
    problem = mcda.read_problem(COOLING)
    holders = mcda.read_perspectives(COOLING, problem)
    return problem, {name: mcda.weights(dict(one.raw), name) for name, one in holders.items()}


@pytest.fixture(scope="module")
def before(question):
    """What the report tells of the question as it is."""
    return told(*question)


FACTS = {
    "compared.all",
    "evidence.grades",
    "scoring.anchor",
    "why.lead",
    "leads.sentence",
    "weights.spread",
    "floor.excludes",
    "band.shared",
    "agreement.cheapest",
}
MUTATIONS = {
    "a cell": (
        lambda p, h: (judged(p, "temperature/L", low=29, mode=31, high=33), h, DRAWS),
        {
            "headline.split",
            "headline.held",
            "headline.nearest",
            "headline.floors",
            "leads.sentence",
            "baseline.some",
            "floor.excludes",
            "floor.reason",
            "why.lead",
            "whose.split",
            "agreement.cheapest",
            "robust.first",
            "robust.across",
            "information.whole",
            "handover.sentence",
            "methods.agree",
            "cell.range",
        },
        {"compared.all", "evidence.grades", "scoring.anchor", "weights.spread"},
    ),
    "a weight": (
        lambda p, h: (p, with_weight(h, "Visitors' council", 55), DRAWS),
        {
            "weights.spread",
            "why.lead",
            "headline.held",
            "robust.first",
            "robust.across",
            "handover.sentence",
        },
        {"compared.all", "evidence.grades", "scoring.anchor", "floor.excludes"},
    ),
    "a grade": (
        lambda p, h: (with_grade(p, reliability="D"), h, DRAWS),
        {"evidence.grades", "confidence.evidence_fail", "confidence.low"},
        FACTS - {"evidence.grades"} | {"headline.held", "robust.across"},
    ),
    "an anchor": (
        lambda p, h: (with_anchor(p, 40.0), h, DRAWS),
        {
            "scoring.anchor",
            "leads.sentence",
            "agreement.cheapest",
            "headline.held",
            "robust.across",
        },
        {"compared.all", "evidence.grades", "weights.spread", "floor.excludes"},
    ),
    "a floor": (
        lambda p, h: (scaled(p, "temperature", floor=26.0), h, DRAWS),
        {
            "floor.at_most",
            "headline.behind",
            "headline.proposed",
            "floor.excludes",
            "floor.reason",
            "scoring.floor",
            "robust.across",
        },
        {"compared.all", "evidence.grades", "why.lead", "weights.spread", "scoring.anchor"},
    ),
    "the seed": (
        lambda p, h: (p, h, replace(DRAWS, seed=1)),
        {"manifest.seed", "headline.held", "robust.across"},
        FACTS,
    ),
    "the draws": (
        lambda p, h: (p, h, replace(DRAWS, draws=120)),
        {"manifest.seed", "headline.held", "robust.across", "robust.first"},
        FACTS,
    ),
}


def changed(before, after):
    """The keys of which some sentence is another."""
    first, second = (
        {key: [one.text for one in record if one.key == key] for key in {one.key for one in record}}
        for record in (before, after)
    )
    return {key for key in {*first, *second} if first.get(key) != second.get(key)}


OTHERS = ("a grade", "an anchor", "a floor", "the draws")  # of the kinds that are tried every time


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.thorough] * (name in OTHERS)) for name in MUTATIONS],
)
def test_a_changed_input_changes_what_depends_on_it_and_nothing_else(question, before, name):
    """Each sentence that depends on it is another; those that don't are the same, word by word."""
    mutate, expected, kept = MUTATIONS[name]
    after = told(*mutate(*question))
    found = changed(before, after)
    assert expected - found == set() and kept & found == set()


def shown(one):
    """The fields of a sentence that its template shows, as it shows them."""
    section, _, name = one.key.partition(".")
    used = {
        field: form
        for _, field, form, _ in Formatter().parse(catalogue("en")[section][name])
        if field
    }
    return {
        field: as_shown(text, used[field]) for field, text in one.fields.items() if field in used
    }


def as_shown(text, form):
    """A field as its format writes it."""
    return format(int(text) if text.isdigit() else float(text), form) if form else text


def test_every_number_that_a_sentence_is_given_is_shown(before):
    """But where it says nothing more: all of them, nobody yet, a range of one rank."""
    needless = {
        "evidence.grades_all",
        "headline.for_all",
        "headline.nearest",
        "status.draft",
        "robust.across",
        "robust.interval_one",
        "ranks_by_holder.for",
    }
    unsaid = {
        one.key
        for one in before
        if shown(one).keys() != one.fields.keys() and not one.key.startswith("audit.")
    }
    assert unsaid <= needless  # a check of the list is given its numbers whatever it says
    assert all(text in one.text for one in before for text in shown(one).values())


def test_no_sentence_holds_a_number_of_its_own():
    """Numbers come from results: what is typed are ends of scales and names."""
    texts = {
        f"{section}.{name}": text
        for section, held in catalogue("en").items()
        for name, text in held.items()
        if isinstance(text, str) and section not in FORM
    }
    typed = {
        key: "".join(part for part, _, _, _ in Formatter().parse(NAMES.sub("", text)))
        for key, text in texts.items()
    }
    found = {key: set(re.findall(r"\d+(?:\.\d+)?", text)) - SCALES for key, text in typed.items()}
    assert {key: numbers for key, numbers in found.items() if numbers} == {}
