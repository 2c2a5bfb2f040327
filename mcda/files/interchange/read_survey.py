"""Read a survey of judgements in pairs: a row for each respondent, or a sheet with a matrix for each."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import pandas as pd

from mcda.checks.arguments import check_kind, check_several, check_word
from mcda.checks.faults import AssumptionWarning, Fault, Faults, InputError, known, refuse
from mcda.checks.labels import name_faults
from mcda.checks.limits import LIMITS, Limits
from mcda.files.disk.places import ENDINGS
from mcda.files.interchange.pair_answers import (
    SCALES,
    Pair,
    pairs_of,
    plain_answers,
    proven_scale,
    ratio_on,
)
from mcda.files.tables import things
from mcda.files.tables.csv_file import header_faults, read_sheet
from mcda.files.tables.sheets import Note, Row, Sheet
from mcda.files.tables.things import Several
from mcda.files.workbook.book import open_book
from mcda.files.workbook.grid import Grid
from mcda.files.workbook.judgements_reader import items_to_judge, read_pairs
from mcda.files.workbook.reader import FAULTS, READ_ME, name_of
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.pairwise.saaty_scale import ratio_of

NAMELESS = "respondent"


@dataclass(frozen=True, eq=False)
class Survey(Mapping[str, Judgements]):
    """The judgements of each respondent, by name, as `mcda.group` takes them.

    `set_aside` are the names of those who answered nothing. `notes` say what was assumed or left out.
    """

    members: Mapping[str, Judgements]
    set_aside: tuple[str, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    def __getitem__(self, name: str) -> Judgements:
        """Return the judgements of one respondent."""
        return self.members[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the respondents."""
        return iter(self.members)

    def __len__(self) -> int:
        """Return the number of respondents who answered."""
        return len(self.members)


def read_survey(
    path: str | Path,
    *,
    items: Sequence[str] | None = None,
    scale: str | None = None,
    negative: str = "first",
    names: str | None = None,
    limits: Limits = LIMITS,
) -> Survey:
    r"""Return the judgements of a survey's respondents, ready for `mcda.group`.

    A CSV file or a sheet of a workbook has a row for each respondent and a column for each pair, whose header names the
    two things ("A vs B", "A_B"); other columns are left out, but for the first, which has the names. Or a workbook has
    a square matrix of judgements on a sheet for each respondent. Blanks are pairs not judged. items: the things that
    are compared, where the header doesn't tell them apart. scale: "ratios" (1/9 to 9, or words of Saaty's scale),
    "-9 to 9" (1 and -1 are equal) or "-8 to 8" (0 is equal); to be named where the answers don't prove it. negative:
    the thing of a pair, "first" or "second", that a negative answer prefers. names: the column of the respondents'
    names, where it isn't the first. Who answered nothing is set aside with a
    warning. Raises InputError for every answer that is none, and for columns or a scale that aren't told.

    >>> import tempfile
    >>> from mcda import read_survey
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "s.csv").write_text("who,A vs B,A vs C,B vs C\nr1,3,5,2\nr2,1/3,,4\n")
    ...     found = read_survey(Path(folder) / "s.csv")
    >>> list(found), found["r1"].matrix.loc["A"].tolist(), found["r2"].missing
    (['r1', 'r2'], [1.0, 3.0, 5.0], (('A', 'C'),))
    """
    check_kind(path, str | Path, "survey", "the path of a file")
    place = Path(path)
    stated_scale = SCALES[0] if scale is None else scale
    check_word(stated_scale, SCALES, "scale")
    check_word(negative, ("first", "second"), "negative")
    if items is not None:
        check_several(items, "items", "a list of names")
        refuse(name_faults(items, "item"))
    if not place.is_file():
        found = "a folder" if place.is_dir() else "nothing there"
        raise InputError(Fault(str(path), "a file: CSV or .xlsx", found))
    if place.suffix.lower() not in ENDINGS:
        sheet, notes = read_sheet(place, limits=limits, corner=NAMELESS)
        called = replace(sheet, name=place.name)
        return _without_silent(_from_rows(called, items, (scale, negative), names, notes))
    grids = _grids(place, limits)
    matrices = {name: grid for name, grid in grids.items() if items_to_judge(grid)}
    if matrices:
        return _without_silent(_from_matrices(grids, matrices, items))
    sheet = _only_table(place, grids)
    notes = [note for grid in grids.values() for note in grid.notes]
    return _without_silent(_from_rows(sheet, items, (scale, negative), names, notes))


