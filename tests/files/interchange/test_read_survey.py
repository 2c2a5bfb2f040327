"""Surveys in pairs: a row or a sheet for each respondent; scale and pairs are proven or named, never guessed."""

import warnings

import openpyxl
import pytest

import mcda

RATIOS = "person,A vs B,A vs C,B vs C\nr1,3,5,2\nr2,1/3,,4\nr3,,,\n"


def survey(tmp_path, text, **settings):
    path = tmp_path / "survey.csv"
    path.write_text(text, encoding="utf-8")
    return mcda.read_survey(path, **settings)


def joined_of(found):
    """The group's judgements, whatever it warns of: two who contradict each other, and one who left pairs open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mcda.AssumptionWarning)
        return mcda.group(found).joined


def told(found):
    return {name: {pair: float(r) for pair, r in one.exact.items()} for name, one in found.items()}


def test_a_row_for_each_respondent(tmp_path):
    """Blanks are pairs not judged; who judged none is set aside by name, and the group goes on."""
    with pytest.warns(mcda.AssumptionWarning, match="respondents 'r3' answered nothing: set aside"):
        found = survey(tmp_path, RATIOS)
    assert list(found) == ["r1", "r2"] and found.set_aside == ("r3",)
    assert found["r2"].missing == (("A", "C"),)
    joined = joined_of(found)
    assert joined.loc["A", "B"] == pytest.approx(1) and joined.loc["A", "C"] == pytest.approx(5)
    assert joined.loc["B", "C"] == pytest.approx(2.828, abs=5e-4)


CODED = "A_B,A_C,B_C\n-3,-5,-2\n3,-1,-4\n"


@pytest.mark.parametrize(
    ("settings", "first", "second"),
    [
        ({"scale": "-9 to 9"}, [3, 5, 2], [1 / 3, 1, 4]),
        ({"scale": "-8 to 8"}, [4, 6, 3], [1 / 4, 2, 5]),
        ({"scale": "-9 to 9", "negative": "second"}, [1 / 3, 1 / 5, 1 / 2], [3, 1, 1 / 4]),
    ],
)
def test_coded_answers_on_a_named_scale(tmp_path, settings, first, second):
    """The same numbers mean different ratios, so the scale is named; the first answers are no names."""
    with pytest.raises(
        mcda.InputError, match=r"survey.csv: expected .* prove a scale .* name it: scale="
    ):
        survey(tmp_path, CODED)
    found = survey(tmp_path, CODED, **settings)
    assert list(found) == ["respondent 1", "respondent 2"]
    assert list(found["respondent 1"].items) == ["A", "B", "C"]
    answers = [list(ratios.values()) for ratios in told(found).values()]
    assert answers == [pytest.approx(first), pytest.approx(second)]
    notes = "\n".join(map(str, found.notes))
    assert "rows without names were read as 'respondent 1'" in notes and "negative" in notes


PROVEN = {
    "a fraction": ("who,A vs B,B vs C\nr1,3,1/5\n", [3, 1 / 5]),
    "a decimal comma": ("who;A vs B;B vs C\nr1;3;0,25\n", [3, 1 / 4]),
    "words": ("who,A vs B,B vs C\nr1,Strong,inverse moderate\n", [5, 1 / 3]),
    "a nine": ("who,A vs B,B vs C\nr1,-9,2\n", [9, 1 / 2]),
    "a zero": ("who,A vs B,B vs C\nr1,-7,0\n", [8, 1]),
    "another minus": ("who,A vs B,B vs C\nr1,−9,2\n", [9, 1 / 2]),
}


@pytest.mark.parametrize("case", PROVEN)
def test_a_scale_that_the_answers_prove(tmp_path, case):
    """Only one scale has all of them; it stands in the notes."""
    text, ratios = PROVEN[case]
    found = survey(tmp_path, text)
    assert list(told(found)["r1"].values()) == pytest.approx(ratios)
    assert any("the answers were read as" in str(note) for note in found.notes)


HEADS = {
    "person_id,A_B,A_C": ("A", "B", "C"),
    ",A / B,A / C": ("A", "B", "C"),
    "who,Cost versus Time,Time versus Air": ("Cost", "Time", "Air"),
    "who,Kosten oder Zeit,Zeit oder Luft": ("Kosten", "Zeit", "Luft"),
    "who,A: B,A: C": ("A", "B", "C"),
    "who,net cost - time,net cost - air": ("net cost", "time", "air"),
}


@pytest.mark.parametrize("head", HEADS)
def test_the_header_says_what_a_column_compares(tmp_path, head):
    """By one sign in all columns; a column of other things isn't one of them."""
    found = survey(tmp_path, f"{head}\n7,3,1/2\n")
    assert tuple(found["7"].items) == HEADS[head]


def test_items_are_named_where_the_header_does_not_tell_them_apart(tmp_path):
    """A name may hold the sign that stands between two."""
    text = "who,air_quality_cost,cost_travel_time\nr1,3,1/2\n"
    with pytest.raises(mcda.InputError, match=r"such as 'A vs B', found .*items="):
        survey(tmp_path, text)
    items = ["cost", "air_quality", "travel_time"]
    found = survey(tmp_path, text, items=items)
    assert list(found["r1"].items) == items
    assert told(found)["r1"] == {("air_quality", "cost"): 3, ("cost", "travel_time"): 0.5}


def test_other_columns_are_told(tmp_path):
    """Age compares nothing."""
    found = survey(tmp_path, "who,A vs B,A vs C,age\nr1,3,1/2,40\n")
    assert any("column 'age' was read as no pair: left out" in str(n) for n in found.notes)


