"""Sentences about the shape of a question: what it decides before anything is varied."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from mcda.checks.significant_digits import as_parts, percent
from mcda.reporting.language.results import of_holders, option_name
from mcda.sensitivity.structure.audit import (
    ANYONE,
    FUTURES,
    HEADS,
    LEAVES,
    MOST,
    SUBSETS,
    StructureAudit,
)
from mcda.sentences.catalogue import counted, joined, listed, told

OVERS = {HEADS: "heads", LEAVES: "leaves", SUBSETS: "subsets", FUTURES: "futures"}
NAMED = 3  # holders or pairs that a sentence names


def shape_decides(audit: StructureAudit, method: str, side: str) -> str:
    """Return who leads most over all weights, and in what share of weights, subsets and futures.

    >>> import mcda
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = mcda.structure_audit(problem, holders["Paris"], n=20_000)
    >>> print(shape_decides(found, "additive", "without")[:69])
    Arms and training only leads under 95% of all weights on the 5 trade-
    """
    table = audit.leads[(audit.leads["method"] == method) & (audit.leads["side"] == side)]
    if table.empty:
        return ""
    of_anyone = table[table["holder"] == ANYONE]
    option = str(of_anyone.groupby("option", sort=False)["leads"].mean().idxmax())
    counted_so = table[table["option"] == option]
    own = shown_leads(audit).loc[counted_so.index]
    parts = []
    for over, key in OVERS.items():
        shares = own.loc[own["over"] == over, "leads"]
        if len(shares):
            about = cases_said(audit, over, own)
            parts.append(told(f"structure.over_{key}", share=share_range(shares), **about))
    name = option_name(audit.problem, option)
    decided = bool((own["leads"] > MOST).all() and (counted_so["leads"] > MOST).all())
    leads = told(
        f"structure.leads_{side}", option=name, parts=listed(parts), method=method_said(method)
    )
    return f"{leads} {told('structure.decided')}" if decided else leads


def cases_said(audit: StructureAudit, over: str, rows: pd.DataFrame) -> dict[str, str]:
    """Return over what a share was taken, as the field that its sentence has for it."""
    if over == HEADS:
        return {"tops": counted(len(audit.problem.tops), "tradeoff")}
    if over == LEAVES:
        return {"leaves": counted(len(audit.problem.weighed), "measure")}
    if over == FUTURES:
        cases = int(rows.loc[rows["over"] == over, "cases"].max())
        return {"futures": counted(cases, "future")}
    return {}


@lru_cache(maxsize=1)  # sentences, table and pictures of one report ask for it
def shown_leads(audit: StructureAudit) -> pd.DataFrame:
    """Return the table `leads` with every share of first places as it is shown.

    The shares of all options over the same cases are parts of 100, unless options tie in some.
    """
    table = audit.leads.copy()
    for _, rows in table.groupby(["over", "holder", "method", "side"], sort=False):
        if rows["leads"].equals(rows["alone"].rename("leads")):
            table.loc[rows.index, "leads"] = as_parts(rows["leads"])
    return table


@lru_cache(maxsize=1)
def shown_weights(audit: StructureAudit) -> pd.DataFrame:
    """Return the table `weights` with stated and effective weights as they are shown.

    Those of a holder's top criteria are parts of 100, and so are those of the leaves.
    """
    table = audit.weights.copy()
    tops = table["criterion"].isin([top.key for top in audit.problem.tops])
    for parts in (table["level"] == "leaf", tops):
        for _, rows in table[parts].groupby("holder", sort=False):
            for name in ("stated", "effective"):
                table.loc[rows.index, name] = as_parts(rows[name])
    return table


def share_range(shares: pd.Series) -> str:
    """Return one share, or from which to which several go.

    >>> share_range(pd.Series([0.73, 0.942])), share_range(pd.Series([1.0, 1.0]))
    ('73% to 94%', '100%')
    """
    low, high = (percent(float(end)) for end in (shares.min(), shares.max()))
    return low if low == high else told("cell.range", low=low, high=high)


def method_said(method: str) -> str:
    """Return by which of the two methods something holds."""
    return told(f"structure.{method}")


def shape_flags(audit: StructureAudit) -> list[str]:
    """Return a sentence for each kind of thing that needs a look; one sentence if nothing does."""
    if audit.flags.empty:
        return [told("structure.sound")]
    return list(_flags(audit))


def _flags(audit: StructureAudit) -> Iterator[str]:
    flags = _without_repeats(audit.flags)
    for kind in ("sign", "gap"):
        yield from _weight_flags(audit, kind, flags[flags["kind"] == kind])
    for kind in ("flat", "chance"):
        for subject in dict.fromkeys(flags.loc[flags["kind"] == kind, "subject"]):
            yield told(f"structure.{kind}", name=label_of(audit, subject))
    twice = list(flags.loc[flags["kind"] == "twice", "subject"])
    if twice:
        pairs = [pair_said(audit, subject) for subject in twice[:NAMED]]
        yield told("structure.twice", pairs=joined(pairs), count=counted(len(twice), "pair"))
    own = []
    for row in flags[flags["kind"] == "own option"].itertuples():
        name = option_name(audit.problem, row.subject)
        rank = f"{int(row.number)}"
        own.append(told("structure.own_rank", holder=row.holder, option=name, rank=rank))
    if own:
        yield told("structure.own_option", parts=listed(own))


def _weight_flags(audit: StructureAudit, kind: str, flags: pd.DataFrame) -> Iterator[str]:
    """Go through what flags say of weights: each criterion at the top by name, all leaves together."""
    is_top = flags["subject"].isin({top.key for top in audit.problem.tops})
    for subject, group in flags[is_top].groupby("subject", sort=False):
        yield _weight_flag(audit, kind, str(subject), list(group["holder"]))
    below = flags[~is_top]
    if len(below):
        count = counted(below["subject"].nunique(), "measure")
        whom = told("structure.some_holder") if len(audit.leaders) > 1 else ""
        yield told(f"structure.{kind}_leaves", leaves=count, whom=whom)


def _without_repeats(flags: pd.DataFrame) -> pd.DataFrame:
    """Return the flags without the gap of a weight whose sign turns: the turn says it."""
    keys = pd.MultiIndex.from_frame(flags[["holder", "subject"]])
    turned = keys[flags["kind"] == "sign"]
    return flags[~((flags["kind"] == "gap") & keys.isin(turned))]


def _weight_flag(audit: StructureAudit, kind: str, subject: str, holders: list[str]) -> str:
    """Return how a stated weight of a top criterion acts, with the holder for whom it is worst."""
    table = shown_weights(audit)
    table = table[table["criterion"] == subject].set_index("holder").loc[holders]
    worst = str((table["effective"] - table["stated"]).abs().idxmax())
    numbers = {end: percent(table.loc[worst, end]) for end in ("stated", "effective")}
    name = label_of(audit, subject)
    if len(audit.leaders) == 1:
        return told(f"structure.{kind}_one", name=name, **numbers)
    whom = of_holders(len(holders), list(audit.leaders))
    return told(f"structure.{kind}", name=name, whom=whom, holder=worst, **numbers)


def label_of(audit: StructureAudit, key: str) -> str:
    """Return the label of a criterion, its key where it has none."""
    return audit.problem.criterion(key).label or key


def pair_said(audit: StructureAudit, subject: str) -> str:
    """Return the two criteria that a flag is on."""
    first, _, second = subject.partition(" + ")
    return told("structure.pair", first=label_of(audit, first), second=label_of(audit, second))


def earned_for_nothing(audit: StructureAudit) -> str:
    """Return how much of the baseline's lead is earned for what isn't done; blank where it leads nobody.

    The lead is over the rival that comes closest, for the holder with the largest such part.
    """
    lead = lead_of_nothing(audit)
    if lead.empty:
        return ""
    about = {
        "option": option_name(audit.problem, audit.problem.frame.baseline),
        "holders": counted(len(lead), "holder"),
    }
    count = int(lead["hangs"].sum())
    if count:
        return told("structure.earned", count=count, **about)
    return told("structure.earned_nobody", **about)


def lead_of_nothing(audit: StructureAudit) -> pd.DataFrame:
    """Return the lead of the baseline over its closest rival, for each holder who puts it first.

    hangs: whether it would trail without what it earns for what isn't done.
    """
    baseline = audit.problem.frame.baseline
    closest = closest_rivals(audit)
    first = closest["holder"].map(audit.leaders).eq(baseline)
    own = closest[(closest["option"] == baseline) & first]
    return own.assign(hangs=own["lead"] - own["not_happening"] < 0)


def closest_rivals(audit: StructureAudit) -> pd.DataFrame:
    """Return the smallest lead of leader and baseline for each holder, over which rival, and its parts."""
    parts = audit.lead_parts
    return parts.loc[parts.groupby(["holder", "option"], sort=False)["lead"].idxmin()]


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
    if not leads:
        return told("structure.positions_none", positions=count, parts=joined(parts))
    return told("structure.positions", count=leads, positions=count, parts=joined(parts))
