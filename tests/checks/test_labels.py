"""Names and numbers from outside are checked before anything is computed with them."""

import re

import pytest

from mcda.checks.labels import name_faults, parse_number


@pytest.mark.parametrize(
    "text", ["1_000", "nan", "inf", "1,5", "１２", "٣", "", "0x10", "1e999", "12 000", "#N/A"]
)
def test_what_looks_like_a_number_and_is_none_is_refused(text):
    """Underscores, other digits, decimal commas, spreadsheet errors and overflow are not numbers."""
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "number"), [("-3", -3), (".5", 0.5), ("2.5e3", 2500), (" 7. ", 7), ("+1", 1)]
)
def test_plain_numbers_are_read(text, number):
    """Plain and scientific notation are read, blanks around them are passed over."""
    assert parse_number(text) == number


def test_names_that_print_alike_are_one_name():
    """A composed and a decomposed é can't name two options."""
    assert len(name_faults(["R\u00e9", "Re\u0301"], "option")) == 1
    assert len(name_faults(["", float("nan"), "a", "a"], "option")) == 3
