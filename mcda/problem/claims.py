"""Claims behind numbers: which a question's links name for a cell, an estimate or a row."""

from __future__ import annotations

from collections.abc import Iterable

from mcda.problem.model import Problem

ANY = "*"  # any one part of a key


def fits(named: str, target: str) -> bool:
    """Say whether what a link names is a target: part by part, where "*" is any one part.

    >>> fits("expected/*/GBR", "expected/OPT04/GBR"), fits("expected/*", "expected/OPT04/GBR")
    (True, False)
    """
    ours = named.split("/")
    theirs = target.split("/")
    if len(ours) != len(theirs):
        return False
    return all(one in (ANY, other) for one, other in zip(ours, theirs, strict=True))


def claims_behind(problem: Problem, targets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the claims that the question's links name for each target, in their order.

    A target is a cell (criterion/option), the key of an estimate, or sheet/id. One without a claim
    has none.

    >>> from criteria import ukraine_force
    >>> claims_behind(ukraine_force.problem(), ["enough_share"])["enough_share"]
    ('B50', 'D47', 'D48', 'D49')
    """
    links = problem.tables.get("claims_links")
    if links is None:
        return dict.fromkeys(targets, ())
    sheet = links.reset_index()
    pairs = list(zip(sheet["claim"].astype(str), sheet["target"].astype(str), strict=True))
    by_target: dict[str, list[str]] = {}
    patterns = []
    for claim, named in pairs:
        by_target.setdefault(named, []).append(claim)
        if ANY in named.split("/"):
            patterns.append((claim, named))
    claims_by_target = {}
    for target in targets:
        of_family = [claim for claim, named in patterns if fits(named, target)]
        claims_by_target[target] = tuple(dict.fromkeys([*by_target.get(target, []), *of_family]))
    return claims_by_target
