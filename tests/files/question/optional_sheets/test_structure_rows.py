"""Structures of a question: read from a sheet, faults told by row, and who leads under them as measured."""

import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import mcda

# the question before its data took up what these tests measure
FROZEN = Path(__file__).parents[3] / "questions" / "frozen" / "ukraine_force"
HEADER = "structure,label,change,criterion,weight,measure,unit,worst,middle,best,scenario,rationale"
ROWS = """
no law,Law left out,leave out,C3,,,,,,,,Approval is no good in itself
no U.S.,Dependence as a future,future,C5,,,,,,,SCN02,It is a scenario already
neither,Law and U.S. out,leave out,C3,,,,,,,,
neither,,future,C5,,,,,,,SCN02,
deterrence,Deterrence alone,weight,C1.1,0,,,,,,,Means aren't ends
deterrence,,weight,C1.2,0,,,,,,,
deterrence,,weight,C1.4,0,,,,,,,
analyst,The analyst's chance,judged,C3.2,,,,,,,,
straight,A straight scale of cost,scale,C2.1,,,,40,,0,,
long,A long scale of cost,scale,C2.1,,,,160,,0,,
"""


def with_structures(place, rows):
    """A copy of the first question's folder with a sheet of structures; cells at the end may lack."""
    shutil.copytree(FROZEN, place)
    width = HEADER.count(",")
    lines = [row + "," * (width - row.count(",")) for row in rows.strip().splitlines()]
    (place / "structures.csv").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """The first question with five structures, and its holders."""
    place = with_structures(tmp_path_factory.mktemp("shapes") / "ukraine_force", ROWS)
    return mcda.open_question(place)


MEASURED = {
    "as stated": ({"OPT01": 32, "OPT06": 1}, {"OPT10": 23, "OPT03": 9, "OPT06": 1}),
    "no law": (
        {"OPT01": 25, "OPT07": 6, "OPT06": 1, "OPT10": 1},
        {"OPT10": 29, "OPT03": 3, "OPT06": 1},
    ),
    "no U.S.": (
        {"OPT01": 31, "OPT03": 1, "OPT06": 1},
        {"OPT03": 23, "OPT10": 8, "OPT06": 2},
    ),
    "neither": (
        {"OPT01": 21, "OPT05": 4, "OPT10": 4, "OPT09": 3, "OPT06": 1},
        {"OPT10": 22, "OPT05": 4, "OPT09": 3, "OPT03": 3, "OPT06": 1},
    ),
    "deterrence": ({"OPT01": 25, "OPT06": 8}, {"OPT10": 16, "OPT03": 9, "OPT06": 8}),
    "analyst": ({"OPT01": 32, "OPT06": 1}, {"OPT10": 31, "OPT03": 1, "OPT06": 1}),
}


@pytest.mark.parametrize("name", MEASURED)
def test_who_leads_as_measured(asked, name):
    """Who leads in 33 rankings is what copies of the data with the same change gave, on both sides."""
    problem, holders = asked
    shaped = problem.structured(name)
    found = []
    for floors in (None, True):
        leaders = [
            mcda.rank(shaped, weights, method, floors=floors).leaders[0]
            for weights in holders.values()
            for method in ("additive", "topsis", "ahp:ratings")
        ]
        found.append(pd.Series(leaders).value_counts().to_dict())
    assert tuple(found) == MEASURED[name]


def test_the_audit_tells_who_leads_under_which(asked):
    """The table of the audit is that of rankings, for each structure, holder, method and side."""
    problem, holders = asked
    table = mcda.structure_audit(problem, holders, n=100).structures
    assert list(dict.fromkeys(table["structure"])) == [
        "as stated",
        *[one.name for one in problem.structures],
    ]
    for row in table.iloc[::7].itertuples():
        ranking = mcda.rank(
            problem.structured(row.structure),
            holders[row.holder],
            row.method,
            floors=row.side == "behind",
        )
        assert ", ".join(ranking.leaders) == row.leaders


