"""The section on packages: only where a question states parts, with the sentences of the command."""

import json

import pytest

import mcda
from mcda.reporting import figures
from mcda.reporting.document.outline import OUTLINE
from mcda.reporting.document.packages import packages
from mcda.reporting.figures import alternative
from mcda.reporting.language.portfolios.packages import package_sentences
from mcda.reporting.language.wording.wording_rules import faults
from mcda.reporting.study.study import Settings, Study

PARTS = """part,label,groups,quantity,better,low,mode,high,times,unit,kind
loft,Insulate the loft,fabric,spend,min,20,30,50,,EUR thousand,estimate
loft,,,warmth,max,4,5,6,,points,judgement
loft,,,chance,,80,90,95,,percent,judgement
panels,Solar panels,,spend,,15,20,28,,,estimate
panels,,,warmth,,0,1,2,,,judgement
doors,New doors,fabric,spend,,8,10,12,,,estimate
doors,,,warmth,,1,2,3,,,judgement
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of the blank question with three parts under a budget."""
    place = mcda.new_question(tmp_path_factory.mktemp("packages") / "heating")
    (place / "parts.csv").write_text(PARTS, encoding="utf-8")
    rules = "id,rule,quantity,most\nbudget,limit,spend,45\n"
    (place / "rules.csv").write_text(rules, encoding="utf-8")
    return Study(*mcda.open_question(place), Settings(draws=0))


def test_the_section_tells_what_the_command_tells(study):
    """The finding, two pictures, the packages with the names of their parts, the parts."""
    section = packages(study)
    kinds = [block["is"] for block in section["blocks"]]
    assert kinds == ["paragraph", "list", "picture", "table", "table", "picture", "table"]
    found = mcda.packages(study.problem)
    assert section["blocks"][1]["items"] == package_sentences(found)
    listed, steps, parts = (section["blocks"][at] for at in (3, 4, 6))
    assert "one more unit of spend (EUR thousand) brings in warmth (points)" in steps["caption"]
    assert [cell["text"] for cell in steps["rows"][0]] == ["P2", "10", "2", "0.2"]
    assert listed["rows"][-1][-1]["text"] == "Insulate the loft and New doors"
    assert listed["columns"][1:4] == [
        "spend (EUR thousand)",
        "warmth (points)",
        "chance that all come about",
    ]
    assert [row[0]["text"] for row in parts["rows"]] == [
        "Insulate the loft",
        "Solar panels",
        "New doors",
    ]
    assert packages in OUTLINE
    assert "members" in study.analysis.results["packages"]


def test_its_sentences_keep_the_rules_of_wording(study):
    """Found and not found alike: no word that overstates."""
    found = mcda.packages(study.problem)
    none = mcda.packages(study.problem, limits={"warmth": (7.62, None), "spend": (None, 5.125)})
    drawn = mcda.packages(
        study.problem, weights={"spend": 1, "warmth": 2}, draws=mcda.sample(study.problem, 5, 1)
    )
    sentences = [one for each in (found, none, drawn) for one in package_sentences(each)]
    assert len(sentences) > 8
    assert [fault for one in sentences for fault in faults("packages", one)] == []


def test_pictures_tell_every_point(study):
    """The steps of the frontier and the share of each part, in words too; the same bytes twice."""
    found = mcda.packages(study.problem)
    steps = figures.frontier_steps(found)
    assert "P4: 40 and 7" in alternative(steps)
    core = figures.core_index(found)
    assert "Solar panels 0%" in alternative(core)
    assert figures.svg(core) == figures.svg(figures.core_index(found))
    with pytest.raises(mcda.NotApplicable):
        figures.frontier_steps(mcda.packages(study.problem, ["spend"]))


def test_nothing_without_parts(tmp_path):
    """A question without parts has no such section, and its results don't mention packages."""
    study = Study(*mcda.open_question(mcda.new_question(tmp_path / "q")), Settings(draws=0))
    assert packages(study) is None
    assert "packages" not in json.dumps(list(study.analysis.results))
