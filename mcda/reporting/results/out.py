"""Results into the file that is asked for: the ending of its name says the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mcda.checks.faults import Fault, InputError, known
from mcda.reporting.results.pages import Page, page_of, workbook_bytes
from mcda.reporting.results.text_tables import csv_text, markdown_text, tex_text


@dataclass(frozen=True)
class Results:
    """Tables by name, the main one first, and what must be known of them.

    pages: makes sheets of a workbook that say more than the tables, such as formulas; called only
    where a workbook is written.
    """

    tables: Mapping[str, pd.DataFrame]
    notes: Sequence[str] = ()
    pages: Callable[[], Sequence[Page]] | None = None

    def sheets(self) -> list[Page]:
        """Return the sheets of a workbook: the pages, else a sheet for each table, and the notes."""
        if self.pages is not None:
            return list(self.pages())
        pages = [page_of(name, table) for name, table in self.tables.items()]
        notes = Page("notes")
        for note in self.notes:
            notes.add(note)
        return [*pages, *([notes] if self.notes else [])]


def _xlsx(results: Results) -> bytes:
    return workbook_bytes(results.sheets())


def _csv(results: Results) -> bytes:
    """Return the main table: the form has room for one."""
    main = next(iter(results.tables.values()))
    return csv_text(main).encode("utf-8")


def _markdown(results: Results) -> bytes:
    notes = "".join(f"- {note}\n" for note in results.notes)
    return (markdown_text(results.tables) + (f"\n{notes}" if notes else "")).encode("utf-8")


def _tex(results: Results) -> bytes:
    return tex_text(results.tables).encode("utf-8")


FORMS: Mapping[str, Callable[[Results], bytes]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".md": _markdown,
    ".tex": _tex,
}


def check_ending(path: Path, endings: Iterable[str], option: str) -> None:
    """Refuse a path whose ending is none of those that can be written.

    >>> check_ending(Path("out.xlsx"), [".xlsx"], "--out")
    """
    if path.suffix.lower() not in endings:
        such = f"a file that ends in one of {known(endings)}"
        raise InputError(Fault(option, such, f"'{path}'"))


def as_file(path: Path, results: Results) -> bytes:
    """Return results in the form that the ending of a path says; raises InputError for another ending.

    A CSV file has the main table alone.
    """
    check_ending(path, FORMS, "--out")
    return FORMS[path.suffix.lower()](results)
