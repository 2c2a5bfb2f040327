"""Questions that once stopped a command, each with what comes out now."""

import json
import shutil

import pytest

from mcda.cli import main
from mcda.files.question.logs import append
from mcda.files.question.new_question import new_question
from mcda.reporting.study.manifest import SCHEMA, sealed

from .conftest import CELLS, ZERO

pytestmark = pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
QUICK = ["--draws", "40"]


def told(capsys, *words, status=0):
    """What a command printed; its status is the one that was expected."""
    assert main([str(word) for word in words]) == status
    return "".join(capsys.readouterr())


def test_a_signed_report_verifies_wherever_it_is(tmp_path, capsys):
    """A workbook's report, signed for other results first: the later sign-off counts, and all travels with it."""
    book, out = new_question(tmp_path / "q.xlsx"), tmp_path / "out"
    asked = ("report", book, "--to", "html", "--draws", "0", "--out", out)
    told(capsys, *asked)
    other = {"inputs": "0" * 64, "results": "0" * 64}
    append(book, "signoffs", "2026-11-01", state="assured", who="O. Colleague", **other)
    told(
        capsys,
        "log",
        book,
        "signoffs",
        "--state",
        "assured",
        "--signed-by",
        "O. C.",
        "--report",
        out,
    )
    told(capsys, *asked)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "O. C." in page and "no longer" not in page
    mailed = shutil.copytree(out, tmp_path / "mailed")
    book.unlink()
    assert "verified: files, manifest" in told(capsys, "verify", mailed)


def test_what_changed_is_told_without_a_floor(written, tmp_path, capsys):
    """One number of a question without a floor differs from the earlier version."""
    cells = {**CELLS, "BUS": {"cost": (1, 3, 4), "reach": (4, 5, 6)}}
    old, new = written(folder="old"), written(folder="new", cells=cells)
    asked = ("report", new, "--to", "html", "--draws", "0", "--out", tmp_path / "out")
    told(capsys, *asked, "--since", old)
    assert "scores.csv" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_points_say_that_nothing_can_move(written, capsys):
    """No share of draws is told, and no estimate is said to change the lead."""
    question = written("points", holders={"Ann": {"cost": (70, 70, 70), "reach": (30, 30, 30)}})
    assert "%" not in told(capsys, "robust", question, *QUICK)
    assert "nothing was drawn" in told(capsys, "robust", question, *QUICK)
    found = " ".join(told(capsys, "challenge", question, *QUICK).split()).lower()
    assert "no estimate has a range" in found


def test_a_floor_that_nobody_passes_is_told_everywhere(written, capsys):
    """Both answers: the ranking without it, and that it leaves nothing."""
    question = written("floor none passes", holders=ZERO)
    for command in (["rank"], ["robust", *QUICK], ["challenge", *QUICK]):
        shown = " ".join(told(capsys, *command[:1], question, *command[1:]).split())
        assert "excludes every option, so nothing is left to rank behind it" in shown
        assert "TRAM" in shown


def test_a_sign_off_needs_one_name_and_a_report(written, tmp_path, capsys):
    """The one who signed says so; a folder that holds no report is told, without a traceback."""
    asked = ["log", written(), "signoffs", "--state", "assured", "--signed-by", "O. C.", "--report"]
    assert "expected the manifest of a report" in told(capsys, *asked, tmp_path, status=1)
    made = sealed({"schema": SCHEMA, "inputs_sha256": "a", "results_sha256": "b"})
    (tmp_path / "manifest.json").write_text(json.dumps(made), encoding="utf-8")
    assert "who: O. C." in " ".join(told(capsys, *asked, tmp_path).split())
