"""A number traces to the claim that it rests on: links are checked, and told for each number."""

import pytest

import mcda
from criteria import ukraine_force
from mcda.problem.claims import claims_behind

CLAIMS = "id,claim,sources,kind\nA1,A bed costs 300,,estimate\n"


def with_links(place, *links):
    """The blank question with one claim and some links."""
    mcda.new_question(place)
    (place / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    rows = "\n".join(["claim,target,relation", *links, ""])
    (place / "claims_links.csv").write_text(rows, encoding="utf-8")
    return place


def test_links_are_told_for_cells_and_estimates(tmp_path):
    """By the key of each, and for a family by one link."""
    problem = mcda.read_problem(with_links(tmp_path / "asked", "A1,options/GAS,informs"))
    option = str(problem.options.index[0])
    cell = f"{problem.leaves[0].key}/{option}"
    family = f"{problem.leaves[0].key}/*"
    place = with_links(tmp_path / "again", f"A1,{family},states")
    found = claims_behind(mcda.read_problem(place), [cell, "another"])
    assert found == {cell: ("A1",), "another": ()}
    assert claims_behind(problem, [cell]) == {cell: ()}


def test_a_link_of_no_claim_or_to_nothing_is_a_fault(tmp_path):
    """Each with its row."""
    place = with_links(tmp_path / "asked", "A9,options/GAS,informs", "A1,nowhere/GAS,informs")
    with pytest.raises(mcda.InputError) as raised:
        mcda.read_problem(place)
    told = [str(fault) for fault in raised.value.faults]
    assert len(told) == 2
    assert "row 2, column 'claim': expected a claim of claims.csv, found 'A9'" in told[0]
    assert "row 3, column 'target'" in told[1] and "'nowhere/GAS'" in told[1]


def test_most_numbers_of_the_first_question_trace_to_a_claim():
    """Four in five cells and estimates; what has none is mostly fixed or an assumption."""
    problem = ukraine_force.problem()
    cells = [f"{leaf.key}/{one}" for leaf in problem.leaves for one in problem.options.index]
    keys = list(dict.fromkeys([*cells, *problem.estimates]))
    linked = [key for key, claims in claims_behind(problem, keys).items() if claims]
    assert len(linked) / len(keys) > 0.75
    assert claims_behind(problem, ["contribution/GBR"])["contribution/GBR"][-1] == "B41"
