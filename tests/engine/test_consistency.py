"""A ratio names its table, the table's source and n, and says where tables disagree."""

import pytest

import mcda
from mcda.preferences.consistency import LIMIT, RANDOM_INDEX, SOURCES

BORDER = [[1, 4, 3], [1 / 4, 1, 2], [1 / 3, 1 / 2, 1]]


def test_tables_that_disagree_on_the_verdict_are_told():
    """One matrix is coherent by Saaty 1980 and not by four other tables; the sentence has every figure."""
    found = mcda.priorities(BORDER).consistency
    verdicts = found.verdicts
    assert verdicts["coherent"].to_dict() == {
        "Saaty 1980": True,
        "Saaty 2005": False,
        "Alonso & Lamata 2006": False,
        "Donegan & Dodd 1991": False,
        "Tummala & Ling 1998": True,
    }
    assert str(found) == (
        "consistency ratio 0.093 (Saaty 1980, n = 3); the tables disagree: up to 0.10 by Saaty 1980 (0.093), Tummala & "
        "Ling 1998 (0.093), above it by Saaty 2005 (0.104), Alonso & Lamata 2006 (0.103), Donegan & Dodd 1991 (0.110)"
    )


@pytest.mark.parametrize("table", RANDOM_INDEX)
def test_every_table_has_its_source(table):
    """Author and year, for the ratio that was asked for and in the comparison."""
    found = mcda.priorities(BORDER, random_index=table).consistency
    assert found.source == SOURCES[table] and table[-4:] in found.source
    assert found.verdicts.loc[table, "ratio"] == pytest.approx(found.ratio)
    assert found.verdicts.loc[table, "coherent"] == (found.ratio <= LIMIT)


def test_only_tables_that_reach_the_size_have_a_say():
    """Donegan and Dodd go to 20 items, the others to 15."""
    many = [[1.0] * 18 for _ in range(18)]
    found = mcda.priorities(many, random_index="Donegan & Dodd 1991").consistency
    assert list(found.verdicts.index) == ["Donegan & Dodd 1991"] and found.ratio == 0
    with pytest.raises(mcda.InputError, match=r"expected at most 15 items \(Saaty 1980\), found 18"):
        mcda.priorities(many)


def test_two_items_and_many_matrices_are_told_as_what_they_are():
    """No praise for what can't be otherwise."""
    assert "two items can't contradict each other" in str(mcda.priorities([[1, 3], [1 / 3, 1]]).consistency)
    assert str(mcda.priorities([BORDER, BORDER]).consistency) == "2 consistency ratios (Saaty 1980, n = 3)"
