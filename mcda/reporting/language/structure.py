"""Sentences about the shape of a question: what it decides before anything is varied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from mcda.checks.significant_digits import as_parts, percent, plain
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.problem.model import AS_STATED, Problem
from mcda.problem.structures import Change
from mcda.reporting.language.headline import of_holders
from mcda.reporting.language.results import option_name
from mcda.sensitivity.structure.audit import (
    ANYONE,
    FUTURES,
    HEADS,
    LEAVES,
    MOST,
    SIDES,
    SUBSETS,
    StructureAudit,
)
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sensitivity.structure.first_places import EXPONENTS
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
    Arms and training only (OPT01, the baseline) leads under 95% of all w
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
            about = _cases(audit, over, own)
            parts.append(told(f"structure.over_{key}", share=share_range(shares), **about))
    name = option_name(audit.problem, option)
    decided = bool((own["leads"] > MOST).all() and (counted_so["leads"] > MOST).all())
    leads = told(
        f"structure.leads_{side}", option=name, parts=listed(parts), method=_method(method)
    )
    return f"{leads} {told('structure.decided')}" if decided else leads


def _cases(audit: StructureAudit, over: str, rows: pd.DataFrame) -> dict[str, str]:
    """Return over what a share was taken, as the field that its sentence has for it."""
    if over == HEADS:
        return {"tops": counted(len(audit.problem.tops), "tradeoff")}
    if over == LEAVES:
        return {"leaves": counted(len(audit.problem.weighed), "measure")}
    if over == FUTURES:
        cases = int(rows.loc[rows["over"] == over, "cases"].max())
        return {"futures": counted(cases, "future")}
    return {}


def shown_leads(audit: StructureAudit) -> pd.DataFrame:
    """Return the table `leads` with every share of first places as it is shown.

    The shares of all options over the same cases are parts of 100, unless options tie in some.
    """
    table = audit.leads.copy()
    for _, rows in table.groupby(["over", "holder", "method", "side"], sort=False):
        if rows["leads"].equals(rows["alone"].rename("leads")):
            table.loc[rows.index, "leads"] = as_parts(rows["leads"])
    return table


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


def _method(method: str) -> str:
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
            yield told(f"structure.{kind}", name=_label(audit, subject))
    twice = list(flags.loc[flags["kind"] == "twice", "subject"])
    if twice:
        pairs = [_pair(audit, subject) for subject in twice[:NAMED]]
        yield told("structure.twice", pairs=joined(pairs), count=counted(len(twice), "pair"))
    for row in flags[flags["kind"] == "own option"].itertuples():
        name = option_name(audit.problem, row.subject)
        rank = f"{int(row.number)}"
        yield told("structure.own_option", holder=row.holder, option=name, rank=rank)


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
    name = _label(audit, subject)
    if len(audit.leaders) == 1:
        return told(f"structure.{kind}_one", name=name, **numbers)
    whom = of_holders(len(holders), list(audit.leaders))
    return told(f"structure.{kind}", name=name, whom=whom, holder=worst, **numbers)


def _label(audit: StructureAudit, key: str) -> str:
    return audit.problem.criterion(key).label or key


def _pair(audit: StructureAudit, subject: str) -> str:
    first, _, second = subject.partition(" + ")
    return told("structure.pair", first=_label(audit, first), second=_label(audit, second))


def earned_for_nothing(audit: StructureAudit) -> str:
    """Return how much of the baseline's lead is earned for what isn't done; blank where it leads nobody.

    The lead is over the rival that comes closest, for the holder with the largest such part.
    """
    lead = _lead_of_nothing(audit)
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


def _lead_of_nothing(audit: StructureAudit) -> pd.DataFrame:
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
    return told("structure.positions", count=leads, positions=count, parts=joined(parts))


def settled_by_shape(audit: StructureAudit) -> list[str]:
    """Return which option the shape settles on, with the numbers, and what in the tree is behind it.

    An option is told that leads in more than two thirds of all weights, selections of measures or
    futures, for every holder, by the weighted sum or TOPSIS. The list is empty where none does.

    >>> import mcda
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = mcda.structure_audit(problem, holders["Paris"], n=20_000)
    >>> print(settled_by_shape(found)[0].split("brackets), ")[1][:44])
    Arms and training only leads under 95% (64%)
    """
    parts = [
        _settled_told(audit, side, options, overs)
        for side in SIDES
        for options, overs in _settled(audit, side)
    ]
    return [told("shape.settled", parts=joined(parts)), *found_behind(audit)] if parts else []


def settled_in_short(audit: StructureAudit) -> str:
    """Return the first thing that the shape settles, in one sentence; blank where it settles nothing.

    The share is the least over the holders by the weighted sum or TOPSIS, whichever is more.
    """
    for side in SIDES:
        for options, overs in _settled(audit, side):
            table = shown_leads(audit)
            rows = table[(table["side"] == side) & (table["option"] == options[0])]
            rows = rows[rows["over"] == overs[0]]
            least = rows.groupby("method", sort=False)["leads"].min()
            method = str(least.idxmax())
            part = told(
                f"structure.over_{OVERS[overs[0]]}",
                share=share_range(rows.loc[rows["method"] == method, "leads"]),
                **_cases(audit, overs[0], rows),
            )
            names = listed(audit.problem.short[option] for option in options)
            key = f"{'level' if len(options) > 1 else 'settled'}_{side}"
            return told(f"first_page.{key}", option=names, part=part, method=_method(method))
    return ""


def _settled(audit: StructureAudit, side: str) -> Iterator[tuple[list[str], list[str]]]:
    """Go through the options that lead almost whatever is varied, with what that holds over.

    Options that lead in the same cases come together.
    """
    table = audit.leads[audit.leads["side"] == side]
    shares = table.pivot_table("leads", "option", ["over", "method", "holder"], sort=False)
    least = table.pivot_table("leads", "option", ["over", "method"], "min", sort=False)
    many = least > MOST
    for _, alike in shares[many.any(axis=1)].groupby(list(shares.columns), sort=False):
        options = [str(option) for option in alike.index]
        overs = [over for over in OVERS if over in many and many.loc[options[0], over].any()]
        yield options, overs


def _settled_told(
    audit: StructureAudit, side: str, options: Sequence[str], overs: Sequence[str]
) -> str:
    table = shown_leads(audit)
    table = table[(table["side"] == side) & (table["option"] == options[0])]
    parts = []
    for over in overs:
        rows = table[table["over"] == over]
        by = {
            "sum" if method == "additive" else method: share_range(
                rows.loc[rows["method"] == method, "leads"]
            )
            for method in EXPONENTS
        }
        parts.append(told(f"shape.{OVERS[over]}", **by, **_cases(audit, over, rows)))
    names = listed(audit.problem.short[option] for option in options)
    by_holder = len(audit.leaders) > 1 and not {SUBSETS, FUTURES}.isdisjoint(overs)
    whom = told("shape.by_holder") if by_holder else ""
    return told(
        f"shape.{'level' if len(options) > 1 else 'settled'}_{side}",
        option=names,
        parts=listed(parts),
        whom=whom,
    )


def found_behind(audit: StructureAudit) -> list[str]:
    """Return what in the tree was found behind what the shape settles; nothing where nothing was."""
    options = [
        leader
        for side in SIDES
        for options_led, _ in _settled(audit, side)
        for leader in options_led
    ]
    if not options:
        return []
    parts = []
    for kind in ("flat", "sign"):
        names = _flagged_by_all(audit, kind)
        parts += [told(f"shape.rests_on_{kind}", names=_quoted(names))] if names else []
    if audit.problem.frame.baseline in options:
        parts += _behind_nothing(audit)
    twice = [_pair(audit, subject) for subject in _subjects(audit, "twice")[:NAMED]]
    parts += [told("shape.rests_on_twice", pairs=joined(twice))] if twice else []
    return [told("shape.rests_on", parts=joined(parts))] if parts else []


def _quoted(names: Sequence[str]) -> str:
    """Return names in quotes as a list, since a name may hold an "and"."""
    return listed(told("shape.quoted", name=name) for name in names)


def _subjects(audit: StructureAudit, kind: str) -> list[str]:
    return list(dict.fromkeys(audit.flags.loc[audit.flags["kind"] == kind, "subject"]))


def _flagged_by_all(audit: StructureAudit, kind: str) -> list[str]:
    """Return the labels of the top criteria that a flag is raised on for every holder."""
    rows = audit.flags[audit.flags["kind"] == kind]
    counts = rows.groupby("subject", sort=False)["holder"].nunique()
    tops = [top.key for top in audit.problem.tops]
    return [
        _label(audit, key)
        for key, count in counts.items()
        if key in tops and count == len(audit.leaders)
    ]


def _behind_nothing(audit: StructureAudit) -> list[str]:
    """Return what is behind a lead of doing nothing."""
    parts = [
        told("shape.rests_on_chance", names=_quoted([_label(audit, key)]))
        for key in _subjects(audit, "chance")
    ]
    lead = _lead_of_nothing(audit)
    count = int(lead["hangs"].sum())
    if count and len(audit.leaders) == 1:
        parts.append(told("shape.rests_on_earned_one"))
    elif count:
        holders = counted(len(lead), "holder")
        parts.append(told("shape.rests_on_earned", count=count, holders=holders))
    return parts


def leaders_under_shapes(audit: StructureAudit) -> list[str]:
    """Return who leads under which of the question's shapes, a sentence for each side and method.

    The list is empty where the question states no other shape.
    """
    if audit.structures["structure"].nunique() < 2:
        return []
    sentences = []
    for (side, method), rows in audit.structures.groupby(["side", "method"], sort=False):
        if AS_STATED in set(rows["structure"]):
            sentences.append(_under_shapes(audit, str(side), str(method), rows))
    return [*sentences, *_never_happens(audit), *_weighs_nothing(audit)]


def _under_shapes(audit: StructureAudit, side: str, method: str, rows: pd.DataFrame) -> str:
    usual = {
        name: _usual(group["leaders"]) for name, group in rows.groupby("structure", sort=False)
    }
    stated, count = usual.pop(AS_STATED)
    own = {*leaders_in(audit.problem, stated)}
    labels = dict(zip(rows["structure"], rows["label"], strict=True))
    everyone = list(audit.leaders)
    others = [
        told(
            "shape.under",
            option=_names_in(audit, str(name), leaders),
            whom=of_holders(times, everyone),
            shape=labels[name],
        )
        for name, (leaders, times) in usual.items()
        if not own & {*leaders_in(audit.problem, leaders)}
    ]
    key = "shape.plain" if side == "without" and not audit.floors else f"shape.{side}"
    named = told(key)
    about = {
        "side": f"{named[0].upper()}{named[1:]}",
        "method": _method(method),
        "option": names_of(audit, stated),
        "whom": of_holders(count, everyone),
    }
    if not others:
        return told("shape.stays", **about)
    shapes = counted(len(usual), "shape")
    return told("shape.turns", **about, count=len(others), shapes=shapes, parts=joined(others))


def _usual(leaders: pd.Series) -> tuple[str, int]:
    """Return the leaders of most holders, the first of several alike, and for how many they lead."""
    counts = leaders.groupby(leaders, sort=False).size()
    return str(counts.idxmax()), int(counts.max())


def names_of(audit: StructureAudit, leaders: str) -> str:
    """Return the names of who leads, of a cell in the table of structures."""
    return listed(audit.problem.short[option] for option in leaders_in(audit.problem, leaders))


def _names_in(audit: StructureAudit, structure: str, leaders: str) -> str:
    """Return the names of who leads in a structure, of options that may come about in it."""
    may = set(leaders_in(audit.problem, leaders)) - set(_never(audit, structure))
    named = [option for option in audit.problem.options.index if option in may]
    if not named:
        return told("shape.never")
    return listed(audit.problem.short[option] for option in named)


def _never(audit: StructureAudit, structure: str) -> list[str]:
    """Return the options that never come about in a structure."""
    stated = audit.problem.stated or audit.problem
    chance = stated.structured(structure).chance
    return [str(option) for option in chance.index[chance <= TIE_TOLERANCE]]


def _never_happens(audit: StructureAudit) -> list[str]:
    """Return which options never come about in a shape; nothing where all may."""
    stated = audit.problem.stated or audit.problem
    parts = []
    for structure in stated.structures:
        names = listed(stated.short[option] for option in _never(audit, structure.name))
        if names:
            parts.append(told("shape.fallback_part", options=names, shape=structure.label))
    return [told("shape.fallback", names=joined(parts))] if parts else []


def _weighs_nothing(audit: StructureAudit) -> list[str]:
    """Return which holders weigh nothing of what a shape leaves; nothing where all weigh something."""
    parts = []
    for _, rows in audit.structures.groupby("structure", sort=False):
        there = set(rows["holder"])
        gone = listed(holder for holder in audit.leaders if holder not in there)
        if gone:
            label = rows["label"].iloc[0]
            parts.append(told("shape.fallback_part", options=gone, shape=label))
    return [told("shape.weighs_nothing", names=joined(parts))] if parts else []


def change_told(problem: Problem, change: Change) -> str:
    """Return one change of a shape in words, with the criterion's label."""
    stated = problem.stated or problem
    label = stated.criterion(change.criterion).label or change.criterion
    kind = change.kind.replace(" ", "_")
    if change.weight is None:
        return told(f"shape.change_{kind}", label=label)
    return told(f"shape.change_{kind}", label=label, weight=plain(change.weight))
