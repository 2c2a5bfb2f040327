"""A note says "was" of one thing and "were" of several, whichever reader tells it."""

from pathlib import Path

from mcda import read_matrix
from mcda.files.tables.csv_file import read_sheet
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import Several, named, number_of, quoted


def told(found):
    return str(Note("x", found, "nothing"))


def test_number_agrees():
    """One name or one thing is singular; two are not."""
    assert told(named("column", ["a"])) == "x: column 'a' was read as nothing"
    assert told(named("column", ["a", "b"])) == "x: columns 'a', 'b' were read as nothing"
    assert told(number_of(1, "blank column")) == "x: 1 blank column was read as nothing"
    assert told(number_of(2, "blank column")) == "x: 2 blank columns were read as nothing"
    assert told(quoted(["A", "a"])) == "x: 'A', 'a' were read as nothing"
    assert told(Several("percentages")) == "x: percentages were read as nothing"


def test_the_readers_agree(tmp_path: Path):
    """Ranges in columns, names alike, a blank column and semicolons of a real table."""
    path = tmp_path / "t.csv"
    path.write_text("Site;Cost_min;Cost_max;;Time\nA;1;2;;3\na;2;4;;5\n", encoding="utf-8")
    notes = [
        str(note) for note in read_matrix(path, directions={"Cost": "min", "Time": "min"}).notes
    ]
    for line in (
        "semicolons were read as the signs between cells",
        "'A', 'a' were read as alternatives of their own",
        "1 blank column was read as no part of the table",
        "the columns 'Cost_min', 'Cost_max' were read as the range of 'Cost'",
    ):
        assert any(line in note for note in notes), notes
    path.write_text("id;label\nA;x\n", encoding="utf-8")
    assert str(read_sheet(path)[1][0]) == "t.csv: semicolons were read as the signs between cells"
