"""What the shape of the question decides: who leads whatever is weighed, and what each weight does."""

from __future__ import annotations

from itertools import product

import pandas as pd

from mcda.checks.significant_digits import fixed, percent
from mcda.problem.screening import failures
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    Cell,
    bullets,
    cell,
    heading,
    option_cell,
    paragraph,
    section,
    table,
    tables_annexed,
)
from mcda.reporting.document.shape_details import (
    earned,
    other_shapes,
    positions,
    prices,
    side_name,
    twice,
)
from mcda.reporting.study.study import Study
from mcda.sensitivity.structure.audit import (
    FUTURES,
    HEADS,
    LEAVES,
    SIDES,
    SUBSETS,
    StructureAudit,
)
from mcda.sensitivity.structure.first_places import EXPONENTS

OVERS = {HEADS: "tops", LEAVES: "measures", SUBSETS: "selections", FUTURES: "futures"}
MOST_COLUMNS = 9  # trade-offs that have room beside each other on a page


def shape(study: Study) -> Block:
    """Return what the tree of criteria decides before any value or fact is varied."""
    audit = study.analysis.shape
    if audit is None:
        key = "absent_option" if len(study.problem.options) < 2 else "absent_measure"
        return section("shape", paragraph(words.told(f"shape.{key}")))
    floors = words.floors_told(study.problem, audit.floors)
    varies = FUTURES in set(audit.leads["over"])
    futures = words.told("shape.then_futures") if varies else ""
    minimum = words.told("shape.minimum", floor=floors) if audit.floors else ""
    return section(
        "shape",
        paragraph(
            words.told("shape.meaning", futures=futures),
            minimum,
            tone="soft",
        ),
        *tables_annexed(
            *_leads(audit),
            *_weights(audit),
            *earned(audit),
            *positions(audit),
            *prices(audit),
            *twice(audit),
            *other_shapes(audit),
        ),
    )


def _leads(audit: StructureAudit) -> list[Block | None]:
    """Return who leads most, in sentences, and how often every option does, in tables."""
    sentences = [words.shape_decides(audit, method, side) for side in SIDES for method in EXPONENTS]
    drawn = audit.leads[audit.leads["error"] > 0]
    key = "leads_sampled" if SUBSETS in set(drawn["over"]) else "leads_drawn"
    error = words.error_points(float(audit.leads["error"].max()))
    return [
        heading(words.told("shape.leads_title")),
        bullets(sentences),
        bullets(words.found_behind(audit), words.told("shape.rests_on")),
        *[_first_places(audit, side) for side in SIDES],
        paragraph(
            words.told(f"shape.{key}", draws=fixed(audit.draws, grouped=True), error=error),
            *filter(None, [audit.scope]),
            tone="soft",
        ),
    ]


def _first_places(audit: StructureAudit, side: str) -> Block | None:
    """Return a row for each option: its share of first places by each method over each set of cases.

    Options that a minimum excludes have none behind it.
    """
    rows = words.shown_leads(audit)
    rows = rows[rows["side"] == side]
    if side == "behind":
        excluded = failures(audit.problem, audit.floors).index
        rows = rows[~rows["option"].isin(excluded)]
    overs = [over for over in OVERS if over in set(rows["over"])]
    shares = {
        where: words.share_range(group["leads"])
        for where, group in rows.groupby(["option", "method", "over"], sort=False)
    }
    columns = list(product(EXPONENTS, overs))
    shown = []
    for option in dict.fromkeys(rows["option"]):
        cells = [shares[(option, *column)] for column in columns]
        shown.append([option_cell(audit.problem, option), *cells])
    heads = words.columns("option", *[OVERS[over] for _, over in columns])
    return table(
        words.told("shape.leads_table", side=side_name(audit, side), ranges=_ranges(audit)),
        heads,
        shown,
        numbers=range(1, len(heads)),
        widths=[2.4, *[1.0] * len(columns)],
        groups=[
            ("", 1),
            *[(words.told(f"shape.group_{method}"), len(overs)) for method in EXPONENTS],
        ],
    )


def _ranges(audit: StructureAudit) -> str:
    """Return what a range in a table of several holders goes from and to."""
    return words.told("shape.ranges") if len(audit.leaders) > 1 else ""


def _weights(audit: StructureAudit) -> list[Block | None]:
    """Return what every weight acts as beside what is stated, flagged where they part."""
    return [
        heading(words.told("shape.weights_title")),
        paragraph(words.told("shape.weights_meaning"), tone="soft"),
        bullets(words.shape_flags(audit)),
        _by_criterion(audit),
        _by_holder(audit),
    ]


def _of_tops(audit: StructureAudit) -> pd.DataFrame:
    """Return the rows of the weights of the top criteria, each once a holder."""
    table = words.shown_weights(audit)
    level = table["criterion"].map({top.key: _level(top.scale) for top in audit.problem.tops})
    return table[table["level"] == level]


def _level(scale: object) -> str:
    return "leaf" if scale else "head"


def _by_criterion(audit: StructureAudit) -> Block | None:
    """Return a row for each top criterion: its weights, and how far it tells the options apart."""
    rows = []
    for _, group in _of_tops(audit).groupby("criterion", sort=False):
        spans = [_span(group[name]) for name in ("stated", "effective", "correlation_ratio")]
        ends = [_end(audit, group[name]) for name in ("lowest", "highest")]
        rows.append([group["label"].iloc[0], *spans, _span(group["spread"]), *ends])
    columns = words.columns("tradeoff", "weight", "acts", "alone", "apart", "lowest", "highest")
    widths = [2.2, 1.3, 1.3, 1.3, 1.3, 1.6, 1.6]
    caption = words.told("shape.weights_table", ranges=_ranges(audit))
    return table(caption, columns, rows, numbers=range(1, 5), widths=widths)


def _span(shares: pd.Series) -> str:
    """Return one share, or from which to which several go; none where it isn't defined."""
    numbers = shares.dropna()
    return words.share_range(numbers) if len(numbers) else words.told("cell.none")


def _end(audit: StructureAudit, options: pd.Series) -> Cell | str:
    """Return the option at one end of a criterion, where it is the same for all holders."""
    if options.nunique() > 1:
        return words.told("shape.differs")
    return option_cell(audit.problem, options.iloc[0])


def _by_holder(audit: StructureAudit) -> Block | None:
    """Return a row for each holder: what each top criterion's weight acts as.

    There is none for one holder, nor where the criteria have no room beside each other.
    """
    tops = audit.problem.tops
    if len(audit.leaders) < 2 or len(tops) > MOST_COLUMNS:
        return None
    flagged = audit.flags[audit.flags["kind"].isin(["sign", "gap"])]
    parted = set(zip(flagged["holder"], flagged["subject"], strict=True))
    rows = []
    for holder, group in _of_tops(audit).groupby("holder", sort=False):
        by_key = group.set_index("criterion")
        cells = [
            cell(_acts(by_key.loc[top.key]), strong=(holder, top.key) in parted) for top in tops
        ]
        rows.append([holder, *cells])
    columns = [*words.columns("holder"), *[top.label or top.key for top in tops]]
    caption = words.told("shape.holders_table")
    numbers = range(1, len(columns))
    return table(caption, columns, rows, numbers=numbers, widths=[1.6, *[1.2] * len(tops)])


def _acts(row: pd.Series) -> str:
    if pd.isna(row["effective"]):
        return percent(row["stated"])
    stated = percent(row["stated"])
    return words.told("shape.acts", stated=stated, effective=percent(row["effective"]))
