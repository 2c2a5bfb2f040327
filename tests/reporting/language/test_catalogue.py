"""Every title of a report and every text of a figure come from one catalogue, so that a translation is a file."""

import ast
import json
import re
from pathlib import Path

import pytest

import mcda
from mcda.reporting import document as rooms
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.document.for_reviewers.provenance import provenance
from mcda.reporting.document.outline import context, numbered
from mcda.reporting.language.wording.wording_rules import SENTENCE, faults
from mcda.reporting.notebooks import brief, how_sure, packages, workshop
from mcda.reporting.notebooks import holders as whose
from mcda.reporting.study.self_audit import audit
from mcda.reporting.study.study import Settings, Study
from mcda.reporting.writers.gallery import exhibits
from mcda.sentences import catalogue as place

MARK = "\u25c6"
LONGEST = 25  # words of a sentence
# the names of an index of the method's authors, of a bound that is proven, and of a grade
NAMES_OF_OTHERS = (
    "hint.credibility",
    "confidence_factors.share",
    "confidence_factors.no_facts",
    "draws_note.rests_on",
    "advocates.proven",
)
SECTIONS = sorted(Path(rooms.__path__[0]).rglob("*.py"))
FIGURES = sorted(  # but for the choice of fonts, which draws nothing and warns in words of its own
    path for path in Path(figures.__path__[0]).glob("*.py") if path.stem != "lettering"
)
NOTEBOOKS = [Path(room.__file__) for room in (brief, how_sure, packages, whose, workshop)]
SETTINGS = {
    "offset points",
    "upper center",
    "upper left",
    "Verdana, sans-serif",
    "DejaVu Sans",
    "AIP arithmetic",
    "geometric mean",
}
MARKUP = {'<img src="', '" alt="', '" style="max-width: 100%; background: #ffffff">'}
NAMES = {"all floors", "pairwise judgements", " over ", "in range", "without limit"}
TEXTS = {
    "table": (0, 1),
    "heading": (0,),
    "bullets": (1,),
    "picture": (1,),
    "explorer": (0,),
    "paragraph": (0,),
}


def invented(thing):
    """The same catalogue with a mark before every text."""
    if isinstance(thing, dict):
        return {key: invented(one) for key, one in thing.items()}
    return [MARK + one for one in thing] if isinstance(thing, list) else MARK + thing


@pytest.fixture
def translation(tmp_path, monkeypatch):
    """A language of the name "xx" beside English."""
    lines = [
        f"[{section}]\n"
        + "".join(f"{json.dumps(key)} = {json.dumps(text)}\n" for key, text in texts.items())
        for section, texts in invented(place.catalogue("en")).items()
    ]
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "xx.toml").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(place, "files", lambda _: tmp_path)
    yield "xx"
    place.catalogue.cache_clear()


def templates():
    """Every text of the catalogue by key, with a letter in the place of each field."""
    for section, texts in place.catalogue("en").items():
        for name, text in texts.items():
            for one in text if isinstance(text, list) else [text]:
                yield f"{section}.{name}", re.sub(r"\{[^}]*\}", "N", one)


def test_every_sentence_of_the_catalogue_keeps_the_rules():
    """At most 25 words in a sentence, a field being one, and no wording that the linter refuses."""
    long = [
        (key, sentence)
        for key, text in templates()
        for sentence in SENTENCE.split(text)
        if len(sentence.split()) > LONGEST
    ]
    refused = [
        (key, fault.expected)
        for key, text in templates()
        if key not in NAMES_OF_OTHERS
        for fault in faults(key, text)
    ]
    assert long == [] and refused == []


def typed(tree):
    """The calls of a file that lay out a text which was typed there: function and text."""
    for node in ast.walk(tree):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        for at in TEXTS.get(name, ()):
            yield from ((name, text) for one in node.args[at : at + 1] for text in literals(one))


