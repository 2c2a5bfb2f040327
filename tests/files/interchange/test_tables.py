"""Tables as people bring them are read as they were meant, with notes, or refused with a way out."""

import re
import warnings

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.checks.faults import AssumptionWarning

ALL = ["anchors", "directions", "ranges", "sources", "units"]


def held(matrix):
    return {name: row.tolist() for name, row in matrix.performances.iterrows()}


def said(matrix):
    return "\n".join(map(str, matrix.notes))


# --- one reading that is proven ---


def test_the_separator_gives_all_lines_as_many_cells(read):
    """A comma in a head doesn't part cells where the rows say otherwise; decimal commas don't either."""
    found = read("Option;Cost, EUR;Time\nA;1,5;2\nB;2;3\n")
    assert held(found) == {"A": [1.5, 2], "B": [2, 3]}
    assert list(found.performances.columns) == ["Cost, EUR", "Time"]


def test_two_readings_are_both_shown(read, refused):
    """Equal counts with commas and with semicolons: neither is taken, and either can be told."""
    text = "Option;Cost,EUR\nA;3,5\nB;4,5\n"
    told = refused(text)
    assert "'Option;Cost', 'EUR'" in told and "'Option', 'Cost,EUR'" in told
    assert "separator=',' or separator=';'" in told
    assert held(read(text, separator=";")) == {"A": [3.5], "B": [4.5]}
    assert held(read(text, separator=",", names="Option;Cost")) == {"A;3": [5], "B;4": [5]}


@pytest.mark.parametrize(("sign", "name"), [("|", "|"), (" ", " ")])
def test_one_column_is_no_table(sign, name, read, refused):
    """No criterion: the sign that parts the cells is asked for, and reads them once it is told."""
    text = f"Option{sign}Cost{sign}Time\nA{sign}3{sign}4\nB{sign}2{sign}5\n"
    told = refused(text)
    assert "no criterion" in told and f"give separator={name!r}" in told
    assert held(read(text, separator=name)) == {"A": [3, 4], "B": [2, 5]}


@pytest.mark.parametrize(
    "text",
    ["Option,Cost,Risk\n", "Option,Cost,Risk\n\n", "Option;Cost\n", "Option,Cost\nWeights,3\n"],
)
def test_a_header_alone_is_no_table(text, refused):
    """Nothing to rank is a fault, not an empty table."""
    assert "expected at least one alternative below the header, found none" in refused(text)


AS_WRITTEN = {
    "trailing separators": ("Option,Cost,Risk,\nA,4,3,\nB,9,2,\n", "1 blank column was"),
    "trailing in rows": ("Option,Cost,Risk\nA,4,3,\nB,9,2,\n", "1 blank column was"),
    "sep": ("sep=;\nOption;Cost;Risk\nA;4;3\nB;9;2\n", "row 1: 'sep=;'|the first line 'sep=;'"),
    "sep with commas": ("sep=,\nOption,Cost,Risk\nA,4,3\nB,9,2\n", "the first line 'sep=,'"),
    "gap": ("Option,Cost,Risk\nA,4,3\n\nB,9,2\n", "row 3: a blank line"),
    "title and footnote": (
        "Appraisal 2026\n\nOption,Cost,Risk\nA,4,3\nB,9,2\n\nSource: own survey\n",
        "row 1: 'Appraisal 2026' was read as a title: left out",
    ),
    "as Excel pads them": (
        "Appraisal 2026,,\n,,\nOption,Cost,Risk\nA,4,3\nB,9,2\n,,\nSource: own survey,,\n",
        "row 7: 'Source: own survey' was read as a footnote: left out",
    ),
    "title of semicolons": (
        "Vergleich\nOption;Cost;Risk\nA;4,0;3,0\nB;9,0;2,0\n",
        "row 1: 'Vergleich' was read as a title: left out",
    ),
}


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_a_table_as_programs_write_it(name, read):
    """What is no part of the table is left out with a note each."""
    text, words = AS_WRITTEN[name]
    found = read(text)
    assert held(found) == {"A": [4, 3], "B": [9, 2]}
    assert re.search(words, said(found))


