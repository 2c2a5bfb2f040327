"""A question is read from a folder whole, or every fault of its files is told at once."""

import shutil

import pytest

from mcda import InputError, read_problem
from mcda.checks.limits import Limits


@pytest.fixture
def folder(cooling, tmp_path):
    """A copy of the second question that a test may spoil."""
    return shutil.copytree(cooling, tmp_path / "question")


def spoil(folder, name, old, new):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_a_folder_holds_the_whole_question(folder):
    """Options, tree, scales, cells with kind and source, and the frame arrive."""
    problem = read_problem(folder)
    assert problem.frame.baseline == "N" and problem.frame.exclusions == ("The branch libraries",)
    assert problem.performance.loc["L"].tolist() == [23, 120, 11, 25]
    cell = problem.estimates["temperature/L"]
    assert (cell.unit, cell.kind, cell.sources) == ("degrees C", "estimate", ("I1", "I2"))
    assert problem.criterion("temperature").floor == 28
    assert problem.local_weights == {"temperature": 3, "seats": 1, "cost": 2, "disturbance": 1}


def test_a_constructed_scale_keeps_its_words_from_worst_to_best(folder):
    """For a scale on which less is better the worst words are those of level 100."""
    scale = read_problem(folder).criterion("disturbance").scale
    assert scale.words == ("Reading rooms close", "Quiet hours move", "None noticed")
    assert scale.anchors == (100, 50, 0) and scale.worth == (0, 0.5, 1)


SPOILED = [
    (
        "scores.csv",
        "N,temperature,30,32,34",
        "N,temperature,30,n/a,34",
        "scores.csv row 2: column 'mode': expected a number such as 12.5, found 'n/a'",
    ),
    (
        "scores.csv",
        "N,temperature,30,32,34",
        "N,temperature,33,32,34",
        "scores.csv row 2: estimate 'temperature/N': expected low <= mode <= high",
    ),
    (
        "scores.csv",
        "N,seats,0,0,0,,assumption",
        "N,seats,0,0,0,,guess",
        "scores.csv row 3: estimate 'seats/N', kind: expected one of",
    ),
    (
        "scores.csv",
        "N,cost,0,0,0,,fact,No change\n",
        "",
        "scores.csv: expected a row for option 'N', criterion 'cost', found none",
    ),
    (
        "scores.csv",
        "R,seats",
        "X,seats",
        "scores.csv row 7, column 'option': expected a known id, found 'X'",
    ),
    (
        "scores.csv",
        "R,seats",
        "R,chairs",
        "scores.csv row 7, column 'criterion': expected a known id, found 'chairs'",
    ),
    (
        "scores.csv",
        "R,seats",
        "R,temperature",
        "expected a row of its own, found 'R / temperature' again, first in scores.csv row 6",
    ),
    (
        "scores.csv",
        "I1,estimate,Two",
        "I7,estimate,Two",
        "scores.csv row 6, column 'sources': expected a known id, found 'I7'",
    ),
    (
        "sources.csv",
        "A,2,Invented",
        "Z,2,Invented",
        "sources.csv row 2: source 'I1', reliability: expected one of A to F, found 'Z'",
    ),
    (
        "sources.csv",
        "I2,Building",
        "I1,Building",
        "sources.csv row 3: expected a row of its own, found 'I1' again",
    ),
    (
        "options.csv",
        "R,Reading room",
        "R,No cooling centre",
        "option label 2: expected a name of its own",
    ),
    (
        "options.csv",
        "R,Reading",
        "N,Reading",
        "options.csv row 3: expected a row of its own, found 'N' again",
    ),
    ("options.csv", "id,label", "id,name", "options.csv: expected a column 'label'"),
    (
        "criteria.csv",
        "min,34,29,22",
        "min,34,22,29",
        "criteria.csv row 4: anchors: expected numbers that only rise or only fall",
    ),
    (
        "criteria.csv",
        "natural,max,0",
        "natural,up,0",
        "criteria.csv row 5: criterion 'seats', direction: expected \"max\", as its anchors run, found 'up'",
    ),
    (
        "criteria.csv",
        "natural,max,0,40,150",
        "natural,max,0,40,40",
        "criteria.csv row 5: anchors: expected numbers that only rise or only fall, from worst to best",
    ),
    (
        "criteria.csv",
        "points 0-100,constructed",
        "points 0-100,verbal",
        "column 'scale_type': expected one of 'head'",
    ),
    (
        "criteria.csv",
        "Quiet hours move",
        "#N/A",
        "column 'middle': expected words for a level, found '#N/A'; mend the formula, or write what",
    ),
    (
        "criteria.csv",
        "3,28,Health",
        "3,warm,Health",
        "criteria.csv row 4: column 'floor': expected a number",
    ),
    (
        "criteria.csv",
        "cost,effort",
        "cost,work",
        "column 'parent': expected a known id, found 'work'",
    ),
    ("question.toml", 'baseline = "N"', 'baseline = "Z"', "baseline: expected one of the options"),
    ("question.toml", 'baseline = "N"', 'basline = "N"', "expected keys among"),
    ("question.toml", 'baseline = "N"', "baseline = N", "question.toml: expected TOML in UTF-8"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"), SPOILED, ids=[case[3][:40] for case in SPOILED]
)
def test_a_fault_names_file_row_and_column(folder, name, old, new, message):
    """Each fault says where it stands, what was expected and what was found."""
    spoil(folder, name, old, new)
    with pytest.raises(InputError) as error:
        read_problem(folder)
    assert message in str(error.value)


def test_faults_of_several_files_come_at_once(folder):
    """A bad cell, a bad grade and a bad anchor are one error."""
    for name, old, new, _ in (SPOILED[0], SPOILED[8], SPOILED[13]):
        spoil(folder, name, old, new)
    with pytest.raises(InputError) as error:
        read_problem(folder)
    assert len(error.value.faults) >= 3
    assert all(
        name in str(error.value)
        for name in ("scores.csv row 2", "sources.csv row 2", "criteria.csv row 4")
    )


def test_a_question_needs_options_and_criteria(folder):
    """A folder without them says which file is missing; a file in place of a folder says so."""
    (folder / "options.csv").unlink()
    with pytest.raises(InputError, match=r"expected options.csv, found none"):
        read_problem(folder)
    with pytest.raises(InputError, match="found a file"):
        read_problem(folder / "criteria.csv")
    with pytest.raises(InputError, match="found nothing there"):
        read_problem(folder / "nowhere")
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="found a folder without them"):
        read_problem(folder / "empty")


