"""What an error proposes is carried out word by word, by a machine, and the error is gone."""

import json
import re

import pytest

from mcda import InputError
from mcda.files.question.logs import append, read_logs
from mcda.files.question.open_question import open_sheets
from mcda.files.question.read_problem import read_sheets

SPOILT = {
    "an option mistyped": ("scores", "A9", "PMP"),
    "a source of no likeness": ("scores", "G9", "Q77"),
    "a criterion mistyped": ("scores", "B9", "costt"),
    "a source mistyped": ("scores", "G9", "S22"),
    "a kind in another spelling": ("scores", "F9", "judgment"),
    "a grade of none": ("sources", "G5", "Z"),
    "an effect of none": ("scenarios", "J5", "multiply"),
    "an option of a scenario": ("scenarios", "I5", "GSA"),
    "a number of two readings": ("scores", "C9", "1,110"),
    "a percentage of what isn't one": ("scores", "D9", "62%"),
    "a number that is missing": ("scores", "D9", "n/a"),
    "an empty cell": ("scores", "C9", None),
    "numbers out of order": ("scores", "D9", 20),
    "a row twice": ("scores", "A17:F17", ("GAS", "cost", 70, 85, 110, "fact")),
    "a holder mistyped": ("local_weights", "A5", "Climate oficer"),
    "a third that became a date": ("judgements T", "C5", "2026-03-01"),
    "a judgement past the scale": ("judgements T", "C5", 900),
    "a diagonal that isn't 1": ("judgements T", "B5", 2),
    "a weight twice": (
        "perspectives",
        "A9:G9",
        ("T", "Treasurer", "burden", 50, 65, 80, "judgement"),
    ),
    "a sheet of another name": ("sources", "title", "source"),
    "a formula without a result": ("scores", "D9", "=1/0"),
    "a matrix that contradicts": ("matrix", "G7", 90),
    "a range of no number": ("matrix", "D7", "much"),
    "a number of words in the matrix": ("matrix", "G7", "85 kEUR"),
}


def spoil(book, sheet, cell, value):
    """Write a value into a cell, values into an area, or a title."""
    if cell == "title":
        book[sheet].title = value
    elif isinstance(value, tuple):
        for one, text in zip(book[sheet][cell][0], value, strict=True):
            one.value = text
    else:
        book[sheet][cell] = value


def typed(text):
    """What a person types for a proposed text: a number where it is one."""
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def carry_out(book, fault):
    """Do what a fault proposes, by its words alone."""
    remedy, spot = fault.remedy, fault.at
    if "correct the sheet's name" in remedy:
        title = re.search(r"sheet '(.+)'", fault.where)[1]
        book[title].title = re.search(r"the name '(.+)'", fault.expected)[1]
    elif "delete the row" in remedy or "delete one of the rows" in remedy:
        book[spot.sheet].delete_rows(spot.row)
    elif "put them in order" in remedy:
        cells = [book[spot.sheet][f"{letter}{spot.row}"] for letter in "CDE"]
        for one, number in zip(cells, sorted(one.value for one in cells), strict=True):
            one.value = number
    else:
        book[spot.sheet][f"{spot.column}{spot.row}"] = proposed(fault)


def proposed(fault):
    """What a fault proposes to type into its cell; None to clear it."""
    remedy = fault.remedy
    if quoted := re.search(r"[Ww]rite (?:one of )?'([^']+)'", remedy):
        return typed(quoted[1])
    if "or clear t" in remedy or remedy == "clear it":
        return None
    if number := re.search(r"write ([\d.]*\d)", remedy):
        return typed(number[1])
    if "ratio" in fault.expected or "a number" in fault.expected or "result" in fault.expected:
        known = {"judgements T": 3, "matrix": 85}  # what a person knows of the example
        return known.get(fault.at.sheet, 60)
    return re.search(r"one of '?([^', ]+)", fault.expected)[1]


def faults_of(path):
    """The faults of a workbook; none where it is read."""
    try:
        open_sheets(read_sheets(path))
    except InputError as error:
        return error.faults
    return ()


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@pytest.mark.parametrize("name", SPOILT)
def test_a_remedy_of_a_workbook_works(name, open_blank, tmp_path):
    """One fault for one cause; carried out, the question is read."""
    path = tmp_path / "q.xlsx"
    book = open_blank()
    spoil(book, *SPOILT[name])
    book.save(path)
    faults = faults_of(path)
    assert faults and all(".csv" not in str(fault) for fault in faults), faults
    for fault in faults:
        carry_out(book, fault)
    book.save(path)
    assert faults_of(path) == ()


def test_the_remedy_of_a_broken_log_works(tmp_path):
    """The lines from the broken one on are deleted; then the log takes entries again."""
    question = tmp_path / "q.xlsx"
    for text in ("one", "two", "three"):
        append(question, "decisions", "2026-11-28", subject="x", text=text, who="Ann")
    path = tmp_path / "q.logs" / "decisions.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = json.dumps({**json.loads(lines[1]), "text": "2"})
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    about = {"subject": "x", "text": "again", "who": "Ann"}
    with pytest.raises(InputError) as refused:
        append(question, "decisions", "2026-11-28", **about)
    first = int(re.search(r"delete its lines from (\d+) on", refused.value.faults[0].remedy)[1])
    path.write_text("\n".join(lines[: first - 1]) + "\n", encoding="utf-8")
    append(question, "decisions", "2026-11-28", **about)
    assert read_logs(question)["decisions"].broken_at == 0
