"""The rule for weak evidence, from the question's file to its effect: a D4 figure matters more than a B2 one."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import mcda

COOLING = Path(__file__).parents[2] / "questions" / "cooling_centre"
RULE = """
[widening]
reason = "Weak sources are narrower than they should be"

[widening.factors]
D4 = 4.0

[widening.limits]
points = [0, 100]
"""


@pytest.fixture
def question(tmp_path):
    """A question whose two options differ by two numbers of the same range, one from a D4 and one from a B2 source."""
    folder = tmp_path / "graded"
    shutil.copytree(COOLING, folder)
    for name in ("judgements", "perspectives.csv"):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    def write(name, rows):
        pd.DataFrame(rows[1:], columns=rows[0]).to_csv(folder / name, index=False)

    write(
        "criteria.csv",
        [
            (
                "id",
                "parent",
                "label",
                "definition",
                "unit",
                "scale_type",
                "direction",
                "anchor_0",
                "anchor_100",
            ),
            *(
                (key, "", f"Use {key}", "What it gives", "points", "natural", "max", 0, 100)
                for key in ("weak", "firm")
            ),
        ],
    )
    write(
        "options.csv",
        [("id", "label", "description", "sources"), ("N", "One", "", ""), ("R", "Two", "", "")],
    )
    write(
        "scores.csv",
        [
            ("option", "criterion", "low", "mode", "high", "sources", "kind", "rationale"),
            ("N", "weak", 40, 50, 60, "W", "fact", "Told"),
            ("N", "firm", 50, 50, 50, "F", "fact", "Measured"),
            ("R", "weak", 50, 50, 50, "F", "fact", "Measured"),
            ("R", "firm", 40, 50, 60, "F", "fact", "Measured"),
        ],
    )
    write(
        "sources.csv",
        [
            (
                "id",
                "title",
                "publisher",
                "author",
                "date",
                "url",
                "reliability",
                "credibility",
                "note",
            ),
            ("W", "Hearsay", "Someone", "A", "2026-01-01", "", "D", 4, ""),
            ("F", "Survey", "Someone", "B", "2026-01-01", "", "B", 2, ""),
        ],
    )
    return folder


def worth(folder):
    """How much knowing each number is worth."""
    problem = mcda.read_problem(folder)
    weights = mcda.equal_weights(problem)
    draws = mcda.sample(problem, 20_000, seed=0)
    table = mcda.value_of_information(draws, weights, "additive").table
    return draws, table["worth"]


def test_a_rule_in_the_file_makes_a_weak_figure_matter_more(question):
    """Without it both are worth the same; with it the D4 one is worth far more, and the widened range is told."""
    draws, before = worth(question)
    assert before["weak/N"] == pytest.approx(before["firm/R"], rel=0.1) and draws.widened.empty
    with (question / "question.toml").open("a", encoding="utf-8") as file:
        file.write(RULE)
    draws, after = worth(question)
    assert after["weak/N"] > 2 * after["firm/R"]
    told = draws.widened.loc["weak/N", ["grade", "factor", "widened_low", "widened_high"]]
    assert told.tolist() == ["D4", 4.0, 10.0, 90.0] and list(draws.widened.index) == ["weak/N"]
    robust = mcda.robustness(draws, mcda.equal_weights(draws.problem), "additive")
    assert any("rule for weak evidence widens 1 range" in note for note in robust.notes)


def test_a_bad_rule_in_the_file_is_refused_with_its_place(question):
    """The field is named as it stands in the file."""
    with (question / "question.toml").open("a", encoding="utf-8") as file:
        file.write(RULE.replace("D4 = 4.0", "G4 = 4.0"))
    with pytest.raises(
        mcda.InputError, match=r"widening, factors: expected a grade such as 'D4'.* found 'G4'"
    ):
        mcda.read_problem(question)
