"""More of what the shape of the question decides: what the baseline earns, positions, prices, shapes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import digits, fixed, percent
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    Cell,
    annexed,
    bullets,
    cell,
    heading,
    option_cell,
    paragraph,
    picture,
    table,
)
from mcda.sensitivity.structure.audit import SIDES, StructureAudit
from mcda.sensitivity.structure.first_places import EXPONENTS
from mcda.sensitivity.structure.implied_prices import MONEY

MOST_PAIRS = 12  # of measures that a table lists
PLACES = 2  # decimal places of a correlation


def side_name(audit: StructureAudit, side: str) -> str:
    """Return a side of the minimum in words, where there is one."""
    key = f"shape.{side}" if audit.floors else "shape.plain"
    return words.told(key)


def earned(audit: StructureAudit) -> list[Block | None]:
    """Return what leader and baseline earn for what isn't done; nothing where no measure pays for it."""
    if not audit.earned["not_happening"].any():
        return []
    options = audit.problem.short
    baseline = options[audit.problem.frame.baseline]
    rows = []
    for row in words.closest_rivals(audit).to_dict("records"):
        points = [row["lead"], row["not_happening"], row["lead"] - row["not_happening"]]
        named = [options[row["option"]], options[row["rival"]]]
        rows.append(
            [row["holder"], *named, *[fixed(100 * point, 1, sign=True) for point in points]]
        )
    return [
        heading(words.told("shape.earned_title")),
        paragraph(words.told("shape.earned_meaning", option=baseline), tone="soft"),
        paragraph(words.earned_for_nothing(audit)),
        table(
            words.told("shape.earned_table"),
            words.columns("holder", "option", "closest", "lead", "idle", "rest"),
            rows,
            numbers=range(3, 6),
            widths=[1.5, 2.4, 2.4, 0.9, 1.2, 1.1],
        ),
    ]


def positions(audit: StructureAudit) -> list[Block | None]:
    """Return how the options that holders name rank by their own weights; nothing where none is named."""
    if audit.positions.empty:
        return []
    sides = [side for side in SIDES if side in set(audit.positions["side"])]
    rows = []
    for (holder, option), group in audit.positions.groupby(["holder", "option"], sort=False):
        ranks = group.set_index(["method", "side"])["rank"]
        cells = [_rank(ranks[(method, side)]) for side in sides for method in EXPONENTS]
        first = group.iloc[0]
        key = "shape.yes" if first["can_lead_in_range"] else "shape.no"
        can = words.told(key)
        name = option_cell(audit.problem, option)
        said = words.day(first["as_of"]) or words.told("cell.not_said")
        rows.append([holder, name, said, *cells, can])
    ranked = [f"rank_{method}" for _ in sides for method in EXPONENTS]
    groups = [("", 3), *[(_sentence(side_name(audit, side)), len(EXPONENTS)) for side in sides]]
    return [
        heading(words.told("shape.positions_title")),
        paragraph(words.own_positions(audit)),
        table(
            words.told("shape.positions_table"),
            words.columns("holder", "own_option", "as_of", *ranked, "can_lead"),
            rows,
            numbers=range(3, 3 + len(ranked)),
            widths=[1.4, 2.4, 1.3, *[0.9] * len(ranked), 1.2],
            groups=[*groups, ("", 1)],
        ),
    ]


def _rank(rank: object) -> str:
    return words.told("shape.excluded") if pd.isna(rank) else f"{rank}"


def _sentence(text: str) -> str:
    """Return a text that starts with a capital letter."""
    return f"{text[:1].upper()}{text[1:]}"


def prices(audit: StructureAudit) -> list[Block]:
    """Return what a unit of each measure is worth to the holders, in units of one of them."""
    priced = audit.problem.criterion(audit.priced_in)
    key = "prices_money" if MONEY.search(priced.unit) else "prices_other"
    rows = []
    for leaf, group in audit.prices.groupby("leaf", sort=False):
        measure = audit.problem.criterion(str(leaf))
        named = cell(measure.label or measure.key, under=[measure.unit])
        rows.append([named, *_price_ends(group), _allowed(group)])
    one = len(audit.leaders) == 1
    worths = ["worth_now"] if one else ["least", "most"]
    columns = words.columns("leaf_priced", *worths, "allowed")
    return annexed(
        heading(words.told("shape.prices_title")),
        paragraph(words.told(f"shape.{key}", unit=priced.unit, label=priced.label or priced.key)),
        table(
            words.told("shape.prices_table", unit=priced.unit),
            columns,
            rows,
            widths=[3.0, *[1.8] * (len(columns) - 2), 1.8],
        ),
    )


