"""Judgements from a dict, a matrix, a table or a file are the same judgements; what is wrong is named."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda

ITEMS = ["cost", "legal", "force"]
RATIOS = {("cost", "legal"): "1/3", ("force", "cost"): "strong", ("legal", "force"): "2/7"}
MATRIX = [[1, "1/3", "1/5"], [3, 1, "2/7"], [5, "7/2", 1]]


@pytest.fixture
def written(tmp_path):
    """Write a file and read the judgements in it."""

    def read(text, items=None):
        path = tmp_path / "panel.csv"
        path.write_text(text, encoding="utf-8")
        return mcda.Judgements.from_csv(path, items)

    return read


def test_every_way_in_gives_the_same_matrix(written):
    """Fractions exactly, words by Saaty's scale, a pair from either side."""
    expected = mcda.Judgements(ITEMS, RATIOS).matrix
    assert expected.loc["legal", "cost"] == 3 and expected.loc["force", "legal"] == 3.5
    labelled = pd.DataFrame(MATRIX, index=ITEMS, columns=ITEMS)
    pairs = "first,second,ratio\ncost,legal,1/3\nforce,cost,strong\nlegal,force,2/7\n"
    square = ",cost,legal,force\ncost,1,1/3,1/5\nlegal,3,1,2/7\nforce,5,7/2,1\n"
    for made in (
        mcda.Judgements.from_matrix(MATRIX, ITEMS),
        mcda.Judgements.from_matrix(labelled),
        written(pairs, ITEMS),
        written(square),
    ):
        pd.testing.assert_frame_equal(made.matrix, expected)


def test_a_blank_is_a_pair_that_was_not_judged(written):
    """In a matrix, a table and both kinds of file; one side of a pair is enough, with a word."""
    for made in (
        mcda.Judgements.from_matrix([[1, np.nan], [None, 1]], ["a", "b"]),
        written(",a,b\na,1,\nb,,1\n"),
        written("first,second,ratio\na,b,\n"),
    ):
        assert made.missing == (("a", "b"),) and made.table.empty
    with pytest.warns(mcda.AssumptionWarning, match="the mirror is taken as the reciprocal"):
        assert written(",a,b\na,1,1/4\nb,,1\n").matrix.loc["b", "a"] == 4


def test_the_table_tells_judgements_in_words():
    """Ratio and words, as given."""
    table = mcda.Judgements(ITEMS, RATIOS).table
    assert table["ratio"].tolist() == ["1/3", "5", "2/7"]
    assert table["words"].tolist() == [
        "inverse moderate",
        "strong",
        "about inverse moderate to strong",
    ]
    assert "inverse moderate" in mcda.Judgements(ITEMS, RATIOS)._repr_html_()


