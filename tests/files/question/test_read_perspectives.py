"""Holders' weights are read with their judgements, and kept apart."""

import shutil

import pytest

from mcda import InputError, read_perspectives, read_problem


@pytest.fixture
def folder(cooling, tmp_path):
    """A copy of the second question that a test may spoil."""
    return shutil.copytree(cooling, tmp_path / "question")


def test_each_holder_has_weights_over_the_leaves(folder):
    """Heads are spread by local weights; judged pairs give AHP weights beside the stated ones."""
    holders = read_perspectives(folder, read_problem(folder))
    assert list(holders) == ["Visitors' council", "Treasurer"]
    council = holders["Visitors' council"]
    assert council.values.round(4).to_dict() == {
        "temperature": 0.5625,
        "seats": 0.1875,
        "cost": 0.1667,
        "disturbance": 0.0833,
    }
    assert council.pairwise.consistency.ratio == 0 and council.method == "direct, judgement"
    assert holders["Treasurer"].pairwise is None


def test_own_local_weights_are_a_file(folder):
    """A holder that doesn't care about a leaf says 0."""
    (folder / "local_weights.csv").write_text(
        "holder,criterion,weight\nTreasurer,temperature,0\nTreasurer,seats,1\n", encoding="utf-8"
    )
    treasurer = read_perspectives(folder, read_problem(folder))["Treasurer"]
    assert treasurer.values["temperature"] == 0 and treasurer.values["seats"] == pytest.approx(0.35)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("perspectives.csv", "V,Visitors' council,effort", "V,Visitors' council,efort", "'efort'"),
        (
            "perspectives.csv",
            "60,75,90",
            "60,95,90",
            "perspectives.csv row 2: weight: expected 0 <= low <= mode <= high",
        ),
        ("perspectives.csv", "60,75,90", "60,x,90", "perspectives.csv row 2: column 'mode'"),
        (
            "perspectives.csv",
            "T,Treasurer,relief",
            "V,Treasurer,relief",
            "expected one holder for 'V'",
        ),
        (
            "perspectives.csv",
            "T,Treasurer,relief",
            "T,Treasurer,effort",
            "'effort' of 'Treasurer' a second time",
        ),
        (
            "judgements/V.csv",
            "relief,effort,3",
            "relief,effort,three",
            "judgement 'relief' to 'effort': expected a ratio such as 3 or 1/3",
        ),
        ("judgements/V.csv", "relief,effort,3", "relief,effort,0", "expected a ratio above 0"),
        (
            "judgements/V.csv",
            "relief,effort,3",
            "relief,cost,3",
            "expected items among 'relief', 'effort', found 'cost'",
        ),
    ],
)
def test_a_fault_in_preferences_names_file_and_row(folder, name, old, new, message):
    """A bad weight, holder or judgement is told with its place."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_perspectives(folder, read_problem(folder))
    assert message in str(error.value)


def test_judgements_of_nobody_are_told(folder):
    """A file for an unknown holder is a fault, not passed over."""
    shutil.copy(folder / "judgements" / "V.csv", folder / "judgements" / "W.csv")
    with pytest.raises(
        InputError, match=r"judgements/W.csv: expected a file for one of 'V', 'T', found 'W'"
    ):
        read_perspectives(folder, read_problem(folder))


def test_a_question_without_perspectives_has_no_holders(folder):
    """No file, no holders, no error."""
    (folder / "perspectives.csv").unlink()
    shutil.rmtree(folder / "judgements")
    assert read_perspectives(folder, read_problem(folder)) == {}
