"""The section on the shape of a question: every number from the audit, and it shrinks where parts are absent."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from criteria import ukraine_force
from mcda.problem.structures import Change, Structure
from mcda.reporting.document.opening.findings import findings
from mcda.reporting.document.shape import shape
from mcda.reporting.language.wording.wording_rules import lint
from mcda.reporting.study.study import Settings, Study

SHAPES = (
    Structure("no law", "Law left out", (Change("leave out", "C3", "Approval is no good"),)),
    Structure("approved", "Approvals as a chance", (Change("chance", "C3.2", fallback="OPT01"),)),
)
OWN = pd.DataFrame({"holder": ["Paris", "Kyiv"], "option": ["OPT09", "OPT06"], "as_of": ["", ""]})


@pytest.fixture(scope="module")
def study():
    """The first question with two other shapes and two positions, for three holders."""
    problem = ukraine_force.problem()
    held = ukraine_force.perspectives(problem)
    stated = replace(problem, structures=SHAPES, tables={**problem.tables, "positions": OWN})
    whose = {name: held[name] for name in ("Kyiv", "Paris", "Berlin")}
    return Study(stated, whose, Settings(seed=3))


@pytest.fixture(scope="module")
def section(study):
    """The section of that question."""
    return shape(study)


def texts(section):
    """Every text of a section that isn't in a table."""
    told = []
    for block in section["blocks"]:
        told += [block.get("text", ""), block.get("title", ""), block.get("caption", "")]
        told += block.get("items", [])
    return [text for text in told if text]


def tables(section):
    """The cells of every table by its caption: the text of each, with the lines under it."""
    return {
        block["caption"]: [[cell["text"] for cell in row] for row in block["rows"]]
        for block in section["blocks"]
        if block["is"] == "table"
    }


def table(section, start):
    """The one table whose caption starts so."""
    (found,) = [rows for caption, rows in tables(section).items() if caption.startswith(start)]
    return found


def headings(section):
    """The headings inside a section."""
    return [block["text"] for block in section["blocks"] if block["is"] == "heading"]


ALWAYS = [
    "How often each option comes first",
    "What each weight does",
    "Prices that the weights imply",
    "Measures that may count twice",
]


def linted(section, problem, holders=()):
    """The section, once no sentence of it breaks the rules of wording."""
    lint({"sections": [section]}, problem, holders)
    return section


def test_every_part_has_its_place(section):
    """In the order in which a reader asks; the picture stands among the shapes."""
    assert headings(section) == [
        *ALWAYS[:2],
        "What the baseline earns by staying as it is",
        "Options that holders name themselves",
        *ALWAYS[2:],
        "Other shapes of the question",
    ]
    assert [one["name"] for one in section["blocks"] if one["is"] == "picture"] == ["structures"]


def test_sentences_keep_the_rules(study, section):
    """None overstates, and none has a code of a criterion in it."""
    linted(section, study.problem, study.holders)
    codes = [one.key for one in study.problem.criteria]
    assert not [text for text in texts(section) for code in codes if f"{code} " in text]


def test_first_places_are_those_of_the_audit(study, section):
    """One share where all holders agree, else from the least to the most; excluded options have no row."""
    audit = study.analysis.shape
    rows = {row[0]: row[1:] for row in table(section, "First in so many of all cases, without")}
    leader = study.problem.name_of("OPT01")
    over = audit.leads.query("side == 'without' and method == 'additive' and option == 'OPT01'")
    weights = over[over["holder"] == "anyone"]["leads"].tolist()
    # parts of a whole may be a point off, so that they add up to it
    told = [number_of(text) for text in rows[leader][:2]]
    assert told == pytest.approx([100 * share for share in weights], abs=0.99)
    subsets = over[over["over"] == "subsets of leaves"]["leads"]
    assert rows[leader][2] == f"{100 * subsets.min():.0f}% to {100 * subsets.max():.0f}%"
    assert len(rows) == len(study.problem.options)
    behind = table(section, "First in so many of all cases, with the minimum")
    assert [row[0] for row in behind] == [
        study.problem.name_of(f"OPT{at:02d}") for at in (3, 4, 5, 6, 9, 10, 11)
    ]