def test_a_line_of_another_length_is_told_with_what_to_delete(refused):
    """A footnote with a comma, a name without numbers: the row is named."""
    told = refused("Option,Cost,Risk\nA,4,3\nB,9,2\n\nSource: a, b\n")
    assert "row 5: expected 3 cells, found 2" in told and "delete it if it is no part" in told
    assert "row 4: expected 3 cells, found 1" in refused("Option,Cost,Risk\nA,4,3\nB,9,2\nC\n")
    assert "alternative 'C'" in refused("Option,Cost,Risk\nA,4,3\nB,9,2\nC,,\n")


def test_numbers_that_read_like_data_are_no_header(read, refused):
    """A table without a header is asked about; with the argument it is read."""
    text = "A,3,5\nB,4,4\n"
    assert "give header=True if they" in refused(text) and "header=False" in refused(text)
    assert held(read(text, header=False)) == {"A": [3, 5], "B": [4, 4]}
    assert held(read(text, header=True)) == {"B": [4, 4]}


def test_numbers_that_read_like_data_are_no_names(read, refused):
    """The answers of a survey are no options; told to be, they are."""
    text = "A_B,A_C,B_C\n-3,-5,-2\n3,-1,-4\n"
    assert "column 'A_B': expected names of alternatives, found numbers, '-3', '3'" in refused(text)
    assert "names='A_B'" in refused(text)
    assert held(read(text, names="A_B")) == {"-3": [-5, -2], "3": [-1, -4]}


INDEXED = {
    "a default index": (",a,b\n0,5,1\n1,6,2\n", {"0": [5, 1], "1": [6, 2]}, "an index"),
    "a default index of columns": (",0,1\nx,5,1\ny,6,2\n", {"x": [5, 1], "y": [6, 2]}, "an index"),
    "names 1 to 3": ("Phone,a\n1,5\n2,9\n3,6\n", {"1": [5], "2": [9], "3": [6]}, "an index"),
    "years": ("Site,2030,2040\nx,5,1\ny,6,2\n", {"x": [5, 1], "y": [6, 2]}, "years"),
    "years as rows": ("Year,a\n2030,5\n2040,6\n", {"2030": [5], "2040": [6]}, "years"),
}


@pytest.mark.parametrize("name", INDEXED)
def test_an_index_and_years_are_names(name, read):
    """They are read with a note."""
    text, table, words = INDEXED[name]
    found = read(text)
    assert held(found) == table and words in said(found)


def test_names_beside_a_running_number(read):
    """The second column holds the names where the first counts; any other is told."""
    found = read("No.,Option,Cost,Time\n1,North,3,9\n2,South,4,7\n")
    assert held(found) == {"North": [3, 9], "South": [4, 7]}
    assert "the column 'No.' was read as a running number: left out" in said(found)
    found = read("Cost,Time,Option\n3,9,North\n4,7,South\n", names="Option")
    assert held(found) == {"North": [3, 9], "South": [4, 7]}


# --- roles of rows and columns ---


def test_an_option_called_w_is_an_option(read):
    """Among names of one letter W is one of them: four options, and the best on everything comes first."""
    found = read("Route,Cost,Time,Noise\nN,10,5,3\nE,12,4,2\nS,9,6,5\nW,6,3,1\n")
    assert list(found.performances.index) == ["N", "E", "S", "W"] and found.weights is None
    scores = mcda.topsis(found.performances, [1, 1, 1], ["lower"] * 3)
    assert scores["W"] == pytest.approx(1) and scores.idxmax() == "W"


