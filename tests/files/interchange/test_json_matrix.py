"""A decision matrix in JSON: every key once, by position or by name, and no error in Python's words."""

import json

import pytest

import mcda

GOOD = {
    "alternatives": ["North", "South"],
    "criteria": ["cost", "access"],
    "matrix": [[1, 2], [3, 1]],
}


def read(tmp_path, given):
    path = tmp_path / "sites.json"
    path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return mcda.read_matrix(path)


@pytest.mark.parametrize("key", ["matrix", "directions"])
def test_a_key_that_stands_twice_is_refused_by_name(tmp_path, key):
    """Python keeps the last of two; here both are told."""
    text = json.dumps({**GOOD, "directions": ["min", "max"]})
    twice = text[:-1] + f', "{key}": {json.dumps(GOOD["matrix"])}' + "}"
    with pytest.raises(mcda.InputError, match=f"every key once, found '{key}' 2 times"):
        read(tmp_path, twice)


def test_a_key_that_stands_twice_inside_is_refused_too(tmp_path):
    """A criterion with two weights has none."""
    text = json.dumps(GOOD)[:-1] + ', "weights": {"cost": 1, "cost": 2, "access": 1}}'
    with pytest.raises(mcda.InputError, match="'cost' 2 times"):
        read(tmp_path, text)


def test_what_is_told_by_name_is_read_by_name(tmp_path):
    """The order of an object's keys means nothing."""
    found = read(
        tmp_path,
        {
            **GOOD,
            "matrix": {"South": {"access": 1, "cost": 3}, "North": [1, 2]},
            "weights": {"access": 1, "cost": 2},
            "directions": {"access": "max", "cost": -1},
        },
    )
    assert found.performances.loc["South"].to_dict() == {"cost": 3, "access": 1}
    assert found.performances.loc["North"].to_dict() == {"cost": 1, "access": 2}
    assert found.weights.to_dict() == {"cost": 2, "access": 1}
    assert dict(found.directions) == {"access": "max", "cost": "min"}


def test_a_matrix_by_name_tells_its_names(tmp_path):
    """Nothing else is needed where every cell is named."""
    found = read(tmp_path, {"matrix": {"North": {"cost": 1}, "South": {"cost": 3}}})
    assert found.performances.to_dict() == {"cost": {"North": 1, "South": 3}}


def test_an_alternative_may_bear_any_name(tmp_path):
    """In JSON its place says what a row is, whatever it is called."""
    names = ["W", "weights", "direction", "veto"]
    found = read(
        tmp_path, {"alternatives": names, "criteria": ["cost"], "matrix": [[1], [1], [-1], [4]]}
    )
    assert list(found.performances.index) == names and found.weights is None


def test_other_keys_are_named_as_left_out(tmp_path):
    """A title is no part of the matrix, and that is said."""
    found = read(tmp_path, {**GOOD, "title": "Sites"})
    assert any("'title'" in str(note) for note in found.notes)


REFUSED = {
    "text for names": ({**GOOD, "alternatives": "NS"}, "alternatives: expected a list of names"),
    "text for weights": ({**GOOD, "weights": "12"}, "weights: expected a list with a cell"),
    "text for a row": ({**GOOD, "matrix": ["12", [3, 1]]}, "'North': expected a list with a cell"),
    "text for a matrix": ({**GOOD, "matrix": "12"}, "matrix: expected a list of rows"),
    "a name that is none": ({**GOOD, "criteria": ["cost", None]}, "expected a name, found null"),
    "a row too many": ({**GOOD, "matrix": [[1, 2], [3, 1], [4, 4]]}, "2 rows, one for each"),
    "a short row": ({**GOOD, "matrix": [[1, 2], [3]]}, "'South': expected 2 cells"),
    "no criteria": ({"alternatives": ["A"], "matrix": [[1]]}, "found no 'criteria'"),
    "an unknown criterion": ({**GOOD, "weights": {"cots": 1}}, "found 'cots'"),
    "a weight too few": ({**GOOD, "weights": {"cost": 1}}, "expected a weight of 'access'"),
    "a list in a cell": ({**GOOD, "matrix": [[[1], 2], [3, 1]]}, "'cost': expected a number"),
    "a direction that is none": ({**GOOD, "directions": ["up", "max"]}, "found 'up'"),
    "a row too few by name": ({**GOOD, "matrix": {"North": [1, 2]}}, "a row of 'South'"),
    "a list": ([1, 2], "expected a document"),
    "no JSON": ('{"alternatives": [', "expected JSON, found something else in line 1, column"),
    "no end": ("[" * 100_000, "expected a document"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_such_document_is_refused_in_words(tmp_path, case):
    """The place and what was expected there, never an error in Python's own words."""
    given, words = REFUSED[case]
    with pytest.raises(mcda.InputError) as refused:
        read(tmp_path, given)
    told = str(refused.value)
    assert words in told and told.startswith("sites.json")
    for leak in ("Error", "argument", "zip", "Expecting", "delimiter", "object has no"):
        assert leak not in told