def literals(node):
    """The words in an expression, outside what it calls."""
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.strip(" .,:;/")
    ):
        yield node.value
    if not isinstance(node, ast.Call | ast.Subscript):
        for child in ast.iter_child_nodes(node):
            yield from literals(child)


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_no_section_types_a_title(path):
    """Titles, captions, columns and paragraphs are told by key."""
    assert list(typed(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_rule_can_fail():
    """A title, a column and a caption with a field are found; what a call is given isn't."""
    found = typed(
        ast.parse(
            'table(told("x"), ["Option", *columns], rows)\nheading(f"Log of {name}")\nbullets(all, "T")'
        )
    )
    assert list(found) == [("table", "Option"), ("heading", "Log of "), ("bullets", "T")]


def phrases(node):
    """Several words in code that aren't of a docstring, an error, a setting, markup or a name in a result."""
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search("[A-Za-z].* | .*[A-Za-z]", node.value)
    ):
        yield from {node.value} - SETTINGS - NAMES - MARKUP
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if not docstring and not isinstance(node, ast.Raise | ast.Subscript | ast.Compare):
        for child in ast.iter_child_nodes(node):
            yield from phrases(child)


@pytest.mark.parametrize("path", [*FIGURES, *NOTEBOOKS], ids=lambda path: path.stem)
def test_no_figure_or_table_of_a_notebook_types_a_text(path):
    """Findings, labels of axes, annotations, alternative texts, captions and columns are told by key."""
    assert list(phrases(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_rule_for_figures_can_fail():
    """A label, the middle of a finding and what follows a field are found; a setting, a key, a column aren't."""
    found = phrases(
        ast.parse(
            'axes.set_xlabel("share of draws")\nfinding = f"{one} leads {two}"\nx = f"{n} draws"\n'
            'axes.text(told("a.b"), row["lowest for"], textcoords="offset points")'
        )
    )
    assert list(found) == ["share of draws", " leads ", " draws"]


def test_another_catalogue_changes_every_figure(cooling_question, translation, monkeypatch):
    """Its axis, where it has a label, and what it says to those who can't see it."""
    monkeypatch.setattr(figures, "small_png", lambda axes: axes)
    problem, holders = cooling_question
    chosen = next(iter(holders.values()))
    with words.language(translation):
        shown = list(exhibits(mcda.sample(problem, 100, seed=1), holders, chosen, "additive"))
    told = [text for one in shown for text in (one.picture.get_xlabel(), one.alternative) if text]
    assert len(told) > 20 and [text for text in told if MARK not in text] == []


def titles(section):
    """The texts of a section that name something: its title, headings, captions, columns."""
    yield section["heading"]
    for block in section["blocks"]:
        yield from filter(None, (block.get("title"), block.get("caption")))
        yield from [block["text"]] if block["is"] == "heading" else []
        yield from block.get("columns", ())


def test_another_catalogue_changes_every_title(cooling_question, translation):
    """And every paragraph of ours; what the question named stays as it is."""
    problem, holders = cooling_question
    study = Study(problem, holders, Settings(draws=100, seed=1, language=translation))
    told, _ = context(study)
    with words.language(translation):
        sections = numbered([*told["sections"], provenance(run_of(study))])
    named = {*problem.options.index, *map(problem.name_of, problem.options.index)}
    named.update(words.criterion_name(one) for one in problem.criteria)
    assert [
        text for one in sections for text in titles(one) if MARK not in text and text not in named
    ] == []
    ours = [
        block["text"]
        for one in sections
        for block in one["blocks"]
        if block["is"] == "paragraph" and not block["quoted"]
    ]
    assert ours and [text for text in ours if MARK not in text] == []
    assert all(MARK in text for text in told["page"].values())


def test_another_catalogue_changes_the_checklist(cooling_question, translation):
    """Every requirement and its evidence, but the marking, which the question words."""
    with words.language(translation):
        found = audit(Study(*cooling_question, Settings(draws=100, seed=1, language=translation)))
    assert len(found) == 60
    told = {one.id for one in found if MARK in one.title and MARK in one.evidence}
    assert {one.id for one in found if one.evidence != cooling_question[0].frame.marking} == told


def test_another_catalogue_changes_how_sure(cooling_question, translation):
    """Captions and columns; a column that is a holder's stays the holder's."""
    problem, holders = cooling_question
    draws, weights = mcda.sample(problem, 100, seed=1), next(iter(holders.values()))
    robust = mcda.robustness(draws, weights, "additive", floors=True)
    with words.language(translation):
        one, every = (
            how_sure.one_draw(draws, 7),
            how_sure.every_holder(problem, {weights.holder: robust}),
        )
        tables = [
            one,
            *(
                told(problem, robust)
                for told in (how_sure.first_places, how_sure.floors_passed, how_sure.confidence)
            ),
        ]
        assert how_sure.together(problem).startswith(MARK)
    texts = [
        *(told.caption for told in (*tables, every)),
        *(column for told in tables for column in told.data.columns),
    ]
    assert len(texts) > 12 and [text for text in texts if MARK not in text] == []


def test_another_catalogue_changes_what_is_told_of_holders(shelter, translation):
    """Captions, columns and sentences; a column that is a holder's or a head's stays theirs."""
    stated = {
        name: mcda.weights(
            {"money": money, "people": 1},
            name,
            ranges={"money": (money / 2, money * 2), "people": (0.5, 2)},
        )
        for name, money in (("x", 3), ("y", 0.3))
    }
    side, found = (
        mcda.perspectives(shelter, stated, "additive"),
        mcda.price_of_agreement(shelter, stated, "additive"),
    )
    claims = mcda.advocate_test(shelter, stated, "additive")
    with words.language(translation):
        ours = [
            whose.disagreement(shelter, side),
            whose.advocates(shelter, claims),
            *(whose.clusters(side.clusters(by)) for by in ("rankings", "weights")),
        ]
        others = [
            whose.weights(shelter, stated),
            whose.prices(shelter, found),
            whose.moves(shelter, stated["x"], found),
        ]
        told = [
            whose.views(shelter, side),
            whose.prices_told(shelter, found),
            whose.advocates_told(shelter, claims),
        ]
    texts = [
        *(one.caption for one in ours + others),
        *(column for one in ours for column in one.data.columns),
        *(line for text in told for line in text.splitlines() if line),
    ]
    assert len(texts) > 20 and [text for text in texts if MARK not in text] == []


def run_of(study):
    """A manifest with what the annex on the run shows."""
    from mcda.reporting.writers.report import composed

    return composed(Study(study.problem, study.holders)).manifest
