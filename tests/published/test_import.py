"""What others have is read as its makers meant it: published files are read, hostile ones refused."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.files.interchange import xmcda

HERE = Path(__file__).parent
SHARED = next(
    (up / "shared" / "published" for up in HERE.parents if (up / "shared" / "published").is_dir()),
    HERE / "nowhere",
)
HOSTILE = json.loads((HERE / "adversarial_import.json").read_text(encoding="utf-8"))["cases"]
SKIP = "the published files are not part of the project"


def case(name):
    return json.loads((HERE / "cases" / f"{name}.json").read_text(encoding="utf-8"))


def files(inputs):
    paths = [SHARED / path for path in inputs.get("files", [inputs.get("file")])]
    if not all(path.exists() for path in paths):
        pytest.skip(SKIP)
    return paths


def table(matrix):
    return {row: cells.to_dict() for row, cells in matrix.performances.iterrows()}


def test_a_decimal_comma_is_never_a_thousand():
    """One cell of the file holds a comma: it proves the sign, and 28,3 is 28.3."""
    given = case("csv-semicolon-decimal-comma")
    found = mcda.read_matrix(*files(given["inputs"]))
    assert table(found) == given["expected"]["table"]
    assert any("'28,3' was read as 28.3" in str(note) for note in found.notes)


def test_fictive_rows_are_no_alternatives():
    """Sixteen rows are read; the two of worst and best values are told apart and never ranked."""
    given = case("csv-thierry-choice-of-car")
    found = mcda.read_matrix(*files(given["inputs"]))
    assert table(found) == given["expected"]["table"]
    assert list(found.fictive) == given["expected"]["fictive_rows"]
    problem = mcda.problem_from(
        found, accept=["anchors", "directions", "ranges", "sources", "units"]
    )
    assert len(problem.options) == 14 and not set(found.fictive) & set(problem.options.index)


def test_thresholds_and_directions_are_no_alternatives():
    """A table of only thresholds and directions holds no alternative."""
    given = case("csv-thresholds-plain")
    found = mcda.read_matrix(*files(given["inputs"]))
    assert dict(found.directions) == given["expected"]["directions"]
    assert found.thresholds == given["expected"]["thresholds"] and len(found.performances) == 0


def test_a_weight_that_is_no_number_is_refused():
    """The web service that made the file turns all weights into labels; here the cell is named."""
    given = case("csv-weight-not-a-number")
    with pytest.raises(
        mcda.InputError, match=r"column 'risque': expected a number such as 12.5, found '2a'"
    ):
        mcda.read_matrix(*files(given["inputs"]))


def test_a_matrix_beside_its_weights_in_excel():
    """Named areas are read; the working below and the blanks in a header are no part of it."""
    given = case("xlsx-dataharnessing")
    found = mcda.read_matrix(*files(given["inputs"]), cells="A2:E7", weights="I3:L3")
    expected = given["expected"]
    assert list(found.performances.index) == expected["alternatives"]
    assert list(found.performances.columns) == expected["criteria"]
    assert found.performances.to_numpy().tolist() == expected["matrix"]
    assert found.weights.tolist() == expected["weights"]
    assert any("cells outside the area" in str(note) for note in found.notes)
    with pytest.raises(mcda.InputError):
        mcda.read_matrix(*files(given["inputs"]))
    scores = mcda.topsis(found.performances, found.weights, ["min", "min", "max", "max"])
    best = min(
        abs(
            np.asarray(mcda.topsis(found.performances, found.weights, list(ways)))
            - expected["sheet_scores"]
        ).max()
        for ways in np.array(np.meshgrid(*[["min", "max"]] * 4)).reshape(4, -1).T.tolist()
    )
    assert len(scores) == 5 and best < 1e-5


def test_a_table_that_begins_anywhere():
    """Signs in a row of the matrix are its directions; weights are the stored results of formulas elsewhere."""
    given = case("xlsx-two-sheets-signs")
    found = mcda.read_matrix(
        *files(given["inputs"]),
        sheet="Exemplo",
        cells="H2:M9",
        directions="I3:M3",
        weights="I12:M12",
    )
    expected = given["expected"]
    assert list(found.performances.index) == expected["alternatives"]
    assert found.performances.to_numpy().tolist() == expected["matrix"]
    assert found.weights.tolist() == pytest.approx(expected["weights"])
    assert list(found.directions.values()) == [
        {"+": "max", "-": "min"}[sign] for sign in expected["directions"]
    ]


def test_words_are_refused_until_they_have_levels():
    """Words are neither dropped nor coded in silence: a column's are named once, or get levels."""
    given = case("xlsx-words-and-numbers")
    areas = {"cells": "G8:J18", "weights": "H9:J9", "directions": "H10:J10"}
    with pytest.raises(mcda.InputError) as refused:
        mcda.read_matrix(*files(given["inputs"]), **areas)
    levels = {"Dificuldade": {"baixa": 1, "media": 2, "alta": 3, "muito alta": 4}}
    [fault] = refused.value.faults
    assert "column 'Dificuldade' (cell J11)" in fault.where
    assert all(repr(word) in fault.found for word in levels["Dificuldade"])
    found = mcda.read_matrix(*files(given["inputs"]), **areas, levels=levels)
    assert found.performances["Dificuldade"].tolist() == [
        levels["Dificuldade"][word] for word in given["expected"]["words"]
    ]
    assert found.performances["Receita"].tolist() == given["expected"]["receita"]
    assert found.performances.loc["Projeto 1", "Prazo"] == pytest.approx(1 / 3)
    assert found.weights.tolist() == given["expected"]["weights"]
    assert list(found.directions.values()) == given["expected"]["directions"]


