"""Sentences about packages: how many no other beats, which parts hold, and why there may be none."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mcda.checks.significant_digits import fixed, percent, plain
from mcda.portfolios.largest_chance import LargestChance
from mcda.portfolios.packages import Packages
from mcda.sentences.catalogue import counted, joined, listed, told

ALL = 1 - 1e-9  # a share that is all, but for rounding
CHANCE_OF = "chance of "


def package_sentences(found: Packages) -> list[str]:
    """Return the finding, sentence by sentence."""
    if found.conflict:
        return [told("packages.conflict", rules=listed(found.conflict))]
    if len(found.relaxation):
        return [*_why_none(found)]
    if not len(found.table):
        return [one for one in (told("packages.none_yet"), _limits(found)) if one]
    sentences = [_found(found), _is_whole(found), _limits(found), *_core(found), _best(found)]
    return [one for one in (*sentences, *_states(found), _rounded(found)) if one]


def chance_sentences(found: Packages, likely: LargestChance | None) -> Iterable[str]:
    """Go through the package with the largest chance to bring enough, where one was searched."""
    if likely is None:
        return
    about = {
        "quantity": quantity_named(found, likely.quantity),
        "least": plain(likely.least),
        "share": percent(likely.chance),
    }
    if not likely.chance:
        yield told("packages.no_chance", **about)
        return
    labels = found.parts["label"]
    parts = listed([str(labels[key]) for key in likely.parts])
    yield told("packages.largest_chance", parts=parts, **about)
    if not likely.proven:
        yield told("packages.chance_open", most=percent(likely.at_most))


def parts_named(found: Packages, package: str) -> str:
    """Return the parts of a package by their names, or that it has none."""
    labels = found.parts["label"]
    names = [str(labels[key]) for key in found.of(package)]
    return listed(names) if names else told("packages.no_part")


def quantity_named(found: Packages, key: str) -> str:
    """Return the name of a quantity for readers."""
    parts = found.problem.parts
    return parts.quantity(key).name if parts else key


def amount_named(found: Packages, key: str) -> str:
    """Return the name of a column of packages: its quantity with the unit, or what chance it is."""
    if key == "chance":
        return told("packages.chance_all")
    if key.startswith(CHANCE_OF):
        quantity = quantity_named(found, key.removeprefix(CHANCE_OF))
        return told("packages.chance_of", quantity=quantity)
    parts = found.problem.parts
    unit = parts.quantity(key).unit if parts else ""
    name = quantity_named(found, key)
    return told("frontier_steps.axis", quantity=name, unit=unit) if unit else name


def steps_caption(found: Packages) -> str:
    """Return what the steps of two aims tell: what more of the first does to the second."""
    first, second = (amount_named(found, key) for key in found.aims)
    way = "costs"
    if found.directions[0] == "min":
        way = "brings" if found.directions[1] == "max" else "saves"
    return told(f"packages.steps_{way}", first=first, second=second)


def _aims(found: Packages) -> str:
    names = []
    for key, way in zip(found.aims, found.directions, strict=True):
        names.append(told(f"packages.{way}", quantity=quantity_named(found, key)))
    return listed(names)


def _found(found: Packages) -> str:
    names = list(found.table.index)
    if len(names) == 1 and not found.open_zones:
        parts = parts_named(found, names[0])
        return told("packages.found_one", aims=_aims(found), package=names[0], parts=parts)
    return told("packages.found", packages=counted(len(names), "package"), aims=_aims(found))


def _is_whole(found: Packages) -> str:
    if found.open_zones:
        return told("packages.open", zones=counted(found.open_zones, "zone"))
    return told("packages.whole")


def _limits(found: Packages) -> str:
    return told("packages.within", limits=joined(found.limits)) if found.limits else ""


def _core(found: Packages) -> Iterable[str]:
    """Go through which parts are in all listed packages, in none, and how many in some."""
    core = found.parts["core_index"]
    if len(found.table) < 2:
        return
    named = {"in_all": core >= ALL, "in_none": core <= 0}
    for key, places in named.items():
        labels = [str(label) for label in found.parts["label"][places]]
        if labels:
            yield told(f"packages.{key}", parts=listed(labels))
    some = int(((core > 0) & (core < ALL)).sum())
    yield told("packages.in_some", parts=counted(some, "part"), all=len(core))


def _best(found: Packages) -> str:
    if not found.best:
        return ""
    parts = parts_named(found, found.best)
    return told("packages.best", package=found.best, parts=parts)


def _states(found: Packages) -> Iterable[str]:
    if not found.draws:
        return
    shares = found.states["best_in"]
    if len(shares) and shares.max() > 0:
        yield told(
            "packages.states",
            states=fixed(found.draws, grouped=True),
            package=str(shares.idxmax()),
            share=percent(float(shares.max())),
            different=counted(int((shares > 0).sum()), "package"),
        )
    if found.no_package_in > 0:
        yield told("packages.states_none", share=percent(found.no_package_in))
    if not found.proven and not found.open_zones:
        yield told("packages.fewer_states")


def _rounded(found: Packages) -> str:
    names = [quantity_named(found, key) for key in found.rounded]
    return told("packages.rounded", quantities=listed(names)) if names else ""


def _why_none(found: Packages) -> Iterable[str]:
    """Go through what keeps every package out, and the least that would have to give way."""
    yield told("packages.none", limits=joined(found.limits))
    changes = []
    for row in found.relaxation.to_dict("records"):
        about = {
            "quantity": quantity_named(found, row["quantity"]),
            "stated": plain(row["stated"]),
        }
        if np.isfinite(row["alone"]):
            yield told(f"packages.alone_{row['end']}", nearest=plain(row["alone"]), **about)
        elif found.proven and len(found.relaxation) > 1:
            yield told(f"packages.not_alone_{row['end']}", **about)
        if np.isfinite(row["together"]) and row["together"] != row["stated"]:
            changes.append(
                told(f"packages.change_{row['end']}", nearest=plain(row["together"]), **about)
            )
    if changes and len(found.relaxation) > 1:
        yield told("packages.together", changes=joined(changes))
    if not found.proven:
        yield told("packages.why_open")
