"""Sentences about the shape of a question: what it decides before anything is varied."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from mcda.checks.significant_digits import percent
from mcda.reporting.language.catalogue import counted, joined, listed, told
from mcda.reporting.language.results import option_name
from mcda.sensitivity.structure.audit import (
    ANYONE,
    FUTURES,
    HEADS,
    LEAVES,
    MOST,
    SUBSETS,
    StructureAudit,
)

OVERS = {HEADS: "heads", LEAVES: "leaves", SUBSETS: "subsets", FUTURES: "futures"}
NAMED = 3  # holders or pairs that a sentence names


def shape_decides(audit: StructureAudit, method: str, side: str) -> str:
    """Return who leads most over all weights, and in what share of weights, subsets and futures.

    >>> import mcda
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = mcda.structure_audit(problem, holders["Paris"], n=20_000)
    >>> print(shape_decides(found, "additive", "without")[:69])
    Arms and training only (OPT01, the baseline) leads under 93% of all w
    """
    table = audit.leads[(audit.leads["method"] == method) & (audit.leads["side"] == side)]
    if table.empty:
        return ""
    of_anyone = table[table["holder"] == ANYONE]
    option = str(of_anyone.groupby("option", sort=False)["leads"].mean().idxmax())
    own = table[table["option"] == option]
    parts = []
    for over, key in OVERS.items():
        shares = own.loc[own["over"] == over, "leads"]
        if len(shares):
            parts.append(told(f"structure.over_{key}", share=share_range(shares)))
    name = option_name(audit.problem, option)
    decided = bool((own["leads"] > MOST).all())
    leads = told(
        f"structure.leads_{side}", option=name, parts=listed(parts), method=_method(method)
    )
    return f"{leads} {told('structure.decided')}" if decided else leads


def share_range(shares: pd.Series) -> str:
    """Return one share, or from which to which several go.

    >>> share_range(pd.Series([0.73, 0.942])), share_range(pd.Series([1.0, 1.0]))
    ('73% to 94%', '100%')
    """
    low, high = (percent(float(end)) for end in (shares.min(), shares.max()))
    return low if low == high else told("cell.range", low=low, high=high)


def _method(method: str) -> str:
    return told(f"method.{method}")


def shape_flags(audit: StructureAudit) -> list[str]:
    """Return a sentence for each kind of thing that needs a look; one sentence if nothing does."""
    if audit.flags.empty:
        return [told("structure.sound")]
    return list(_flags(audit))


def _flags(audit: StructureAudit) -> Iterator[str]:
    flags = _without_repeats(audit.flags)
    tops = {top.key for top in audit.problem.tops}
    for kind in ("sign", "gap"):
        rows = flags[(flags["kind"] == kind) & flags["subject"].isin(tops)]
        for subject, held in rows.groupby("subject", sort=False):
            yield _weight_flag(audit, kind, str(subject), list(held["holder"]))
        below = flags[(flags["kind"] == kind) & ~flags["subject"].isin(tops)]
        if len(below):
            count = counted(below["subject"].nunique(), "leaf")
            yield told(f"structure.{kind}_leaves", leaves=count)
    for kind in ("flat", "chance"):
        for subject in dict.fromkeys(flags.loc[flags["kind"] == kind, "subject"]):
            yield told(f"structure.{kind}", name=_label(audit, subject))
    twice = list(flags.loc[flags["kind"] == "twice", "subject"])
    if twice:
        pairs = [_pair(audit, subject) for subject in twice[:NAMED]]
        yield told("structure.twice", pairs=joined(pairs), count=counted(len(twice), "pair"))
    for row in flags[flags["kind"] == "own option"].itertuples():
        name = option_name(audit.problem, row.subject)
        yield told(
            "structure.own_option", holder=row.holder, option=name, rank=f"{int(row.number)}"
        )


def _without_repeats(flags: pd.DataFrame) -> pd.DataFrame:
    """Return the flags without the gap of a weight whose sign turns: the turn says it."""
    keys = pd.MultiIndex.from_frame(flags[["holder", "subject"]])
    turned = keys[flags["kind"] == "sign"]
    return flags[~((flags["kind"] == "gap") & keys.isin(turned))]


def _weight_flag(audit: StructureAudit, kind: str, subject: str, holders: list[str]) -> str:
    """Return how a stated weight of a top criterion acts, with the holder for whom it is worst."""
    table = audit.weights[audit.weights["criterion"] == subject].set_index("holder").loc[holders]
    worst = str((table["effective"] - table["stated"]).abs().idxmax())
    return told(
        f"structure.{kind}",
        name=_label(audit, subject),
        count=len(holders),
        holders=counted(len(audit.leaders), "holder"),
        holder=worst,
        stated=percent(table.loc[worst, "stated"]),
        effective=percent(table.loc[worst, "effective"]),
    )


def _label(audit: StructureAudit, key: str) -> str:
    return audit.problem.criterion(key).label or key


def _pair(audit: StructureAudit, subject: str) -> str:
    first, _, second = subject.partition(" + ")
    return told("structure.pair", first=_label(audit, first), second=_label(audit, second))


def earned_for_nothing(audit: StructureAudit) -> str:
    """Return how much of the baseline's lead is earned for what isn't done; blank where it leads nobody.

    The lead is over the rival that comes closest, for the holder with the largest such part.
    """
    baseline = audit.problem.frame.baseline
    parts = audit.lead_parts
    own = parts[(parts["option"] == baseline) & parts["holder"].map(audit.leaders).eq(baseline)]
    if own.empty:
        return ""
    closest = own.loc[own.groupby("holder", sort=False)["lead"].idxmin()]
    without = closest[closest["lead"] - closest["not_happening"] < 0]
    key = "structure.earned" if len(without) else "structure.earned_nobody"
    return told(
        key,
        option=option_name(audit.problem, baseline),
        count=len(without),
        holders=counted(len(closest), "holder"),
    )


def own_positions(audit: StructureAudit) -> str:
    """Return how the options that holders name rank by their own weights; blank where none does."""
    table = audit.positions
    first = table[(table["side"] == "without") & (table["method"] == "additive")]
    if first.empty:
        return ""
    leads = int((first["rank"] == 1).sum())
    parts = [
        told("structure.position", holder=row.holder, rank=f"{row.rank}", of=row.of)
        for row in first.itertuples()
    ]
    count = counted(len(first), "position")
    return told("structure.positions", count=leads, positions=count, parts=joined(parts))