def test_proportions_are_kept(asked):
    """What is left keeps its weights' proportions, which the ranking says."""
    problem, holders = asked
    shaped = problem.structured("no law")
    before = mcda.over_leaves(problem, holders["Paris"]).values
    ranking = mcda.rank(shaped, holders["Paris"], "additive")
    left = before.drop(["C3.1", "C3.2", "C3.3"])
    assert (ranking.weights.values - left / left.sum()).abs().max() < 1e-12
    assert any("keep their proportions" in note for note in ranking.notes)
    assert "Law left out" in shaped.frame.title
    again = mcda.over_leaves(shaped, ranking.weights).values
    assert (again - ranking.weights.values).abs().max() == 0


def test_a_unit_on_a_longer_scale_keeps_its_worth(asked):
    """Four times the length is four times the weight: who leads by the weighted sum stays, and by how much too."""
    problem, holders = asked
    long = mcda.rank(problem.structured("long"), holders["Paris"], "additive")
    straight = mcda.rank(problem.structured("straight"), holders["Paris"], "additive")
    weights = [one.weights.values for one in (long, straight)]
    assert weights[0]["C2.1"] / weights[1]["C2.1"] == pytest.approx(
        4 * weights[0]["C4.4"] / weights[1]["C4.4"]
    )
    gaps = [
        (one.table["score"]["OPT01"] - one.table["score"]) / one.weights.values["C4.4"]
        for one in (long, straight)
    ]
    ids = ["OPT02", "OPT03", "OPT05", "OPT07", "OPT09", "OPT10"]  # none beyond an end
    assert gaps[0][ids].to_numpy() == pytest.approx(gaps[1][ids].to_numpy())


PRICED = """
F,The war priced,measure,C2.1,,expected_bill,,160,,0,,
J,The war priced and feasibility and means out,measure,C2.1,,expected_bill,,160,,0,,
J,,leave out,C3.1,,,,,,,,
J,,leave out,C3.2,,,,,,,,
J,,leave out,C1.1,,,,,,,,
J,,leave out,C1.2,,,,,,,,
J,,leave out,C1.4,,,,,,,,
J,,future,C5,,,,,,,SCN02,
"""
LEADERS_PRICED = {
    ("F", "additive"): {"OPT01": 11},
    ("F", "topsis"): {"OPT01": 3, "OPT03": 3, "OPT05": 2, "OPT06": 1, "OPT07": 1, "OPT09": 1},
    ("J", "additive"): {"OPT10": 6, "OPT05": 2, "OPT01": 1, "OPT06": 1, "OPT09": 1},
    ("J", "topsis"): {"OPT05": 7, "OPT09": 2, "OPT06": 1, "OPT10": 1},
}


def test_a_renewed_war_priced_as_measured(tmp_path):
    """Every holder's price of a billion kept: the same leaders as a formula of the question's own gave."""
    place = with_structures(tmp_path / "ukraine_force", PRICED)
    events = (
        "event,chance,years,low,mode,high,unit,kind\nwar,C4.4,5,300,700,1200,EUR bn,judgement\n"
    )
    (place / "events.csv").write_text(events, encoding="utf-8")
    path = place / "criteria.csv"
    criteria = pd.read_csv(path, dtype=str, keep_default_na=False)
    criteria["bill"] = criteria["id"].map({"C2.1": "yearly", "C2.2": "once"}).fillna("")
    criteria.to_csv(path, index=False)
    problem, holders = mcda.open_question(place)
    for (name, method), expected in LEADERS_PRICED.items():
        shaped = problem.structured(name)
        found = [mcda.rank(shaped, one, method).leaders[0] for one in holders.values()]
        assert pd.Series(found).value_counts().to_dict() == expected


def test_local_weights_that_a_holder_stated_stay(asked):
    """A structure changes what the question suggests; what a holder said of its own stays."""
    problem, holders = asked
    shaped = problem.structured("deterrence")
    used = mcda.over_leaves(shaped, holders["Paris"]).values
    assert used[["C1.1", "C1.2", "C1.4"]].max() == 0
    assert used["C1.3"] == pytest.approx(0.26)


def test_draws_futures_and_the_rest_know_the_structure(asked):
    """Draws, futures and the audit of a structure rest on what is left, and ranges come along."""
    problem, holders = asked
    shaped = problem.structured("no U.S.")
    draws = mcda.sample(shaped, 400, 1)
    robust = mcda.robustness(draws, holders["Paris"], "topsis")
    assert "weights" in robust.drawn
    assert list(robust.central_weights.columns)[-1] != "C5.3"
    assert len(mcda.futures(shaped).states) == 972
    audit = mcda.structure_audit(shaped, holders["Paris"], n=100)
    assert "C5" not in set(audit.weights["criterion"])
    assert set(audit.structures["structure"]) > {"as stated", "no law"}


