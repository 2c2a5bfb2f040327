"""The first page answers any question on one page: in few plain sentences, each computed."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest

import mcda
from mcda.problem.structures import Change, Structure
from mcda.reporting import language as words
from mcda.reporting.document import outline
from mcda.reporting.document.opening.exhibits import leaders_as_answered, shapes_by_side
from mcda.reporting.document.opening.first_page import first_page
from mcda.reporting.document.outline import context, numbered
from mcda.reporting.document.question import _made_of
from mcda.reporting.figures.drawing.option_bars import option_colours
from mcda.reporting.language.wording.wording_rules import lint
from mcda.reporting.study.study import Settings, Study
from mcda.reporting.writers.pdf import is_brief, pdf
from mcda.sentences.catalogue import catalogue

from ....questions.conftest import QUESTIONS, many, write_question

pytestmark = pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
SMALL = [name for name in QUESTIONS if name not in ("301 options", "40 leaves")]
ANALYSTS = r"\b(holders?|floors?|lea(f|ves)|heads?|anchors?|bands?|additive|criteri(on|a))\b"
LONG = "a name that goes on and on and never seems to come to its end "
CROWD = {
    f"{LONG}{at}": {"cost": (30 + at, 40 + at, 50 + at), "reach": (50, 60, 70)} for at in range(30)
}
LARGE = {
    "30 options and 30 holders of long names": {"cells": many(30), "holders": CROWD},
    "the same behind a floor": {"cells": many(30), "holders": CROWD, "floor": {"reach": 3}},
}


def study_of(folder, **settings):
    """The study of a question in a folder."""
    problem, holders = mcda.open_question(folder)
    return Study(problem, holders, Settings(draws=40, seed=1, **settings))


@pytest.fixture
def alone(monkeypatch):
    """The first page of a study without the rest of its report: plain data and pictures as SVG."""

    def page(study):
        monkeypatch.setattr(outline, "OUTLINE", (first_page,))
        told, drawn = context(study)
        lint(told, study.problem, study.holders)
        return {**told, "sections": numbered(told["sections"])}, {
            name: picture.svg for name, picture in drawn.items()
        }

    return page


def blocks_of(told):
    return {block["is"]: block for block in told["sections"][0]["blocks"]}


def answer_of(told):
    """The sentences of the answer."""
    paragraphs = blocks_of(told)["answer"]["paragraphs"]
    return [f"{one['opening']} {one['text']}".strip() for one in paragraphs]


def pages(told, svgs):
    """How many pages the first page has as a PDF, and its words."""
    pdfium = pytest.importorskip("pypdfium2")
    content = pdf({**told, "keywords": "first page"}, svgs, {"seal": "0" * 64}, NOON)
    assert is_brief(content)
    document = pdfium.PdfDocument(content)
    return len(document), document[0].get_textpage().get_text_range()


@pytest.mark.parametrize("name", SMALL)
def test_any_question_has_a_first_page(name, alone, tmp_path):
    """At most three sentences without codes and brackets; what a question lacks leaves no gap."""
    told, svgs = alone(study_of(write_question(tmp_path / "question", **QUESTIONS[name])))
    answer = answer_of(told)
    assert 1 <= len(answer) <= 3 and all(answer)
    assert not re.search(r"[()\[\]]|(?<!The )\b(BUS|TRAM|O\d)\b", " ".join(answer))
    assert len(blocks_of(told)["facts"]["entries"]) == 5
    assert all(column["paragraphs"] for column in blocks_of(told)["columns"]["parts"])
    assert set(outline.placed(told["sections"])) == set(svgs)


# a page behind a floor says all that one without says, and more
ONE_PAGE = [
    pytest.param("30 options and 30 holders of long names", marks=pytest.mark.thorough),
    "the same behind a floor",
    "plain",
    "the one option fails",
    "floor one passes",
]


@pytest.mark.parametrize("name", ONE_PAGE)
def test_it_is_one_page_whatever_a_question_brings(name, alone, tmp_path):
    """Its words are all there, and its figures have letters, not shapes, of at least 7.5 points."""
    folder = write_question(tmp_path / "question", **(LARGE | QUESTIONS)[name])
    told, svgs = alone(study_of(folder, method="additive"))
    count, text = pages(told, svgs)
    assert count == 1
    assert "How to use this" in text and "Which line?" in text
    for svg in svgs.values():
        sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", svg)]
        assert sizes and min(sizes) >= 7.5


def test_both_sides_of_a_minimum_are_told_and_drawn(make_problem, alone):
    """What it turns on; who leads without it; who with it: as the rankings say."""
    holders = {
        "Treasurer": mcda.weights({"money": 90, "people": 10}, "Treasurer"),
        "Visitors": mcda.weights({"money": 10, "people": 90}, "Visitors"),
    }
    study = Study(make_problem(), holders, Settings(method="additive", draws=200, seed=1))
    told, _ = alone(study)
    turns, without, behind = answer_of(told)
    assert turns.startswith("The answer turns on") or "changes who comes first" in turns
    assert without.startswith("If no minimum is set,") and behind.startswith(
        "If Places must reach 50 beds,"
    )
    leaders = {
        holder: each.behind.leaders for holder, each in study.analysis.leading_answers.items()
    }
    (option,) = {one for held in leaders.values() for one in held}
    assert f"{study.problem.short[option]} comes first under each of 2 sets of priorities" in behind
    heads = [block.get("heading") for block in told["sections"][0]["blocks"]]
    assert "Who comes first as the minimum for Places gets stricter" in heads


def test_a_share_on_the_page_is_that_of_the_draws(make_problem, alone):
    """The alternative text has every share as tables have it, and the caption what was drawn."""
    weights = mcda.weights({"money": 60, "people": 40}, "Treasurer")
    study = Study(make_problem(), {"Treasurer": weights}, Settings(draws=200, seed=1))
    told, _ = alone(study)
    (block,) = [one for one in told["sections"][0]["blocks"] if one.get("name") == "first_places"]
    for side in ("without", "behind"):
        first = words.first_places(study.analysis.robust_on(side)["Treasurer"])
        for option, share in first.items():
            if share > 0:
                assert f"{study.problem.short[option]} {words.share(share)}" in block["alt"]
    assert "200 draws of facts, with weights held as stated" in block["caption"]


def test_without_draws_it_says_so_and_has_no_shares(make_problem, alone):
    """No figure of shares, no word of draws in the answer."""
    told, svgs = alone(Study(make_problem(), {}, Settings()))
    assert "first_places" not in svgs and "draws" not in " ".join(answer_of(told))
    assert "was not computed" in json.dumps(blocks_of(told)["columns"])
    assert "when every trade-off counts alike" in " ".join(answer_of(told))


def test_shapes_of_the_question_have_a_figure(make_problem, alone):
    """A row for each shape, the question as it is stated first."""
    quiet = Structure("quiet", "Without noise", (Change("leave out", "noise"),))
    problem = replace(make_problem(), structures=(quiet,))
    told, svgs = alone(Study(problem, {}, Settings()))
    assert "shapes" in svgs
    (block,) = [one for one in told["sections"][0]["blocks"] if one.get("name") == "shapes"]
    assert 0 < block["alt"].index("As stated") < block["alt"].index("Without noise")


TREASURER = {"Treasurer": mcda.weights({"money": 60, "people": 40}, "Treasurer")}


def test_what_the_answer_turns_on_is_said_of_the_stated_shape_alone(make_problem, alone):
    """A shape without the measure of the minimum doesn't turn on it, and page one says so."""
    free = Structure("free", "Without places", (Change("leave out", "places"),))
    problem = make_problem()
    stated = answer_of(alone(Study(problem, TREASURER, Settings()))[0])[0]
    assert stated == "The answer turns on one choice: the minimum for Places."
    shaped = replace(problem, structures=(free,))
    told, _ = alone(Study(shaped, TREASURER, Settings()))
    assert answer_of(told)[0] == (
        "As the question is stated, the answer turns on one choice: the minimum for Places. "
        "In 1 of 1 other shape of the question it does not."
    )


