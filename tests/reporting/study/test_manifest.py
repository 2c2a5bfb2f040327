"""A report's manifest, opened by who goes on from the report: an earlier version, a sign-off."""

import json
import os

import pytest

import mcda
from mcda.cli import main
from mcda.reporting.study.manifest import MANIFEST, manifest_in, sealed

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices have no name there")


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    """A question's folder."""
    return mcda.new_question(tmp_path_factory.mktemp("asked") / "q")


@pytest.fixture
def report(question, tmp_path):
    """A report's folder, with its inputs and a manifest alone."""
    made = sealed({"schema": "policy-mcda-manifest/1", "inputs_sha256": "i", "results_sha256": "r"})
    (tmp_path / "old").mkdir()
    mcda.write_folder(mcda.read_sheets(question), tmp_path / "old" / "inputs")
    (tmp_path / "old" / MANIFEST).write_text(json.dumps(made), encoding="utf-8")
    return tmp_path / "old"


def make_pipe(path):
    """A pipe to which nobody writes."""
    os.mkfifo(path)


BAD = {
    "a link to": lambda path: path.symlink_to(os.devnull),
    "a pipe": make_pipe,
    "a folder": lambda path: path.mkdir(),
    "something else": lambda path: path.write_text("[" * 100_000, encoding="utf-8"),
    "found none": lambda path: path.write_text('{"seal": 1}', encoding="utf-8"),
    "one that was altered": lambda path: path.write_text(
        json.dumps({"schema": "policy-mcda-manifest/1", "inputs_sha256": "x", "seal": "0"}),
        encoding="utf-8",
    ),
}


@posix
@pytest.mark.parametrize("found", BAD)
def test_a_manifest_that_is_none_is_refused_by_name(question, report, tmp_path, capsys, found):
    """By the command that compares with an earlier report, and by that which signs one."""
    (report / MANIFEST).unlink()
    BAD[found](report / MANIFEST)
    compare = ["report", str(question), "--since", str(report), "--to", "html", "--draws", "0"]
    sign = ["log", str(question), "signoffs", "--state", "assured", "--signed-by", "B"]
    for words in ([*compare, "--out", str(tmp_path / "o")], [*sign, "--report", str(report)]):
        assert main(words) == 1
        told = capsys.readouterr().err
        assert f"{MANIFEST}: expected the manifest of a report, as it was sealed" in told
        assert found in told


def test_a_whole_manifest_is_read(report):
    """As it was written."""
    assert manifest_in(report)["results_sha256"] == "r"
