"""Tables without names, and tables whose names say which way they stand."""

import pytest


def held(matrix):
    return {name: row.tolist() for name, row in matrix.performances.iterrows()}


def test_a_table_without_names_is_told_to_have_none(read, refused):
    """As a survey or a simulation writes it: every column is a criterion."""
    text = "Speed,Cost\n2,1\n3,4\n3,2\n"
    assert "names='Speed' or names='none' if none does" in refused(text)
    found = read(text, names="none")
    assert held(found) == {"1": [2, 1], "2": [3, 4], "3": [3, 2]}
    assert "a table without names was read as one of alternatives 1, 2" in str(found.notes[0])


def test_numbers_alone_are_read_when_both_are_told(read, refused):
    """Neither a header nor names: one refusal tells both ways out, and they work together."""
    text = "2,8,7.5\n3,4,6.5\n1,2,3.5\n"
    told = refused(text)
    assert "header=False" in told and "names='none'" in told
    found = read(text, header=False, names="none")
    assert held(found) == {"1": [2, 8, 7.5], "2": [3, 4, 6.5], "3": [1, 2, 3.5]}
    assert list(found.performances) == ["criterion 1", "criterion 2", "criterion 3"]


def test_a_column_called_none_holds_names(read):
    """A head goes before the word of the option."""
    assert held(read("Cost,none\n3,A\n4,B\n", names="none")) == {"A": [3], "B": [4]}


TURNED = {
    "the corner": "Nom critère,Nord,Sud\nCoût,6,11\nBruit,9,4\n",
    "a corner of two words": "Name of criterion,Nord,Sud\nCost,6,11\nNoise,9,4\n",
    "the rows": ",Nord,Sud\nCritère 1,6,11\nCritère 2,9,4\n",
    "the columns": ",option 1,option 2\nCost,6,11\nNoise,9,4\n",
}


@pytest.mark.parametrize("name", TURNED)
def test_names_that_say_that_criteria_stand_in_rows(name, read, refused):
    """It is asked; both answers work."""
    told = refused(TURNED[name])
    assert "criteria='rows' if criteria stand in rows" in told
    assert [*held(read(TURNED[name], criteria="rows")).values()] == [[6, 9], [11, 4]]
    assert [*held(read(TURNED[name], criteria="columns")).values()] == [[6, 11], [9, 4]]


def test_a_corner_of_both_says_nothing(read):
    """It is read as it stands, with a note."""
    found = read("Alternative / criterion,Cost,Noise\nNord,6,9\nSud,11,4\n")
    assert "doesn't say which way it stands" in str(found.notes[0])


def test_columns_without_a_head_are_one_fault_with_what_stands_there(refused):
    """Notes beside a table, as people leave them."""
    told = refused("Site,Cost,,,\nA,3,,,\nB,4,,V+,0.15\nC,5,,V-,0.2\n")
    assert told.count("expected") == 1
    assert "2 columns without one, such as column 3, which holds 'V+' in t.csv row 3" in told


def test_a_table_that_compares_each_with_each_is_no_decision_table(read, refused):
    """Judgements of pairs would be ranked as if they were performances; told to be, they are."""
    text = ",small,medium,large\nsmall,1,0.2,0.11\nmedium,5,1,0.2\nlarge,9,5,1\n"
    told = refused(text)
    assert "each compared with each" in told and "mcda.read_survey" in told
    assert held(read(text, criteria="columns"))["large"] == [9, 5, 1]
