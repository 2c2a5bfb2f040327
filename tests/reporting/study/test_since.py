"""What changed since an earlier version: told by group, by holder and on each side of the floor, and sealed."""

import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

import mcda
from mcda.cli import main
from mcda.reporting import language as words
from mcda.reporting.document.outline import context
from mcda.reporting.study.since import since
from mcda.reporting.study.study import Settings, Study


def study_of(folder):
    """The study of a question's folder."""
    problem = mcda.read_problem(folder)
    return Study(problem, mcda.read_perspectives(folder, problem), Settings(), folder=folder)


def edited(folder, target, file, old, new):
    """A copy of a question with one text replaced."""
    made = shutil.copytree(folder, target)
    text = (made / file).read_text(encoding="utf-8")
    assert old in text
    (made / file).write_text(text.replace(old, new), encoding="utf-8")
    return made


@pytest.fixture
def dearer(cooling, tmp_path):
    """The invented question where the lecture hall is dear and hot."""
    return edited(
        cooling,
        tmp_path / "dearer",
        "scores.csv",
        "L,temperature,22,23,25",
        "L,temperature,30,33,34",
    )


def test_a_changed_number_is_told_with_the_leaders_it_moves(cooling, dearer):
    """Group, what, before and after; who leads then and now, per holder and side."""
    found = since(study_of(dearer), cooling)
    assert found["changes"] == [
        ["estimates", "temperature/L", "22, 23, 25, triangular", "30, 33, 34, triangular"]
    ]
    assert found["files"] == ["scores.csv"] and not found["joined"] and not found["left"]
    council = [one for one in found["leads"] if one["holder"] == "Visitors' council"]
    assert [(one["side"], one["before"]) for one in council] == [
        ("without", ["L"]),
        ("behind", ["L"]),
    ]
    assert all(one["after"] != ["L"] and one["explained"] == {"estimates": 1.0} for one in council)


def test_the_section_and_the_summary_tell_it(cooling, dearer):
    """In words; without an earlier version the section says how to name one."""
    study = study_of(dearer)
    told, _ = context(replace(study, since=since(study, cooling)))
    texts = {one["key"]: json.dumps(one) for one in told["sections"]}
    assert "What differs: 1 of the estimates." in texts["since"]
    moved = "The leader without a maximum is another for 1 of 2 holders: from Lecture hall (L) to "
    assert moved in texts["since"] and moved in texts["findings"]
    absent, _ = context(study)
    assert "No earlier version was named" in json.dumps(absent["sections"])


def test_nothing_changed_is_told_as_nothing(cooling):
    """The same question twice."""
    found = since(study_of(cooling), cooling)
    assert words.changed(found) == ["No number, criterion, option or weight differs."]
    assert words.leads_since(found, "without", "without a minimum") == [
        "By what leads without a minimum, nothing changed for both holders."
    ]


def test_a_holder_and_an_option_that_left_are_named(cooling, tmp_path):
    """By name; a leader that is gone keeps its label."""
    line = "L,Lecture hall,Basement with 120 seats,I1;I2\n"
    less = edited(cooling, tmp_path / "less", "options.csv", line, "")
    scores = less / "scores.csv"
    kept = [
        row
        for row in scores.read_text(encoding="utf-8").splitlines(keepends=True)
        if not row.startswith("L,")
    ]
    scores.write_text("".join(kept), encoding="utf-8")
    weights = less / "perspectives.csv"
    weights.write_text(
        weights.read_text(encoding="utf-8").replace("T,Treasurer", "M,Mayor"), encoding="utf-8"
    )
    found = since(study_of(less), cooling)
    told = " ".join(
        [*words.changed(found), *words.leads_since(found, "behind", "with the minimum")]
    )
    assert "New holders: Mayor. Holders who left: Treasurer." in told
    assert "from Lecture hall (L) to " in told and "for Visitors' council." in told


