"""A question as a table names it: by years, by numbers, with columns that nobody filled."""

import csv

import numpy as np
import pandas as pd
import pytest

import mcda


def rewrite(path, change):
    """Write a CSV file again after a change of each of its rows."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for at, row in enumerate(rows):
        change(at, row)
    columns = list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, columns)
        table.writeheader()
        table.writerows(rows)


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_options_may_be_named_by_years(tmp_path):
    """A name stays what was typed: 2030 is neither 2030.0 nor a missing name."""
    place = mcda.new_question(tmp_path / "years")
    years = ["2030", "2040", "2050"]
    rewrite(place / "options.csv", lambda at, row: row.update(label=years[at], short=f"{at}"))
    problem = mcda.read_problem(place)
    assert problem.labels.tolist() == years
    assert problem.short.tolist() == ["0", "1", "2"]
    holders = mcda.read_perspectives(place, problem)
    ranking = mcda.rank(problem, next(iter(holders.values())), "additive")
    assert set(ranking.table["label"]) == set(years)


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_a_column_of_names_that_nobody_filled_is_blank_text(tmp_path):
    """As in the workbook that is made of a table: it has short names for whoever wants them."""
    place = mcda.new_question(tmp_path / "blank")
    rewrite(place / "options.csv", lambda at, row: row.update(short=""))
    problem = mcda.read_problem(place)
    assert problem.options["short"].tolist() == ["", "", ""]
    assert problem.short.tolist() == problem.labels.tolist()


def test_options_without_short_names_may_come_as_missing_ones(make_problem):
    """To pandas a column without one name is a column of numbers."""
    labels = pd.DataFrame({"label": ["Roof", "Cellar", "Loft"], "short": float("nan")}, list("ABC"))
    assert make_problem(options=labels).short.tolist() == ["Roof", "Cellar", "Loft"]


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_estimates_may_be_named_by_numbers(tmp_path):
    """Also where two of them are said to move together."""
    place = mcda.new_question(tmp_path / "numbers")
    estimates = "key,unit,low,mode,high,sources,kind,rationale\n"
    estimates += "7,EUR,1,2,3,S1,estimate,\n8,EUR,2,4,9,S1,estimate,\n"
    (place / "estimates.csv").write_text(estimates, encoding="utf-8")
    together = "first,second,rank_correlation,kind,rationale\n7,8,0.5,assumption,\n"
    (place / "correlations.csv").write_text(together, encoding="utf-8")
    problem = mcda.read_problem(place)
    drawn = mcda.sample(problem, n=2_000, seed=1).numbers()
    columns = [list(problem.estimates).index(key) for key in ("7", "8")]
    ranks = drawn[:, columns].argsort(axis=0).argsort(axis=0)
    assert np.corrcoef(ranks.T)[0, 1] == pytest.approx(0.5, abs=0.06)
