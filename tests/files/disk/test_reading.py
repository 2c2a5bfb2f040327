"""One reader: a regular file alone, of at most so many bytes, and no file of somebody else."""

import os
import socket

import pytest

import mcda
from mcda.checks.limits import LIMITS, Limits
from mcda.cli import main
from mcda.files.disk.reading import own_bytes, read_bytes

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices have no name there")


@pytest.fixture
def question(tmp_path):
    """A question's folder."""
    return mcda.new_question(tmp_path / "heating")


def make_socket(path):
    """A socket with a short name: its length is limited."""
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


STRANGE = {
    "a pipe": os.mkfifo,
    "a folder": os.mkdir,
    "link to": lambda path: path.symlink_to(path.parent.parent / "secret"),
    "No such device": make_socket,
}


@posix
@pytest.mark.parametrize("name", ["question.toml", "sources.csv", "judgements/DSO.csv"])
@pytest.mark.parametrize("kind", STRANGE)
def test_what_is_no_file_is_refused_by_name_and_never_waited_for(
    question, capsys, monkeypatch, name, kind
):
    """A pipe, a folder, a link, a socket in the place of a sheet."""
    monkeypatch.chdir(question)
    (question.parent / "secret").write_text("TOP SECRET", encoding="utf-8")
    (question / name).parent.mkdir(exist_ok=True)
    (question / name).unlink(missing_ok=True)
    STRANGE[kind](question / name)
    assert main(["check", str(question)]) == 1
    told = capsys.readouterr().err
    assert name.rpartition("/")[2] in told and kind in told
    assert "TOP SECRET" not in told


@posix
def test_a_device_is_not_read(tmp_path):
    """It has no size and no end."""
    with pytest.raises(
        mcda.InputError, match="zero: expected a file that can be read, found a device"
    ):
        read_bytes(tmp_path.joinpath("/dev/zero"))


@posix
def test_a_linked_folder_is_none_of_the_question(question, tmp_path, capsys):
    """Judgements behind a link are another's too."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "X.csv").write_text("first,second,ratio\n", encoding="utf-8")
    if (question / "judgements").exists():
        (question / "judgements").rename(tmp_path / "theirs")
    (question / "judgements").symlink_to(tmp_path / "other")
    assert main(["check", str(question)]) == 1
    assert "judgements: expected a file of the folder itself" in capsys.readouterr().err


@posix
def test_a_workbook_may_be_named_by_a_link(tmp_path):
    """Whoever names a path has chosen it."""
    book = mcda.new_question(tmp_path / "heating.xlsx")
    (tmp_path / "link.xlsx").symlink_to(book)
    assert mcda.read_problem(tmp_path / "link.xlsx").options.index.tolist()


def test_one_byte_more_than_the_limit_is_told(tmp_path):
    """At the limit a file is read."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 11)
    assert len(read_bytes(path, Limits(file_bytes=11))) == 11
    with pytest.raises(mcda.InputError, match=r"a.csv: expected at most 10 bytes, found 11"):
        read_bytes(path, Limits(file_bytes=10))


def test_what_is_in_a_folder_is_called_by_its_place(tmp_path):
    """As it is called elsewhere in a fault."""
    (tmp_path / "logs").mkdir()
    with pytest.raises(mcda.InputError, match=r"logs/a.jsonl: expected a file that can be read"):
        own_bytes(tmp_path, tmp_path / "logs" / "a.jsonl", LIMITS)


@posix
def test_only_what_was_read_travels_with_a_report(question, tmp_path):
    """No link is followed, and no file that lies beside the sheets goes along."""
    from mcda.reporting.study.hashes import carried_bytes, question_files

    before = set(question_files(question))
    (question / "logs").mkdir(exist_ok=True)
    (tmp_path / "secret").write_text("TOP SECRET", encoding="utf-8")
    for name in ("notes.xlsx", "pyproject.toml", "logs/private.jsonl", "id_rsa"):
        (question / name).symlink_to(tmp_path / "secret")
        (question / f"{name}.copy.toml").write_text("key = 1", encoding="utf-8")
    assert set(question_files(question)) == before
    assert "question.toml" in before and "options.csv" in before
    assert all(b"TOP SECRET" not in content for content in carried_bytes(question).values())
    (question / "logs" / "data.jsonl").symlink_to(tmp_path / "secret")
    with pytest.raises(mcda.InputError, match=r"logs/data.jsonl: .*found a link"):
        carried_bytes(question)
