"""Packages that were chosen join the options, and every fault is told by its row and column."""

import pytest

import mcda

from .test_part_rows import KEPT, PLAIN, with_parts

WAYS = "structure,label,change,criterion,fallback"
HEADER = "id,label,short,parts,like,fallback,members,rationale"
pytestmark = pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")


# what parts bring is a criterion of the blank question
BROUGHT = PLAIN.replace("warmth,max,4,5,6,,points", "emissions,,4,5,6,,")
BROUGHT = BROUGHT.replace("warmth,,,1", "emissions,,,1")
RULED = KEPT.replace("warmth", "emissions")


def with_rows(place, *rows):
    """The question with parts, and rows of packages."""
    with_parts(place, BROUGHT, RULED)
    text = "\n".join([HEADER, *rows])
    (place / "packages.csv").write_text(f"{text}\n", encoding="utf-8")
    return place


def test_rows_become_options(tmp_path):
    """In order, marked with their parts, like another in all else; a workbook says the same."""
    rows = ["P1,Loft alone,,loft,GAS,,,Cheapest", "P2,,,trees;loft,GAS,,,"]
    place = with_rows(tmp_path / "q", *rows)
    problem = mcda.read_problem(place)
    assert list(problem.options.index[-2:]) == ["P1", "P2"]
    assert problem.options.loc["P1", "made"] == "Insulate the loft"
    assert problem.options.loc["P1", "description"].endswith(". Cheapest")
    assert problem.labels["P2"] == "P2"
    assert problem.performance.loc["P1", "emissions"] == 5
    assert problem.performance.loc["P1", "cost"] == problem.performance.loc["GAS", "cost"]
    mcda.write_workbook(mcda.read_sheets(place), tmp_path / "q.xlsx")
    again = mcda.read_problem(tmp_path / "q.xlsx")
    assert again.performance.equals(problem.performance)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("P1,,,attic,GAS,,,", "packages.csv row 2: column 'parts': expected keys of parts"),
        ("P1,,,loft;panels,GAS,,,", "column 'parts': expected parts that the rules allow"),
        ("GAS,,,loft,GAS,,,", "column 'id': expected an id of its own"),
        ("P1,,,loft,NOWHERE,,,", "'NOWHERE'"),
        ("P1,,,loft,,,,", "column 'like'"),
    ],
)
def test_faults_are_told_by_cell(tmp_path, row, told):
    """Parts of no name, against the rules, ids that are taken, options that aren't there."""
    place = with_rows(tmp_path / "q", row)
    with pytest.raises(mcda.InputError, match=told):
        mcda.read_problem(place)


def test_a_question_without_parts_has_no_packages(tmp_path):
    """Told with the row."""
    place = with_rows(tmp_path / "q", "P1,,,loft,GAS,,,")
    (place / "parts.csv").unlink()
    (place / "rules.csv").unlink()
    with pytest.raises(mcda.InputError, match=r"packages.csv row 2.*a question that states parts"):
        mcda.read_problem(place)