def test_the_answer_turns_on_the_minimum_in_four_of_five_other_shapes(
    ukraine_question, ukraine_report
):
    """In the sixth the same option comes first with and without it, as the figure shows."""
    page = (ukraine_report / "report.html").read_text(encoding="utf-8")
    (answer,) = re.findall(r"(?s)The answer turns on one choice[^<]*", page, re.IGNORECASE)
    assert answer.strip().endswith("In 1 of 5 other shapes of the question it does not.")
    sides = shapes_by_side(Study(*ukraine_question, Settings()))
    apart = [
        shape
        for shape, counts in sides["without"].items()
        if next(iter(counts)) == next(iter(sides["behind"][shape]))
    ]
    assert apart == ["All together"]


def test_a_limit_that_changes_nothing_is_told_in_one_sentence(make_problem, alone):
    """Not once without it and once with it, in the same words."""
    visitors = {"Visitors": mcda.weights({"money": 10, "people": 90}, "Visitors")}
    told, _ = alone(Study(make_problem(), visitors, Settings(method="additive")))
    first, ends = answer_of(told)
    assert first == (
        "Option B comes first with the priorities of Visitors, "
        "with the minimum for Places and without it."
    )
    assert ends.startswith("Of all measures it scores best on")


def test_the_stated_shape_is_named_in_the_language_of_the_page(make_problem, alone):
    """No English word stands in a German figure."""
    quiet = Structure("quiet", "Ohne Lärm", (Change("leave out", "noise"),))
    problem = replace(make_problem(), structures=(quiet,))
    told, svgs = alone(Study(problem, {}, Settings(language="de")))
    (block,) = [one for one in told["sections"][0]["blocks"] if one.get("name") == "shapes"]
    assert "Wie angegeben" in block["alt"] and "As stated" not in block["alt"]
    assert "Mit Mindestwert, Wie angegeben" in block["alt"] and "…" not in svgs["shapes"]