def test_a_structure_by_its_name(asked):
    """Any case; an unknown name lists those there are; the stated shape comes back."""
    problem, _ = asked
    assert problem.structured("NO LAW").structure.label == "Law left out"
    assert problem.structured("law left out").structure.name == "no law"
    assert problem.structured("no law").structured("as stated").structure is None
    with pytest.raises(mcda.InputError, match=r"'as stated', 'no law'.*found 'none'"):
        problem.structured("none")
    assert mcda.read_problem(FROZEN).structures == ()


FAULTS = """
as stated,,leave out,C3,,,,,,,,
a,,drop,C3,,,,,,,,
b,,leave out,C9,,,,,,,,
c,,weight,C3,0.2,,,,,,,
d,,future,C5,,,,,,,SCN99,
e,,measure,C3.2,,nonsense,,,,,,
f,,scale,C2.1,,,,40,,,,
g,,judged,C3,,,,,,,,
h,,leave out,C3,,,,,,,,
h,,leave out,C3,,,,,,,,
i,,weight,C3.1,much,,,,,,,
"""


def test_faults_are_told_by_row(tmp_path):
    """Every fault of the sheet at once, each with its row."""
    place = with_structures(tmp_path / "ukraine_force", FAULTS)
    with pytest.raises(mcda.InputError) as raised:
        mcda.read_problem(place)
    told = [str(fault) for fault in raised.value.faults]
    for row in (2, 3, 4, 5, 6, 7, 8, 9, 11, 12):
        assert any(f"structures.csv row {row}" in line for line in told), (row, told)
    assert len(told) == 10


def test_nothing_left(tmp_path):
    """A structure that leaves everything out is refused."""
    rows = "\n".join(f"void,,leave out,C{at},,,,,,,," for at in range(1, 6))
    place = with_structures(tmp_path / "ukraine_force", rows)
    with pytest.raises(mcda.InputError, match="at least one leaf that is left"):
        mcda.read_problem(place)


OUT = "\n".join(f"x,,leave out,{key},,,,,,," for key in ("C1", "C2", "C4", "C5", "C3.1", "C3.3"))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (f"{OUT}\nx,,chance,C3.2,,,,,,,", "at least one leaf that is left, found none to weigh"),
        (
            "x,,leave out,C2,,,,,,,\nx,,scale,C2.1,,,,40,,0,,",
            "changes of what is left, found 'scale' of 'C2.1', which it leaves out; keep one",
        ),
        (
            "x,,chance,C3.2,,,,,,,\nx,,chance,C4.4,,,,,,,",
            "one chance of an option, found 'C3.2', 'C4.4'; make one chance of them",
        ),
        (
            "x,,weight,C2.1,0\nx,,weight,C2.2,0\nx,,weight,C2.3,0",
            "local weights below 'C2': expected one that isn't 0, found none; leave the head out",
        ),
        (
            "x,,measure,C2.1,,expected_bill,,,,,",
            "structure 'x': criterion 'C2.1', measure 'expected_bill': expected an event",
        ),
        (
            "ends,,leave out,C1.1,,,,,,,\nEnds,,leave out,C1.2,,,,,,,",
            "row 3: column 'structure': expected 'ends', as in structures.csv row 2, found 'Ends'",
        ),
        (
            "x,,leave out,C1.1,,,,,,,\nx,,leave out,C1.1,,,,,,,",
            "structures.csv row 3: expected one change of a kind to a criterion",
        ),
    ],
)
def test_what_can_not_be_a_shape_is_refused_on_reading(tmp_path, rows, told):
    """Whatever command comes first, and not only the one that would use the structure."""
    place = with_structures(tmp_path / "ukraine_force", rows)
    with pytest.raises(mcda.InputError, match=told):
        mcda.read_problem(place)