@pytest.mark.parametrize(
    ("matrix", "items", "message"),
    [
        (
            [[1, 2], [3, 1]],
            ["a", "b"],
            "judgement 'a' to 'b': expected a matrix whose mirrored entries are reciprocal",
        ),
        (
            [[1, "two"], [0.5, 1]],
            ["a", "b"],
            "judgement 'a' to 'b': expected a ratio such as 3 or 1/3, found 'two'",
        ),
        (
            [[1, "-2"], ["-1/2", 1]],
            ["a", "b"],
            "judgement 'a' to 'b': expected a ratio above 0, found -2",
        ),
        (
            [[2, 2], [0.5, 1]],
            ["a", "b"],
            "judgement 'a' to 'a': expected 1 on the diagonal, found 2",
        ),
        ([[1, 2], [0.5]], ["a", "b"], "expected a square"),
        ([[1, 2], [0.5, 1]], ["a", "b", "c"], "expected a square of 3 items, found shape (2, 2)"),
        ([[[1.0]]], ["a"], "expected a square of 1 items"),
        (
            [[1, True], [True, 1]],
            ["a", "b"],
            "judgement 'a' to 'b': expected a finite number, found True",
        ),
        ([[1, 2], [0.5, 1]], ["a", "a"], "item 2: expected a name of its own"),
    ],
)
def test_a_bad_matrix_names_the_pair(matrix, items, message):
    """Mirror, text, sign, diagonal, form and names."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.Judgements.from_matrix(matrix, items)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "items", "message"),
    [
        (
            "first,second,ratio\na,b,2\na,b,3\n",
            None,
            "panel.csv row 3: expected every pair once, found 'a' to 'b' again",
        ),
        (
            "first,second,ratio\na,b,2\nb,a,2\n",
            None,
            "expected one judgement, or two that are reciprocal",
        ),
        (
            "first,second,ratio\na,b,x\n",
            None,
            "judgement 'a' to 'b': expected a ratio such as 3 or 1/3, found 'x'",
        ),
        ("first,second,ratio\na,c,2\n", ["a", "b"], "expected items among 'a', 'b', found 'c'"),
        (
            ",a,b\na,1,2\nc,1/2,1\n",
            None,
            "or the same items in rows and columns, found columns 'item', 'a', 'b'",
        ),
        (
            "first,second\na,b\n",
            None,
            "expected columns 'first', 'second', 'ratio', or the same items",
        ),
        ("", None, "panel.csv: expected a header and rows, found an empty file"),
    ],
)
def test_a_bad_file_names_its_row_or_pair(written, text, items, message):
    """Nothing is overwritten in silence."""
    with pytest.raises(mcda.InputError) as refused:
        written(text, items)
    assert message in str(refused.value)


@given(st.integers(2, 7), st.randoms(use_true_random=False))
def test_the_next_question_leads_to_an_answer(n, random):
    """Asked from nothing, n - 1 questions connect all items, and every pair is asked once before there is none left."""
    items, ratios = [f"i{k}" for k in range(n)], {}
    random.shuffle(items)
    for asked in range(n * (n - 1) // 2):
        made = mcda.Judgements(items, ratios)
        pair = made.next_question()
        assert pair in made.missing
        ratios[pair] = 1
        if asked == n - 2:
            assert connected(items, ratios)
    assert mcda.Judgements(items, ratios).next_question() is None


def connected(items, ratios):
    reached, edge = set(), {items[0]}
    while edge:
        reached |= edge
        edge = {b for pair in ratios for a, b in (pair, pair[::-1]) if a in edge} - reached
    return reached == set(items)


def test_the_next_question_is_the_one_known_least():
    """Of a chain, its ends: every other pair is fewer steps apart. Brute force: the judgements that tell most."""
    chain = {("a", "b"): 2, ("b", "c"): 2, ("c", "d"): 2}
    made = mcda.Judgements(["a", "b", "c", "d"], chain)
    assert made.next_question() == ("a", "d")

    def told(pair):
        """The determinant of the information on three log priorities beside the first."""
        links = np.zeros((4, 4))
        for a, b in [*chain, pair]:
            i, j = "abcd".index(a), "abcd".index(b)
            links[i, j] = links[j, i] = 1
        return np.linalg.det((np.diag(links.sum(0)) - links)[1:, 1:])

    assert told(("a", "d")) == pytest.approx(max(map(told, made.missing)))


@pytest.mark.parametrize("pair", ["ab", ("a", "b", "c"), 3])
def test_what_is_no_pair_is_told(pair):
    """Text of two letters isn't taken apart."""
    with pytest.raises(mcda.InputError, match=r"expected a pair of items \(first, second\)"):
        mcda.Judgements(["a", "b", "c"], {pair: 3})


@pytest.mark.parametrize("ratio", [10**400, "1/1e308"])
def test_a_ratio_that_no_number_holds_is_told(ratio):
    """Beyond 1e100, sums and products of ratios would overflow."""
    with pytest.raises(
        mcda.InputError, match="judgement 'a' to 'b': expected a ratio from 1e-100 to 1e100"
    ):
        mcda.Judgements(["a", "b"], {("a", "b"): ratio})