def test_its_sentences_are_short_and_in_plain_words():
    """At most 25 words, a field counted as one, no brackets, and none of the analyst's words."""
    texts = [text for text in catalogue("en")["first_page"].values() if text]
    for text in texts:
        plain = re.sub(r"\{\w+\}", "N", text)
        for sentence in re.split(r"(?<=[.!?])\s+", plain):
            assert len(sentence.split()) <= 25, sentence
        assert not re.search(r"[()\[\]]", plain), text
        assert not re.search(ANALYSTS, plain, re.IGNORECASE), text


def test_an_option_has_one_colour():
    """The foremost have one of their own; the baseline is slate wherever it comes; the rest is grey."""
    colours = option_colours([f"O{at}" for at in range(12)], baseline="O3")
    own = [colour for colour in colours.values() if colour != "#e4e7ea"]
    assert len(own) == len(set(own)) == 8 and colours["O3"] == "#5f6b7a"


def test_a_marking_is_said_once(cooling_study):
    """What it says already isn't stamped beside it."""
    frame = replace(cooling_study.problem.frame, marking="Invented, not assured")
    study = replace(cooling_study, problem=replace(cooling_study.problem, frame=frame))
    assert outline._unsaid(study.status.stamp, frame.marking) == "DRAFT"


@pytest.mark.parametrize(
    ("shape", "settings"),
    [
        ("approvals", {}),
        ("", {"method": "vikor"}),
        ("", {"method": "topsis", "p": 3.0}),
    ],
)
def test_shapes_are_beside_the_stated_one_by_its_own_method(ukraine_question, shape, settings):
    """A report of another shape, or by a method that shapes aren't told by, says nothing of the others."""
    problem, holders = ukraine_question
    asked = problem.structured(shape) if shape else problem
    study = Study(asked, holders, Settings(draws=40, seed=1, **settings))
    assert leaders_as_answered(study) is None


def test_nothing_that_happens_otherwise_is_a_trade_off(ukraine_question):
    """What a trade-off is made of are measures that have weights."""
    problem, _ = ukraine_question
    told = _made_of(problem.structured("approvals"))
    assert not any("otherwise" in line for line in told) and len(told) == 5
