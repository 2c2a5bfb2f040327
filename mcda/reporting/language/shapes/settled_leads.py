"""What the shape of a question settles before anything is weighed, and what in the tree is behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcda.reporting.language.first_page.plain_names import side_told, started
from mcda.reporting.language.shapes.structure import (
    NAMED,
    OVERS,
    cases_said,
    label_of,
    lead_of_nothing,
    method_said,
    pair_said,
    share_range,
    shown_leads,
)
from mcda.sensitivity.structure.audit import (
    MOST,
    SIDES,
    StructureAudit,
)
from mcda.sentences.catalogue import counted, joined, listed, told


def settled_by_shape(audit: StructureAudit) -> list[str]:
    """Return what the shape settles before anything is weighed, a sentence for each option and side.

    An option is told that leads in more than two thirds of all weights, selections of measures or
    futures, for every holder, by the weighted sum or TOPSIS. The share is the least over the holders
    by either, whichever is more. The list is empty where no option does.

    >>> import mcda
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = mcda.structure_audit(problem, holders["Paris"], n=20_000)
    >>> print(settled_by_shape(found)[0][:76])
    The choice of measures favours Arms and training only: it leads under 95% of
    """
    return [
        _settled_told(audit, side, options, overs[0])
        for side in SIDES
        for options, overs in _settled(audit, side)
    ]


def _settled_told(audit: StructureAudit, side: str, options: Sequence[str], over: str) -> str:
    table = shown_leads(audit)
    rows = table[(table["side"] == side) & (table["option"] == options[0])]
    rows = rows[rows["over"] == over]
    least = rows.groupby("method", sort=False)["leads"].min()
    method = str(least.idxmax())
    part = told(
        f"structure.over_{OVERS[over]}",
        share=share_range(rows.loc[rows["method"] == method, "leads"]),
        **cases_said(audit, over, rows),
    )
    names = listed(audit.problem.short[option] for option in options)
    key = "level" if len(options) > 1 else "settled"
    about = {"option": names, "part": part, "method": method_said(method)}
    named = side_told(audit.problem, side) if side == "behind" else ""
    return started(told(f"first_page.{key}", side=named, **about))


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


def found_behind(audit: StructureAudit) -> list[str]:
    """Return what in the tree was found behind what the shape settles, a sentence each; nothing where nothing was."""
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
    twice = [pair_said(audit, subject) for subject in _subjects(audit, "twice")[:NAMED]]
    parts += [told("shape.rests_on_twice", pairs=joined(twice))] if twice else []
    return parts


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
        label_of(audit, key)
        for key, count in counts.items()
        if key in tops and count == len(audit.leaders)
    ]


def _behind_nothing(audit: StructureAudit) -> list[str]:
    """Return what is behind a lead of doing nothing."""
    parts = [
        told("shape.rests_on_chance", names=_quoted([label_of(audit, key)]))
        for key in _subjects(audit, "chance")
    ]
    lead = lead_of_nothing(audit)
    count = int(lead["hangs"].sum())
    if count and len(audit.leaders) == 1:
        parts.append(told("shape.rests_on_earned_one"))
    elif count:
        holders = counted(len(lead), "holder")
        parts.append(told("shape.rests_on_earned", count=count, holders=holders))
    return parts
