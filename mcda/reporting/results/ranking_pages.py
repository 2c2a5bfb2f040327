"""A ranking as a sheet that computes: change a weight or a number, and the ranks follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from mcda.checks.significant_digits import plain, rounded
from mcda.files.workbook.grid import letter
from mcda.holders.answers import Answer
from mcda.methods.ranking import Ranking
from mcda.methods.textbook.table_methods import TOPSIS
from mcda.problem.value_scales import Scale
from mcda.reporting.results.pages import Cell, Formula, Page, title_of
from mcda.sentences.catalogue import holder_name, method_asked, told

FIRST = 3  # the column of the first criterion, behind ids and labels
DIGITS = 9  # of a score that count for a tie, as in a ranking
# what a column is divided by; one that is 0 throughout is left as it is
UNITS = {
    "vector": "SQRT(SUMSQ({0}))",
    "sum": "SUM({0})",
    "max": "MAX({0})",
    "minmax": "MAX({0})-MIN({0})",
}


@dataclass
class _Sheet:
    """A page under way: its ranking, and where its parts stand."""

    page: Page
    ranking: Ranking
    keys: list[str]
    options: list[str]
    weights: int = 0
    better: int = 0
    block: int = 0

    @property
    def last(self) -> int:
        """The column of the last criterion."""
        return FIRST + len(self.keys) - 1

    def across(self, row: int, *, fixed: bool = False) -> str:
        """Return the cells of all criteria in a row."""
        sign = "$" if fixed else ""
        return f"{letter(FIRST)}{sign}{row}:{letter(self.last)}{sign}{row}"

    def down(self, at: int, first: int) -> str:
        """Return the cells of all options in a column of a block."""
        column = letter(at)
        return f"{column}${first}:{column}${first + len(self.options) - 1}"

    def line(self, label: str, texts: Sequence[str], results: Sequence[float]) -> int:
        """Add a row with a formula for each criterion."""
        cells = [Formula(text, float(number)) for text, number in zip(texts, results, strict=True)]
        return self.page.add(label, "", *cells)


def ranking_page(ranking: Ranking, taken: set[str] | None = None) -> Page:
    """Return a ranking as a page: weights, performances, what is made of them, scores and ranks.

    The weighted sum and TOPSIS compute in the page; other methods have their scores as numbers.
    """
    problem = ranking.problem
    name = ranking.method.partition(" ")[0]
    page = Page(title_of(f"{name} {ranking.holder}", taken))
    sheet = _Sheet(page, ranking, list(ranking.weights.values.index), list(problem.options.index))
    holder = holder_name(ranking.holder)
    about = told("caption.ranking", method=method_asked(ranking.method), holder=holder)
    page.add(about, header=True)
    in_page = name in TOPSIS or name in ("additive", "topsis") or ranking.method == "ahp:ratings"
    computes = in_page and not problem.has_chances  # a lottery has no form in the page
    legend = "computes" if computes else "as_computed"
    page.add(told(f"live_page.{legend}"))
    labels = {leaf.key: leaf.label for leaf in problem.leaves}
    page.add("", "", *(labels[key] for key in sheet.keys), header=True)
    _weights(sheet)
    sheet.block = _numbers(sheet, told("live_page.performances"), problem.performance)
    if computes:
        _computing(sheet, name)
    else:
        _as_computed(sheet)
    return page


def _computing(sheet: _Sheet, name: str) -> None:
    """Add what a method makes of weights and performances, as formulas."""
    order = _exponent(sheet.ranking.method)
    if name in TOPSIS:
        _textbook(sheet, TOPSIS[name], order)
    elif name == "topsis":
        _closeness(sheet, _values(sheet), order)
    else:
        _sum(sheet, _values(sheet))


def _exponent(method: str) -> float:
    """Return the exponent that the label of a TOPSIS tells; 2 where it tells none."""
    _, sign, rest = method.partition("p = ")
    return float(rest.rstrip(")")) if sign else 2.0


def _weights(sheet: _Sheet) -> None:
    weights = sheet.ranking.weights
    stated = sheet.page.add(
        told("live_page.stated"), "", *(float(weights.raw[key]) for key in sheet.keys)
    )
    whole = (
        sheet.across(stated)
        .replace(letter(FIRST), f"${letter(FIRST)}")
        .replace(f":{letter(sheet.last)}", f":${letter(sheet.last)}")
    )
    texts = [f"{letter(FIRST + at)}{stated}/SUM({whole})" for at in range(len(sheet.keys))]
    sheet.weights = sheet.line(
        told("live_page.weight"), texts, [weights.values[key] for key in sheet.keys]
    )
    ways = {leaf.key: leaf.direction for leaf in sheet.ranking.problem.leaves}
    sheet.better = sheet.page.add(told("live_page.better"), "", *(ways[key] for key in sheet.keys))


def _numbers(sheet: _Sheet, label: str, table: pd.DataFrame) -> int:
    """Add a block of numbers and return the number of its first row."""
    sheet.page.add("")
    sheet.page.add(label, "", *sheet.keys, header=True)
    labels = sheet.ranking.problem.labels
    rows = []
    cells = table.loc[sheet.options, sheet.keys].to_numpy(dtype=float).tolist()
    for option, numbers in zip(sheet.options, cells, strict=True):
        rows.append(sheet.page.add(option, labels[option], *numbers))
    return rows[0]


def _block(
    sheet: _Sheet, label: str, results: pd.DataFrame, text: Callable[[str, int], str | None]
) -> int:
    """Add a block of formulas, by the letters of a column and the row that each reads."""
    sheet.page.add("")
    sheet.page.add(label, "", *sheet.keys, header=True)
    rows = []
    labels = sheet.ranking.problem.labels
    numbers = results.loc[sheet.options, sheet.keys].to_numpy(dtype=float).tolist()
    for row, (option, found) in enumerate(zip(sheet.options, numbers, strict=True), sheet.block):
        cells: list[Cell] = []
        for at, result in enumerate(found, FIRST):
            formula = text(letter(at), row)
            cell = result if formula is None else Formula(formula, result)
            cells.append(cell)
        rows.append(sheet.page.add(option, labels[option], *cells))
    return rows[0]


def _textbook(sheet: _Sheet, normalisation: str, order: float) -> None:
    """Add TOPSIS on the numbers as they stand: units, weighted table, both ends, distances."""
    table = sheet.ranking.problem.performance[sheet.keys]
    units = [_unit(table[key], normalisation) for key in sheet.keys]
    unit = sheet.line(told("live_page.divided"), _unit_formulas(sheet, normalisation), units)
    weighted = table / units * sheet.ranking.weights.values[sheet.keys]
    first = _block(
        sheet,
        told("live_page.weighted"),
        weighted,
        lambda column, row: f"{column}{row}/{column}${unit}*{column}${sheet.weights}",
    )
    ends = [
        sheet.across(_end(sheet, "ideal", weighted, first), fixed=True),
        sheet.across(_end(sheet, "anti_ideal", weighted, first), fixed=True),
    ]
    texts = []
    for number in range(len(sheet.options)):
        row = sheet.across(first + number)
        texts.append([_length(f"{row}-{end}", order) for end in ends])
    _distances(sheet, texts)


def _unit_formulas(sheet: _Sheet, normalisation: str) -> list[str]:
    """Return the formula of what each column is divided by: 1 where that would be 0."""
    columns = range(FIRST, sheet.last + 1)
    spans = [UNITS[normalisation].format(sheet.down(at, sheet.block)) for at in columns]
    return [f"IF({span}=0,1,{span})" for span in spans]


def _end(sheet: _Sheet, name: str, weighted: pd.DataFrame, first: int) -> int:
    """Add the line of the ideal or the anti-ideal, and return its row."""
    of_benefit, of_cost = ("MAX", "MIN") if name == "ideal" else ("MIN", "MAX")
    costs = {leaf.key for leaf in sheet.ranking.problem.leaves if leaf.direction == "min"}
    formulas = []
    numbers = []
    for at, key in enumerate(sheet.keys, FIRST):
        area = sheet.down(at, first)
        way = f"{letter(at)}${sheet.better}"
        formulas.append(f'IF({way}="max",{of_benefit}({area}),{of_cost}({area}))')
        function = of_cost if key in costs else of_benefit
        number = weighted[key].max() if function == "MAX" else weighted[key].min()
        numbers.append(number)
    return sheet.line(told(f"live_page.{name}"), formulas, numbers)


def _unit(column: pd.Series, normalisation: str) -> float:
    formulas = {
        "vector": float((column**2).sum() ** 0.5),
        "sum": float(column.sum()),
        "max": float(column.max()),
        "minmax": float(column.max() - column.min()),
    }[normalisation]
    return formulas or 1.0


def _length(differences: str, order: float) -> str:
    """Return the formula of the length of differences, by the exponent p."""
    if order == float("inf"):
        return f"SUMPRODUCT(MAX(ABS({differences})))"
    return f"SUMPRODUCT(ABS({differences})^{plain(order)})^(1/{plain(order)})"


def _values(sheet: _Sheet) -> int:
    """Add the ends of each scale and the values: formulas where a scale is a straight line."""
    scales = {leaf.key: leaf.scale for leaf in sheet.ranking.problem.leaves if leaf.scale}
    worst = sheet.page.add(
        told("live_page.worth_0"), "", *(float(scales[key].anchors[0]) for key in sheet.keys)
    )
    best = sheet.page.add(
        told("live_page.worth_1"), "", *(float(scales[key].anchors[-1]) for key in sheet.keys)
    )
    straight = {letter(FIRST + at): _straight(scales[key]) for at, key in enumerate(sheet.keys)}

    def text(column: str, row: int) -> str | None:
        if not straight[column]:
            return None
        low = f"{column}${worst}"
        return f"MAX(0,MIN(1,({column}{row}-{low})/({column}${best}-{low})))"

    return _block(sheet, told("live_page.values"), sheet.ranking.problem.values, text)


def _straight(scale: Scale) -> bool:
    return len(scale.anchors) == 2


def _sum(sheet: _Sheet, values: int) -> None:
    """Add the weighted sum: score and rank."""
    weights = sheet.across(sheet.weights, fixed=True)
    texts = [
        f"SUMPRODUCT({sheet.across(values + number)},{weights})"
        for number in range(len(sheet.options))
    ]
    _scores(sheet, [[] for _ in texts], texts, [])


def _closeness(sheet: _Sheet, values: int, order: float) -> None:
    """Add the distances of the values from 1 and from 0, and the closeness."""
    weights = sheet.across(sheet.weights, fixed=True)
    texts = [
        [
            _length(f"{weights}*(1-{sheet.across(values + number)})", order),
            _length(f"{weights}*{sheet.across(values + number)}", order),
        ]
        for number in range(len(sheet.options))
    ]
    _distances(sheet, texts)


def _distances(sheet: _Sheet, texts: Sequence[Sequence[str]]) -> None:
    """Add the distances to both ends, the closeness made of them, and ranks."""
    first = len(sheet.page.rows) + 3
    near = letter(FIRST)
    far = letter(FIRST + 1)
    closeness = [
        f"{far}{first + number}/({near}{first + number}+{far}{first + number})"
        for number in range(len(sheet.options))
    ]
    distances = sheet.ranking.steps["distances"].loc[sheet.options].to_numpy(dtype=float)
    cells = []
    for results, pair in zip(distances.tolist(), texts, strict=True):
        cells.append([Formula(text, number) for text, number in zip(pair, results, strict=True)])
    _scores(sheet, cells, closeness, [told("live_page.to_ideal"), told("live_page.to_anti_ideal")])


def _as_computed(sheet: _Sheet) -> None:
    _scores(sheet, [[] for _ in sheet.options], [""] * len(sheet.options), [])


def _scores(
    sheet: _Sheet, before: Sequence[Sequence[Cell]], texts: Sequence[str], heads: Sequence[str]
) -> None:
    """Add the last block: what the score is made of, the score, and the rank."""
    sheet.page.add("")
    ends = [told("live_page.score"), told("live_page.rank")]
    sheet.page.add(told("live_page.result"), "", *heads, *ends, header=True)
    first = len(sheet.page.rows) + 1
    at = letter(FIRST + len(heads))
    area = f"{at}${first}:{at}${first + len(sheet.options) - 1}"
    table = sheet.ranking.table.loc[sheet.options]
    for number, row in enumerate(table.itertuples()):
        text = texts[number]
        score = float(row.score)
        cell: Cell = Formula(f"ROUND({text},{DIGITS})", rounded(score, DIGITS)) if text else score
        rank = Formula(f"RANK({at}{first + number},{area})", int(row.rank))
        sheet.page.add(row.Index, row.label, *before[number], cell, rank)


def rank_pages(answers: Mapping[str, Sequence[Answer[Ranking]]]) -> list[Page]:
    """Return the pages of rankings: the table of all first, a page for each, and the notes."""
    taken = {"ranking", "notes"}
    rankings = [each.without for by_holder in answers.values() for each in by_holder]
    pages = [ranking_page(ranking, taken) for ranking in rankings]
    notes = Page("notes")
    notes.add("method", "holder", "note", header=True)
    for ranking in rankings:
        for note in ranking.notes:
            notes.add(ranking.method, ranking.holder, note)
    return [_overview(answers, pages), *pages, notes]


def _overview(answers: Mapping[str, Sequence[Answer[Ranking]]], pages: Sequence[Page]) -> Page:
    """Return the first page: score and rank of each option by each ranking, taken from its page."""
    flat = [each for by_holder in answers.values() for each in by_holder]
    page = Page("ranking")
    first = flat[0].without
    page.add("", "", *(cell for each in flat for cell in _head(each, each.holder)), header=True)
    page.add("option", "label", *(cell for each in flat for cell in _head(each)), header=True)
    places = [_last_rows(source) for source in pages]
    for option, label in first.table["label"].items():
        cells: list[Cell] = [option, label]
        for each, source, rows in zip(flat, pages, places, strict=True):
            cells += _references(each, option, source, rows[option])
        page.add(*cells)
    return page


def _last_rows(page: Page) -> dict[Cell, int]:
    """Return the number of the last row of a page that begins with each first cell."""
    return {row[0]: number for number, row in enumerate(page.rows, 1) if row}


def _head(answer: Answer[Ranking], holder: str = "") -> list[str]:
    floor = [] if answer.behind is None else [holder or "rank with floor"]
    return [holder or f"score, {answer.method}", holder or f"rank, {answer.method}", *floor]


def _references(answer: Answer[Ranking], option: str, source: Page, number: int) -> list[Cell]:
    """Return score and rank of an option as references to the row of the page that has them."""
    row = source.rows[number - 1]
    sheet = source.title.replace("'", "''")
    cells: list[Cell] = []
    for at in (len(row) - 1, len(row)):
        held = row[at - 1]
        result = held.result if isinstance(held, Formula) else held
        reference = f"'{sheet}'!{letter(at)}{number}"
        formula = Formula(reference, float(result)) if isinstance(result, int | float) else None
        cells.append(formula)
    if answer.behind is not None:
        behind = answer.behind.table["rank"]
        rank = int(behind[option]) if option in behind else "excluded"
        cells.append(rank)
    return cells
