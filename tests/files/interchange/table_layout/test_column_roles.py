"""Columns that hold what a method made of the others, and labels that are many."""

import mcda

RANKED = (
    "Fund,P1,P2,Topsis Score,Rank\nM1,0.68,74,0.44,3\nM2,0.81,47,0.45,2\nM3,0.76,69,0.40,4\n"
    "M4,0.6,85,0.69,1\n"
)


def test_a_score_beside_its_ranks_is_no_criterion(read):
    """The order of the ranks is that of the score: both are left out with a note."""
    found = read(RANKED)
    assert list(found.performances) == ["P1", "P2"]
    said = "\n".join(map(str, found.notes))
    assert "the column 'Topsis Score' was read as what the ranks are of: left out" in said


def test_a_score_by_name_or_by_its_ranks_alone_is_asked_about(read, refused):
    """Both ways out work."""
    unranked = "\n".join(line.rpartition(",")[0] for line in RANKED.splitlines())
    unnamed = RANKED.replace("Topsis Score", "Result X")
    for text, key in ((unranked, "Topsis Score"), (unnamed, "Result X")):
        told = refused(text)
        assert f"columns={{'{key}': 'criterion'}} or columns={{'{key}': 'left out'}}" in told
        assert list(read(text, columns={key: "left out"}).performances) == ["P1", "P2"]
        assert list(read(text, columns={key: "criterion"}).performances) == ["P1", "P2", key]


def test_a_rank_by_its_last_word_is_one(read, refused):
    """Where its cells are ranks."""
    text = "Fund,P1,P2,Entropy rank\nM1,5,7,2\nM2,8,4,3\nM3,7,6,1\n"
    assert list(read(text).performances) == ["P1", "P2"]
    assert "or ranks" in refused(text.replace("8,4,3", "8,4,9"))


def test_few_short_words_may_be_levels_and_are_asked_about(read, refused):
    """Ratings of two words each; whole sentences are texts."""
    table = "Site,Quality,Reach\nA,very good,5\nB,rather poor,6\nC,not so bad,7\n"
    assert "column 'Quality'" in refused(table)
    assert list(read(table, columns={"Quality": "label"}).performances) == ["Reach"]
    longer = table.replace("very good", "on the hill above town")
    longer = longer.replace("rather poor", "beside the old harbour wall")
    assert list(read(longer).performances) == ["Reach"]


def test_many_words_of_their_own_are_labels(read, refused):
    """Hardly a criterion has ten levels; five may be."""
    rows = [f"S{at},Firm{'abcdefghijkl'[at]},{at + 0.5},{12 - at}" for at in range(12)]
    found = read("\n".join(["Symbol,Short,a,b", *rows]))
    assert found.labels["S0"] == "Firma" and list(found.performances) == ["a", "b"]
    assert "columns={'Short': 'label'}" in refused("\n".join(["Symbol,Short,a,b", *rows[:5]]))


def test_a_label_that_stands_twice_has_the_name_behind(read):
    """Two shares of one firm: a ranking can tell them apart, and a note says so."""
    text = "Symbol,Short,a,b\nX,Fox,1,4\nY,Fox,2,3\nZ,Owl,3,1\n"
    found = read(text, columns={"Short": "label"})
    assert found.labels == {"X": "Fox (X)", "Y": "Fox (Y)", "Z": "Owl"}
    assert "'Fox', which several alternatives have, were read as labels" in "\n".join(
        map(str, found.notes)
    )
    problem = mcda.problem_from(found, directions={"a": "max", "b": "max"}, accept="all")
    assert problem.options.loc["Y", "label"] == "Fox (Y)"
