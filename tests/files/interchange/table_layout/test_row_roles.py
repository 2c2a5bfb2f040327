"""Rows of outranking methods by their letters, and rows of 0 and 1 that may say which way is better."""

OUTRANKED = (
    "c,g0,g1\na1,81.3,17\na2,82.8,19.5\na3,80.9,18.9\nw,0.25,0.75\nf,5,3\np,2,1.5\nq,0.5,0\n"
)


def test_letters_below_the_options_are_weights_and_thresholds(read):
    """As programs of PROMETHEE write them; the types of functions are told to be left out."""
    found = read(OUTRANKED)
    assert list(found.performances.index) == ["a1", "a2", "a3"]
    assert found.weights.tolist() == [0.25, 0.75]
    assert found.thresholds["g0"] == {"preference": 2, "indifference": 0.5}
    said = "\n".join(map(str, found.notes))
    assert "the row 'f' was read as types of preference functions: left out" in said


def test_letters_that_do_not_agree_with_their_cells_are_asked_about(refused):
    """Weights that sum to nothing whole, and indifference above preference."""
    assert "rows={'w': 'option'} or weights='w'" in refused(OUTRANKED.replace("0.25,", "0.35,"))
    told = refused(OUTRANKED.replace("q,0.5", "q,3"))
    assert "rows={'p': 'option'}" in told and "rows={'q': 'option'}" in told


def test_options_called_by_letters_stay_options(read):
    """Among others of one letter, or where nothing looks like weights."""
    assert len(read("c,g0,g1\nP,1,2\nQ,2,3\nV,5,4\nW,3,1\n").performances) == 4
    assert len(read("c,g0,g1\nA,1,2\nB,2,3\nP,5,4\nW,3,1\n").performances) == 4
    assert len(read("c,g0,g1\nNorth,1,2\nSouth,2,3\nP,5,4\n").performances) == 3


FLAGGED = "critère,poids,négatif ?,option 1,option 2\nA,1,0,6.5,11\nB,0.7,1,9,4\nC,0.4,0,14,2\n"


def test_a_row_of_0_and_1_under_another_name_is_asked_about(read, refused):
    """It may say which criteria are costs; the ways out work."""
    told = refused(FLAGGED, criteria="rows")
    assert "an alternative, or 0 and 1 for the way that is better" in told
    assert "rows={'négatif ?': 'option'} or rows={'négatif ?': 'left out'}" in told
    found = read(FLAGGED, criteria="rows", rows={"négatif ?": "left out"})
    assert list(found.performances.index) == ["option 1", "option 2"]
    assert found.weights.tolist() == [1, 0.7, 0.4]


def test_an_option_of_0_and_1_among_others_of_any_name_is_one(read):
    """Counts may be 0 and 1."""
    assert len(read("Site,a,b\nNorth,2,3\nSouth,1,0\nEast,4,1\n").performances) == 3


def test_words_below_the_heads_without_a_name_are_asked_about(read, refused):
    """They may be units; one fault for the row, and both ways out work."""
    table = "Site,Cost,Reach\n,EUR m,km\nA,1,20\nB,2,30\n"
    told = refused(table)
    assert told.count("expected") == 1
    assert "rows={'': 'units'} or rows={'': 'left out'}" in told
    found = read(table, rows={"": "units"})
    assert dict(found.units) == {"Cost": "EUR m", "Reach": "km"}
    assert list(read(table, rows={"": "left out"}).performances.index) == ["A", "B"]