def test_a_questionnaire_with_circles():
    """A circle in a column of Saaty's scale is a judgement; the published priorities follow."""
    given = case("xlsx-japanese-questionnaire")
    (path,) = files(given["inputs"])
    pairs = {
        sheet: mcda.read_circles(path, sheet) for sheet in given["inputs"]["reading"]["sheets"]
    }
    for sheet, ratios in pairs.items():
        items = given["matrices"][sheet]["elements"]
        matrix = np.array(given["matrices"][sheet]["matrix"])
        for (first, second), ratio in ratios.items():
            assert ratio == pytest.approx(matrix[items.index(first), items.index(second)])
        assert len(ratios) == len(items) * (len(items) - 1) / 2
    vectors = {
        sheet: np.asarray(
            mcda.priorities(np.array(given["matrices"][sheet]["matrix"]), "geometric mean")
        )
        for sheet in pairs
    }
    top, *rest = vectors.values()
    assert (np.array(rest).T @ top).tolist() == pytest.approx(
        given["expected"]["priorities_geometric_mean"], abs=1e-9
    )


@pytest.mark.parametrize("number", [1, 2])
def test_xmcda_is_matched_by_id(number):
    """Columns belong to ids, never to positions; criteria that aren't listed are left out, and said."""
    given = case(f"xmcda-descriptive-statistics-{number}")
    found = mcda.read_matrix(*files(given["inputs"])).performances
    expected = given["expected"]
    assert list(found.columns) == expected["criteria_order"] and len(found) == expected["rows"]
    told_by = {
        "means": found.mean(),
        "mins": found.min(),
        "maxes": found.max(),
        "medians": found.median(),
        "standardDeviations": found.std(ddof=1),
    }
    for name, told in told_by.items():
        assert told.to_dict() == pytest.approx(expected[name], abs=1e-6), name


def test_xmcda_without_a_common_criterion_is_refused():
    """The ids that were looked for are named."""
    given = case("xmcda-descriptive-statistics-3")
    with pytest.raises(
        mcda.InputError,
        match="expected performances of criterion 'g100', 'g200', 'g300', found those of 'g2'",
    ):
        mcda.read_matrix(*files(given["inputs"]))


def test_xmcda_of_two_versions_together():
    """Values of alternatives in 3.0.2 belong to alternatives in 3.0.0."""
    given = case("xmcda-3-mixed-versions")
    found = mcda.read_matrix(*files(given["inputs"]))
    assert found.values.to_dict() == given["expected"]["flows"]
    assert len(found.performances) == given["expected"]["alternatives"]


