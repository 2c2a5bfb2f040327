"""A report's folder holds its results as tables: CSV files and a workbook, which verification knows."""

import json

import openpyxl
import pandas as pd

import mcda
from mcda.reporting.writers import result_files
from mcda.reporting.writers.report import write


def test_the_folder_of_a_report_holds_its_tables(cooling_report, tmp_path):
    """Each is described with its hash; changed, the report no longer verifies; names are no formulas."""
    problem, holders = cooling_report.study.problem, cooling_report.study.holders
    folder = write(cooling_report, tmp_path / "r", ("html",))
    described = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    names = {one["@id"] for one in described["@graph"]}
    tables = {f"tables/{path.name}" for path in (folder / "tables").iterdir()}
    assert {*tables, "results.xlsx"} <= names
    assert {"tables/ranking.csv", "tables/weights.csv", "tables/performance.csv"} <= tables
    shares = pd.read_csv(folder / "tables" / "shape_leads.csv")
    heads = shares[(shares["over"] == "weights on heads") & (shares["method"] == "additive")]
    assert heads[heads["side"] == "without"]["alone"].sum() <= 1 and heads["cases"].max() == 100_000
    ranked = pd.read_csv(folder / "tables" / "ranking.csv")
    first = mcda.rank(problem, holders["Treasurer"], "additive").table
    mine = ranked[(ranked["holder"] == "Treasurer") & (ranked["method"] == "additive")]
    assert mine.set_index("option")["score"].to_dict() == first["score"].to_dict()
    book = openpyxl.load_workbook(folder / "results.xlsx")
    assert book.sheetnames[0] == "ranking" and "additive Treasurer" in book.sheetnames
    assert all(one.data_type != "f" for row in book["ranking"].iter_rows() for one in row)
    (folder / "tables" / "weights.csv").write_text("altered")
    told = mcda.verify(folder)
    assert any(one.level == "fails" and "tables/weights.csv" in one.text for one in told)


def test_of_very_many_rows_a_sheet_has_the_first_and_says_where_all_are(
    cooling_report, tmp_path, monkeypatch
):
    """Above its header; the table beside the workbook is whole, and what is short has no note."""
    monkeypatch.setattr(result_files, "IN_A_SHEET", 60)
    write(cooling_report, tmp_path / "r", ("html",))
    book = openpyxl.load_workbook(tmp_path / "r" / "results.xlsx")
    table = pd.read_csv(tmp_path / "r" / "tables" / "ranking.csv")
    note, header, *rows = book["ranking"].iter_rows(values_only=True)
    shown = 60 // len(header)
    assert len(rows) == shown < len(table)
    assert [str(name or "") for name in header] == list(table.columns)
    told = f"Below are the first {shown} of {len(table)} rows; all are in tables/ranking.csv."
    assert note[0] == told
    weights = next(book["weights"].iter_rows(values_only=True))
    assert not str(weights[0] or "").startswith("Below")