ASKED = {
    "W beside longer names": ("Route,Cost,Time\nNorth,10,5\nSouth,9,6\nW,6,3\n", "W"),
    "thresholds": ("Scenario,Cost,Risk\nPreference,4,3\nVeto,9,2\nMarket,5,5\n", "Veto"),
    "one threshold": ("Scenario,Cost,Risk\nNorth,4,3\nVeto,9,2\nMarket,5,5\n", "Veto"),
    "a goal": ("Option,Cost,Risk\nNorth,4,3\nGoal,9,2\nMarket,5,5\n", "Goal"),
    "an objective": ("Option,Cost,Risk\nNorth,4,3\nObjective,9,2\nSouth,1,2\n", "Objective"),
    "units that are numbers": ("Site,Cost,Access\nUnit,1000,1\nNorth,10,3\nSouth,8,4\n", "Unit"),
    "a total that is none": ("Site,Cost,Access\nNorth,10,3\nSouth,8,4\nTotal,17,7\n", "Total"),
    "a best that is none": ("Site,Cost,Access\nNorth,10,3\nSouth,8,4\nOptimum,5,5\n", "Optimum"),
    "weights that look like scores": (
        "Site,Cost,Access\nWeight,17.5,814\nNorth,10,3\nSouth,8,4\n",
        "Weight",
    ),
    "points below a score": (
        "Site,Cost,Access\nMax points,9,3\nNorth,10,3\nSouth,8,3\n",
        "Max points",
    ),
    "1 and -1": ("Site,Cost,Access\nNorth,10,3\nSouth,8,4\nXyz,-1,1\n", "Xyz"),
    "a total by another name": ("Site,Cost,Access\nNorth,10,3\nSouth,8,4\nXyz,18,7\n", "Xyz"),
    "shares by another name": ("Site,Cost,Access\nXyz,60,40\nNorth,10,3\nSouth,8,4\n", "Xyz"),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_row_that_may_be_either_is_asked_about(name, read, refused):
    """Name and cells don't agree: the argument is named, and with it the row is an option."""
    text, row = ASKED[name]
    told = refused(text)
    assert f"rows={{'{row}': 'option'}}" in told
    rows = dict.fromkeys(re.findall(r"rows=\{'([\w ]+)': 'option'\}", told), "option")
    options = [line.split(",")[0] for line in text.splitlines()[1:]]
    assert list(read(text, rows=rows).performances.index) == options


def test_a_role_given_twice_is_refused(read, refused):
    """Neither row wins; one is said to be something else."""
    text = "Site,Cost,Access\nweight,1,2\nNorth,10,3\nSouth,8,4\nweights,5,5\n"
    told = refused(text)
    assert "expected one row of weights, found 'weight', 'weights'" in told
    assert "rows={'weights': 'left out'}" in told
    found = read(text, rows={"weights": "left out"})
    assert found.weights.tolist() == [1, 2] and list(found.performances.index) == ["North", "South"]


WEIGHTED = [
    "Gewichtung",
    "Bobot",
    "Weight (%)",
    "Pondération",
    "Weighting",
    "Importance",
    "Max points",
    "Ağırlık",
    "AĞIRLIKLAR",
    "Вес",
    "Вага",
    "权重",
    "重み",
    "Waga",
    "Váha",
    "Súly",
    "Vikt",
    "Peso",
    "Pesi",
    "Poids",
    "Weging",
    "Pondere",
    "Ponderação",
    "Βάρος",
    "weights:",
    "WEIGHTS",
    "Wagi",
    "Súlyok",
    "Веса",
    "Pembobotan",
]


@pytest.mark.parametrize("word", WEIGHTED)
def test_weights_in_the_words_of_many_languages(word, read):
    """The row is the weights, and no option; what comes out is what the makers meant."""
    found = read(f"Variante;Kosten;Nutzen;Risiko\n{word};50;30;20\nV1;1;9;2\nV2;4;4;8\nV3;3;1;7\n")
    assert found.weights.tolist() == [50, 30, 20]
    assert f"the row '{word}' was read as the weights" in said(found)
    scores = mcda.topsis(found.performances, found.weights, ["max", "max", "min"])
    assert scores.round(3).tolist() == [0.475, 0.621, 0.415]


DIRECTED = [
    ("Direction", "min,max"),
    ("Aim", "-1,1"),
    ("ideally", "lower,higher"),
    ("Ziel", "Min,Max"),
    ("Type", "cost,benefit"),
    ("Richtung", "minimieren,maximieren"),
    ("Jenis", "Cost,Benefit"),
    ("Sentido", "mínimo,máximo"),
    ("Sens", "minimiser,maximiser"),
    ("", "-,+"),
    ("Kierunek", "koszt,zysk"),
    ("направление", "минимум,максимум"),
    ("напрям", "мінімум,максимум"),
    ("Yön", "maliyet,fayda"),
    ("方向", "最小,最大"),
    ("anything", "lower is better,higher is better"),
    ("goal", "non-beneficial,↑"),
]


@pytest.mark.parametrize(("word", "ways"), DIRECTED)
def test_directions_in_the_words_of_many_languages(word, ways, read):
    """The row is the directions: by its name and cells, or by cells that can be nothing else."""
    found = read(f"Site,Cost,Access\n{word},{ways}\nNorth,10,3\nSouth,8,4\n")
    assert dict(found.directions) == {"Cost": "min", "Access": "max"}
    assert list(found.performances.index) == ["North", "South"]


def test_words_that_have_levels_are_no_directions(read):
    """A cell 'max' is the number of its level where one is given."""
    levels = {"Cold": {"min": 0, "max": 1}, "Warm": {"min": 0, "max": 1}}
    found = read("Tank,Cold,Warm\nT1,min,max\nT2,max,max\n", levels=levels)
    assert held(found) == {"T1": [0, 1], "T2": [1, 1]} and not found.directions


LEFT_OUT = {
    "Total": "Total,18,7",
    "Summe": "Summe,18,7",
    "Mean": "Mean,9,3.5",
    "Durchschnitt": "Durchschnitt,9,3.5",
    "Optimum": "Optimum,8,4",
    "Best": "Best,8,4",
    "Max": "Max,10,4",
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_repeats_the_others_is_left_out(name, read):
    """A statistic by name and by its cells is no option; the note says so."""
    found = read(f"Site,Cost,Access\nNorth,10,3\nSouth,8,4\n{LEFT_OUT[name]}\n")
    assert list(found.performances.index) == ["North", "South"]
    assert f"the row '{name}' was read as" in said(found) and "left out" in said(found)


def test_units_are_kept(read):
    """A row of units is theirs, and goes into the question."""
    found = read("Site,Cost,Access\nUnit,EUR,minutes\nNorth,10,3\nSouth,8,4\n")
    assert dict(found.units) == {"Cost": "EUR", "Access": "minutes"}
    problem = mcda.problem_from(found, accept=["anchors", "directions", "ranges", "sources"])
    assert [leaf.unit for leaf in problem.leaves] == ["EUR", "minutes"]


def test_columns_that_are_no_criteria(read, refused):
    """A rank, a total and a remark are left out with a note, a label is kept; what doesn't agree is asked about."""
    found = read(
        "Option,Name,Cost,Time,Total,Rank,Notes\n"
        "A,North road,3,9,12,2,old\nB,South road,4,7,11,1,new\nC,West road,9,5,14,3,new\n"
    )
    assert held(found) == {"A": [3, 9], "B": [4, 7], "C": [9, 5]}
    assert found.labels == {"A": "North road", "B": "South road", "C": "West road"}
    assert said(found).count("left out") == 3
    text = "Option,Cost,Total\nA,3,9\nB,4,7\n"
    assert "columns={'Total': 'criterion'} or columns={'Total': 'left out'}" in refused(text)
    assert held(read(text, columns={"Total": "criterion"})) == {"A": [3, 9], "B": [4, 7]}
    assert held(read(text, columns={"Total": "left out"})) == {"A": [3], "B": [4]}


def test_a_column_of_words_has_three_ways_out(read, refused):
    """Levels, a label, or left out: each works."""
    text = "Option,Size,Cost\nA,small,3\nB,big,4\n"
    told = refused(text)
    assert "levels={'Size': {...}}" in told and "columns={'Size': 'left out'}" in told
    assert read(text, columns={"Size": "label"}).labels == {"A": "small", "B": "big"}
    assert held(read(text, columns={"Size": "left out"})) == {"A": [3], "B": [4]}
    assert held(read(text, levels={"Size": {"small": 1, "big": 2}}))["B"] == [2, 4]


def test_roles_are_told_by_argument(read, refused):
    """Rows of any name are weights and directions where the caller says so; a name that isn't there is refused."""
    text = "Site,Cost,Access\nTyngd,3,5\nVilja,-1,1\nNorth,10,3\nSouth,8,4\n"
    found = read(text, weights="Tyngd", directions="Vilja")
    assert found.weights.tolist() == [3, 5] and dict(found.directions) == {
        "Cost": "min",
        "Access": "max",
    }
    assert "expected rows among 'Tyngd'" in refused(text, weights="Weights")
    assert "expected a role among 'option'" in refused(text, rows={"Tyngd": "king"})
    found = read(
        text,
        rows=dict.fromkeys(["Tyngd", "Vilja"], "left out"),
        directions={"Cost": -1},
        columns={"Access": "left out"},
    )
    assert held(found) == {"North": [10], "South": [8]} and dict(found.directions) == {
        "Cost": "min"
    }


def test_weights_in_percent(read):
    """60% and 40% are weights of 60 and 40."""
    found = read("Option,Cost,Access\nWeight (%),60%,40%\nA,3,5\nB,4,4\n")
    assert found.weights.tolist() == [60, 40] and "percentages" in said(found)


# --- criteria in rows, ranges ---


def test_criteria_in_rows(read, refused):
    """The head says that criteria stand in rows: it is asked where no weights or directions stand beside."""
    text = (
        "Measure,Weight,Direction,Unit,Bridge,Tunnel,Ferry\n"
        "Cost,50,min,EUR m,90,140,20\nMinutes,30,min,min,6,5,30\nDays closed,20,min,days,3,1,25\n"
    )
    assert "criteria='rows'" in refused("Measure,Bridge,Tunnel\nCost,90,140\nMinutes,6,5\n")
    found = read(text, criteria="rows")
    assert held(found) == {"Bridge": [90, 6, 3], "Tunnel": [140, 5, 1], "Ferry": [20, 30, 25]}
    assert found.weights.tolist() == [50, 30, 20] and set(found.directions.values()) == {"min"}
    assert found.units["Cost"] == "EUR m" and "column 2" in said(found)


def test_which_way_a_table_stands_is_told(read):
    """A head that says nothing gets a note, one that speaks of options none."""
    assert "criteria in columns" in said(read("x,Cost\nA,3\nB,4\n"))
    assert "criteria in columns" not in said(read("Option,Cost\nA,3\nB,4\n"))


RANGED = {
    "low and high": ("a;cost_min;cost_max;jobs\nx;5;7;12\ny;4;9;10\n", [6, 6.5]),
    "with a mode": ("a;cost low;cost mode;cost high;jobs\nx;5;6;7;12\ny;4;8;9;10\n", [6, 8]),
    "the head alone": ("a;cost;cost (min);cost (max);jobs\nx;6;5;7;12\ny;8;4;9;10\n", [6, 8]),
}


@pytest.mark.parametrize("name", RANGED)
def test_low_and_high_are_one_criterion(name, read):
    """They become its range, and the question's; the note says from which columns."""
    text, best = RANGED[name]
    found = read(text)
    assert list(found.performances.columns) == ["cost", "jobs"]
    assert found.performances["cost"].tolist() == best
    assert found.low["cost"].tolist() == [5, 4] and found.high["cost"].tolist() == [7, 9]
    assert "were read as the range of 'cost'" in said(found)
    problem = mcda.problem_from(found, accept=ALL)
    estimate = problem.estimates["cost/y"]
    assert (estimate.low, estimate.high) == (4, 9)


def test_columns_that_are_no_range_are_asked_about(read, refused):
    """Low above high, or a deviation: the ways out work."""
    text = "Option,cost_min,cost_max\nA,7,5\nB,4,9\n"
    assert "the reverse for 'A'" in refused(text)
    kept = dict.fromkeys(("cost_min", "cost_max"), "criterion")
    assert list(read(text, columns=kept).performances.columns) == ["cost_min", "cost_max"]
    text = "Option,cost_mean,cost_std\nA,7,1\nB,4,2\n"
    assert "columns={'cost_std': 'left out'}" in refused(text)
    assert list(read(text, columns={"cost_std": "left out"}).performances.columns) == ["cost_mean"]


# --- names, constants, arrays ---


@pytest.mark.parametrize("twin", ["Har\u00adbour", "Harbour\u200b", "Har\u2060bour"])
def test_names_that_differ_by_invisible_marks_are_refused(twin, refused):
    """They are printed alike: a mark of joining words is told, the others go when the text is cleaned."""
    told = refused(f"Option,Cost\nHarbour,3\n{twin},4\n")
    assert "which is printed like" in told or "found 'Harbour' a second time" in told


def test_names_that_differ_by_blanks_or_case(read, refused):
    """A no-break space is refused; another case is two options, and told."""
    assert "which is printed like" in refused("Option,Cost\nRoute 4,3\nRoute\u00a04,4\n")
    assert "'Route 4', 'route 4'" in said(read("Option,Cost\nRoute 4,3\nroute 4,4\n"))
    frame = pd.DataFrame([[1.0, 2], [3, 1]], index=["Harbour", "Harbour "], columns=["a", "b"])
    with pytest.raises(mcda.InputError, match="which is printed like 'Harbour'"):
        mcda.topsis(frame, [1, 1], ["max", "min"])


def test_a_default_index_and_years_name_an_array(read):
    """The labels stay as they are; the numbers are those of the plain array."""
    plain = mcda.topsis([[1, 2], [3, 1]], [1, 1], ["max", "min"])
    for given in ({}, {"index": ["x", "y"]}):
        for columns in (["a", "b"], [2030, 2040]):
            frame = pd.DataFrame([[1, 2], [3, 1]], columns=columns, **given)
            scores = mcda.topsis(frame, [1, 1], ["max", "min"])
            assert np.array_equal(scores, plain) and list(scores.index) == list(frame.index)
    frame = pd.DataFrame([[1, 2], [3, 1]], columns=[2030, 2040])
    assert list(mcda.topsis(frame, {2030: 1, 2040: 1}, {2030: "max", 2040: "min"})) == list(plain)
    assert list(mcda.problem_from(frame, accept=ALL).options.index) == ["0", "1"]


WORDS = [
    ("Max", "Min"),
    ("maximise", "minimise"),
    ("Benefit", "Cost"),
    ("+", "-"),
    (1, -1),
    (1.0, -1.0),
    ("1", "-1"),
    ("gain", "loss"),
    ("higher", "lower"),
    ("Higher is better", "LOWER IS BETTER"),
    ("Maximum", "Minimum"),
    ("Nutzen", "Kosten"),
]


@pytest.mark.parametrize("words", WORDS, ids=str)
def test_one_vocabulary_of_directions(words, read):
    """Arrays, tables and questions take the same words."""
    expected = list(mcda.topsis([[1, 2], [3, 4]], [1, 1], ["max", "min"]))
    assert list(mcda.topsis([[1, 2], [3, 4]], [1, 1], list(words))) == expected
    frame = pd.DataFrame([[1, 2], [3, 4]], columns=["a", "b"], index=["x", "y"])
    assert list(mcda.topsis(frame, [1, 1], dict(zip("ab", words, strict=True)))) == expected
    problem = mcda.problem_from(frame, directions=dict(zip("ab", words, strict=True)), accept=ALL)
    assert [leaf.direction for leaf in problem.leaves] == ["max", "min"]
    found = read("Option,a,b\nx,1,2\ny,3,4\n", directions=dict(zip("ab", words, strict=True)))
    assert dict(found.directions) == {"a": "max", "b": "min"}


@pytest.mark.parametrize("word", ["up", True, 2, None, "high"])
def test_other_words_are_no_directions(word):
    """They are refused with the words that are known."""
    with pytest.raises(mcda.InputError, match="direction of 'column 1': expected"):
        mcda.topsis([[1, 2], [3, 4]], [1, 1], [word, "min"])


def test_constant_columns_are_told_all_at_once(read):
    """In words, with ways out that work."""
    text = "Case,new,loss,change,place,name\nc1,0,0,0,0,1\nc2,1,0,0,0,1\nc3,0,0,0,0,0\n"
    found = read(text)
    with pytest.raises(mcda.InputError) as error:
        mcda.problem_from(found, accept=ALL)
    told = str(error.value)
    assert "all options are alike on 'loss', 'change', 'place'" in told and "anchors=" in told
    anchors = dict.fromkeys(("loss", "change", "place"), (0, 1))
    assert len(mcda.problem_from(found, accept=ALL, anchors=anchors).leaves) == 5
    out = dict.fromkeys(("loss", "change", "place"), "left out")
    found = read(text, columns=out)
    assert len(mcda.problem_from(found, accept=ALL).leaves) == 2


def test_tables_of_zeros_and_ones(read):
    """No row of them is a total, a weight or a direction."""
    found = read("Gene,Tier1,Tier2,Tier3,Score\nG1,0,1,0,5\nG2,1,0,0,4\nG3,0,0,0,3\n")
    assert list(found.performances.shape) == [3, 4]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert len(mcda.topsis(found.performances, [1] * 4, ["max"] * 4)) == 3


def test_the_other_sheets_of_a_workbook_are_named(tmp_path):
    """Empty or full, they are left out with a note."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Option", "Cost"], ["A", 3], ["B", 4]):
        book.active.append(row)
    book.create_sheet("Old").append(["Option", "Cost"])
    book.save(tmp_path / "book.xlsx")
    found = mcda.read_matrix(tmp_path / "book.xlsx")
    assert held(found) == {"A": [3], "B": [4]} and "sheet 'Old' was read as nothing" in said(found)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("[h]:mm", "10.5 with the format '[h]:mm'"),
        ("yyyy-mm-dd", "10.5 with the format 'yyyy-mm-dd'"),
        ("0.00E+00", ""),
        ('#,##0.00 "EUR"', ""),
    ],
)
def test_a_number_is_read_whatever_its_format(shown, words, tmp_path):
    """Where a format makes a date or a time of it, the fault names number and format; else the number is read."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Option", "Cost"], ["A", 10.5], ["B", 4]):
        book.active.append(row)
    book.active["B2"].number_format = shown
    book.save(tmp_path / "book.xlsx")
    if not words:
        assert held(mcda.read_matrix(tmp_path / "book.xlsx")) == {"A": [10.5], "B": [4]}
        return
    with pytest.raises(mcda.InputError, match=re.escape(words)) as error:
        mcda.read_matrix(tmp_path / "book.xlsx")
    assert "(cell B2)" in str(error.value) and "a format of numbers" in str(error.value)


