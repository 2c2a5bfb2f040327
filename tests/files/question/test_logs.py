"""Logs only grow, and a break in their chain shows."""

import json

import pytest

import mcda
from mcda.cli import main
from mcda.files.question.logs import append, log_folder, read_logs


@pytest.fixture
def question(tmp_path):
    """A question with two decisions."""
    append(
        tmp_path,
        "decisions",
        "2026-01-02",
        subject="method",
        text="TOPSIS, for a target",
        who="panel",
    )
    append(tmp_path, "decisions", "2026-01-03", subject="floor", text="off by default", who="panel")
    return tmp_path


def test_entries_are_appended_and_chained(question):
    """Each carries the hash of the one before; what was written stays as it was."""
    path = log_folder(question) / "decisions.jsonl"
    before = path.read_bytes()
    append(question, "decisions", "2026-01-04", subject="x", text="y", who="z")
    assert path.read_bytes().startswith(before)
    log = read_logs(question)["decisions"]
    assert (len(log.entries), log.broken_at) == (3, 0)
    assert log.entries[1]["before"] == log.entries[0]["hash"] and log.head == log.entries[2]["hash"]


@pytest.mark.parametrize(
    ("alter", "at", "problem"),
    [
        (
            lambda lines: [lines[0].replace("panel", "nobody"), lines[1]],
            1,
            "altered",
        ),
        (lambda lines: lines[1:], 1, "parted"),
        (lambda lines: [lines[1], lines[0]], 1, "parted"),
        (lambda lines: [lines[0], "{"], 2, "no_entry"),
    ],
    ids=["changed", "first gone", "swapped", "cut"],
)
def test_a_broken_chain_is_told_by_its_place(question, alter, at, problem):
    """Nothing can be added to a broken log."""
    path = log_folder(question) / "decisions.jsonl"
    path.write_text(
        "\n".join(alter(path.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8"
    )
    log = read_logs(question)["decisions"]
    assert (log.broken_at, log.problem) == (at, problem)
    with pytest.raises(
        mcda.InputError, match=f"decisions.jsonl entry {at}: expected a whole chain"
    ):
        append(question, "decisions", "2026-01-05", subject="x", text="y", who="z")


def test_what_is_missing_or_unknown_is_refused_all_at_once(tmp_path):
    """By field, with the fields there are."""
    with pytest.raises(mcda.InputError) as told:
        append(
            tmp_path,
            "assumptions",
            "",
            subject="x",
            text=" ",
            quality="pink",
            impact="red",
            who="z",
            colour="b",
        )
    text = str(told.value)
    assert (
        "date: expected a date" in text
        and "text: expected some text" in text
        and "'colour'" in text
    )
    assert "quality: expected one of 'red', 'amber', 'green', found 'pink'" in text
    with pytest.raises(mcda.InputError, match="expected one of 'assumptions'"):
        append(tmp_path, "gossip", "2026-01-01")


def test_the_command_adds_and_shows(tmp_path, capsys, cooling):
    """`mcda log QUESTION LOG --field text` adds; without fields it shows; a broken chain ends with status 1."""
    import shutil

    folder = shutil.copytree(cooling, tmp_path / "question")
    given = [
        "--subject",
        "rain",
        "--text",
        "none in July",
        "--quality",
        "red",
        "--impact",
        "red",
        "--who",
        "me",
    ]
    assert main(["log", str(folder), "assumptions", *given, "--date", "2026-07-01"]) == 0
    assert "rain" in capsys.readouterr().out
    assert main(["log", str(folder), "assumptions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"][0]["quality"] == "red"
    path = log_folder(folder) / "assumptions.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("rain", "snow"), encoding="utf-8")
    assert main(["log", str(folder), "assumptions"]) == 1
    assert "broken at entry 1" in capsys.readouterr().out


def test_a_folder_with_a_dot_in_its_name_keeps_its_logs_inside(question):
    """What is there decides whether it is a folder: its logs are found again under another name too."""
    versions = question.rename(question.with_name("uk.v1"))
    assert len(read_logs(versions)["decisions"].entries) == 2
    append(versions, "decisions", "2026-01-04", subject="x", text="y", who="z")
    assert log_folder(versions) == versions / "logs"
    assert log_folder(versions.with_name("uk.v2")) == versions.with_name("uk.v2") / "logs"
    assert log_folder("uk.v1.xlsx").name == "uk.v1.logs"


def test_what_is_no_question_has_no_log(tmp_path, capsys):
    """Its log isn't empty: there is none, and nothing can be added to it."""
    (tmp_path / "notes").mkdir()
    entry = ["--subject", "a", "--text", "b", "--who", "c"]
    for words in ([], entry):
        assert main(["log", str(tmp_path / "notes"), "decisions", *words]) == 1
        told = capsys.readouterr()
        assert "found a folder without them" in told.err and not told.out
    assert not list((tmp_path / "notes").iterdir())
