"""What each kind of statement refuses, and how it is written."""

import pytest

import mcda
from mcda.preferences.from_statements.kinds import stated_differences

REFUSED = {
    "a word that is no category": lambda: mcda.Difference("A", "B", "huge"),
    "categories the wrong way round": lambda: mcda.Difference("A", "B", "strong", "weak"),
    "none with a category": lambda: mcda.Difference("A", "B", "no", "weak"),
    "an option beside itself": lambda: mcda.Difference("A", "A", "weak"),
    "no difference": lambda: mcda.Differences(()),
    "a difference of another kind": lambda: mcda.Differences((("A", "B", "weak"),)),
    "a pair twice": lambda: mcda.Differences(stated_differences("A > B: weak; B > A: strong")),
    "a lead of options that are level": lambda: mcda.OptionOver("A", "B", level=True, by=2.0),
    "a lead above the whole scale": lambda: mcda.OptionOver("A", "B", by=101.0),
    "a lead that is no number": lambda: mcda.OptionOver("A", "B", by=float("nan")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused(case):
    with pytest.raises(mcda.InputError):
        REFUSED[case]()


@pytest.mark.parametrize("text", ["A > B", "A = B: weak", "A", "> B: weak", ""])
def test_a_cell_without_a_difference_tells_how_one_looks(text):
    with pytest.raises(mcda.InputError, match="such as 'A > B: weak'"):
        stated_differences(text)


def test_a_cell_of_differences_is_written_as_it_is_read():
    text = "A > B: very weak; A > C: weak to strong; B = D"
    said = mcda.Differences(stated_differences(text))
    assert said.cells["first"] == text
    assert said.options == ("A", "B", "C", "D")


def test_a_lead_is_told_in_points():
    said = mcda.OptionOver("A", "B", by=2.5)
    assert said.told.endswith("by at least 2.5 points of 100")
    assert said.cells["low"] == 2.5
