"""Packages that options may be made of: which no other beats, and which parts they have in common."""

from __future__ import annotations

import pandas as pd

from mcda.checks.significant_digits import percent
from mcda.portfolios.packages import Packages
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    annexed,
    bullets,
    paragraph,
    picture,
    section,
    table,
)
from mcda.reporting.language.portfolios.packages import (
    amount_named,
    package_sentences,
    parts_named,
    steps_caption,
)
from mcda.reporting.study.study import Study

SHOWN = 20  # packages that have room in a report


def packages(study: Study) -> Block | None:
    """Return what the parts of a question make together; None where it states none."""
    found = study.analysis.packages
    if found is None:
        return None
    return section(
        "packages",
        paragraph(words.told("packages.meaning"), tone="soft"),
        bullets(package_sentences(found)),
        *_pictures(found),
        *annexed(_packages(found), _steps(found), *_of_parts(found)),
    )


def _pictures(found: Packages) -> list[Block]:
    """Return the picture of packages with two aims: the steps from one to the next."""
    if len(found.aims) != 2 or len(found.table) < 2:
        return []
    return [picture("frontier_steps", words.told("packages.table"))]


def _of_parts(found: Packages) -> list[Block | None]:
    """Return the picture of the parts and their table, where there are several packages."""
    if len(found.table) < 2:
        return []
    return [picture("core_index", words.told("packages.parts_table")), _parts(found)]


def _packages(found: Packages) -> Block | None:
    """Return the packages with their amounts and their parts."""
    shown = found.table.head(SHOWN)
    amounts = [str(key) for key in shown.columns[1:]]
    rows = []
    for name, row in shown.iterrows():
        numbers = [_number(key, row[key]) for key in amounts]
        rows.append([str(name), *numbers, parts_named(found, str(name))])
    heads = [amount_named(found, key) for key in amounts]
    package, parts = words.columns("package", "parts_held")
    count = len(amounts)
    widths = [0.6, *[1.0] * count, 3.0]
    return table(
        words.told("packages.table"),
        [package, *heads, parts],
        rows,
        numbers=range(1, count + 1),
        widths=widths,
        fine=True,
    )


def _steps(found: Packages) -> Block | None:
    """Return what one more unit of the first of two aims does to the second, from package to package."""
    rows = []
    for row in found.steps.to_dict("records"):
        numbers = [words.figure(row[key]) for key in ("gained", "given", "price")]
        rows.append([str(row["package"]), *numbers])
    if not rows:
        return None
    heads = words.columns("package", "step_first", "step_second", "price_each")
    return table(steps_caption(found), heads, rows, numbers=range(1, 4), fine=True)


def _number(key: str, number: float) -> str:
    return percent(number) if key.startswith("chance") else words.figure(number)


def _parts(found: Packages) -> Block | None:
    """Return in how many of the packages each part is."""
    rows = []
    listed: pd.DataFrame = found.members.loc[found.table.index]
    for key, row in found.parts.iterrows():
        names = [str(name) for name in listed.index[listed[key]]]
        where = words.listed(names) if names else ""
        rows.append([row["label"], percent(row["core_index"]), where])
    columns = words.columns("part", "core", "package")
    caption = words.told("packages.parts_table")
    return table(caption, columns, rows, numbers=[1], widths=[1.6, 0.8, 3.0], fine=True)
