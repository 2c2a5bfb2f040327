"""A report of a question in one of its structures: it says which, and verifies in the same."""

import shutil

import pytest

import mcda
from mcda.cli import main

STRUCTURES = "structure,label,change,criterion,rationale\n{}\n"
BARE = "bare,Without relief,leave out,relief,Asked by nobody"


@pytest.fixture(scope="module")
def question(cooling_study, tmp_path_factory):
    """The invented second question with a structure that leaves out a criterion with a range."""
    place = shutil.copytree(cooling_study.folder, tmp_path_factory.mktemp("bare") / "cooling")
    (place / "structures.csv").write_text(STRUCTURES.format(BARE), encoding="utf-8")
    return place


def test_the_report_names_its_structure_and_verifies(question, tmp_path, capsys):
    """In title, annex and the line that makes it again; another structure in the manifest is found."""
    out = tmp_path / "out"
    words = ["report", str(question), "--structure", "bare", "--draws", "200", "--to", "html"]
    assert main([*words, "--out", str(out)]) == 0
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "[structure: Without relief]" in page
    assert "mcda report inputs --structure" in page and "Structure of the question" in page
    assert main(["verify", str(out)]) == 0
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main([*words[:2], "--structure", "other", "--out", str(tmp_path / "no")])
    assert "one of" in capsys.readouterr().err and not (tmp_path / "no").exists()


def test_what_changed_is_told_in_the_same_structure(question, cooling, tmp_path, capsys):
    """An earlier version without the structure can't be compared with."""
    words = ["report", str(question), "--structure", "bare", "--draws", "0", "--to", "html"]
    assert main([*words, "--since", str(cooling), "--out", str(tmp_path / "out")]) == 1
    assert "structure 'bare': expected one of 'as stated'" in " ".join(
        capsys.readouterr().err.split()
    )
    assert main([*words, "--since", str(question), "--out", str(tmp_path / "out")]) == 0


def test_the_public_function_takes_a_question_in_a_structure(question, tmp_path):
    """And keeps its name in the manifest, so that it verifies."""
    problem, holders = mcda.open_question(question)
    shaped = problem.structured("bare")
    folder = mcda.report(shaped, holders, to=tmp_path / "out", question=question)
    assert not any(one.level == "fails" for one in mcda.verify(folder))
