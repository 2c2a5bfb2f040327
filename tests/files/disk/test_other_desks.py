"""Habits of Windows and macOS, as far as they can be tried on another system."""

import ast
import io
import sys
from pathlib import Path, PureWindowsPath

import pytest

import mcda
from mcda.cli import main
from mcda.files.disk import portable_names, writing
from mcda.files.disk.portable_names import refuse_unportable, refused_by_windows
from mcda.files.disk.writing import new_folder, write_bytes

MCDA = Path(__file__).parents[3] / "mcda"
TABLE = "Straße,Kosten,Zugang\nKöln,10.5,3\nSüd,8,4\nweight,6,4\ndirection,min,max\n"


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    return mcda.new_question(tmp_path_factory.mktemp("question") / "heating")


def test_line_ends_of_windows_change_nothing(question, tmp_path):
    """Every file of a folder with CR LF, as an editor or git on Windows leaves it."""
    for path in question.rglob("*.*"):
        target = tmp_path / path.relative_to(question)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    ours, holders = mcda.open_question(question)
    theirs, others = mcda.open_question(tmp_path)
    assert theirs.performance.equals(ours.performance)
    assert theirs.frame == ours.frame
    assert {name: one.values.to_dict() for name, one in others.items()} == {
        name: one.values.to_dict() for name, one in holders.items()
    }


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_a_spreadsheet_writes_is_read(tmp_path, code):
    """With its mark of byte order, and line ends of Windows."""
    path = tmp_path / "orte.csv"
    path.write_bytes(TABLE.replace("\n", "\r\n").encode(code))
    assert list(mcda.read_matrix(path).performances.index) == ["Köln", "Süd"]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_code_page_is_refused_with_a_way_out(tmp_path, ending):
    """What one page calls ß another calls something else: nothing is guessed."""
    path = tmp_path / "orte.csv"
    path.write_bytes(TABLE.replace("\n", ending).encode("cp1252"))
    with pytest.raises(mcda.InputError, match="save it as 'CSV UTF-8'"):
        mcda.read_matrix(path)


def test_the_ending_of_a_file_is_read_in_any_case(tmp_path, monkeypatch):
    """Windows shows names as somebody typed them."""
    monkeypatch.chdir(tmp_path)
    mcda.new_question(tmp_path / "q.xlsx").rename("LOUD.XLSX")
    Path("TABLE.CSV").write_text(TABLE, encoding="utf-8")
    assert mcda.open_question("LOUD.XLSX")[0].performance.shape == (3, 4)
    assert mcda.read_matrix("TABLE.CSV").performances.shape == (2, 2)


def test_a_console_of_one_code_page_ends_no_command(tmp_path, monkeypatch):
    """What it can't show is written as its code."""
    path = tmp_path / "t.csv"
    path.write_text(TABLE.replace("Köln", "Київ"), encoding="utf-8")
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", console)
    assert main(["rank", str(path), "--method", "additive"]) == 0
    console.flush()
    printed = console.buffer.getvalue().decode("cp1252")
    assert "\\u041a" in printed and "Süd leads" in printed


@pytest.mark.parametrize("path", ["data\\sites.csv", "C:\\Users\\me\\sites.csv", "C:sites.xlsx"])
def test_a_path_of_windows_is_a_path(path, capsys):
    """Where it leads to nothing it is told as a path, not looked for among packages."""
    assert main(["check", path]) == 1
    assert path in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("CON", "a device, 'CON'"),
        ("nul.csv", "a device, 'nul'"),
        ("Com1.report.html", "a device, 'Com1'"),
        ("a:b", "a name with ':'"),
        ("why?.csv", "a name with '?'"),
        ("uk.", "ends in a dot or a space"),
        ("uk ", "ends in a dot or a space"),
    ],
)
def test_names_that_windows_has_not_are_refused_there(name, found, tmp_path, monkeypatch):
    """Before anything is written: a colon would write into a hidden part of another file."""
    assert found in refused_by_windows(name)
    refuse_unportable(tmp_path / name)
    monkeypatch.setattr(portable_names, "WINDOWS", True)
    with pytest.raises(mcda.InputError, match="a name that Windows can hold"):
        write_bytes(tmp_path / name / "x.csv", b"x")
    with (
        pytest.raises(mcda.InputError, match="a name that Windows can hold"),
        new_folder(tmp_path / name),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    ["C:\\Users\\me\\q.xlsx", "\\\\server\\share\\q.xlsx", "..\\reports\\uk.v1", "consoles.csv"],
)
def test_usual_names_of_windows_are_taken(path, monkeypatch):
    """A drive has a colon, a share two strokes, a folder a dot."""
    monkeypatch.setattr(portable_names, "WINDOWS", True)
    refuse_unportable(PureWindowsPath(path))


def test_sheets_that_differ_in_case_alone_are_no_folder(question, tmp_path):
    """Windows and macOS would keep one of the two."""
    sheets = mcda.read_sheets(question)
    judged = sheets.sheets["judgements/T"]
    both = mcda.Sheets(sheets.name, sheets={**sheets.sheets, "judgements/t": judged})
    with pytest.raises(mcda.InputError, match=r"judgements/T' and 'judgements/t', which are one"):
        mcda.write_folder(both, tmp_path / "q")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_excel_holds_is_told(tmp_path, monkeypatch, capsys):
    """Windows refuses to replace a workbook that is open; the way out is to close it."""
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    told = "The process cannot access the file because it is being used by another process"

    def refused(source, target):
        raise PermissionError(13, told, str(source), 32, str(target))

    monkeypatch.setattr(writing.os, "replace", refused)
    out = tmp_path / "ranking.xlsx"
    assert main(["rank", str(tmp_path / "t.csv"), "--out", str(out)]) == 3
    printed = " ".join(capsys.readouterr().err.split())
    assert "ranking.xlsx" in printed and "close it where it is open" in printed


def test_no_text_gets_the_line_ends_of_the_system():
    """What is written is the same bytes everywhere: bytes, or text whose line ends are stated."""
    written = {path: path.read_text(encoding="utf-8") for path in MCDA.rglob("*.py")}
    loose = [
        f"{path.name}: {ast.unparse(node)[:60]}"
        for path, source in written.items()
        if ".write_text(" in source
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "write_text"
        and not any(word.arg == "newline" for word in node.keywords)
    ]
    assert loose == []