def test_xmcda_without_directions_assumes_none():
    """Cars whose price has no direction: nothing is maximised until the caller says so."""
    given = case("xmcda-rubis-cars-13x7")
    found = mcda.read_matrix(*files(given["inputs"]))
    expected = given["expected"]
    assert (
        list(found.performances.shape) == expected["shape"]
        and list(found.performances.columns) == expected["criteria"]
    )
    assert found.performances.iloc[0].to_dict() == expected["first_row"]
    assert dict(found.directions) == {} and "directions of 'Confort'" in found.lacks[0]
    better = found.performances.to_numpy()[:, None] >= found.performances.to_numpy()[None]
    concordance = 2 * (better * (found.weights / found.weights.sum()).to_numpy()).sum(axis=-1) - 1
    names = list(found.performances.index)
    for pair, number in expected["concordance"].items():
        first, second = pair.split(",")
        assert concordance[names.index(first), names.index(second)] == pytest.approx(
            number, abs=1e-9
        )


def test_xmcda_lists_what_counts():
    """Nine rows of performances, four listed alternatives: the others are left out, and said."""
    given = case("xmcda-weighted-sum")
    found = mcda.read_matrix(*files(given["inputs"]))
    expected = given["expected"]
    assert (
        list(found.performances.index) == expected["active"]
        and found.weights.to_dict() == expected["weights"]
    )
    assert (found.performances @ found.weights).to_dict() == pytest.approx(expected["weighted_sum"])
    assert dict(found.directions) == expected["directions"]
    assert (
        sum("not listed: left out" in str(note) for note in found.notes)
        == expected["table_rows"] - 4
    )
    assert found.labels["a01"] == "random decision action A- B~ C~"


@pytest.mark.parametrize(
    "name", ["dataset-cev", "dataset-cpu", "dataset-esl", "dataset-shares-2022"]
)
def test_published_datasets_rank_as_computed_elsewhere(name):
    """Hundreds of alternatives, exact ties and zeros: TOPSIS gives the scores of three other programs."""
    given = case(name)
    inputs, expected = given["inputs"], given["reference_values"]
    found = mcda.read_matrix(*files(inputs)).performances
    assert (
        list(found.shape) == given["expected"]["shape"]
        and list(found.columns) == inputs["criteria"]
    )
    ways = ["max" if way == 1 else "min" for way in inputs["directions"]]
    scores = np.asarray(mcda.topsis(found, np.ones(len(ways)), ways), dtype=float)
    told = expected["topsis_vector"]
    assert scores.sum() == pytest.approx(told["sum"], abs=1e-7) and scores.max() == pytest.approx(
        told["best"], abs=1e-9
    )
    assert scores.min() == pytest.approx(told["worst"], abs=1e-9)
    firsts = told.get("first_row"), told.get("last_row")
    assert [scores[0], scores[-1]] == pytest.approx(
        firsts if firsts[0] else told["scores"][:: len(told["scores"]) - 1], abs=1e-9
    )
    assert len(np.unique(mcda.ranks(scores))) == told["distinct_scores"]


