"""`mcda robust`: text and one JSON document, for a holder or for nobody; the same as the function."""

import json
import re
from pathlib import Path

import pytest

import mcda
from criteria import ukraine_force
from mcda.cli import main
from mcda.reporting import language as words
from mcda.reporting.terminal.first_ranks import robust_text

QUESTION = str(Path(__file__).parents[1] / "questions" / "cooling_centre")


def test_json_is_one_document_of_the_tables(capsys):
    """Undefined central weights are null; the numbers are those of the function."""
    assert main(["robust", QUESTION, "--any-weights", "-n", "2000", "--seed", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["results"][0]
    problem = mcda.read_problem(QUESTION)
    space = mcda.weight_space([leaf.key for leaf in problem.leaves])
    expected = mcda.robustness(mcda.sample(problem, 2000, seed=3), space, "topsis")
    assert found["draws"] == 2000 and found["seed"] == 3
    for option in problem.options.index:
        assert (
            found["first_rank"][option]["acceptability"]
            == expected.first_rank.loc[option, "acceptability"]
        )
        held = expected.central_weights.loc[option]
        assert list(found["central_weights"][option].values()) == [
            None if held.isna().any() else w for w in held
        ]


def test_text_tells_every_holder(capsys):
    """Each with method, draws and seed; a share is never told as a likelihood."""
    assert main(["robust", "ukraine_force", "-n", "200", "--holder", "Paris", "--floors"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "weights of Paris, with the minimum (Deterrent effect at least 30 points 0-100), 200 draws, seed 2025"
        in told
        and "first in" in told
    )
    assert "not the likelihood of an event" in told and "move together are drawn so" in told


def test_both_answers_are_told(capsys):
    """Without a floor and behind it, side by side, unless one of the two is asked for."""
    assert main(["robust", "ukraine_force", "-n", "200", "--holder", "Paris"]) == 0
    told = capsys.readouterr().out
    assert (
        told.count("weights of Paris") == 2
        and "without a minimum" in told
        and "with the minimum" in told
    )


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["-n", "0"], 1, "number of draws: expected a whole number from 1"),
        (["--holder", "Atlantis"], 2, "'Atlantis'"),
        (["--method", "best"], 1, "method: expected one of"),
        (["--state", "x.npz"], 2, "--state: ask for one answer"),
    ],
)
def test_what_is_wrong_is_said(words, status, told, capsys):
    """Input at fault ends with 1, wrong usage with 2."""
    try:
        found = main(["robust", "ukraine_force", *words])
    except SystemExit as ended:
        found = ended.code
    assert found == status and told in capsys.readouterr().err


def test_a_state_is_kept_and_taken_up(tmp_path, capsys):
    """The second run counts nothing anew and prints the same."""
    words = [
        "robust",
        QUESTION,
        "--any-weights",
        "--no-floors",
        "-n",
        "3000",
        "--json",
        "--state",
        str(tmp_path / "run.npz"),
    ]
    outputs = []
    for _ in range(2):
        assert main(words) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] and (tmp_path / "run.npz").exists()


def test_the_table_fits_a_terminal():
    """No line of the table is longer than 80 characters, every column has a name, and what is unsure is marked."""
    problem = ukraine_force.problem()
    robust = mcda.robustness(
        mcda.sample(problem, 100, seed=1), ukraine_force.perspectives()["Paris"], "topsis"
    )
    lines = robust_text(problem, robust).splitlines()
    table = lines[2 : lines.index("", 2)]
    assert len(table) == 2 + len(robust.first_rank) and max(map(len, table)) <= 80
    assert table[1].count("  ") == 4 and re.split("  +", table[0]) == [
        "option",
        "label",
        "first in",
        "95% interval",
        "ranks, 5% to 95%",
    ]
    marked = [f"  ~{share}" in line for share, line in zip(shown(robust), table[2:], strict=True)]
    assert marked == (~robust.first_rank["settled"]).tolist() and any(marked) and not all(marked)


def shown(robust):
    return [words.share_in_tenths(share) for share in words.first_places(robust, places=1)]
