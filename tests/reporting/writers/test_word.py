"""The Word file breaks no word of a head, and its first page has room for the words of any language."""

import io
import struct

import pytest

from mcda.reporting.document.blocks import table
from mcda.reporting.writers.word import _part_of_width, column_widths
from mcda.reporting.writers.word_table import Links, rows


@pytest.mark.parametrize(
    ("shares", "least"),
    [([1, 1, 1, 9], [2.5, 1, 1, 1]), ([3, 1], [1, 2]), ([1, 1, 1], [2, 2, 2])],
)
def test_a_column_is_as_wide_as_the_longest_word_of_its_head(shares, least):
    """The others give the room that it needs, down to their own words."""
    widths = column_widths(shares, least, 12.0)
    assert sum(widths) == pytest.approx(12.0)
    assert all(width >= low - 1e-9 for width, low in zip(widths, least, strict=True))


def test_words_that_are_too_long_for_the_page_keep_the_shares():
    """No width can hold them, so the table stays as it was meant."""
    assert column_widths([1, 3], [9, 9], 8.0) == [2.0, 6.0]


def test_pictures_make_room_for_more_words():
    """A first page in a language of longer words has smaller pictures, and stays one page."""
    png = io.BytesIO(bytes(16) + struct.pack(">II", 1000, 700)).getvalue()
    picture = {"is": "picture", "name": "one", "alt": "x" * 9_000, "heading": "", "caption": ""}

    def part(letters):
        text = {"is": "paragraph", "text": "x" * letters}
        return _part_of_width({"blocks": [picture, text]}, {"one": png})

    assert part(2_000) == part(100)
    assert part(3_300) < part(2_000)


def test_many_names_above_numbers_stand_upright_in_a_row_that_holds_them():
    """Word makes no row higher for text that is turned."""
    names = [f"Option with the number {at}" for at in range(6)]
    columns = range(1, 7)
    made = table(
        "Ranks", ["Holder", *names], [["Paris", *"123456"]], numbers=columns, named=columns
    )
    xml = rows(made, [600] * 7, Links(str))
    assert xml.count('<w:textDirection w:val="btLr"/>') == len(names)
    assert xml.count("<w:trHeight ") == 1
    few = table("Ranks", ["Holder", *names[:2]], [["Paris", "1", "2"]], named=[1, 2])
    assert "textDirection" not in rows(few, [600] * 3, Links(str))