def whole(texts):
    """The sum of percents: "<1%" is none, ">99%" all."""
    return sum({"<1": 0, ">99": 100}.get(one, one) for one in map(number_of, texts))


def number_of(text):
    told = text.rstrip("%")
    return told if told[0] in "<>" else int(told)


@pytest.mark.parametrize("side", ["without", "with the minimum"])
def test_first_places_over_the_same_weights_make_100(section, side):
    """They are shares of one whole: every case has one leader here."""
    rows = table(section, f"First in so many of all cases, {side}")
    for at in (1, 2, 5, 6):
        assert whole(row[at] for row in rows) == 100, at


def test_what_weights_act_as_makes_100(section):
    """Stated or effective, also where one works against itself."""
    for row in table(section, "Each holder's stated weight"):
        pairs = [told.split(" as ") for told in row[1:]]
        assert [whole(side) for side in zip(*pairs, strict=True)] == [100, 100], row[0]


def test_stated_weights_stand_beside_what_they_act_as(section):
    """Paris's 26% acts as -9%, which is marked; what is within ten points isn't."""
    marked = {}
    for block in section["blocks"]:
        if block.get("caption", "").startswith("Each holder's stated weight"):
            marked = {
                row[0]["text"]: [(cell["text"], cell["strong"]) for cell in row[1:]]
                for row in block["rows"]
            }
    assert marked["Paris"][0] == ("26% as -9%", True)
    assert marked["Paris"][4] == ("24% as 28%", False)


def test_points_for_what_is_not_done(study, section):
    """The closest rival and both parts of the lead, as the audit has them."""
    rows = {row[0]: row for row in table(section, "The lead over the closest rival")}
    parts = study.analysis.shape.lead_parts.query("holder == 'Kyiv' and option == 'OPT01'")
    least = parts.loc[parts["lead"].idxmin()]
    assert rows["Kyiv"][2] == study.problem.short[least["rival"]]
    lead, idle = 100 * least["lead"], 100 * least["not_happening"]
    assert rows["Kyiv"][3:] == [f"{lead:+.1f}", f"{idle:+.1f}", f"{lead - idle:+.1f}"]


def test_own_positions(study, section):
    """Both ranks on both sides; a position without a date says so; it tests the model."""
    rows = {row[0]: row for row in table(section, "Rank of the option that")}
    ranks = study.analysis.shape.positions.query("holder == 'Paris'")["rank"].astype(str).tolist()
    assert rows["Paris"][1:3] == [study.problem.name_of("OPT09"), "not said"]
    assert sorted(rows["Paris"][3:7]) == sorted(ranks)
    assert any("tests the model, not the holder" in text for text in texts(section))


def test_prices_have_their_holders(study, section):
    """The least and the highest price with whose it is, and what all allow together."""
    prices = study.analysis.shape.prices.query("leaf == 'C4.4'").set_index("holder")["price"]
    (block,) = [
        one
        for one in section["blocks"]
        if one.get("caption", "").startswith("What one unit of each measure")
    ]
    (row,) = [row for row in block["rows"] if "renewed" in row[0]["text"]]
    assert row[1]["under"] == [prices.idxmin()] and row[2]["under"] == [prices.idxmax()]
    assert float(row[2]["text"]) == pytest.approx(prices.max(), rel=0.05)


def test_who_leads_in_which_shape(study, section):
    """A row a shape, with counts that add up to the holders; what changes is told with labels."""
    rows = {row[0]: row for row in table(section, "Who leads in which shape")}
    assert list(rows) == ["As stated", "Law left out", "Approvals as a chance"]
    assert rows["As stated"][1] == "Arms and training only: 3"
    changes = table(section, "What each shape changes")
    assert changes[0] == ["Law left out", "Without Legal feasibility", "Approval is no good"]
    assert changes[1][2] == "not said"


