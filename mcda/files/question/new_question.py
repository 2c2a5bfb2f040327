"""A blank question: a worked example, invented and labelled so, to write over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mcda.checks.arguments import check_word, path_of
from mcda.files.disk.places import ENDINGS, is_folder
from mcda.files.question.as_typed.example_rows import EXAMPLE
from mcda.files.question.read_problem import read_sheets
from mcda.files.question.schema import form_of
from mcda.files.tables.folder import write_folder
from mcda.files.tables.sheets import Row, Sheet, Sheets
from mcda.files.workbook.writer import write_workbook
from mcda.sentences import catalogue
from mcda.sentences.catalogue import ENGLISH

# sheets of which a workbook has the form alone, and the columns of an option that may fail to happen
BESIDES = ("names", "structures", "positions", "screened_out")
MAY_FAIL = ("chance", "fallback")


def new_question(path: str | Path, *, language: str = ENGLISH) -> Path:
    """Write a blank question as a workbook or a folder, and return its path.

    Parameters
    ----------
    path : str or Path
        Where to: a path that ends in .xlsx gives a workbook, another one a folder.
    language : str
        That of the instructions, and of what is told of the question. The example stays as it is.

    Returns
    -------
    Path
        The path of what was written.

    Raises
    ------
    InputError
        If something is there already, and for a language without a catalogue.

    Examples
    --------
    >>> import tempfile
    >>> from mcda import read_problem
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_problem(new_question(Path(folder) / "heating.xlsx")).options.index.tolist()
    ['GAS', 'PUMP', 'GRID']
    """
    path = path_of(path)
    check_word(language, catalogue.languages(), "language")
    with catalogue.language(language):
        sheets = _in_language(read_sheets(EXAMPLE), language)
        if is_folder(path, ENDINGS):
            return write_folder(sheets, path)
        return write_workbook(_with_blank_forms(sheets), path, example=True)


def _with_blank_forms(sheets: Sheets) -> Sheets:
    """Return sheets with those that a person may fill besides: in a workbook a form is easier to find."""
    for name in BESIDES:
        columns = tuple(column.name for column in form_of(name).columns)
        sheets.sheets[name] = Sheet(name, columns, ())
    options = sheets.sheets["options"]
    rows = [
        replace(row, cells={**row.cells, **dict.fromkeys(MAY_FAIL, "")}) for row in options.rows
    ]
    columns = (*options.columns, *MAY_FAIL)
    sheets.sheets["options"] = Sheet("options", columns, tuple(rows))
    return sheets


def _in_language(sheets: Sheets, language: str) -> Sheets:
    """Return the sheets of a question that names its language, where it isn't English."""
    if language != ENGLISH:
        frame = sheets.sheets["question"]
        row = Row(sheets.place("question"), {"field": "language", "value": language})
        sheets.sheets["question"] = replace(frame, rows=(*frame.rows, row))
    return sheets