def test_names_may_stand_in_another_column(tmp_path):
    """A survey's export begins with the time of the answer; the error says how to name the column."""
    text = "time,name,A vs B,A vs C\n10:00,Ann,3,1/2\n10:00,Ben,2,1/2\n"
    with pytest.raises(mcda.InputError, match=r"column 'time': expected a name .* names="):
        survey(tmp_path, text)
    found = survey(tmp_path, text, names="name")
    assert list(found) == ["Ann", "Ben"]
    assert any("column 'time' was read as no pair" in str(note) for note in found.notes)


@pytest.mark.parametrize("path", [None, 3, ["survey.csv"], True])
def test_what_is_no_path_is_refused(path):
    """In words."""
    with pytest.raises(mcda.InputError, match="survey: expected the path of a file"):
        mcda.read_survey(path)


REFUSED = {
    "no answer on the scale": (CODED.replace("-5", "-12"), {"scale": "-9 to 9"}, "'-12'"),
    "a zero that isn't there": (CODED.replace("-1", "0"), {"scale": "-9 to 9"}, "without 0"),
    "no ratio": (RATIOS.replace("5", "five"), {}, "survey.csv row 2: column 'A vs C'"),
    "a date": (RATIOS.replace("1/3", "2026-03-01"), {}, "Excel made a date of 1/3; write 0.3333"),
    "a name twice": (
        RATIOS.replace("r2", "r1"),
        {},
        "column 'person': expected a name of its own, found 'r1'",
    ),
    "a pair twice": ("who,A vs B,B vs A\nr,1/2,2\n", {}, "expected every pair once"),
    "no name": (RATIOS.replace("r2", ""), {}, "found ''; give each a name of its own"),
    "two spellings": (RATIOS.replace("A vs C", "a vs C"), {}, "found 'A' and 'a'"),
    "an unknown item": (RATIOS, {"items": ["A", "B", "C", "D"]}, "found 'D'"),
    "items that are none": (RATIOS, {"items": [1]}, "item 1: expected a name"),
    "names in a pair": (RATIOS, {"names": "A vs B"}, "names: expected one of 'person'"),
    "no pair": ("who,age\nr1,3\n", {}, "expected columns that compare two things"),
    "no answer": ("who,A vs B,A vs C\n", {}, "at least one respondent who answered"),
    "only whole numbers": (RATIOS.replace("1/3", "3"), {}, "prove a scale"),
    "another scale": (RATIOS, {"scale": "0 to 10"}, "scale: expected one of 'ratios'"),
}


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_survey_is_refused(tmp_path, case):
    """Row and column, or the argument that tells what the file doesn't."""
    text, settings, words = REFUSED[case]
    with pytest.raises(mcda.InputError) as refused:
        survey(tmp_path, text, **settings)
    assert words in str(refused.value)


def book(tmp_path, **sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
    path = tmp_path / "survey.xlsx"
    made.save(path)
    return path


HEAD = [None, "A", "B", "C"]


def test_a_sheet_with_a_matrix_for_each_respondent(tmp_path):
    """Halves, whole matrices with rounded mirrors and gaps are read; an empty one is set aside."""
    path = book(
        tmp_path,
        Ann=[HEAD, ["A", 1, 3, 5], ["B", None, 1, 2], ["C", None, None, 1]],
        Ben=[["Judge: Ben"], HEAD, ["A", 1, 0.33, None], ["B", 3, 1, 4], ["C", None, 0.25, 1]],
        Cem=[HEAD, ["A", 1], ["B", None, 1], ["C", None, None, 1]],
        remarks=[["thank you"]],
    )
    with pytest.warns(mcda.AssumptionWarning, match="respondents 'Cem' answered nothing"):
        found = mcda.read_survey(path)
    assert told(found)["Ann"] == {("A", "B"): 3, ("A", "C"): 5, ("B", "C"): 2}
    assert found["Ben"].matrix.loc["A", "B"] == pytest.approx(1 / 3)
    assert found["Ben"].missing == (("A", "C"),)
    notes = "\n".join(map(str, found.notes))
    assert "'remarks': a sheet without a matrix was read as no respondent" in notes
    assert "only after rounding" in notes
    assert joined_of(found).loc["A", "C"] == pytest.approx(5)


def test_faults_of_all_sheets_are_told_at_once(tmp_path):
    """Each with its sheet."""
    path = book(
        tmp_path,
        Ann=[HEAD, ["A", 1, "x", 5], ["B", None, 1, -2], ["C", None, None, 1]],
        Ben=[HEAD, ["A", 1, 3, 5], ["B", 3, 1, 2], ["C", None, None, 1]],
    )
    with pytest.raises(mcda.InputError) as refused:
        mcda.read_survey(path)
    text = str(refused.value)
    assert len(refused.value.faults) == 3 and text.count("sheet 'Ann'") == 2
    assert "sheet 'Ben'" in text and "mirrored entries are reciprocal" in text


def test_a_table_in_a_workbook_is_read_as_one(tmp_path):
    """The same as in CSV, with the cell in the place of a fault."""
    rows = [["who", "A vs B", "A vs C"], ["r1", 3, 0.5], ["r2", None, 2]]
    found = mcda.read_survey(book(tmp_path, answers=rows))
    assert told(found) == {"r1": {("A", "B"): 3, ("A", "C"): 0.5}, "r2": {("A", "C"): 2}}
    with pytest.raises(mcda.InputError, match="expected one sheet with a row for each respondent"):
        mcda.read_survey(book(tmp_path, answers=rows, more=[["age"], [40]]))