def _without_silent(survey: Survey) -> Survey:
    """Warn of the respondents who were set aside; raises InputError where nobody answered."""
    if survey.set_aside:
        told = f"respondents {known(survey.set_aside)} answered nothing: set aside"
        warnings.warn(told, AssumptionWarning, stacklevel=3)
    if not survey.members:
        raise InputError(Fault("survey", "at least one respondent who answered", "none"))
    return survey


def _from_rows(
    sheet: Sheet,
    items: Sequence[str] | None,
    scale: tuple[str | None, str],
    names: str | None,
    notes: Sequence[Note],
) -> Survey:
    """Return the survey of a table with a row for each respondent and a column for each pair."""
    pairs = pairs_of(sheet.name, sheet.columns, items)
    named = _column_of_names(sheet, pairs, names)
    respondents = _respondents(sheet, named)
    others = [column for column in sheet.columns if column not in (*pairs, named)]
    answers = plain_answers(
        row.text(column) for row in sheet.rows for column in pairs if row.text(column).strip()
    )
    given, negative = scale
    on = given or (proven_scale(sheet.name, list(answers.values())) if answers else SCALES[0])
    compared = _compared(sheet.name, pairs, items)
    judged = {}
    faults = Faults()
    for name, row in zip(respondents, sheet.rows, strict=True):
        ratios = _ratios(row, pairs, answers, (on, negative), faults)
        judged[name] = Judgements(compared, ratios)
    refuse(faults)
    told = [*notes, Note(sheet.name, Several("the answers"), f"{on}: {_scale_told(on, negative)}")]
    if not named:
        told.append(Note(sheet.name, Several("rows without names"), f"'{NAMELESS} 1' and so on"))
    if others:
        told.append(Note(sheet.name, things.named("column", others), "no pair: left out"))
    return _survey(judged, told)


def _column_of_names(sheet: Sheet, pairs: Mapping[str, Pair], names: str | None) -> str:
    """Return the column that is named for it, or the first where it compares nothing; blank where there is none."""
    if names is None:
        return "" if sheet.columns[0] in pairs else sheet.columns[0]
    check_word(names, [column for column in sheet.columns if column not in pairs], "names")
    return names


def _respondents(sheet: Sheet, column: str) -> list[str]:
    """Return the names of the rows, numbered where no column has them; each must be one of its own."""
    if not column:
        return [f"{NAMELESS} {number}" for number in range(1, len(sheet.rows) + 1)]
    found = [row.text(column).strip() for row in sheet.rows]
    remedy = "give each a name of its own, or say which column has the names: names=..."
    refuse(
        row.fault(column, "a name of its own", repr(name), remedy)
        for row, name in zip(sheet.rows, found, strict=True)
        if not name or found.count(name) > 1
    )
    return found


def _compared(place: str, pairs: Mapping[str, Pair], items: Sequence[str] | None) -> list[str]:
    """Return the things that are compared; raises InputError for one in no pair, and for two spelt alike."""
    met = list(dict.fromkeys(item for pair in pairs.values() for item in pair))
    refuse(
        Fault(f"{place}, items", f"one of {known(met)}", f"'{item}'", "correct it, or leave it out")
        for item in items or ()
        if item not in met
    )
    alike: dict[str, str] = {}
    for item in met:
        other = alike.setdefault(item.casefold(), item)
        if other != item:
            found = f"'{other}' and '{item}'"
            raise InputError(Fault(place, "one spelling of each thing", found, "write them alike"))
    return met if items is None else list(items)


def _scale_told(scale: str, negative: str) -> str:
    """Return what a scale's answers mean, in words."""
    if scale == SCALES[0]:
        return "how many times the first of a pair is preferred to the second"
    return f"a negative one prefers the {negative} of a pair"


