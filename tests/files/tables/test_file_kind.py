"""What a file is, is told by its content: its name may end in anything."""

import io
import json
import shutil
import zipfile

import openpyxl
import pytest

import mcda

HOLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
TABLE = "Site,Cost,Access\nNorth,10,3\nSouth,8,4\n"


def archive(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for name, text in parts.items():
            out.writestr(name.replace("__", "/").replace("_", "."), text)
    return stream.getvalue()


def workbook():
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for line in TABLE.splitlines():
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    book.save(stream)
    return stream.getvalue()


SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
OTHERS = {
    "a web page": b"\n<!DOCTYPE html><html><table><tr><td>North</td></tr></table></html>",
    "a web page ": b"<table border=1><tr><td>Site<td>Cost</table>",
    "a web page  ": "\ufeff<HTML><BODY>North</BODY></HTML>".encode("utf-16-le"),
    "an old Excel workbook (.xls)": HOLE + "Workbook".encode("utf-16-le") + b"\0" * 80,
    "a workbook with a password": HOLE + "EncryptedPackage".encode("utf-16-le"),
    "an OpenDocument spreadsheet (.ods)": archive(mimetype=SPREADSHEET, content_xml="<a/>"),
    "a binary Excel workbook (.xlsb)": archive(xl__workbook_bin="x"),
    "an Excel 2003 spreadsheet in XML": b'<?xml version="1.0"?>\n'
    b'<?mso-application progid="Excel.Sheet"?><Workbook/>',
    "a PDF": b"%PDF-1.7\n\xe2\xe3",
    "a Word document": archive(word__document_xml="<a/>"),
    "a compressed file": b"\x1f\x8b\x08\x00" + b"\0" * 20,
}


@pytest.mark.parametrize("called", OTHERS)
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".json", ".xml", ".xls", ".ods", ".txt"])
def test_what_can_not_be_read_is_told_by_what_it_is(tmp_path, called, ending):
    """Under any name it is the same thing, with the same way out."""
    path = tmp_path / f"sites{ending}"
    path.write_bytes(OTHERS[called])
    with pytest.raises(mcda.InputError) as refused:
        mcda.read_matrix(path)
    (fault,) = refused.value.faults
    if called == "a compressed file" and ending == ".xlsx":
        assert "a damaged one" in fault.found
        return
    assert fault.found == called.strip() and fault.remedy


XMCDA = (
    '<x:XMCDA xmlns:x="http://www.decision-deck.org/2012/XMCDA-2.2.1"><performanceTable>'
    "<alternativePerformances><alternativeID>North</alternativeID><performance>"
    "<criterionID>Cost</criterionID><value><real>10</real></value></performance>"
    "</alternativePerformances></performanceTable></x:XMCDA>"
)
MISNAMED = {
    ".xlsx": workbook(),
    ".csv": TABLE.encode(),
    ".json": json.dumps({"matrix": {"North": {"Cost": 10}}}, indent=1).encode(),
    ".xml": XMCDA.encode(),
}


@pytest.mark.parametrize("right", MISNAMED)
@pytest.mark.parametrize("wrong", [*MISNAMED, ".xls", ".ods"])
def test_the_way_out_of_a_wrong_ending_works(tmp_path, right, wrong):
    """The file is called what the error says, and read."""
    path = tmp_path / f"sites{wrong}"
    path.write_bytes(MISNAMED[right])
    if wrong == right or (right == ".csv" and wrong in (".xls", ".ods")):
        assert mcda.read_matrix(path).performances.loc["North", "Cost"] == 10
        return
    with pytest.raises(mcda.InputError, match=f"let its name end in {right}"):
        mcda.read_matrix(path)
    shutil.move(path, path.with_suffix(right))
    assert mcda.read_matrix(path.with_suffix(right)).performances.loc["North", "Cost"] == 10


@pytest.mark.parametrize("ending", [".xls", ".ods", ".csv"])
def test_a_question_of_another_kind_is_told_too(tmp_path, ending):
    """A workbook under another name is no question, and the error says what it is."""
    path = tmp_path / f"question{ending}"
    path.write_bytes(OTHERS["an OpenDocument spreadsheet (.ods)"])
    with pytest.raises(mcda.InputError, match=r"found an OpenDocument spreadsheet .*save it as"):
        mcda.open_question(path)


def test_a_workbook_of_another_kind_is_told_where_pairs_are_read(tmp_path):
    """A web page that a site exports as .xlsx is no workbook for any reader."""
    path = tmp_path / "question.xlsx"
    path.write_bytes(OTHERS["a web page"])
    for reader in (mcda.open_question, lambda page: mcda.read_circles(page, "A")):
        with pytest.raises(mcda.InputError, match="found a web page; open it in a spreadsheet"):
            reader(path)


@pytest.mark.parametrize("head", ["{A},Cost", "<5 km,Cost", "[A],Cost", "PK,Cost", "Xml,Cost"])
def test_a_table_that_looks_like_another_kind_is_a_table(tmp_path, head):
    """A sign of markup alone proves nothing."""
    path = tmp_path / "sites.csv"
    path.write_text(f"{head}\nNorth,10\nSouth,8\n", encoding="utf-8")
    assert mcda.read_matrix(path).performances["Cost"].tolist() == [10, 8]
