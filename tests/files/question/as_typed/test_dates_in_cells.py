"""Days are read as people type them, in every sheet that dates what it holds; a day that no calendar has is refused."""

import pytest

from mcda import AssumptionWarning, InputError, new_question, read_problem, read_statements
from mcda.files.question.read_problem import read_sheets
from mcda.files.question.schema import FORMS, form_of

DATED = [(form.name, column) for form in FORMS for column in form.dates]


def write_dated(folder, sheet, column, typed):
    """Write a sheet of one row, with what is typed in its column of dates."""
    required = [name for name in form_of(sheet).required if name != column]
    heads = ",".join([*required, column])
    row = ",".join([*required, typed])
    (folder / f"{sheet}.csv").write_text(f"{heads}\n{row}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("28.11.2026", "'28.11.2026' was read as 2026-11-28"),
        ("11/28/2026", "'11/28/2026' was read as 2026-11-28"),
        ("03/04/2026", "'03/04/2026' was read as a text: it is 2026-04-03 or 2026-03-04"),
    ],
)
def test_a_day_is_read_or_told(open_blank, tmp_path, typed, said):
    """With points the day comes first; with slashes it may be either."""
    path = tmp_path / "q.xlsx"
    workbook = open_blank()
    workbook["sources"]["E5"] = typed
    workbook.save(path)
    with pytest.warns(AssumptionWarning, match=said):
        problem = read_problem(path)
    assert problem.sources["S1"].date == ("2026-11-28" if "28" in typed else typed)


def test_every_sheet_that_dates_its_rows_is_known():
    """A new column of dates is one of these, or of periods."""
    assert ("statements", "as_of") in DATED and ("sources", "date") in DATED
    named = {(form.name, column.name) for form in FORMS for column in form.columns}
    assert {pair for pair in named if pair[1] in ("as_of", "date")} == set(DATED)


@pytest.mark.parametrize(("sheet", "column"), DATED, ids=str)
@pytest.mark.parametrize("typed", ["5.3.2026", "2026-3-5"])
def test_a_day_is_read_alike_in_every_sheet(tmp_path, sheet, column, typed):
    """In the folder's form, with a note that names the cell."""
    folder = new_question(tmp_path / "question")
    write_dated(folder, sheet, column, typed)
    sheets = read_sheets(folder)
    assert sheets.rows(sheet)[0].text(column) == "2026-03-05"
    assert [note for note in sheets.notes if typed in str(note) and sheet in str(note)]


@pytest.mark.parametrize(("sheet", "column"), DATED, ids=str)
@pytest.mark.parametrize("typed", ["2026-02-30", "31.02.2026", "2026-2-30", "31/31/2026"])
def test_a_day_that_no_calendar_has_is_refused(tmp_path, sheet, column, typed):
    """By its cell, as any other."""
    folder = new_question(tmp_path / "question")
    write_dated(folder, sheet, column, typed)
    with pytest.raises(InputError, match=f"column '{column}'.*a day of the calendar.*'{typed}'"):
        read_problem(folder)


@pytest.mark.parametrize("typed", ["2026", "2026-3", "2024-25", "autumn 2026", "03/04/2026"])
def test_a_date_that_is_no_day_stays_what_was_typed(tmp_path, typed):
    """A year, a month, a budget year, words, and a day of two readings."""
    folder = new_question(tmp_path / "question")
    write_dated(folder, "sources", "date", typed)
    sheets = read_sheets(folder)
    assert sheets.rows("sources")[0].text("date") == typed and not sheets.faults


@pytest.mark.parametrize("field", ["date", "evidence_compiled", "evidence_newest"])
def test_a_day_of_the_frame_that_no_calendar_has_is_refused(tmp_path, field):
    """As in every sheet."""
    folder = new_question(tmp_path / "question")
    frame = folder / "question.toml"
    lines = frame.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"{field} ")]
    frame.write_text("\n".join([f'{field} = "2026-09-31"', *kept]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"{field}: expected a day of the calendar.*'2026-09-31'"):
        read_problem(folder)


def test_the_newest_statement_is_newest_however_days_are_typed(tmp_path):
    """The weights that follow from statements are as of the last of them."""
    folder = new_question(tmp_path / "question")
    rows = (
        "holder,says,first,second,as_of\n"
        "New,more,cost,works,28.11.2025\nNew,more,emissions,supply,05.01.2026\n"
    )
    (folder / "statements.csv").write_text(rows, encoding="utf-8")
    with pytest.warns(AssumptionWarning, match="28.11.2025"):
        problem = read_problem(folder)
    said = read_statements(folder, problem)["New"]
    assert [one.as_of for one in said] == ["2025-11-28", "2026-01-05"]