def test_stated_chances_and_those_of_a_structure(tmp_path):
    """An option has one chance: a structure that states another is refused on reading."""
    place = with_structures(tmp_path / "ukraine_force", "x,,chance,C3.2,,,,,,,")
    options = pd.read_csv(place / "options.csv", dtype=str, keep_default_na=False)
    options["chance"] = options["id"].map({"OPT09": "unit_cost/land_force"}).fillna("")
    options["fallback"] = options["id"].map({"OPT09": "OPT01"}).fillna("")
    options.to_csv(place / "options.csv", index=False)
    with pytest.raises(mcda.InputError, match="structure 'x': chances: expected one chance"):
        mcda.read_problem(place)


def test_a_chance_leaves_its_head(tmp_path):
    """A head that has nothing else goes with it, and the chance stays where its head is left out."""
    rows = """
alone,,leave out,C3.1,,,,,,,
alone,,leave out,C3.3,,,,,,,
alone,,chance,C3.2,,,,,,,
head,,leave out,C3,,,,,,,
head,,chance,C3.2,,,,,,,
"""
    place = with_structures(tmp_path / "ukraine_force", rows)
    problem, holders = mcda.open_question(place)
    weights = holders["Paris"]
    scores = [
        mcda.rank(problem.structured(name), weights, "topsis").table["score"]
        for name in ("alone", "head")
    ]
    assert problem.structured("head").has_chances
    assert "C3" not in [one.key for one in problem.structured("alone").criteria]
    assert scores[0].tolist() == scores[1].tolist()


def test_who_weighs_nothing_of_a_head_shares_nothing_below_it(tmp_path):
    """Local weights that are all that is left of a head stop only a holder who weighs that head."""
    rows = "\n".join(f"x,,weight,C2.{at},{at - 1},,,,,," for at in (1, 2))
    place = with_structures(tmp_path / "ukraine_force", rows)
    problem = mcda.read_problem(place)
    tops = {"C1": 1, "C2": 0, "C3": 1, "C4": 0, "C5": 0}
    idle = mcda.weights(tops, "idle")
    stated = mcda.rank(problem, idle, "additive").table["score"]
    assert mcda.rank(problem.structured("x"), idle, "additive").table["score"].equals(stated)
    leaves = {leaf.key: float(leaf.key == "C1.1") for leaf in problem.weighed}
    means = mcda.weights(leaves, "means")
    rows = "x,,weight,C1.1,0,,,,,,"
    only = mcda.read_problem(with_structures(tmp_path / "other", rows))
    with pytest.raises(mcda.InputError, match="local weights below 'C1'"):
        mcda.rank(only.structured("x"), means, "additive")
    audit = mcda.structure_audit(only, {"means": means, "idle": idle}, n=100)
    assert set(audit.structures.query("structure == 'x'")["holder"]) == {"idle"}


def test_a_holder_left_with_nothing(asked):
    """A holder who weighs only what a structure leaves out is named with a way out."""
    problem, _ = asked
    lawyer = mcda.weights({"C1": 0, "C2": 0, "C3": 1, "C4": 0, "C5": 0}, "lawyer")
    with pytest.raises(mcda.InputError, match="some weight on what is left"):
        mcda.rank(problem.structured("no law"), lawyer, "additive")


def test_through_a_workbook(asked, tmp_path):
    """The sheet comes back from a workbook as it was."""
    place = with_structures(tmp_path / "ukraine_force", ROWS)
    book = mcda.write_workbook(mcda.read_sheets(place), tmp_path / "ukraine.xlsx")
    problem = mcda.read_problem(book)
    assert [one.told for one in problem.structures] == [one.told for one in asked[0].structures]


def test_the_blank_workbook_has_the_sheets(tmp_path):
    """They are empty and change nothing; a row that is typed there is read."""
    path = mcda.new_question(tmp_path / "heating.xlsx")
    before = mcda.read_problem(path)
    assert before.structures == () and not before.has_chances
    book = openpyxl.load_workbook(path)
    for name in ("positions", "screened_out"):
        assert book[name].max_row == 4
    page = book["structures"]
    columns = {cell.value: cell.column for cell in page[4]}
    for name, value in {
        "structure": "no works",
        "change": "leave out",
        "criterion": "works",
    }.items():
        page.cell(5, columns[name], value)
    options = {cell.value: cell.column for cell in book["options"][4]}
    assert {"chance", "fallback"} < set(options)
    book.save(path)
    after = mcda.read_problem(path)
    assert [one.told for one in after.structures] == ["without works"]
