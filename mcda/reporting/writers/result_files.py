"""The results of a report as tables: CSV files, and one workbook with a sheet for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from mcda.checks.of_many import IN_A_SHEET
from mcda.preferences.weighting.stated import over_leaves
from mcda.reporting.results.of_results import (
    of_challenge,
    of_consequences,
    of_packages,
    of_rankings,
    of_robustness,
    of_structure,
    of_weights,
)
from mcda.reporting.results.out import Results
from mcda.reporting.results.pages import Page, page_of, workbook_bytes
from mcda.reporting.results.ranking_pages import rank_pages
from mcda.reporting.results.text_tables import csv_text
from mcda.reporting.study.study import Study
from mcda.sentences.catalogue import first_of, language, told

FOLDER = "tables"
WORKBOOK = "results.xlsx"
NOT_IN_NAME = re.compile(r"[^a-z0-9]+")
LIVE = 12  # rankings up to which the workbook has a sheet that computes for each


def result_files(
    study: Study, tables: Mapping[str, pd.DataFrame] | None = None
) -> dict[str, bytes]:
    """Return the results of a study as files by name: every table as CSV, and all in a workbook.

    Names in cells are text, never formulas. What is told in them is in the language of the study,
    whoever asks. tables: those of the study, where they are made already.
    """
    made = result_tables(study) if tables is None else tables
    with language(study.settings.language):
        return _files(study, made)


def _files(study: Study, tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    files = {_table_file(name): csv_text(table).encode("utf-8") for name, table in tables.items()}
    pages = [_sheet(name, table) for name, table in tables.items()]
    answers = study.analysis.answers
    if sum(map(len, answers.values())) <= LIVE:
        live = rank_pages(answers)
        pages += [page for page in live if page.title not in tables and page.title != "notes"]
    files[WORKBOOK] = workbook_bytes(pages)
    return files


def _sheet(name: str, table: pd.DataFrame) -> Page:
    """Return a table as a page; of very many rows it has the first, and says where all are.

    Its cells are counted with those of the index.
    """
    columns = len(table.columns) + table.index.nlevels
    most = max(1, IN_A_SHEET // columns)
    page = page_of(name, table.iloc[:most])
    shown = first_of(len(table), most=most)
    if not shown:
        return page
    note = told("many.sheet", shown=shown, file=_table_file(name))
    headers = {number + 1 for number in page.headers}
    return Page(name, [[note], *page.rows], headers)


def result_names(tables: Iterable[str]) -> list[str]:
    """Return the names of the files of results that have tables of these names.

    >>> result_names(["switching weights, table"])
    ['tables/switching_weights_table.csv', 'results.xlsx']
    """
    return [*map(_table_file, tables), WORKBOOK]


def links_to(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of files of results in the order in which a page links to them.

    >>> links_to(["tables/b.csv", "tables/a.csv", "results.xlsx"])
    ('results.xlsx', 'tables/a.csv', 'tables/b.csv')
    """
    return tuple(sorted(names, key=lambda name: (name != WORKBOOK, name)))


def _table_file(name: str) -> str:
    return f"{FOLDER}/{file_name(name)}.csv"


def result_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Return every table of a study by name, the rankings first, in the language of the study."""
    with language(study.settings.language):
        return _tables(study)


def _tables(study: Study) -> dict[str, pd.DataFrame]:
    problem = study.problem
    whose = {one.holder: over_leaves(problem, one) for one in study.analysis.weights}
    parts: list[Results] = [of_rankings(study.analysis.answers), of_weights(whose)]
    robust = [
        one
        for each in study.analysis.robust.values()
        for one in (each.without, each.behind)
        if one is not None
    ]
    parts += [of_robustness(robust)] if robust else []
    parts += [of_challenge(study.analysis.challenge)] if study.analysis.challenge else []
    parts += [of_structure(study.analysis.shape)] if study.analysis.shape else []
    parts += [of_consequences(study.analysis.consequences)] if study.analysis.consequences else []
    parts += [of_packages(study.analysis.packages)] if study.analysis.packages else []
    tables = {name: table for part in parts for name, table in part.tables.items()}
    tables["performance"] = problem.performance.rename_axis("option")
    tables["values"] = problem.values.rename_axis("option")
    tables["estimates"] = pd.DataFrame(
        {
            key: [one.low, one.mode, one.high, one.unit, one.kind, ";".join(one.sources)]
            for key, one in problem.estimates.items()
        },
        index=["low", "mode", "high", "unit", "kind", "sources"],
    ).T.rename_axis("estimate")
    return tables


def file_name(name: str) -> str:
    """Return a name as that of a file.

    >>> file_name("switching weights, table")
    'switching_weights_table'
    """
    return NOT_IN_NAME.sub("_", name.lower()).strip("_")
