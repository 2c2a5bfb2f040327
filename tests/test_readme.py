"""What the README shows is what its commands print, and what it says of results is what they say."""

import re
import shlex
from pathlib import Path

import pytest

from criteria import ukraine_force
from mcda.cli import main
from mcda.holders.answers import distinct, every_answer
from mcda.reporting import language as words

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ mcda ([^\n]*)\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_a_console_block_is_what_the_command_prints(command, shown, capsys):
    """Word for word."""
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out.rstrip() == shown.rstrip()


def test_what_it_says_of_the_baseline_holds():
    """The count of combinations in which sending nothing leads."""
    problem = ukraine_force.problem()
    answers = distinct(every_answer(problem, ukraine_force.perspectives(problem).values()))
    told = words.without_action(
        problem, [each.without for found in answers.values() for each in found], ""
    )
    count = re.search(r"leads in (\d+ of \d+ combinations)", told).group(1)
    assert f"leads in {count}" in README.replace("\n", " ")


def test_every_file_and_target_it_names_exists():
    """Links lead somewhere, and make knows the targets."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)|`make (\w+)`", README, flags=re.MULTILINE):
        assert re.search(rf"^{''.join(target)}:", makefile, flags=re.MULTILINE), target
