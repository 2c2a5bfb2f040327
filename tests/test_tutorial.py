"""The tutorial is run as it stands, every command and cell; a person who fills the workbook gets a report."""

import csv
import re
import shlex
from pathlib import Path

import openpyxl
import pytest

import mcda
from mcda.cli import main

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "your-first-question.md"
STEP = re.compile(
    r"```console\n(.*?)```|(\| sheet \| cell \| write \|\n(?:\|[^\n]*\n)+)", re.DOTALL
)
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def typed(text):
    """What a spreadsheet program makes of a text that a person types."""
    return float(text) if NUMBER.fullmatch(text) else text


def type_cells(path, rows):
    book = openpyxl.load_workbook(path)
    for sheet, cell, text in rows:
        book[sheet][cell] = typed(text)
    book.save(path)


def run(console, capsys):
    """Run the commands of a block; each line below a command must be printed, in any order."""
    for command in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        line, *expected = command.strip().split("\n")
        program, *words = shlex.split(line)
        status = main(words)
        printed = "".join(capsys.readouterr())
        assert program == "mcda" and status == int("mcda: sheet 'scores' row 14" in command), (
            printed
        )
        for told in expected:
            assert told in printed, line


def test_every_step_of_the_tutorial(tmp_path, monkeypatch, capsys):
    """From an empty folder to a report, as a reader does it."""
    monkeypatch.chdir(tmp_path)
    steps = 0
    for console, table in STEP.findall(TUTORIAL.read_text(encoding="utf-8")):
        steps += 1
        if console:
            run(console, capsys)
        else:
            rows = [
                [cell.strip() for cell in row.strip("|").split("|")]
                for row in table.strip().split("\n")[2:]
            ]
            type_cells(tmp_path / "heating.xlsx", rows)
    assert steps == 9
    page = next((tmp_path / "report").glob("*.html")).read_text(encoding="utf-8")
    assert all(words in page for words in ("How to heat the town hall", "Wood pellets", "DRAFT"))
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert (
        "about a quarter" in marked["scores"]["D14"].comment.text
        and "52.5" in marked["scores"]["C13"].comment.text
    )


def write_over(sheet, header_row, table):
    """Clear what stands below a header and write a table's rows there, each under its column."""
    sheet.delete_rows(header_row + 1, sheet.max_row)
    columns = [cell.value for cell in sheet[header_row]]
    for name in table[0]:
        if name not in columns:
            columns.append(name)
            sheet.cell(header_row, len(columns), name)
    for at, row in enumerate(table[1:], start=header_row + 1):
        for name, text in zip(table[0], row, strict=True):
            sheet.cell(at, columns.index(name) + 1, typed(text) if text else None)


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_a_person_fills_the_blank_workbook(tmp_path, monkeypatch, capsys):
    """Somebody else's question, typed into the sheets over the example: the answers are those of its folder."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "q.xlsx"]) == 0
    folder = ROOT / "tests" / "questions" / "cooling_centre"
    book = openpyxl.load_workbook("q.xlsx")
    for name in ("options", "criteria", "scores", "sources", "perspectives"):
        with (folder / f"{name}.csv").open(encoding="utf-8") as stream:
            write_over(book[name], 4, list(csv.reader(stream)))
    for name in ("scenarios", "local_weights", "judgements T"):
        del book[name]
    frame = [["field", "value"], ["title", "Where to put the cooling centre"], ["baseline", "N"]]
    write_over(book["question"], 4, frame)
    book.save("q.xlsx")
    assert main(["check", "q.xlsx"]) == 0
    assert "4 options" in capsys.readouterr().out
    assert main(["report", "q.xlsx", "--to", "html", "--draws", "0", "--out", "out"]) == 0
    assert "Where to put the cooling centre" in next(Path("out").glob("*.html")).read_text(
        encoding="utf-8"
    )
    (mine, holders), theirs = mcda.open_question("q.xlsx"), mcda.read_problem(folder)
    assert mine.performance.equals(theirs.performance)
    for name, weights in mcda.read_perspectives(folder, theirs).items():
        scores = mcda.rank(theirs, weights, "topsis").table["score"]
        assert mcda.rank(mine, holders[name], "topsis").table["score"].to_dict() == scores.to_dict()
