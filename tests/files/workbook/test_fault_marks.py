"""Faults stand as comments in a copy of the workbook; commands take a workbook wherever they take a question."""

import json

import openpyxl
import pytest

from mcda import InputError
from mcda.checks.faults import Fault
from mcda.cli import main
from mcda.files.workbook.fault_marks import mark


@pytest.fixture
def spoilt(open_blank, tmp_path):
    """The blank workbook with a fault of each sort in it, and a number written with a comma."""
    path = tmp_path / "q.xlsx"
    book = open_blank()
    book["scores"]["D6"], book["scores"]["A9"], book["perspectives"]["E5"] = "n/a", "OIL", 10
    book["scores"]["C5"] = "70,5"
    book["scores"]["D6"].comment = openpyxl.comments.Comment("ask Ann", "Ann")
    book.save(path)
    return path


def test_every_fault_is_a_comment_in_its_cell(spoilt, tmp_path, capsys):
    """Facts and preferences are told at once, and a wrong id once; the copy keeps what was there."""
    before, out = spoilt.read_bytes(), tmp_path / "marked.xlsx"
    assert main(["check", str(spoilt), "--mark", str(out)]) == 1
    told = capsys.readouterr().err
    for place in (
        "column 'mode' (cell D6)",
        "column 'option' (cell A9)",
        "sheet 'perspectives' row 5: weight: expected 0 <= low <= mode <= high",
        "Traceback",
    ):
        assert (place in told) == (place != "Traceback")
    book = openpyxl.load_workbook(out)
    assert (
        "ask Ann\nExpected a number such as 12.5, found 'n/a'" in book["scores"]["D6"].comment.text
    )
    assert "a known id" in book["scores"]["A9"].comment.text
    assert book["perspectives"]["E5"].comment and not book["perspectives"]["A5"].comment
    assert "'70,5' was read as 70.5" in book["scores"]["C5"].comment.text
    assert (
        book.sheetnames[0] == "faults"
        and book["faults"]["A1"].value == "3 faults found by mcda check"
    )
    assert [book["faults"][f"B{row}"].hyperlink.location for row in (2, 3, 4)] == [
        "'scores'!D6",
        "'scores'!A9",
        "'perspectives'!E5",
    ]
    assert spoilt.read_bytes() == before


def test_a_marked_copy_is_read_like_the_workbook(spoilt, tmp_path, capsys):
    """The list of faults is no table of the question: correct the copy and check it again."""
    out = tmp_path / "marked.xlsx"
    main(["check", str(spoilt), "--mark", str(out)])
    book = openpyxl.load_workbook(out)
    book["scores"]["D6"], book["scores"]["A9"], book["perspectives"]["E5"], book["scores"]["C5"] = (
        2,
        "PUMP",
        65,
        70.5,
    )
    book.save(tmp_path / "mended.xlsx")
    capsys.readouterr()
    assert main(["check", str(tmp_path / "mended.xlsx"), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["question"] == "mended" and printed.err == ""


def test_a_workbook_is_a_question_to_every_command(tmp_path, capsys):
    """Rank, check and report read it; one that isn't there is a fault of the input, not of usage."""
    path = tmp_path / "q.xlsx"
    main(["new", str(path)])
    assert main(["rank", str(path), "--method", "additive", "--holder", "Treasurer"]) == 0
    assert "Heat pump" in capsys.readouterr().out
    out = str(tmp_path / "out")
    assert main(["report", str(path), "--to", "html", "--draws", "0", "--out", out]) == 0
    page = next((tmp_path / "out").glob("*.html")).read_text(encoding="utf-8")
    assert (
        "how to heat the town hall" in page and "Worked example: every number is invented" in page
    )
    assert main(["rank", "nowhere.xlsx"]) == 1
    assert "found nothing there" in capsys.readouterr().err


def test_a_judgement_is_marked_in_its_cell(open_blank, tmp_path, capsys):
    """A ratio that is none is told at its own sheet, not at that of the weights."""
    path, out = tmp_path / "q.xlsx", tmp_path / "marked.xlsx"
    book = open_blank()
    book["judgements T"]["C5"] = "thrice"
    book.save(path)
    assert main(["check", str(path), "--mark", str(out)]) == 1
    told = capsys.readouterr().err
    assert (
        "mcda: sheet 'judgements T' row 5: judgement 'burden' to 'climate': expected a ratio such as 3"
        in told
    )
    assert (
        "Expected a ratio such as 3 or 1/3"
        in openpyxl.load_workbook(out)["judgements T"]["C5"].comment.text
    )


def test_names_in_a_remedy_keep_their_case(spoilt, tmp_path):
    """What a person must write is told as it must be written."""
    out = mark(
        spoilt, tmp_path / "m.xlsx", [Fault("x", "UTF-8", "Latin", "save it as 'CSV UTF-8'")]
    )
    assert openpyxl.load_workbook(out)["faults"]["C2"].value.endswith(" Save it as 'CSV UTF-8'.")


def test_a_mark_needs_workbooks(spoilt, tmp_path):
    """A folder has no cells to mark, and a copy never takes a file's place."""
    for path, out in (
        (tmp_path, tmp_path / "o.xlsx"),
        (spoilt, tmp_path / "o.pdf"),
        (spoilt, spoilt),
    ):
        with pytest.raises(InputError):
            mark(path, out, [])


def test_notes_alone_are_marked_too(open_blank, tmp_path, capsys):
    """A workbook without a fault gives a copy with what was read although it wasn't plain."""
    book = open_blank()
    book["scores"]["C5"] = "70,5"
    book.save(tmp_path / "comma.xlsx")
    assert main(["check", str(tmp_path / "comma.xlsx"), "--mark", str(tmp_path / "m.xlsx")]) == 0
    assert "cell C5): '70,5' was read as 70.5" in capsys.readouterr().err
    assert "70.5" in openpyxl.load_workbook(tmp_path / "m.xlsx")["scores"]["C5"].comment.text
    assert main(["check", str(tmp_path / "comma.xlsx"), "--json"]) == 0
    (note,) = json.loads(capsys.readouterr().out)["read_as"]
    assert note.endswith("(cell C5): '70,5' was read as 70.5")
