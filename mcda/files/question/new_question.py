"""A blank question: a worked example, invented and labelled so, to write over."""

from __future__ import annotations

from pathlib import Path

from mcda.checks.arguments import path_of
from mcda.files.disk.places import ENDINGS, is_folder
from mcda.files.question.as_typed.example_rows import EXAMPLE
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.folder import write_folder
from mcda.files.workbook.writer import write_workbook


def new_question(path: str | Path) -> Path:
    """Write a blank question as a workbook or a folder, and return its path.

    Parameters
    ----------
    path : str or Path
        Where to: a path that ends in .xlsx gives a workbook, another one a folder.

    Returns
    -------
    Path
        The path of what was written.

    Raises
    ------
    InputError
        If something is there already.

    Examples
    --------
    >>> import tempfile
    >>> from mcda import read_problem
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_problem(new_question(Path(folder) / "heating.xlsx")).options.index.tolist()
    ['GAS', 'PUMP', 'GRID']
    """
    path = path_of(path)
    sheets = read_sheets(EXAMPLE)
    if is_folder(path, ENDINGS):
        return write_folder(sheets, path)
    return write_workbook(sheets, path, example=True)