REFUSED = {
    "csv-ambiguous-comma": "'1,234', which is 1.234 or 1234",
    "csv-empty": "found an empty file",
    "csv-duplicate-headers": "expected every column once, found 'price' 2 times",
    "csv-na-country": "alternative 'ZA': column 'price': expected a number such as 12.5, found 'NA', a missing number",
    "csv-excel-errors": "alternative 'B': column 'price': expected a number such as 12.5, found '#DIV/0!'",
    "csv-binary": "expected a table in UTF-8",
    "csv-million-rows": "expected at most 1000000 cells",
    "file-directory": "expected a file: CSV, .xlsx, .json or XMCDA (.xml), found a folder",
    "xlsx-date-cell": "column 'quality' (cell C2): expected a number such as 12.5, found '2024-03-01', a date",
    "xlsx-truncated": "expected a whole .xlsx workbook, found a damaged one",
    "xmcda-external-entity": "entities are not resolved",
    "xmcda-missing-performance": "alternative 'B', criterion 'c2': expected a value, found none",
    "xmcda-na-value": "alternative 'B', criterion 'c1': value: expected a finite number, found NA",
    "xmcda-rational-zero": "alternative 'A', criterion 'c1': value: expected a finite number",
    "xmcda-unknown-version": "found '9.9.9'",
    "xmcda-no-namespace": "expected XMCDA, told by its namespace",
    "xmcda-broken": "found a damaged file",
    "json-nan": "alternative 'A': column 'c1': expected a number such as 12.5, found 'NaN', a missing number",
}
SAID = {
    "csv-utf16": "UTF-16",
    "csv-tabs": "tabs",
    "csv-fullwidth-digits": "'１２' was read as 12",
    "xlsx-hidden-row-and-column": "a hidden row",
    "xmcda-inactive": "alternative 'B' was read as inactive: left out",
}


@pytest.mark.parametrize("given", HOSTILE, ids=lambda given: given["id"])
def test_hostile_files(given, tmp_path):
    """What can't be read rightly is refused with its place; what isn't plain is said; nothing else happens."""
    name, expect = given["id"], given["expect"]
    if "generator" in given["inputs"]:
        path = tmp_path / "million.csv"
        path.write_text(
            "name,price,quality\n" + "".join(f"A{i},{i % 97},{i % 89}\n" for i in range(10**6)),
            encoding="utf-8",
        )
    else:
        path = HERE / given["inputs"]["file"].removeprefix("data/")
    assert given["verdict"] in {
        "refuse": ("refuse", "either"),
        "say": ("warn", "either", "answer"),
    }.get("refuse" if name in REFUSED else "say", ())
    if name in REFUSED:
        with pytest.raises(mcda.InputError) as refused:
            mcda.read_matrix(path)
        assert REFUSED[name] in str(refused.value)
        return
    found = mcda.read_matrix(path)
    assert not found.performances.isna().any(axis=None)
    if name in SAID:
        assert any(SAID[name] in str(note) for note in found.notes)
    for what, axis in (
        ("alternatives", found.performances.index),
        ("criteria", found.performances.columns),
    ):
        if what in expect:
            assert list(axis) == expect[what]
    if "matrix" in expect:
        assert found.performances.to_numpy()[: len(expect["matrix"])].tolist() == expect["matrix"]
    if name == "xmcda-inactive":
        assert list(found.performances.index) == ["A"]
        with pytest.raises(mcda.InputError, match="at least two options"):
            mcda.problem_from(found, accept=["anchors", "ranges", "sources", "units"])


CARS = pd.DataFrame({"price": [21.0, 18.5, 30.0], "speed": [180, 150, 210]}, index=["A", "B", "C"])