def _price_ends(group: pd.DataFrame) -> list[Cell]:
    """Return the least and the highest price with whose it is; one price of one holder.

    A holder who gives no weight to the measure that prices are told in has none.
    """
    defined = group[np.isfinite(group["price"])]
    if defined.empty:
        return [cell(words.told("shape.no_price"))] * min(len(group), 2)
    if len(group) == 1:
        return [cell(digits(defined["price"].iloc[0], 2))]
    rest = words.listed(group.loc[~group.index.isin(defined.index), "holder"])
    without = words.told("shape.no_price_for", holders=rest) if rest else ""
    ends = [defined.loc[defined["price"].idxmin()], defined.loc[defined["price"].idxmax()]]
    low, high = (digits(row["price"], 2) for row in ends)
    if low == high:
        return [cell(low), cell(high, under=[without])]
    least, most = (str(row["holder"]) for row in ends)
    return [cell(low, under=[least]), cell(high, under=[most, without])]


def _allowed(group: pd.DataFrame) -> str:
    """Return between which prices the weights lie that all holders together allow."""
    low = group["low"].min()
    high = group["high"].max()
    if not np.isfinite(low):
        return words.told("shape.no_price")
    if not np.isfinite(high):
        return words.told("shape.or_more", low=digits(low, 2))
    ends = [digits(low, 2), digits(high, 2)]
    return ends[0] if ends[0] == ends[1] else words.told("cell.range", low=ends[0], high=ends[1])


def twice(audit: StructureAudit) -> list[Block | None]:
    """Return the pairs of measures that share inputs or move together."""
    blocks: list[Block | None] = [heading(words.told("shape.twice_title"))]
    if not audit.pairs["twice"].any():
        blocks.append(paragraph(words.told("shape.twice_none")))
    if audit.pairs.empty:
        return blocks
    rows = []
    for row in audit.pairs.head(MOST_PAIRS).to_dict("records"):
        names = [audit.problem.criterion(row[end]).label or row[end] for end in ("first", "second")]
        moves = [_correlation(row[name]) for name in ("over_draws", "over_options")]
        key = "shape.yes" if row["twice"] else "shape.no"
        as_one = words.told(key)
        rows.append([*names, percent(row["same_inputs"]), *moves, as_one])
    columns = words.columns("first", "second", "inputs_shared", "moves", "across", "as_one")
    return [
        *blocks,
        paragraph(words.told("shape.twice_meaning"), tone="soft"),
        table(
            words.told("shape.twice_table"),
            columns,
            rows,
            numbers=range(2, 5),
            widths=[2.6, 2.6, 1.1, 1.1, 1.1, 0.9],
        ),
    ]


def _correlation(number: float) -> str:
    return words.told("cell.none") if pd.isna(number) else fixed(number, PLACES)


def other_shapes(audit: StructureAudit) -> list[Block | None]:
    """Return who leads under every shape that the question states; nothing where it states none."""
    count = audit.structures["structure"].nunique() - 1
    if count < 1:
        return []
    shapes = words.counted(count, "shape")
    return [
        heading(words.told("shape.shapes_title")),
        paragraph(words.told("shape.shapes_meaning", shapes=shapes), tone="soft"),
        bullets(words.leaders_under_shapes(audit)),
        picture("structures", words.told("shape.picture")),
        _leaders(audit),
        table(
            words.told("shape.shapes_table"),
            words.columns("shape", "what_changes", "rationale"),
            _changes(audit),
            widths=[1.6, 3, 3],
        ),
    ]


def _changes(audit: StructureAudit) -> Iterator[list[str]]:
    """Go through the shapes: name, what it changes, and why."""
    stated = audit.problem.stated or audit.problem
    for structure in stated.structures:
        sentences = [words.change_told(stated, change) for change in structure.changes]
        reason = structure.rationale or words.told("cell.not_said")
        yield [structure.label, _sentence(words.joined(sentences)), reason]


def _leaders(audit: StructureAudit) -> Block | None:
    """Return a row for each shape: who leads on each side of the minimum by each method."""
    table_of = audit.structures
    sides = [side for side in SIDES if side in set(table_of["side"])]
    rows = []
    for name, group in table_of.groupby("structure", sort=False):
        cells = []
        for side in sides:
            for method in EXPONENTS:
                some = group[(group["side"] == side) & (group["method"] == method)]
                cells.append(_who(audit, some["leaders"]))
        label = words.shape_named(str(name), str(group["label"].iloc[0]))
        rows.append([label, *cells])
    methods = [f"by_{method}" for _ in sides for method in EXPONENTS]
    return table(
        words.told("shape.leaders_table"),
        words.columns("shape", *methods),
        rows,
        widths=[1.6, *[2.0] * len(methods)],
        groups=[
            ("", 1),
            *[(_sentence(side_name(audit, side)), len(EXPONENTS)) for side in sides],
        ],
    )


def _who(audit: StructureAudit, leaders: pd.Series) -> Cell:
    """Return who leads, and for how many of several holders, the most frequent first."""
    counts = leaders.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    lines = []
    for who, count in counts.items():
        names = words.names_of(audit, str(who))
        one = len(audit.leaders) == 1
        line = names if one else words.told("shape.led", option=names, count=count)
        lines.append(line)
    return cell(lines[0], under=lines[1:]) if lines else cell(words.told("cell.none"))
