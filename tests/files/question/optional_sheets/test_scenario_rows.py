"""What is wrong with the states of a scenario is told so that it can be seen."""

import csv

import pytest

import mcda


def test_chances_that_miss_their_whole_by_little_are_told_with_all_their_digits(tmp_path):
    """Rounded, what was found would be what was expected."""
    question = mcda.new_question(tmp_path / "q")
    place = question / "scenarios.csv"
    with place.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    states = list(dict.fromkeys(row["state"] for row in rows))
    for row in rows:
        chance = "0.000001" if row["state"] == states[0] else str(100 / (len(states) - 1))
        row.update(dict.fromkeys(("prob_low", "prob_mode", "prob_high"), chance))
    with place.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(mcda.InputError, match=r"lows of 100\.000001 and highs of 100\.000001"):
        mcda.read_problem(question)