def test_what_a_matrix_lacks_is_listed_at_once():
    """Directions, units, anchors, sources and ranges are each given or accepted by name; all are told."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.problem_from(CARS, units={"weight": "kg"}, directions={"price": "up"}, accept=["luck"])
    told = str(refused.value)
    for words in (
        "expected criteria among 'price', 'speed', found 'weight'",
        "direction of 'price'",
        "found 'luck'",
        "anchors: expected one for 'price', 'speed'",
        "sources: expected",
        "low: expected a",
    ):
        assert words in told


def test_what_was_accepted_stands_in_the_question():
    """Anchors of the options at hand are local: the question says what that means."""
    source = mcda.Source("S1", title="Price list")
    problem = mcda.problem_from(
        CARS,
        directions={"price": "min"},
        units={"price": "EUR k", "speed": "km/h"},
        sources=source,
        low=CARS * 0.9,
        high=CARS * 1.1,
        labels={"A": "Alfa"},
        accept=["anchors", "directions"],
    )
    assert problem.labels["A"] == "Alfa" and problem.estimates["price/A"].sources == ("S1",)
    assert problem.values.loc["C"].tolist() == [0, 1] and problem.estimates["speed/B"].low == 135
    assert any(
        "another option changes what every weight means" in note for note in problem.frame.notes
    )
    assert any("more is better" in note for note in problem.frame.notes)
    assert CARS["price"].tolist() == [21.0, 18.5, 30.0]


@pytest.mark.parametrize("bad", [float("nan"), "21", True, None])
def test_a_frame_of_other_things_than_numbers_is_refused(bad):
    """Nothing is converted: the cell is named by option and criterion."""
    spoilt = CARS.astype(object)
    spoilt.loc["B", "price"] = bad
    with pytest.raises(
        mcda.InputError, match="option 'B', criterion 'price': expected a finite number"
    ):
        mcda.problem_from(spoilt, accept=["anchors", "directions", "ranges", "sources", "units"])


def test_a_question_goes_out_and_comes_back(tmp_path):
    """XMCDA holds options, directions, anchors' ends, best estimates and weights; arrays go to two libraries alike."""
    from criteria import ukraine_force

    problem = ukraine_force.problem()
    paris = ukraine_force.perspectives(problem)["Paris"]
    path = mcda.to_xmcda(problem, tmp_path / "question.xml", paris)
    found = mcda.read_matrix(path)
    assert (
        found.performances.equals(problem.performance) and found.labels == problem.labels.to_dict()
    )
    assert dict(found.directions) == {leaf.key: leaf.direction for leaf in problem.leaves}
    assert found.weights.tolist() == paris.values.tolist()
    matrix, weights, types = mcda.to_pymcdm(problem, paris)
    decision = pytest.importorskip("skcriteria") and mcda.to_skcriteria(problem, paris)
    assert np.array_equal(decision.matrix.to_numpy(), matrix) and np.array_equal(
        decision.weights.to_numpy(), weights
    )
    assert decision.iobjectives.to_numpy().tolist() == types.tolist()
    with pytest.raises(mcda.InputError, match="one that is there already"):
        mcda.to_xmcda(problem, path)


def test_a_file_of_version_3_is_checked_against_its_schema(tmp_path):
    """Our own export keeps to the schema; a file that breaks it is refused, and one too deep to be checked."""
    from criteria import ukraine_force

    path = mcda.to_xmcda(ukraine_force.problem(), tmp_path / "question.xml")
    assert mcda.read_matrix(path).notes == ()
    broken = path.read_text(encoding="utf-8").replace(
        "<preferenceDirection>max<", "<preferenceDirection>up<", 1
    )
    (tmp_path / "broken.xml").write_text(broken, encoding="utf-8")
    with pytest.raises(mcda.InputError, match=r"broken.xml line \d+: expected XMCDA 3\.1\.1"):
        mcda.read_matrix(tmp_path / "broken.xml")
    deep = "<d>" * 3000 + "</d>" * 3000
    (tmp_path / "deep.xml").write_text(
        broken.replace("<alternatives>", f"<alternatives>{deep}", 1), encoding="utf-8"
    )
    with pytest.raises(mcda.InputError, match="found a damaged file"):
        mcda.read_matrix(tmp_path / "deep.xml")


def test_a_file_of_version_3_without_its_schema_is_said(tmp_path, monkeypatch):
    """Where the extra "xmcda" isn't installed a file is read all the same, with a note."""
    from criteria import ukraine_force

    path = mcda.to_xmcda(ukraine_force.problem(), tmp_path / "question.xml")
    monkeypatch.setattr(xmcda, "schema_path", lambda version: None)
    assert "not by its schema" in str(mcda.read_matrix(path).notes[0])


def test_a_file_of_version_2_says_that_no_schema_checked_it():
    """The note travels into the question that is made of it, where its reader sees it."""
    given = case("xmcda-rubis-cars-13x7")
    found = mcda.read_matrix(*files(given["inputs"]))
    (told,) = {str(note).partition(": ")[2] for note in found.notes}
    assert told.startswith("XMCDA 2.") and told.endswith("not by its schema")
    problem = mcda.problem_from(
        found, accept=["anchors", "directions", "ranges", "sources", "units"]
    )
    assert str(found.notes[0]) in problem.frame.notes
