"""The whole challenge: every part answers, the command tells it, as text and as one document."""

import json
import sys

import pandas as pd
import pytest

import mcda
from mcda.cli import main
from mcda.sentences.catalogue import language, told

PARTS = [
    "switching weights",
    "switching scores",
    "switching estimates",
    "smallest change",
    "smallest change of weights",
    "smallest change of performances",
    "rank reversal",
    "floors",
    "multiverse",
    "discovery",
    "value of information",
]


def test_every_part_of_a_small_question(cooling_question):
    """Results by name, each with its sentence; progress names each part."""
    problem, holders = cooling_question
    weights, told = next(iter(holders.values())), []
    found = mcda.challenge(
        problem,
        weights,
        "topsis",
        n=400,
        seed=0,
        holders=holders,
        progress=lambda part, share: told.append(part),
    )
    assert [*found.results] == PARTS and not found.skipped
    assert set(told) == set(PARTS) == set(found.seconds)
    assert all(sentence.endswith((".", ")")) for sentence in found.findings.values())
    assert found["floors"].finding in found._repr_html_()


def test_what_a_method_does_not_allow_is_skipped_with_its_reason(cooling_question):
    """No formula for the distances, no certificate: told, and the rest goes on."""
    problem, holders = cooling_question
    found = mcda.challenge(problem, next(iter(holders.values())), "ahp:distributive", n=100, seed=0)
    assert set(found.skipped) == {"smallest change", "smallest change of performances"}
    assert "scores each option by its own row" in found.skipped["smallest change"]


def test_the_command(cooling, capsys):
    """Text with every finding; JSON alone on standard output, with every table."""
    holder = "Villagers"
    holder = next(iter(mcda.read_perspectives(cooling, mcda.read_problem(cooling))), holder)
    given = ["challenge", str(cooling), "--holder", holder, "--draws", "300", "--seed", "0"]
    assert main(given) == 0
    shown = capsys.readouterr()
    assert (
        shown.err == "" and "Smallest change\n  " in shown.out and "300 draws, seed 0" in shown.out
    )
    assert main([*given, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document["results"]) == PARTS
    assert document["results"]["switching weights"]["table"][0].keys() >= {
        "weight",
        "low",
        "high",
        "below",
        "above",
    }
    assert main([*given, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == document
    with pytest.raises(SystemExit, match="2"):
        main(["challenge", str(cooling), "--holder", "Nobody"])


@pytest.mark.slow
def test_the_ukraine_question_is_challenged_in_full(ukraine_question):
    """Scenarios included; every finding names options of the question."""
    problem, holders = ukraine_question
    found = mcda.challenge(
        problem, holders["Paris"], "additive", n=3_000, seed=2025, holders=holders, floors=True
    )
    assert not found.skipped and "regret" in found.results
    assert found["smallest change"].exact and found["smallest change of weights"].exact
    assert found.leaders == ("OPT10",)


def test_a_question_without_scenarios_says_so_and_holds_no_error(make_problem, capsys, cooling):
    """Without the sheet, or with an empty one, all else is computed; the command says that none was tested."""
    problem = make_problem()
    empty = make_problem(
        tables={**problem.tables, "scenarios": pd.DataFrame(columns=["scenario_id", "scenario"])}
    )
    weights = mcda.weights({"money": 1, "people": 1}, "council")
    for one in (problem, empty):
        found = mcda.challenge(one, weights, "additive", n=50, seed=1)
        assert not found.skipped and "multiverse" in found.results and "regret" not in found.results
    main(["challenge", str(cooling), "--holder", "Treasurer", "--draws", "200"])
    printed = capsys.readouterr().out
    assert (
        printed.rstrip().endswith("No scenarios were tested.")
        and "add the sheet scenarios" not in printed
    )


@pytest.fixture
def broken(monkeypatch):
    """One part of a challenge fails, as no form of a method explains."""

    def fail(*given, **named):
        raise RuntimeError("the solver stopped")

    monkeypatch.setattr(sys.modules["mcda.sensitivity.challenge"], "rank_reversal", fail)


def test_a_part_that_fails_is_told_beside_the_others_and_ends_with_status_1(
    broken, cooling, capsys
):
    """Not called skipped: what could not be done is told, as text and in the document; what could be done stands."""
    given = ["challenge", str(cooling), "--holder", "Treasurer", "-n", "100"]
    assert main(given) == 1
    printed = capsys.readouterr()
    assert (
        "Rank reversal\n  failed: RuntimeError: the solver stopped" in printed.out
        and "skipped" not in printed.out
    )
    with language("en", "maximum"):  # what this question's limits are
        names = [name for name in PARTS if name != "regret"]
        heads = [told(f"parts_of_challenge.{name}").capitalize() for name in names]
    assert all(f"{head}\n" in printed.out for head in heads)
    assert (
        "mcda: challenge, rank reversal: expected a finding, found none, RuntimeError: the solver"
        in printed.err
    )
    assert main([*given, "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (
        document["failed"] == {"rank reversal": "RuntimeError: the solver stopped"}
        and "floors" in document["results"]
    )


def test_a_report_is_not_written_without_a_part_that_failed(broken, cooling, tmp_path, capsys):
    """A page that left a part out in silence would say that there is nothing: it is told, with status 1."""
    given = [
        "report",
        str(cooling),
        "--draws",
        "100",
        "--to",
        "html",
        "--out",
        str(tmp_path / "out"),
    ]
    assert main(given) == 1 and not (tmp_path / "out").exists()
    assert (
        "challenge, rank reversal: expected a finding, found none, RuntimeError"
        in capsys.readouterr().err
    )


def test_a_form_that_does_not_allow_a_part_is_no_failure(cooling, capsys):
    """Skipped with its reason, and done."""
    assert (
        main(["challenge", str(cooling), "--holder", "Treasurer", "-n", "100", "--method", "vikor"])
        == 0
    )
    printed = capsys.readouterr()
    assert "skipped: method: expected additive, topsis of finite order, or ahp" in " ".join(
        printed.out.split()
    )
    assert "failed" not in printed.out + printed.err


def test_whose_answer_is_challenged_is_tried_among_many(make_problem):
    """Of many holders the first are tried, and always the one whose answer it is."""
    problem = make_problem()
    many = {f"h{at}": mcda.weights({"money": at + 1, "people": 1}, f"h{at}") for at in range(45)}
    found = mcda.challenge(problem, many["h44"], "additive", n=50, seed=0, holders=many)
    assert found.whose[-1] == "h44" and len(found.whose) < len(many)