def add_rows(path, *rows):
    """Rows at the end of a file, which may not be there."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    path.write_text("\n".join([*lines, *rows]) + "\n", encoding="utf-8")


def named_everywhere(place):
    """Packages P1 and P2, like the gas boiler, of which every sheet that names options names one."""
    rows = ["P1,Loft alone,,loft,GAS,,,", "P2,Loft and trees,,trees;loft,P1,P1,,"]
    with_rows(place, *rows)
    options = place / "options.csv"
    header, *lines = options.read_text(encoding="utf-8").splitlines()
    chances = {"PUMP": "built,Loft alone"}
    lines = [f"{line},{chances.get(line.partition(',')[0], ',')}" for line in lines]
    options.write_text("\n".join([f"{header},chance,fallback", *lines]) + "\n", encoding="utf-8")
    add_rows(place / "estimates.csv", "built,40,60,80,percent,,judgement,S1,,")
    add_rows(
        place / "events.csv",
        "burst,A burst pipe,,20 (10 to 30),10,50,100,150,EUR thousand,,,,judgement,S1,",
        "burst,,P1,5 (2 to 8),,,,,,,,,judgement,S1,",
    )
    add_rows(place / "positions.csv", "holder,option,as_of", "Treasurer,Loft alone,2026-01-01")
    add_rows(place / "statements.csv", "Tenant,rather,loft alone,PUMP,,,,,,,,,")
    effect = "GASPRICE,Price of gas,doubles,10,30,50,As now,cost,P1,mult,1.1,1.2,1.3,judgement,S1,"
    add_rows(place / "scenarios.csv", effect)
    add_rows(place / "scores.csv", "P1,works,1,2,3,judgement,S1,triangular,In the loft")
    add_rows(place / "screened_out.csv", "id,label,reason,option", "OIL,Oil,Barred,Loft alone")
    frame = place / "question.toml"
    text = frame.read_text(encoding="utf-8")
    frame.write_text(text.replace('baseline = "GAS"', 'baseline = "P1"'), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory):
    return mcda.open_question(named_everywhere(tmp_path_factory.mktemp("named") / "q"))


def test_other_sheets_name_a_package_as_any_option(everywhere):
    """Baseline, fallbacks, position, statement, and what was ruled out: by id or label."""
    problem, holders = everywhere
    assert problem.frame.baseline == "P1"
    assert problem.fallbacks == {"PUMP": "P1", "P2": "P1"}
    otherwise = problem.performance["emissions otherwise"]
    assert otherwise["PUMP"] == otherwise["P2"] == problem.performance.loc["P1", "emissions"]
    assert problem.chance["PUMP"] == pytest.approx(0.6)
    assert problem.chance["P2"] == pytest.approx(0.9)
    assert problem.tables["positions"]["option"].tolist() == ["P1"]
    assert problem.tables["screened_out"]["option"].tolist() == ["P1"]
    assert holders["Tenant"].steps["statements"]["first"].tolist() == ["P1"]
    scores = problem.expected_values @ holders["Tenant"].space.sample(300, seed=1).T
    assert (scores.loc["P1"] >= scores.loc["PUMP"] - 1e-9).all()


def test_what_a_sheet_says_of_a_package_is_its_own(everywhere):
    """Its score, its chance of an event and its effect of a future; all else is the other's.

    P2 is like P1, so that it takes over what P1 has of its own.
    """
    problem, _ = everywhere
    assert problem.performance["works"][["GAS", "P1", "P2"]].tolist() == [0, 2, 2]
    assert (
        problem.performance["cost"][["P1", "P2"]].eq(problem.performance.loc["GAS", "cost"]).all()
    )
    assert [one.key for one in problem.inputs("works", "P1")] == ["works/P1"]
    assert (problem.kind("works", "P1"), problem.kind("emissions", "P1")) == (
        "judgement",
        "derived",
    )
    (burst,) = problem.events
    assert (burst.chances["GAS"], burst.chances["P1"]) == ("burst/chance", "burst/chance/P1")
    assert burst.chances["P2"] == "burst/chance/P1"
    assert set(burst.losses[0].amounts.values()) == {"burst/loss"}
    effects = problem.tables["scenarios"]
    cost = effects[effects["criterion"] == "cost"].set_index("state")
    assert cost.loc["stays", "options"] == "GAS;P1;P2"
    assert cost.loc["doubles", "options"].tolist() == ["GAS", "P1;P2"]


def test_a_question_that_names_packages_everywhere_is_ranked_and_drawn(everywhere):
    """Rank, draws, futures, positions and events take each package."""
    problem, holders = everywhere
    weights = holders["Treasurer"]
    assert {"P1", "P2"} <= set(mcda.rank(problem, weights, "additive").table.index)
    robust = mcda.robustness(mcda.sample(problem, 200, 1), weights, "additive")
    assert robust.rank_acceptability.loc[["P1", "P2"]].sum(axis=1).tolist() == pytest.approx([1, 1])
    regret = mcda.regret(problem, weights, "additive")
    assert {"P1", "P2"} <= set(regret.options.index)
    assert mcda.can_be_first(problem, "P1")["can_be_first"].all()
    bills = mcda.consequences(problem).bills
    assert bills.loc["P1", "bill"] == pytest.approx(bills.loc["GAS", "bill"] / 4)
    assert bills.loc["PUMP", "bill"] == pytest.approx(
        0.6 * bills.loc["GAS", "bill"] + 0.4 * bills.loc["P1", "bill"]
    )


def test_a_structure_falls_back_on_a_package(tmp_path):
    """Its chance is a measure of the question, and the package happens otherwise."""
    place = with_rows(tmp_path / "q", "P1,Loft alone,,loft,GAS,,,")
    add_rows(place / "structures.csv", WAYS, "sure,,chance,supply,Loft alone")
    shaped = mcda.read_problem(place).structured("sure")
    assert shaped.fallbacks["PUMP"] == "P1"
    otherwise = shaped.performance["emissions otherwise"]
    assert otherwise["PUMP"] == shaped.performance.loc["P1", "emissions"] == 5


UNKNOWN = {
    "scores.csv": ("P9,works,1,2,3,judgement,S1,triangular,", "scores.csv row"),
    "events.csv": ("burst,,P9,5,,,,,,,,,judgement,S1,", "events.csv row 4, column 'option'"),
    "positions.csv": ("Climate officer,P9,2026-01-01", "positions.csv row 3, column 'option'"),
    "statements.csv": ("Tenant,rather,P9,GAS,,,,,,,,,", "statements.csv row 3"),
    "packages.csv": ("P3,,,loft,P9,,,", "packages.csv row 4, column 'like'"),
    "structures.csv": (f"{WAYS}\nodd,,chance,supply,P9", "structures.csv row 2"),
    "screened_out.csv": ("COKE,Coke,Barred,P9", "screened_out.csv row 3"),
}


@pytest.mark.parametrize("sheet", UNKNOWN)
def test_a_name_that_nothing_bears_is_told_with_its_cell(tmp_path, sheet):
    """And packages are among what may stand there."""
    row, where = UNKNOWN[sheet]
    place = named_everywhere(tmp_path / "q")
    add_rows(place / sheet, row)
    with pytest.raises(mcda.InputError) as raised:
        mcda.open_question(place)
    (fault,) = raised.value.faults
    assert where in str(fault) and "'P9'" in str(fault) and "'P1'" in str(fault)


REFUSED = {
    "like a package below": (
        ["P1,,,loft,P2,,,", "P2,,,loft,GAS,,,"],
        "packages.csv row 2, column 'like': expected an option that is there, or is made above",
    ),
    "a fallback that may fail": (
        ["P1,,,loft,GAS,PUMP,,", "P2,,,loft,GAS,P1,,"],
        "packages.csv row 3.*expected an option that happens for sure: .*found 'P1'",
    ),
    "itself as its fallback": (
        ["P1,,,loft,GAS,P1,,"],
        "packages.csv row 2.*expected an option that happens for sure: .*found 'P1'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_packages_that_rest_on_each_other_wrongly(tmp_path, case):
    rows, told = REFUSED[case]
    with pytest.raises(mcda.InputError, match=told):
        mcda.read_problem(with_rows(tmp_path / "q", *rows))


def test_an_option_may_fall_back_on_a_package_only_if_that_happens_for_sure(tmp_path):
    """P2 comes about with its part, so that nothing can rest on it; the row of the option is told."""
    place = named_everywhere(tmp_path / "q")
    options = place / "options.csv"
    options.write_text(options.read_text(encoding="utf-8").replace("built,Loft alone", "built,P2"))
    with pytest.raises(mcda.InputError, match=r"options.csv row 3.*happens for sure.*found 'P2'"):
        mcda.read_problem(place)


def test_a_number_that_the_parts_bring_is_stated_once(tmp_path):
    """A score of the package on what its parts bring would be a second truth."""
    place = with_rows(tmp_path / "q", "P1,,,loft,GAS,,,")
    add_rows(place / "scores.csv", "P1,emissions,1,2,3,judgement,S1,triangular,")
    told = r"packages.csv row 2.*estimate 'emissions/P1'.*sum of what the parts bring"
    with pytest.raises(mcda.InputError, match=told):
        mcda.read_problem(place)


def test_what_was_ruled_out_is_no_package(tmp_path):
    """Told with the sheet that has it."""
    place = with_rows(tmp_path / "q", "P1,,,loft,GAS,,,")
    add_rows(place / "screened_out.csv", "id,label,reason,option", "P1,Loft,Barred,")
    with pytest.raises(mcda.InputError, match=r"screened_out.csv row 2.*or in packages.csv"):
        mcda.read_problem(place)
