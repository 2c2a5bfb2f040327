"""Every number beyond the anchors is told by cell, with a guess where a unit slipped; words stand at their end."""

import csv
import math

import openpyxl
import pandas as pd
import pytest

import mcda
from mcda.cli import main
from mcda.problem.ends import likely

PRICE = mcda.Scale((900.0, 200.0), (0.0, 1.0))
SHARE = mcda.Scale((60.0, 95.0), (0.0, 1.0))


@pytest.mark.parametrize(
    ("number", "cell", "scale", "meant"),
    [
        (740_000, (600, 740_000, 900_000), PRICE, 740),
        (740_000, (740_000, 740_000, 740_000), PRICE, 740),
        (89_000, (300, 400, 89_000), PRICE, 890),
        (0.77, (0.7, 0.77, 0.8), SHARE, 77),
        (0.85, (0.85, 0.9, 90), SHARE, 85),
        (1_000, (600, 800, 1_000), PRICE, None),
        (50, (50, 60, 70), SHARE, None),
    ],
)
def test_a_slipped_unit_is_guessed_from_the_scale_and_the_rest_of_the_cell(
    number, cell, scale, meant
):
    """In thousands, in hundreds, as a share; a number that is merely large or small is no slip."""
    found = likely(number, cell, scale)
    assert math.isnan(found) if meant is None else found == pytest.approx(meant)


@pytest.fixture
def slipped(tmp_path):
    """The worked example with a best estimate and a high in another unit."""
    main(["new", str(tmp_path / "q.xlsx")])
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    page = book["scores"]
    header = {cell.value: cell.column_letter for cell in page[4]}
    page[f"{header['mode']}5"], page[f"{header['high']}5"] = 70_000, 90_000
    page[f"{header['high']}6"] = 1_000_000
    book.save(tmp_path / "q.xlsx")
    return tmp_path / "q.xlsx", header


def test_check_tells_every_end_and_marks_it(slipped, tmp_path, capsys):
    """Low, best estimate and high, each by cell; yellow, with the guess, in the marked copy."""
    path, header = slipped
    assert main(["check", str(path), "--mark", str(tmp_path / "marked.xlsx")]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "best estimate 70000 (was 70 meant, in another unit?)" in told and "high 90000" in told
    assert told.count("Beyond an end of its scale") == 3
    page = openpyxl.load_workbook(tmp_path / "marked.xlsx")["scores"]
    for cell in (f"{header['mode']}5", f"{header['high']}5", f"{header['high']}6"):
        assert (
            "beyond the anchors" in page[cell].comment.text and page[cell].fill.fill_type == "solid"
        )
    assert (
        "was 70 meant" in page[f"{header['mode']}5"].comment.text
        and page[f"{header['low']}5"].comment is None
    )


def test_rank_and_challenge_say_it_in_a_line(slipped, capsys):
    """One line on standard error: how many, and which may be in another unit."""
    path, _ = slipped
    assert main(["rank", str(path), "--json"]) == 0
    told = capsys.readouterr().err
    assert (
        "mcda: 3 numbers beyond an end of the scale, counted as that end; mcda check lists each."
        in told
    )
    assert "was 70 meant, in another unit?" in told


NEW, OLD = ("worst", "middle", "best"), ("anchor_0", "anchor_50", "anchor_100")


def test_a_blank_question_writes_worst_middle_best(tmp_path):
    """In the folder and in the workbook, in that order, whatever the direction; the marks of the workbook know them."""
    main(["new", str(tmp_path / "q")])
    main(["new", str(tmp_path / "q.xlsx")])
    with (tmp_path / "q" / "criteria.csv").open(encoding="utf-8") as file:
        columns, *rows = csv.reader(file)
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    for names in (columns, [cell.value for cell in book["criteria"][4]]):
        assert [name for name in names if name in NEW] == list(NEW) and not set(OLD) & set(names)
    (works,) = [row for row in rows if row[0] == "works"]
    assert [works[columns.index(name)] for name in NEW][::2] == ["Town hall closes", "None noticed"]
    rules = [
        rule.formula[0] for area in book["scores"].conditional_formatting for rule in area.rules
    ]
    at = [cell.column_letter for cell in book["criteria"][4] if cell.value in NEW]
    assert any(f"criteria!${at[0]}$5:${at[-1]}$1000" in rule for rule in rules)


def test_the_old_columns_of_anchors_go_on_being_read(tmp_path):
    """By points: on a minimised scale in words those of 0 points are the best. Both at once are refused."""
    main(["new", str(tmp_path / "q")])
    path = tmp_path / "q" / "criteria.csv"
    stated = mcda.read_problem(tmp_path / "q")
    (worded,) = [leaf for leaf in stated.leaves if leaf.scale.words]
    with path.open(encoding="utf-8") as file:
        columns, *rows = csv.reader(file)
    at = columns.index("worst")
    columns[at : at + 3] = OLD
    for row in rows:
        if row[0] == worded.key:
            row[at : at + 3] = row[at : at + 3][::-1]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    again = mcda.read_problem(tmp_path / "q")
    assert [leaf.scale for leaf in again.leaves] == [leaf.scale for leaf in stated.leaves]
    path.write_text(
        path.read_text(encoding="utf-8").replace("anchor_50", "worst"), encoding="utf-8"
    )
    with pytest.raises(
        mcda.InputError, match="expected either 'worst', 'middle', 'best' or anchor_0 to anchor_100"
    ):
        mcda.read_problem(tmp_path / "q")


def test_the_ends_of_a_minimised_scale_in_words_are_asked(tmp_path, capsys):
    """Who wrote the words from worst to best reads what they were taken for; the workbook says which is which."""
    main(["new", str(tmp_path / "q.xlsx")])
    main(["check", str(tmp_path / "q.xlsx")])
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "On 'works' less is better: its best is 'None noticed', its worst 'Town hall closes'"
        in told
    )
    page = openpyxl.load_workbook(tmp_path / "q.xlsx")["read me"]
    steps = " ".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    assert (
        "They mean that on every scale, in numbers or in words (constructed), whether more is better or less"
        in steps
    )


def test_what_a_formula_gives_has_no_slipped_unit():
    """Nobody typed it: a bill beyond the scale is told, and no other unit is guessed."""
    leaf = mcda.Criterion(
        "bill", direction="min", scale=PRICE, measure=lambda problem, drawn: drawn.along("x", ["A"])
    )
    options = pd.DataFrame({"label": ["One"]}, index=["A"])
    numbers = {"x/A": mcda.Estimate("x/A", 600, 740_000, 900_000)}
    found = mcda.beyond_ends(mcda.Problem("p", mcda.Frame(), options, (leaf,), numbers))
    assert found["end"].tolist() == ["mode", "high"] and found["guess"].isna().all()
