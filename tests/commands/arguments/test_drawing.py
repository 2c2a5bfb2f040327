"""How often is drawn: as asked, or as a question's size allows, which is told."""

import argparse
from types import SimpleNamespace

import pytest

from mcda.checks.of_many import FEWEST
from mcda.cli import main
from mcda.commands.arguments.drawing import DRAWS, draws_of


def sized(options, leaves):
    """What is looked at of a question."""
    return SimpleNamespace(options=range(options), leaves=range(leaves))


@pytest.mark.parametrize(
    ("options", "leaves", "holders", "draws"),
    [(11, 17, 11, DRAWS), (500, 40, 1, DRAWS), (500, 40, 11, 10_000), (500, 40, 200, FEWEST)],
)
def test_a_very_large_question_is_drawn_less_often_and_says_so(
    capsys, options, leaves, holders, draws
):
    """With the number, and the option that sets another; small ones never meet it."""
    unasked = argparse.Namespace(draws=None)
    assert draws_of(unasked, sized(options, leaves), holders) == draws
    told = capsys.readouterr().err
    assert ("--draws sets another number" in told) == (draws < DRAWS)
    assert (f"{draws:,} draws instead of 100,000 draws" in told) == bool(told)


def test_what_was_asked_for_is_drawn(capsys):
    """Also nothing at all."""
    for number in (0, 7, 10**7):
        assert draws_of(argparse.Namespace(draws=number), sized(500, 40), 200) == number
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "command", ["challenge", "consequences", "figures", "packages", "report", "robust", "structure"]
)
@pytest.mark.parametrize("seed", ["-1", "2.5", "today"])
def test_what_is_no_seed_is_refused_by_every_command(command, seed, capsys):
    """Whatever the command draws."""
    with pytest.raises(SystemExit, match="2"):
        main([command, "ukraine_force", "--seed", seed])
    expected = f"argument --seed: expected a whole number of at least 0, found '{seed}'"
    assert expected in " ".join(capsys.readouterr().err.split())
