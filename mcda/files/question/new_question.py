"""A blank question: a worked example, invented and labelled so, to write over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mcda.checks.arguments import check_word, path_of
from mcda.files.disk.places import ENDINGS, is_folder
from mcda.files.question.as_typed.example_rows import EXAMPLE
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.folder import write_folder
from mcda.files.tables.sheets import Row, Sheets
from mcda.files.workbook.writer import write_workbook
from mcda.sentences import catalogue
from mcda.sentences.catalogue import ENGLISH


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
        return write_workbook(sheets, path, example=True)


def _in_language(sheets: Sheets, language: str) -> Sheets:
    """Return the sheets of a question that names its language, where it isn't English."""
    if language != ENGLISH:
        frame = sheets.sheets["question"]
        row = Row(sheets.place("question"), {"field": "language", "value": language})
        sheets.sheets["question"] = replace(frame, rows=(*frame.rows, row))
    return sheets
