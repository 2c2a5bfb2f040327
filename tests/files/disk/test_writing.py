"""One writer: a file or a folder is there whole, or what was there before stays."""

import os
import subprocess
import sys

import pytest

import mcda
from mcda.files.disk import writing
from mcda.files.disk.writing import new_folder, new_version, write_bytes


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


@pytest.mark.skipif(os.name != "posix", reason="links are another's right there")
def test_links_that_lead_in_a_circle_are_told(tmp_path):
    """Python resolves them with an error of its own."""
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    with pytest.raises(mcda.InputError, match="loop: expected"):
        mcda.new_question(loop)
    with pytest.raises(mcda.InputError, match="loop: expected"), new_version(loop, ()) as part:
        write_bytes(part / "a", b"a")


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


def version(folder, text, *names):
    """Write a version of a folder that holds these files, and owns those that a version writes."""
    with new_version(folder, ("a.txt", "in/b.txt", "old/c.txt")) as part:
        for name in names:
            write_bytes(part / name, text.encode())
    return folder


def held(folder):
    """What a folder holds, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("inside", [False, True], ids=["elsewhere", "the current folder"])
def test_a_new_version_takes_the_place_of_the_earlier_and_keeps_what_others_put_there(
    tmp_path, monkeypatch, inside
):
    """What only the earlier version had is gone, with its folder; what it doesn't own stays."""
    folder = version(tmp_path / "report", "one", "a.txt", "in/b.txt", "old/c.txt")
    if inside:
        monkeypatch.chdir(folder)
    (folder / "mine.txt").write_text("mine")
    (folder / "in" / "mine.txt").write_text("mine too")
    version(folder, "two", "a.txt", "in/b.txt")
    assert held(folder) == {
        "a.txt": "two",
        "in/b.txt": "two",
        "mine.txt": "mine",
        "in/mine.txt": "mine too",
    }
    assert not (folder / "old").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def fail_half_way(folder):
    """Write half of a version."""
    with new_version(folder, ("a.txt",)) as part:
        write_bytes(part / "a.txt", b"half")
        _ = 1 / 0


def test_a_new_version_that_fails_leaves_the_earlier(tmp_path):
    """Whole, and nothing beside it."""
    folder = version(tmp_path / "report", "one", "a.txt")
    with pytest.raises(ZeroDivisionError):
        fail_half_way(folder)
    assert held(folder) == {"a.txt": "one"}
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_names_that_lead_out_of_the_folder_remove_nothing(tmp_path):
    """A description of a report may be a stranger's."""
    folder = version(tmp_path / "report", "one", "a.txt")
    other = tmp_path / "other"
    other.mkdir()
    (other / "secret.txt").write_text("secret")
    (folder / "link").symlink_to(other)
    names = (
        "../other/secret.txt",
        str(other / "secret.txt"),
        "link/secret.txt",
        "a\0b",
        "x" * 5000,
    )
    with new_version(folder, names) as part:
        write_bytes(part / "a.txt", b"two")
    assert held(other) == {"secret.txt": "secret"}


def test_a_swap_that_was_killed_is_finished_by_the_next_writer(tmp_path):
    """Before the new version had its name, and after."""
    folder = version(tmp_path / "report", "one", "a.txt")
    aside = tmp_path / ".report.earlier"
    folder.rename(aside)
    (aside / "mine.txt").write_text("mine")
    version(folder, "two", "a.txt")
    assert held(folder) == {"a.txt": "two", "mine.txt": "mine"} and not aside.exists()
    aside.mkdir()
    (aside / "a.txt").write_text("one")
    (aside / "yours.txt").write_text("yours")
    version(folder, "three", "a.txt")
    assert held(folder) == {"a.txt": "three", "mine.txt": "mine", "yours.txt": "yours"}
    assert not aside.exists()


def test_a_file_is_written_though_its_folder_gets_a_new_version_meanwhile(tmp_path, monkeypatch):
    """Both are there: the writer begins again in the new folder."""
    place = tmp_path / "report"
    version(place, "one", "a.txt")
    fill = writing._fill
    swapped = []

    def fill_and_swap(handle, content):
        fill(handle, content)
        if not swapped:
            swapped.append(True)
            version(place, "two", "a.txt")

    monkeypatch.setattr(writing, "_fill", fill_and_swap)
    write_bytes(place / "brief.html", b"brief")
    assert (place / "brief.html").read_bytes() == b"brief"
    assert sorted(one.name for one in place.iterdir()) == ["a.txt", "brief.html"]
    assert [one.name for one in tmp_path.iterdir()] == ["report"]


def test_a_version_takes_its_place_though_another_writer_makes_the_folder_again(
    tmp_path, monkeypatch
):
    """What was written between the two steps stays beside the files of the version."""
    place = tmp_path / "report"
    version(place, "one", "a.txt", "in/b.txt")
    rename = os.rename

    def rename_and_write(source, target):
        rename(source, target)
        if str(source) == str(place):
            place.mkdir()
            (place / "brief.html").write_bytes(b"brief")

    monkeypatch.setattr(writing.os, "rename", rename_and_write)
    version(place, "two", "a.txt")
    assert (place / "a.txt").read_text() == "two"
    assert sorted(one.name for one in place.iterdir()) == ["a.txt", "brief.html"]
    assert [one.name for one in tmp_path.iterdir()] == ["report"]


@pytest.mark.parametrize("letter", ["a", "語"])
def test_long_names_that_begin_alike_are_two(tmp_path, letter):
    """An earlier version lies under a name of its own, which the system takes in any script."""
    begin = letter * (100 if letter == "a" else 80)
    one, other = (tmp_path / f"{begin}{end}" for end in "12")
    assert writing._aside(one) != writing._aside(other)
    for place in (one, other):
        version(place, "one", "a.txt")
        version(place, place.name[-1], "a.txt")
    assert [(place / "a.txt").read_text() for place in (one, other)] == ["1", "2"]
