"""A workbook of many sheets is opened once, and one sheet is read of it."""

from zipfile import ZipFile

import openpyxl
import pytest

import mcda
from mcda.files.workbook.book import open_book


@pytest.fixture
def yearbook(tmp_path):
    """Three sheets, one with a formula whose result isn't stored, one hidden."""
    book = openpyxl.Workbook()
    book.active.title = "2024"
    for row in (["Site", "Cost"], ["North", 3], ["South", 2]):
        book.active.append(row)
    for year in ("2025", "2026"):
        page = book.create_sheet(year)
        for row in (["Site", "Cost"], ["North", int(year)], ["South", "=B2*2"]):
            page.append(row)
    book["2026"].sheet_state = "hidden"
    book.save(tmp_path / "years.xlsx")
    return tmp_path / "years.xlsx"


def test_titles_are_known_without_reading_a_sheet(yearbook, monkeypatch):
    """The list of sheets comes from the part that holds it."""
    monkeypatch.setattr("openpyxl.worksheet._reader.WorkSheetParser.parse", None)
    assert open_book(yearbook).titles == ("2024", "2025", "2026")


def test_only_the_sheet_asked_for_is_parsed(yearbook, monkeypatch):
    """Once, where it holds no formula: what is stored is what is written."""
    from openpyxl.worksheet import _reader

    parsed = []
    before = _reader.WorkSheetParser.parse

    def counted(self):
        parsed.append(1)
        return before(self)

    monkeypatch.setattr(_reader.WorkSheetParser, "parse", counted)
    assert mcda.read_matrix(yearbook, sheet="2024").performances["Cost"].tolist() == [3.0, 2.0]
    assert len(parsed) == 1


def test_a_formula_without_a_result_is_named_in_its_sheet(yearbook):
    """The results are read of the same sheet, not of the first."""
    with pytest.raises(mcda.InputError, match=r"sheet '2025' cell B3: .*stored result"):
        mcda.read_matrix(yearbook, sheet="2025")


def test_an_unknown_sheet_is_answered_with_those_there_are(yearbook):
    """By name, as they are called."""
    with pytest.raises(mcda.InputError, match="a sheet among '2024', '2025', '2026', found '2027'"):
        mcda.read_matrix(yearbook, sheet="2027")


def test_other_sheets_and_a_hidden_one_are_told(yearbook):
    """Nothing is passed over in silence."""
    notes = " ".join(map(str, mcda.read_matrix(yearbook).notes))
    assert "sheets '2025', '2026'" in notes
    grid = open_book(yearbook).grid("2026")
    assert any("a hidden sheet" in str(note) for note in grid.notes)


def test_all_sheets_are_read_at_once(yearbook):
    """Each under its title, in the order of the file."""
    book = open_book(yearbook)
    grids = book.grids(book.titles, "sheet")
    assert list(grids) == ["2024", "2025", "2026"]
    assert grids["2024"].texts[(2, 2)] == "3" and grids["2026"].place == "sheet '2026'"


def test_two_sheets_of_one_name_are_refused(yearbook):
    """Which of the two is meant nobody can say; no spreadsheet program writes them."""
    twice = yearbook.with_name("twice.xlsx")
    with ZipFile(yearbook) as whole, ZipFile(twice, "w") as changed:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/workbook.xml":
                content = content.replace(b'name="2025"', b'name="2024"')
            changed.writestr(name, content)
    with pytest.raises(mcda.InputError, match="two sheets of one name"):
        open_book(twice)