def test_an_option_that_never_comes_about_is_told(study, section):
    """Its tie with what happens otherwise is no lead of its own."""
    chance = study.problem.structured("approved").chance
    (told,) = [text for text in texts(section) if "never comes about in a shape" in text]
    assert [str(option) for option in chance.index[chance <= 1e-9]]
    assert "Deterrent force" in told
    shown = [text for text in texts(section) if "by the weighted sum" in text]
    assert not [text for text in shown if "Deterrent force for all" in text]


def test_the_first_page_says_what_the_shape_decides(study):
    """With the number of the audit by the method that says more; what is behind it stands in its own section."""
    told = " ".join(texts(linted(findings(study), study.problem, study.holders)))
    assert "The choice of measures favours Arms and training only" in told
    shares = study.analysis.shape.leads.query("option == 'OPT01' and holder == 'anyone'")
    by = shares.set_index(["over", "method", "side"])["leads"]
    most = max(by[("weights on heads", method, "without")] for method in ("additive", "topsis"))
    found = re.search(r"leads under (\d+)% of all weights on the 5", told)
    assert int(found.group(1)) == pytest.approx(100 * most, abs=0.99)
    behind = " ".join(texts(linted(shape(study), study.problem, study.holders)))
    assert "hardly differ on 'Force size and effect'" in behind and "added as a good" in behind


def even(make_problem):
    """A question in which no option leads under two thirds of anything, without a minimum."""
    problem = make_problem({"A": (5, 10, 60), "B": (60, 95, 80), "C": (80, 30, 5)})
    return replace(problem, criteria=tuple(replace(one, floor=None) for one in problem.criteria))


def test_the_first_page_is_silent_where_nothing_is_decided(make_problem):
    """No option under two thirds of all weights, selections or futures."""
    problem = even(make_problem)
    study = Study(problem, {})
    assert study.analysis.shape.decided.query("holder == 'anyone'").empty
    assert "How the question is built" not in " ".join(texts(findings(study)))


def test_a_question_without_any_of_it(make_problem):
    """No futures, positions, shapes, minimum or holders: what is left says nothing of them."""
    problem = even(make_problem)
    section = linted(shape(Study(problem, {})), problem)
    told = " ".join(texts(section))
    assert "Other shapes of the question" not in headings(section)
    assert "Options that holders name themselves" not in headings(section)
    for word in ("future", "minimum", "floor", "holders"):
        assert word not in told
    assert not any(caption.startswith("Each holder's") for caption in tables(section))
    assert "Futures" not in str([one.get("columns") for one in section["blocks"]])


def test_no_baseline_earns_nothing(make_problem):
    """Without a baseline nothing is earned for what isn't done."""
    problem = make_problem(frame=mcda.Frame(title="Shelter"))
    assert "What the baseline earns by staying as it is" not in headings(shape(Study(problem, {})))


@pytest.mark.parametrize(
    ("kept", "expected"),
    [(["A"], "There is one option"), (["A", "B", "C"], "There is one measure")],
)
def test_nothing_to_weigh(make_problem, kept, expected):
    """One option or one measure: one sentence, no page 1, no results."""
    problem = make_problem().keep(kept)
    if len(kept) > 1:
        problem = replace(
            problem,
            criteria=problem.criteria[:2],
            estimates={key: one for key, one in problem.estimates.items() if "cost" in key},
            tables={"criteria": pd.DataFrame({"local_weight": {"cost": 1.0}})},
        )
    study = Study(problem, {})
    section = shape(study)
    assert len(section["blocks"]) == 1 and expected in section["blocks"][0]["text"]
    assert "How the question is built" not in " ".join(texts(findings(study)))
    assert study.analysis.results["shape"] == {}


