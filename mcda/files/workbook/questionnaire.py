"""A questionnaire of pairs in a workbook: one mark in each row, on a scale between two things."""

from __future__ import annotations

from pathlib import Path

from mcda.checks.arguments import path_of
from mcda.checks.faults import Fault, Faults, InputError, known
from mcda.checks.limits import LIMITS, Limits
from mcda.files.workbook.grid import Grid, letter, read_grid
from mcda.files.workbook.reader import load

SCALES = {5: (9, 5, 1), 7: (7, 5, 3, 1), 9: (9, 7, 5, 3, 1), 17: (9, 8, 7, 6, 5, 4, 3, 2, 1)}


def read_circles(
    path: str | Path, sheet: str, *, limits: Limits = LIMITS
) -> dict[tuple[str, str], float]:
    """Return the ratio of each pair that a sheet asks for, ready for `Judgements`.

    A row has the first thing, a cell for each step of the scale and the second thing; whatever is
    written into one of the steps is the mark. Nine steps are 9, 7, 5, 3, 1, 1/3, 1/5, 1/7, 1/9;
    five (9, 5, 1), seven (7, 5, 3, 1) and seventeen (9 to 1) are read alike.

    Parameters
    ----------
    path : str or Path
        The workbook.
    sheet : str
        The name of its sheet.
    limits : Limits
        How much the file may hold.

    Returns
    -------
    dict of (str, str) to float
        (first, second) -> how many times the first is preferred to the second.

    Raises
    ------
    InputError
        For a row without a mark or with several, a pair asked for twice, or another number of
        steps.

    Examples
    --------
    >>> import openpyxl, tempfile
    >>> scale = ["much better", "better", "same", "better", "much better"]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     book = openpyxl.Workbook()
    ...     book.active.append(["left", *scale, "right"])
    ...     book.active.append(["price", None, "o", None, None, None, "quality"])
    ...     book.save(Path(folder) / "q.xlsx")
    ...     read_circles(Path(folder) / "q.xlsx", "Sheet")
    {('price', 'quality'): 5.0}
    """
    path = path_of(path)
    book = load(path, limits, results=True)
    titles = [page.title for page in book.worksheets]
    if sheet not in titles:
        raise InputError(Fault(path.name, f"a sheet among {known(titles)}", f"'{sheet}'"))
    grid = read_grid(book[sheet], book[sheet], f"{path.name} sheet '{sheet}'")
    ends = _ends(grid)
    ratios: dict[tuple[str, str], float] = {}
    faults = Faults()
    for row in grid.rows()[1:]:
        with faults.gathered():
            pair, ratio = _judged(grid, row, *ends)
            if pair in ratios or pair[::-1] in ratios:
                raise InputError(
                    grid.fault(
                        (row, ends[0]), "each pair once", f"'{pair[0]}' and '{pair[1]}' again"
                    )
                )
            ratios[pair] = ratio
    if faults:
        raise InputError(*faults)
    return ratios


def _ends(grid: Grid) -> tuple[int, int]:
    """Return the columns of the first and the second thing, as the header spans them."""
    header = list(grid.filled(grid.rows()[0])) if grid.rows() else []
    steps = len(header) - 2
    if steps not in SCALES or header != list(range(header[0], header[0] + len(header))):
        expected = "a header of two things with 5, 7, 9 or 17 steps between them"
        raise InputError(Fault(grid.place, expected, f"{max(steps, 0)} steps"))
    return header[0], header[-1]


def _judged(grid: Grid, row: int, left: int, right: int) -> tuple[tuple[str, str], float]:
    pair = (grid.texts.get((row, left), "").strip(), grid.texts.get((row, right), "").strip())
    marked = [
        column for column in range(left + 1, right) if grid.texts.get((row, column), "").strip()
    ]
    if not all(pair) or len(marked) != 1:
        what = f"{len(marked)} in {known(f'{letter(column)}{row}' for column in marked)}"
        raise InputError(
            grid.fault((row, left), "two things and one mark between them", what, "mark one step")
        )
    steps = SCALES[right - left - 1]
    ratios = [*map(float, steps), *(1 / step for step in reversed(steps[:-1]))]
    return pair, ratios[marked[0] - left - 1]
