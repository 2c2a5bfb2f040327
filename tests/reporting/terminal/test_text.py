"""Plain text for a terminal: columns that line up, and names that can't steer it."""

import mcda
from mcda.display.visible_text import visible
from mcda.reporting.terminal.columns import columns
from mcda.reporting.terminal.text import check_text


def test_control_characters_are_written_out():
    """Colour codes, bells and right-to-left marks become visible."""
    assert visible("a\x1b[31mb\u202ec") == "a\\x1b[31mb\\u202ec"
    assert visible("Ёлка 北京") == "Ёлка 北京"


def test_columns_line_up():
    """Text to the left, numbers to the right, no trailing blanks."""
    told = columns([["a", 1.5], ["bcd", 12]], ["name", "n"]).split("\n")
    assert told == ["name    n", "----  ---", "a     1.5", "bcd    12"]


def test_check_tells_every_part(make_problem):
    """Coverage, what lies beyond the anchors, what is unused and what the frame leaves out."""
    estimates = {**make_problem().estimates, "idle": mcda.Estimate("idle", 1, 2, 3)}
    told = check_text(mcda.check(make_problem(estimates=estimates)))
    assert "Performance table: 9 numbers: 9 judgement.\nWithout a source: 9 judgement." in told
    assert "Read by no measure: estimate 'idle'." in told
    assert "Not said of the question: question, decision owner" in told


def test_of_very_many_rows_the_first_are_printed_and_counted():
    """Few are printed as always."""
    from mcda.reporting.terminal.columns import columns

    told = columns(([f"O{at}", at] for at in range(500)), ["option", "score"])
    assert "O39" in told and "O40" not in told
    assert told.endswith("(the first 40 of 500 rows; --json gives all)")
    assert "rows" not in columns(([f"O{at}", at] for at in range(40)), ["option", "score"])
