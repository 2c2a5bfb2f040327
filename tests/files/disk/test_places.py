"""What is there decides whether a path is a folder; only where nothing is, its ending does."""

import pytest

from mcda.files.disk.places import bare_name, is_folder

BOOKS = (".xlsx", ".xlsm")


@pytest.mark.parametrize("name", ["uk", "uk.v1", "uk.xlsx", "uk.xlsx.d"])
def test_a_folder_that_is_there_is_one_whatever_its_name(tmp_path, name):
    """Also one whose name ends as a workbook's does."""
    (tmp_path / name).mkdir()
    assert is_folder(tmp_path / name, BOOKS)
    assert bare_name(tmp_path / name, BOOKS) == name


def test_a_file_that_is_there_is_none(tmp_path):
    """Also one without an ending."""
    (tmp_path / "uk").write_text("x", encoding="utf-8")
    assert not is_folder(tmp_path / "uk", BOOKS)


@pytest.mark.parametrize(
    ("name", "folder", "bare"),
    [
        ("uk.v1", True, "uk.v1"),
        ("uk.v2", True, "uk.v2"),
        ("uk", True, "uk"),
        ("uk.v1.xlsx", False, "uk.v1"),
        ("UK.XLSM", False, "UK"),
    ],
)
def test_where_nothing_is_the_ending_decides(tmp_path, name, folder, bare):
    """Two folders that differ behind their dot are two."""
    assert is_folder(tmp_path / name, BOOKS) is folder
    assert bare_name(tmp_path / name, BOOKS) == bare


def test_the_folder_one_stands_in_has_a_name(tmp_path, monkeypatch):
    """A dot is a path, and no name."""
    monkeypatch.chdir(tmp_path)
    assert bare_name(".", BOOKS) == tmp_path.name