def _ratios(
    row: Row,
    pairs: Mapping[str, Pair],
    answers: Mapping[str, str],
    scale: tuple[str, str],
    faults: Faults,
) -> dict[Pair, Fraction]:
    """Return the ratios of a row by pair; what is none becomes a fault."""
    ratios = {}
    for column, pair in pairs.items():
        text = row.text(column)
        if text.strip():
            with faults.gathered(row, column):
                place = row.named(column)
                ratios[pair] = ratio_on(scale[0], answers[text], place, negative=scale[1])
    return ratios


def _survey(judged: Mapping[str, Judgements], notes: Sequence[Note]) -> Survey:
    silent = tuple(name for name, judgements in judged.items() if not judgements.ratios)
    members = {name: judgements for name, judgements in judged.items() if judgements.ratios}
    return Survey(members, silent, tuple(notes))


def _grids(path: Path, limits: Limits) -> dict[str, Grid]:
    """Return the sheets of a workbook that hold anything, by the name of the respondent whose it would be."""
    book = open_book(path, limits)
    grids = {}
    for title, grid in book.grids(book.titles, f"{path.name} sheet").items():
        name = name_of(title)
        if grid.rows() and name not in (READ_ME, FAULTS):
            grids[name.removeprefix("judgements/")] = grid
    return grids


def _only_table(path: Path, grids: Mapping[str, Grid]) -> Sheet:
    """Return the one sheet of a workbook as a table below its first row."""
    if len(grids) != 1:
        expected = "one sheet with a row for each respondent, or a matrix on a sheet for each"
        found = f"sheets {known(grids)}"
        raise InputError(Fault(path.name, expected, found, "leave one sheet in the workbook"))
    (name,) = grids
    grid = grids[name]
    first, *below = grid.rows()
    filled = {column for row in grid.rows() for column in grid.filled(row)}
    header = {column: grid.texts.get((first, column), "").strip() for column in sorted(filled)}
    header = {column: text or NAMELESS * (column == min(filled)) for column, text in header.items()}
    refuse(header_faults(grid.place, tuple(header.values())))
    refuse(grid.unread.values())
    rows = []
    for row in below:
        cells = {text: grid.texts.get((row, column), "") for column, text in header.items()}
        spots = {text: grid.spot(row, column) for column, text in header.items()}
        rows.append(Row(f"{grid.place} row {row}", cells, spots))
    return Sheet(grid.place, tuple(header.values()), tuple(rows))


def _from_matrices(
    grids: Mapping[str, Grid], matrices: Mapping[str, Grid], items: Sequence[str] | None
) -> Survey:
    """Return the survey of a workbook with a matrix on a sheet for each respondent."""
    judged = {}
    faults = Faults()
    notes = []
    for name, grid in grids.items():
        if name not in matrices:
            notes.append(Note(grid.place, "a sheet without a matrix", "no respondent: left out"))
            continue
        with faults.gathered(grid.place), warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            judged[name] = _from_matrix(grid, items)
        faults.extend(grid.faults)
        notes += grid.notes
        notes += [Note(grid.place, str(warning.message), "such judgements") for warning in heard]
    refuse(faults)
    return _survey(judged, notes)


def _from_matrix(grid: Grid, items: Sequence[str] | None) -> Judgements:
    """Return the judgements of a square matrix; of a pair and its mirror either may be left blank."""
    sheet = read_pairs("judgements/", grid)
    names = items_to_judge(grid)
    ratios = dict[Pair, Fraction]()
    faults = Faults()
    for row in sheet.rows if sheet else ():
        pair = row.text("first"), row.text("second")
        with faults.gathered(row, "ratio"):
            ratios[pair] = ratio_of(row.text("ratio"), f"judgement '{pair[0]}' to '{pair[1]}'")
    refuse(faults)
    cells = pd.DataFrame(None, index=names, columns=names, dtype=object)
    for name in names:
        cells.loc[name, name] = 1
    for (first, second), ratio in ratios.items():
        cells.loc[first, second] = ratio
        cells.loc[second, first] = ratios.get((second, first), 1 / ratio)
    made = Judgements.from_matrix(cells)
    return made if items is None else Judgements(items, made.ratios)