def test_shares_that_explain_a_change_are_told_the_largest_first():
    """Several groups, one of them against the change; nobody left; holders who moved alike are told together."""
    lead = {"holder": "x", "side": "without", "before": ["A"], "after": ["B"]}
    nobody, labels = {**lead, "after": [], "explained": {}}, {"A": "Old", "B": "New"}
    both = {**lead, "explained": {"weights": -0.2, "options and criteria": 1.2}}
    assert (
        words.explained(both) == "options and criteria 120% and weights -20%"
        and words.explained(nobody) == ""
    )
    moved = {"leads": [both, {**both, "holder": "y"}, {**nobody, "holder": "z"}], "labels": labels}
    assert words.leads_since(moved, "without", "without a minimum") == [
        "The leader without a minimum is another for 3 of 3 holders: from Old (A) to New (B) for x and y; from Old (A) "
        "to none for z."
    ]
    assert words.leads_since(moved, "behind", "with the minimum") == []


def test_the_command_compares_with_a_report_and_verifies(cooling, dearer, tmp_path, capsys):
    """The earlier report's inputs are read; what it was is told; the new one verifies without it."""
    old, new = tmp_path / "old", tmp_path / "new"
    assert main(["report", str(cooling), "--to", "html", "--draws", "0", "--out", str(old)]) == 0
    assert (
        main(
            [
                "report",
                str(dearer),
                "--to",
                "html",
                "--draws",
                "0",
                "--out",
                str(new),
                "--since",
                str(old),
            ]
        )
        == 0
    )
    seal = json.loads((old / "manifest.json").read_text(encoding="utf-8"))["seal"]
    assert f"run {seal[:12]}" in (new / "report.html").read_text(encoding="utf-8")
    shutil.rmtree(old)
    assert main(["verify", str(new)]) == 0
    assert "is taken from the manifest, not compared" in " ".join(capsys.readouterr().out.split())


def test_without_a_holder_in_both_the_numbers_are_compared_and_the_weights_are_not(cooling, dearer):
    """What differs is told as with holders, and that nobody's weights and leaders were compared."""
    weights = dearer / "perspectives.csv"
    text = weights.read_text(encoding="utf-8").replace("T,Treasurer", "M,Mayor")
    weights.write_text(text.replace("Visitors' council", "Council"), encoding="utf-8")
    found = since(study_of(dearer), cooling)
    assert found["changes"] == [
        ["estimates", "temperature/L", "22, 23, 25, triangular", "30, 33, 34, triangular"]
    ]
    assert found["leads"] == [] and not set(found["joined"]) & set(found["left"])
    assert (
        "No holder is in both versions, so weights and leaders are not compared."
        in words.changed(found)
    )


def test_another_question_is_no_earlier_version(cooling):
    """It shares no option and no leaf."""
    with pytest.raises(mcda.InputError, match="at least one option of this question, found none"):
        since(study_of(cooling), "ukraine_force")


def test_python_compares_as_the_command_does(cooling, dearer, tmp_path):
    """By the argument of the public function."""
    study = study_of(dearer)
    page = mcda.report(study.problem, study.holders, to=tmp_path / "new.html", since=cooling)
    assert "What differs: 1 of the estimates." in page.read_text(encoding="utf-8")


def test_a_report_without_its_inputs_is_refused(cooling, tmp_path):
    """With the way out."""
    (tmp_path / "alone.html").write_text("x", encoding="utf-8")
    with pytest.raises(
        mcda.InputError, match=r"a report with its inputs beside it.*name the folder of the report"
    ):
        since(study_of(cooling), tmp_path / "alone.html")


def test_versions_without_a_floor_are_compared(cooling, tmp_path):
    """A floor in neither, or in one alone: who leads is told on each side that this version has."""
    for folder in (cooling, tmp_path / "bare"):
        if folder != cooling:
            shutil.copytree(cooling, folder)
            sheet = pd.read_csv(folder / "criteria.csv", dtype=str, keep_default_na=False)
            sheet.assign(floor="", floor_reason="").to_csv(folder / "criteria.csv", index=False)
    bare = study_of(tmp_path / "bare")
    assert since(bare, tmp_path / "bare")["changes"] == []
    gone = since(bare, cooling)
    assert "floors" in [group for group, *_ in gone["changes"]]
    assert {one["side"] for one in gone["leads"]} == {"plain"}
    given = since(study_of(cooling), tmp_path / "bare")
    assert {one["side"] for one in given["leads"]} == {"without", "behind"}