def test_no_argument_is_left_aside(read, refused, tmp_path):
    """One that the kind of file can't use, or that names nothing in it, is refused."""
    text = "Option,Cost\nA,3\nB,4\n"
    assert "arguments that CSV can use, found sheet='x'" in refused(text, sheet="x")
    assert "levels: expected criteria among 'Cost', found 'cost'" in refused(
        text, levels={"cost": {"a": 1}}
    )
    assert "directions: expected criteria among" in refused(text, directions={"Costs": "max"})
    path = tmp_path / "t.json"
    path.write_text('{"alternatives": ["A"], "criteria": ["c"], "matrix": [[1]]}', encoding="utf-8")
    with pytest.raises(mcda.InputError, match="JSON and XMCDA can use, found names='c'"):
        mcda.read_matrix(path, names="c")


def test_weights_in_an_area_and_in_a_row_are_told(tmp_path):
    """Neither wins in silence."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Option", "a", "b"], ["weights", 1, 2], ["A", 3, 9], ["B", 4, 7], [], ["", 5, 5]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    given = {"cells": "A1:C4", "weights": "B6:C6"}
    with pytest.raises(
        mcda.InputError, match=r"one row of weights, found 'weights' and book\.xlsx"
    ):
        mcda.read_matrix(tmp_path / "book.xlsx", **given)
    found = mcda.read_matrix(tmp_path / "book.xlsx", **given, rows={"weights": "left out"})
    assert found.weights.tolist() == [5, 5]


def test_all_can_be_accepted_in_one_word():
    """The word "all", or another alone, isn't taken letter by letter; what isn't there is refused."""
    frame = pd.DataFrame([[1, 2], [3, 1]], columns=["a", "b"])
    assert len(mcda.problem_from(frame, accept="all").frame.notes) == 5
    with pytest.raises(mcda.InputError, match=r"accept: expected words among .*, found 'luck'"):
        mcda.problem_from(frame, accept="luck")


def test_criteria_without_a_range_are_named(read):
    """Where some have a range the question says which have none."""
    found = read("Option,cost_min,cost_max,jobs\nA,5,7,12\nB,4,9,10\n")
    problem = mcda.problem_from(found, accept="all")
    assert "Accepted: no cell of 'jobs' has a range." in problem.frame.notes
    accept = ["anchors", "directions", "sources", "units"]
    with pytest.raises(mcda.InputError, match="ranges: expected a low and a high for 'jobs'"):
        mcda.problem_from(found, accept=accept)


def test_names_of_an_array_that_differ_by_case_are_told():
    """They stay two, and the reader is warned."""
    frame = pd.DataFrame([[1.0, 2], [3, 1]], index=["Route 4", "route 4"], columns=["a", "b"])
    with pytest.warns(AssumptionWarning, match="'Route 4', 'route 4' differ by case alone"):
        assert len(mcda.topsis(frame, [1, 1], ["max", "min"])) == 2


@pytest.mark.parametrize(
    ("cell", "ways"), [("10%", "write 10 .* and 0.1 "), ("2.5 %", "write 2.5 .* and 0.025 ")]
)
def test_a_percentage_is_told_with_its_own_numbers(cell, ways, refused):
    """The way out names the number that was typed."""
    assert re.search(ways, refused(f"Option,Cost\nA,{cell}\nB,3\n"))


def test_a_column_left_out_by_its_name_alone_can_be_kept(read, refused):
    """Where nothing else is left the way out is named, and works."""
    text = "Option,Rank\nA,2\nB,1\nC,3\n"
    assert "columns={'Rank': 'criterion'}" in refused(text)
    assert held(read(text, columns={"Rank": "criterion"})) == {"A": [2], "B": [1], "C": [3]}


def test_a_footnote_right_below_the_table_is_one_fault_with_a_way_out_that_works(read, refused):
    """A name without any number: one fault for the row, not one for each of its cells."""
    text = "Sitio;Coste;Ruido\nPuerto;12,5;55\nColina;15;41\nFuente: elaboración propia;;\n"
    told = refused(text)
    assert told.count("expected") == 1 and "found a name alone" in told
    note = "Fuente: elaboración propia"
    assert f"rows={{'{note}': 'left out'}}" in told
    assert list(read(text, rows={note: "left out"}).performances.index) == ["Puerto", "Colina"]


def test_a_weight_that_is_missing_is_told_as_one(read, refused):
    """By the row's role and the cell, with a way out that works."""
    text = "Sitio,Coste,Fecha\nA,3,2026\nB,4,2027\nPeso,40,\n"
    told = refused(text)
    assert "row 4, the weights, column 'Fecha'" in told and "alternative" not in told
    assert "columns={'Fecha': 'left out'}" in told
    assert read(text, columns={"Fecha": "left out"}).weights.tolist() == [40]
