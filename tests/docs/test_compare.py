"""The page that compares: our column is what our methods give today, and its cases are all there."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import compare_peers  # noqa: E402, a script of another folder

PAGE = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")


def row(head):
    """Return the cells of a row by its first one."""
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| {head} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_our_counts_are_todays():
    """Every published case, and every hostile input; `make compare` writes the page anew."""
    ours = compare_peers.LIBRARIES[compare_peers.OURS]
    found = dict.fromkeys(compare_peers.PUBLISHED_AS, 0)
    cases = dict.fromkeys(compare_peers.PUBLISHED_AS, 0)
    for case, right, near in compare_peers.published():
        cases[case["kind"]] += 1
        given = compare_peers.fate(ours[case["kind"]], case, right, near)
        found[case["kind"]] += given == compare_peers.AS_PUBLISHED
    for kind, name in compare_peers.NAMES.items():
        assert row(name)[1:3] == [str(cases[kind]), str(found[kind])]
    hostile = list(compare_peers.hostile())
    good = sum(
        compare_peers.manner(ours[case["kind"]], case) in compare_peers.GOOD[case["verdict"]]
        for case in hostile
    )
    assert row("**as the case asks**")[1] == f"{good} of {len(hostile)}"


def test_it_says_which_versions_ran():
    """Those that `make compare` installs."""
    pinned = (ROOT / "benchmarks" / "peers.txt").read_text(encoding="utf-8").split()
    told = re.search(r"Versions: ([^\n]*)", PAGE).group(1)
    assert [one for one in pinned if one.replace("==", " ") not in told] == []


def test_a_wrong_answer_is_seen():
    """A library that turns every score round is not counted as right."""
    case, right, near = next(compare_peers.published())
    turned = compare_peers.fate(lambda inputs: -right, case, right, near)
    assert turned.startswith("scores off by") and "another order" in turned
    assert compare_peers.fate(lambda inputs: right, case, right, near) == "as published"
