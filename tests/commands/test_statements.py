"""`mcda statements`: what follows, what can't hold with what each would give, and public positions."""

import json

import pytest

import mcda
from mcda.cli import main

HEADER = "holder,says,first,second,amount,low,high,start,second_start,words,as_of,recorded_by"


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    place = mcda.new_question(tmp_path_factory.mktemp("said") / "q")
    rows = [
        "Tenant,rather,PUMP,GAS,,,,,,rather the pump,,",
        "Tenant,times,cost,emissions,,2,3,,,,,",
        "Treasurer,rather,GAS,GRID,,,,,,never the grid,,",
    ]
    (place / "statements.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return place


def test_what_follows_is_told(question, capsys):
    assert main(["statements", str(question), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    tenant, treasurer = found["holders"]
    assert tenant["holder"] == "Tenant" and not tenant["conflict"]
    ranks = {row["option"]: row for row in tenant["ranks"]}
    assert ranks["PUMP"]["best"] == 1 and ranks["GAS"]["best"] > 1
    assert treasurer["broken"] in ([], ["never the grid"])
    assert "after 2 statements" in found["finding"][0]


def test_value_functions_may_be_straight_between_anchors(question, capsys):
    """Their document has the range of each weight; open and in pieces at once is refused."""
    assert main(["statements", str(question), "--pieces", "--holder", "tenant", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["holders"]
    assert found["functions"] == "pieces"
    assert all(0 <= row["low"] <= row["high"] <= 1 for row in found["weights"])
    with pytest.raises(SystemExit) as stopped:
        main(["statements", str(question), "--pieces", "--open"])
    assert stopped.value.code == 2


def test_value_functions_may_be_open(question, capsys):
    assert main(["statements", str(question), "--open", "--holder", "tenant"]) == 0
    told = capsys.readouterr().out
    told = " ".join(told.split())
    assert "value functions open but monotone" in told and "Treasurer:" not in told


def test_a_conflict_is_told_with_what_each_would_give(question, tmp_path, capsys):
    """The holder states no other weights, so that nothing can rank for it: status 1."""
    place = mcda.new_question(tmp_path / "q")
    rows = [
        "X,times,cost,emissions,,2,2,,,twice,,",
        "X,times,emissions,cost,,1,3,,,not less,,",
        "X,rather,PUMP,GAS,,,,,,the pump,,",
    ]
    (place / "statements.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    assert main(["statements", str(place)]) == 1
    told, told_at_end = capsys.readouterr()
    told = " ".join(told.split())
    assert "“twice” and “not less” can't all hold" in told and "the pump" not in told
    assert "the number of “twice” is 0.333 to 1 times" in told
    assert "take one of those above back" in told_at_end
    assert main(["rank", str(place)]) == 1
    assert "statements.csv row 2 'twice' and statements.csv row 3" in capsys.readouterr().err


def test_positions_are_statements(capsys):
    """The shape of the question decides whether some public positions can come first at all."""
    assert main(["statements", "ukraine_force", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    never = {
        (row["holder"], row["structure"]) for row in found["positions"] if not row["can_be_first"]
    }
    assert ("Berlin", "war priced") in never and ("Paris", "as stated") not in never
    assert sum("position of Kyiv, London" in sentence for sentence in found["finding"]) == 1


def test_a_holder_of_no_name_is_wrong_usage(question):
    with pytest.raises(SystemExit) as ended:
        main(["statements", str(question), "--holder", "nobody at all"])
    assert ended.value.code == 2


def test_the_next_question_is_told_in_natural_units(question, capsys):
    """With the ranking so far; its answer would be a statement about the same two measures."""
    assert main(["statements", str(question), "--holder", "tenant", "--next", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (asked,) = found["next"]
    assert {asked["first"], asked["second"]} < {"cost", "works", "emissions", "supply"}
    assert asked["reason_to_stop"] == "" and 0 < asked["certainty"] < 1
    assert "next to ask: what is worth more" in found["finding"][-1]
