"""A workbook of a ranking computes what it shows: its formulas are worked out here, by other code."""

import io
import math
import re

import openpyxl
import pandas as pd
import pytest

import mcda
from mcda.holders.answers import Answer
from mcda.reporting.results.of_results import of_rankings
from mcda.reporting.results.out import as_file
from mcda.reporting.results.pages import Page, title_of, workbook_bytes

TABLE = pd.DataFrame(
    {
        "cost": [10.5, 8.0, 7.25, 8.0],
        "reach": [3.0, 4.0, 2.0, 4.0],
        "noise": [60.0, 71.5, 64.0, 71.5],
    },
    index=["North", "=South", "East", "South too"],
)
WAYS = {"cost": "min", "reach": "max", "noise": "min"}
WEIGHTS = pd.Series({"cost": 50.0, "reach": 30.0, "noise": 20.0})
METHODS = ["topsis:vector", "topsis:minmax", "topsis:sum", "additive", "topsis", "vikor"]


@pytest.fixture(params=[*METHODS, "topsis p=3"])
def ranking(request):
    name, _, p = request.param.partition(" p=")
    return mcda.rank(mcda.Matrix("sites", TABLE, WAYS, WEIGHTS), method=name, p=float(p or 2))


def written(*rankings, results=False):
    answers = {"the table": [Answer(one) for one in rankings]}
    content = workbook_bytes(of_rankings(answers).pages())
    return openpyxl.load_workbook(io.BytesIO(content), data_only=results)


class Area(list):
    """Numbers of cells, with the arithmetic of a formula on each."""

    def over(self, other, step):
        """Return one step with each number, or with each of as many."""
        others = other if isinstance(other, list) else [other] * len(self)
        return Area(step(mine, theirs) for mine, theirs in zip(self, others, strict=True))

    def __sub__(self, other):
        return self.over(other, lambda mine, theirs: mine - theirs)

    def __rsub__(self, other):
        return self.over(other, lambda mine, theirs: theirs - mine)

    def __mul__(self, other):
        return self.over(other, lambda mine, theirs: mine * theirs)

    def __pow__(self, power):
        return self.over(power, lambda mine, theirs: mine**theirs)


def flat(given):
    return [number for part in given for number in (part if isinstance(part, list) else [part])]


FUNCTIONS = {
    "SUM": lambda *parts: sum(flat(parts)),
    "SUMSQ": lambda *parts: sum(number**2 for number in flat(parts)),
    "SQRT": math.sqrt,
    "MAX": lambda *parts: max(flat(parts)),
    "MIN": lambda *parts: min(flat(parts)),
    "ABS": lambda part: Area(map(abs, part)),
    "ROUND": round,
    "IF": lambda holds, yes, no: yes if holds else no,
    "RANK": lambda number, area: 1 + sum(other > number for other in area),
    "SUMPRODUCT": lambda first, *rest: sum(
        math.prod(numbers) for numbers in zip(first, *rest, strict=True)
    ),
}


def computed(book, sheet, cell):
    """Return what a cell gives, from the cells that it names."""
    value = sheet[cell].value
    if sheet[cell].data_type != "f":
        return value
    if "!" in value:
        title, _, other = value[1:].rpartition("!")
        return computed(book, book[title.strip("'")], other)
    text = value[1:].replace("$", "").replace("^", "**")
    text = re.sub(r"(?<![<>=])=(?!=)", "==", text)
    text = re.sub(r"([A-Z]+\d+):([A-Z]+\d+)", r"area('\1','\2')", text)
    text = re.sub(r"(?<!['A-Z])([A-Z]{1,2}\d+)(?!')", r"one('\1')", text)

    def area(first, last):
        rows = sheet[f"{first}:{last}"]
        return Area(computed(book, sheet, one.coordinate) for row in rows for one in row)

    names = {**FUNCTIONS, "area": area, "one": lambda name: computed(book, sheet, name)}
    return eval(text, {"__builtins__": {}}, names)  # noqa: S307


def test_every_formula_gives_the_number_that_is_stored(ranking):
    """The stored number is what a preview shows, the formula what a spreadsheet program works out."""
    book, stored = written(ranking), written(ranking, results=True)
    count = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    expected = stored[sheet.title][cell.coordinate].value
                    assert computed(book, sheet, cell.coordinate) == pytest.approx(
                        expected, abs=1e-9
                    )
    assert count >= 3 * len(TABLE)


def test_scores_and_ranks_are_those_of_the_ranking(ranking):
    """The first page has them in order; equal options share a rank."""
    rows = list(written(ranking, results=True)["ranking"].iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in rows] == list(ranking.table.index)
    assert [row[2] for row in rows] == pytest.approx(ranking.table["score"].tolist())
    assert [row[3] for row in rows] == ranking.table["rank"].tolist()


def test_a_changed_weight_moves_the_scores():
    """The formulas hang together from the weights as stated to the score."""
    book = written(mcda.rank(mcda.Matrix("s", TABLE, WAYS, WEIGHTS), method="topsis:vector"))
    page = book.worksheets[1]
    assert page["A4"].value == "weights as stated"
    page["C4"], page["D4"], page["E4"] = 1, 0, 0
    expected = mcda.topsis(TABLE, {"cost": 1, "reach": 0, "noise": 0}, WAYS)
    rows = {row[0].value: row for row in page.iter_rows()}
    for option, score in expected.items():
        cell = rows[option][-2].coordinate
        assert computed(book, page, cell) == pytest.approx(score, abs=1e-9)


def test_names_are_texts_whatever_they_begin_with(ranking):
    """No name of an option, criterion or holder becomes a formula."""
    for sheet in written(ranking):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "=South":
                    assert cell.data_type == "s" and cell.quotePrefix


def test_the_same_ranking_gives_the_same_bytes(ranking):
    """No time of day gets into a file."""
    pages = of_rankings({"": [Answer(ranking)]}).pages()
    assert workbook_bytes(pages) == workbook_bytes(pages)


def test_titles_fit_a_sheet_and_differ():
    """Long or forbidden names are cut, and no two are alike."""
    taken = set()
    assert title_of("topsis:vector/" + "x" * 40, taken) == "topsis vector " + "x" * 17
    assert title_of("topsis:vector/" + "x" * 40, taken) == "topsis vector " + "x" * 15 + " 2"
    assert workbook_bytes([Page("a"), Page("A")])


def test_texts_of_the_other_forms(tmp_path):
    """CSV opens as it is in a spreadsheet program; LaTeX and Markdown escape what means something there."""
    ranking = mcda.rank(mcda.Matrix("sites", TABLE, WAYS, WEIGHTS), method="additive")
    results = of_rankings({"50% & more": [Answer(ranking)]})
    read = pd.read_csv(io.BytesIO(as_file(tmp_path / "a.csv", results)))
    assert read["score"].tolist() == ranking.table["score"].tolist()
    assert "'=South" in read["option"].tolist()
    assert r"the table & additive & =South" in as_file(tmp_path / "a.tex", results).decode()
    assert "| the table | additive | East |" in as_file(tmp_path / "a.md", results).decode()
    with pytest.raises(
        mcda.InputError, match=r"--out: expected a file that ends in one of '\.xlsx'"
    ):
        as_file(tmp_path / "a.ods", results)