def test_prices_without_money(make_problem):
    """They are told in units of the measure that holders weigh most, and the sentence says so."""
    problem = make_problem()
    units = tuple(
        replace(one, unit="points") if one.key == "cost" else one for one in problem.criteria
    )
    section = shape(Study(replace(problem, criteria=units), {}))
    assert any(text.startswith("No measure is in money") for text in texts(section))


def test_a_holder_that_gives_the_price_no_weight(make_problem):
    """It has no prices, and that is said; the others' stand alone."""
    problem = make_problem()
    holders = {
        "payer": mcda.weights({"money": 50, "people": 50}, "payer"),
        "giver": mcda.weights({"money": 0, "people": 100}, "giver"),
    }
    section = linted(shape(Study(problem, holders)), problem, holders)
    (block,) = [
        one
        for one in section["blocks"]
        if one.get("caption", "").startswith("What one unit of each measure")
    ]
    for row in block["rows"]:
        assert "none for giver" in row[2]["under"]
        assert not {"inf", "nan"} & {cell["text"] for cell in row}


def test_a_tree_of_leaves_alone(make_problem):
    """Without heads the leaves are the trade-offs, and no weights on heads are told."""
    problem = make_problem()
    leaves = tuple(replace(one, parent="") for one in problem.leaves)
    section = shape(Study(replace(problem, criteria=leaves), {}))
    assert "trade-offs," not in " ".join(texts(section)).split("What each weight does")[0]
    assert [row[0] for row in table(section, "Stated weight")] == ["Cost", "Places", "Noise"]


def test_the_results_hold_every_table(study):
    """As plain data with the seed of the settings, so that a changed one is found."""
    kept = study.analysis.results["shape"]
    assert study.analysis.shape.seed == 3
    for name in ("weights", "leads", "positions", "pairs", "prices", "structures", "flags"):
        assert len(kept[name]) == len(getattr(study.analysis.shape, name)), name
    first = study.analysis.shape.leads.iloc[0]
    assert kept["leads"][0]["leads"] == first["leads"]
    assert np.isfinite(kept["weights"][0]["effective"])


def test_a_holder_who_weighs_nothing_of_a_shape(make_problem):
    """Is told, isn't counted there, and stops neither the report nor the multiverse."""
    shapes = (Structure("people", "People alone", (Change("leave out", "money"),)),)
    problem = replace(make_problem(), structures=shapes)
    holders = {
        "payer": mcda.weights({"money": 100, "people": 0}, "payer"),
        "giver": mcda.weights({"money": 20, "people": 80}, "giver"),
    }
    section = linted(shape(Study(problem, holders)), problem, holders)
    told = " ".join(texts(section))
    assert "isn't counted there: payer in 'People alone'" in told
    rows = {row[0]: row for row in table(section, "Who leads in which shape")}
    assert rows["People alone"][1].endswith(": 1")
    draws = mcda.sample(problem, n=2, seed=1)
    assert "structure" not in mcda.multiverse(problem, holders, draws, sets=1).choices.index
    one = {"giver": holders["giver"]}
    assert "structure" in mcda.multiverse(problem, one, draws, sets=1).choices.index


def test_options_that_always_tie_lead_level(make_problem):
    """Two options that are alike are told together, not twice."""
    problem = make_problem({"A": (10, 90, 10), "B": (10, 90, 10), "C": (90, 10, 80)})
    told = " ".join(texts(findings(Study(problem, {}))))
    assert "favours Option A and Option B: they lead level under 100% of all weights" in told
    assert told.count("favours Option A and Option B") == 2, "once on each side of the minimum"


def test_no_holder_is_named_twice_where_there_is_one(make_problem):
    """By one holder's weights a sentence has no count of holders and no range."""
    problem = make_problem({"A": (10, 10, 60), "B": (40, 95, 80), "C": (90, 30, 5)})
    holders = {"city": mcda.weights({"money": 10, "people": 90}, "city")}
    told = " ".join(texts(linted(shape(Study(problem, holders)), problem, holders)))
    assert "of 1 holder:" not in told and "from the least to the most" not in told
    assert "depending on the holder" not in told
