"""One writer: a file or a folder is there whole, or what was there before stays."""

import os
import subprocess
import sys

import pytest

import mcda
from mcda.files.disk import writing
from mcda.files.disk.writing import new_folder, write_bytes


def test_a_file_is_whole_or_as_it_was(tmp_path, monkeypatch):
    """A disk that fails at the last moment leaves the former content and no rest."""
    path = write_bytes(tmp_path / "a" / "b.txt", b"one")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(OSError, match=r"No space left on device.*b.txt"):
        write_bytes(path, b"two")
    assert path.read_bytes() == b"one"
    assert [one.name for one in path.parent.iterdir()] == ["b.txt"]


def test_a_folder_appears_when_all_of_it_is_there(tmp_path):
    """Until then nothing has its name, and after a failure nothing ever had."""
    place = tmp_path / "q"

    def fails_half_way():
        with new_folder(place) as made:
            (made / "a.csv").write_bytes(b"x")
            assert not place.exists()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_half_way()
    assert list(tmp_path.iterdir()) == []
    with new_folder(place) as made:
        (made / "a.csv").write_bytes(b"x")
    assert (place / "a.csv").read_bytes() == b"x"
    assert [one.name for one in tmp_path.iterdir()] == ["q"]


def test_an_empty_folder_is_filled_and_another_left_alone(tmp_path, monkeypatch):
    """Also the one that the user stands in."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert (mcda.new_question(".") / "options.csv").exists()
    assert (tmp_path / "empty" / "question.toml").exists()
    with pytest.raises(mcda.InputError, match="found one that holds files; choose another name"):
        mcda.new_question(tmp_path / "empty")


@pytest.mark.skipif(
    os.name != "posix", reason="elsewhere a process can't be asked for without harm"
)
def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path):
    """By the process that wrote it; what a living one writes stays."""
    code = "import os; print(os.getpid())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    mark = f".a.txt.{writing._machine()}"
    left = tmp_path / f"{mark}-{done.stdout.strip()}-x{writing.PART}"
    other = tmp_path / f"{mark}-{os.getpid()}-x{writing.PART}"
    left.write_bytes(b"ha")
    other.write_bytes(b"ha")
    write_bytes(tmp_path / "a.txt", b"half")
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(["a.txt", other.name])
    mode = (tmp_path / "a.txt").stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    assert mode == 0o666 & ~mask
