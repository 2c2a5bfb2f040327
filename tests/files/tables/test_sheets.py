"""A CSV file is read as rows that know their place, or refused with every fault of its form."""

import pytest

from mcda import InputError
from mcda.files.tables import csv_file as csv_sheet


def read_sheet(path):
    return csv_sheet.read_sheet(path)[0]


def written(folder, content):
    path = folder / "scores.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a header and rows, found an empty file"),
        (b"\n\n", "found an empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a byte that isn't UTF-8"),
        (b"a,b\n1,\x00\n", "expected a table, found a file that isn't text"),
        (
            b"\xff\xfea\x00,\x00b",
            "scores.csv: expected a table in UTF-8, found a byte that isn't UTF-16",
        ),
        ("näme,b\n1,2\n".encode("latin-1"), "save it as 'CSV UTF-8'"),
        ("a,a\n1,2\n", "expected every column once, found 'a' 2 times"),
        ("a,\n1,2\n", "a column without one"),
        (
            "a,b\n1,2,3\n4\n",
            r"(?s)row 2: expected 2 cells, found 3.*row 3: expected 2 cells, found 1",
        ),
        ('a,b\n1,"2\n', "row 2: expected cells separated by commas"),
    ],
)
def test_a_file_of_bad_form_is_refused(tmp_path, content, message):
    """Empty, binary, other encodings, doubled headers, ragged rows and open quotes each have their message."""
    with pytest.raises(InputError, match=message):
        read_sheet(written(tmp_path, content))


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path):
    """Excel's CSV UTF-8 begins with a mark that is passed over."""
    assert read_sheet(written(tmp_path, "\ufeffa,b\n1,2\n".encode())).columns == ("a", "b")


def test_a_quoted_line_break_stays_in_its_cell(tmp_path):
    """A cell may hold commas, quotes and line ends; rows are told by the line they end on."""
    sheet = read_sheet(written(tmp_path, 'id,b\n"North\nSea, ""x""",2\nB,3\n'))
    assert [row.text("id") for row in sheet.rows] == ['North\nSea, "x"', "B"]
    assert sheet.rows[1].place == "scores.csv row 4"


def test_na_is_a_name_where_names_stand(tmp_path):
    """Namibia's code isn't a missing value."""
    frame = read_sheet(written(tmp_path, "id,b\nNA,1\nZA,2\n")).frame()
    assert list(frame.index) == ["NA", "ZA"] and frame["b"].tolist() == [1, 2]


def test_every_bad_number_of_a_row_is_named(tmp_path):
    """Three bad cells are three faults."""
    row = read_sheet(written(tmp_path, 'low,mode,high\n#N/A,"1,5",\n')).rows[0]
    with pytest.raises(InputError) as error:
        row.numbers("low", "mode", "high")
    assert [fault.found for fault in error.value.faults] == [
        "'#N/A', a formula's error",
        "'1,5'",
        "an empty cell",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a;b\n1;2\n", "semicolons"),
        ("a\tb\n1\t2\n", "tabs"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_another_form_of_table_is_read_and_said(tmp_path, content, told):
    """Separators and encodings of a spreadsheet program are read; a note says so."""
    sheet, notes = csv_sheet.read_sheet(written(tmp_path, content))
    assert [row.cells for row in sheet.rows] == [{"a": "1", "b": "2"}]
    assert told in str(notes[0])


def test_a_missing_file_is_told(tmp_path):
    """A path that leads nowhere, or to a folder, is an error of the input."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match="a file that can be read"):
            read_sheet(path)