def with_measure(folder, name="doubled"):
    text = (folder / "criteria.csv").read_text(encoding="utf-8").splitlines()
    lines = [
        f"{text[0]},measure",
        *(f"{line},{name if line.startswith('seats') else ''}" for line in text[1:]),
    ]
    (folder / "criteria.csv").write_text("\n".join(lines), encoding="utf-8")


def test_a_named_formula_comes_from_the_caller(folder):
    """Its cells in scores.csv stay for comparison; a name that isn't given is refused with the way out."""
    with_measure(folder)
    problem = read_problem(
        folder,
        {"doubled": lambda problem, drawn: 2 * drawn.along("temperature", problem.options.index)},
    )
    assert problem.performance["seats"].tolist() == [64, 54, 46, 58]
    assert "seats/R" not in problem.estimates and len(problem.tables["scores"]) == 16
    with pytest.raises(
        InputError,
        match=r"column 'measure': expected one of none, found 'doubled'; give it to read_problem",
    ):
        read_problem(folder)


@pytest.mark.parametrize(
    "package", ["os", "criteria.ukraine_force.legal", "criteria../x", "criteria.no_such_question"]
)
def test_nothing_but_an_installed_question_package_is_opened(folder, package):
    """A stranger's folder can't have a module imported that isn't a question's."""
    with_measure(folder)
    spoil(folder, "question.toml", 'baseline = "N"', f'baseline = "N"\nmeasures = "{package}"')
    with pytest.raises(InputError, match=r"question.toml, measures"):
        read_problem(folder)


def test_every_other_csv_file_is_a_table(folder):
    """A table of the question's own keeps every column; its numbers are numbers and its ids are resolved."""
    (folder / "rooms.csv").write_text(
        "id,area,sources,note\nr1,120,I1,=1+1\nr2,,I9,x\n", encoding="utf-8"
    )
    with pytest.raises(
        InputError, match=r"rooms.csv row 3, column 'sources': expected a known id, found 'I9'"
    ):
        read_problem(folder)
    spoil(folder, "rooms.csv", "I9", "I2")
    rooms = read_problem(folder).tables["rooms"]
    assert rooms.loc["r1"].tolist() == [120, "I1", "=1+1"] and rooms["area"].isna().tolist() == [
        False,
        True,
    ]


def test_a_file_that_cannot_be_read_is_told_alone(folder):
    """No cell and no id is called missing where a file has other separators, or a source a bad grade."""
    spoil(folder, "sources.csv", "A,2,Invented", "Z,2,Invented")
    text = (folder / "scores.csv").read_text(encoding="utf-8")
    (folder / "scores.csv").write_text(text.replace("N,seats,", "N,seats"), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_problem(folder)
    told = str(refused.value)
    assert 'put a cell that holds a comma in "quotes"' in told
    assert "reliability: expected one of A to F" in told
    assert "expected a row" not in told and "expected a known id" not in told
    (folder / "sources.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_problem(folder)
    assert "expected a known id" not in str(refused.value)


def test_missing_sources_are_told_once(folder):
    """Rows of several sheets name sources, and there is no sheet of them: one fault, which says whose rows."""
    (folder / "sources.csv").unlink()
    with pytest.raises(InputError) as error:
        read_problem(folder)
    (told,) = error.value.faults
    assert told.expected == "sources.csv" and "scores.csv" in told.found


@pytest.mark.parametrize("name", ["question.toml", "scores.csv"])
def test_a_file_beyond_its_limit_is_refused(folder, name):
    """Every file of a folder is held to the limit, told with its size."""
    size = (folder / name).stat().st_size
    with pytest.raises(
        InputError,
        match=f"{name}: expected at most {size - 1} bytes, found {size}; read it with higher",
    ):
        read_problem(folder, limits=Limits(file_bytes=size - 1))
