"""Which tables a result has: those of rankings, of robustness, of weights and of a challenge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import partial

import pandas as pd

from mcda.holders.answers import Answer
from mcda.methods.ranking import Ranking
from mcda.portfolios.packages import Packages
from mcda.preferences.weighting.stated import Weights
from mcda.reporting.results.out import Results
from mcda.reporting.results.ranking_pages import rank_pages
from mcda.reporting.study.answer_tables import narrowed_alike, side_by_side
from mcda.sensitivity.challenge import Challenge
from mcda.sensitivity.events.consequences import BY_LABEL, BY_ROW, Consequences
from mcda.sensitivity.structure.audit import StructureAudit
from mcda.uncertainty.smaa.robustness import Robustness

OF_ROBUSTNESS = (
    "first_rank",
    "rank_acceptability",
    "pairwise_winning",
    "central_weights",
    "rank_intervals",
    "scores",
)
OF_STRUCTURE = (
    "weights",
    "leads",
    "lead_parts",
    "positions",
    "prices",
    "pairs",
    "structures",
    "flags",
)


def of_rankings(answers: Mapping[str, Sequence[Answer[Ranking]]]) -> Results:
    """Return rankings as one table (a row for each option, holder and method), weights, and pages."""
    flat = [each for by_holder in answers.values() for each in by_holder]
    parts = [
        side_by_side(each)
        .rename_axis("option")
        .reset_index()
        .assign(holder=each.holder, method=each.method)
        for each in flat
    ]
    ranked = pd.concat(parts).set_index(["holder", "method", "option"])
    weights = pd.DataFrame({each.holder: each.without.weights.values for each in flat})
    notes = dict.fromkeys(note for each in flat for note in each.without.notes)
    tables = {"ranking": ranked, "weights": weights.rename_axis("criterion")}
    return Results(tables, tuple(notes), partial(rank_pages, answers))


def of_robustness(robust: Sequence[Robustness]) -> Results:
    """Return results over draws, each table with a column of whose they are and behind which minimum."""
    tables = {}
    for name in OF_ROBUSTNESS:
        there = [result for result in robust if getattr(result, name) is not None]
        if there:
            parts = narrowed_alike(name, [getattr(one, name) for one in there])
            tables[name.replace("_", " ")] = pd.concat(
                [part.set_axis(map(str, part.columns), axis="columns") for part in parts],
                keys=[(one.holder, _behind(one)) for one in there],
                names=["holder", "answer", "option"],
            )
    about = {
        (result.holder, _behind(result)): {
            "method": result.method,
            "draws": result.draws,
            "seed": result.seed,
            "drawn": ", ".join(result.drawn),
            "held": ", ".join(result.held),
        }
        for result in robust
    }
    tables["about"] = pd.DataFrame(about).T.rename_axis(["holder", "answer"])
    return Results(tables, tuple(dict.fromkeys(note for result in robust for note in result.notes)))


def _behind(robust: Robustness) -> str:
    return "with the minimum" if robust.floors else "without a minimum"


def of_weights(whose: Mapping[str, Weights]) -> Results:
    """Return the weights of holders over the leaves, a row for each leaf."""
    table = pd.DataFrame({name: weights.values for name, weights in whose.items()})
    return Results({"weights": table.rename_axis("criterion")})


def of_challenge(results: Challenge) -> Results:
    """Return the findings of a challenge in sentences, and every table behind them."""
    rows = {name: ("found", finding) for name, finding in results.findings.items()}
    rows |= {name: ("skipped", str(reason)) for name, reason in results.skipped.items()}
    rows |= {name: ("failed", str(error)) for name, error in results.failed.items()}
    findings = pd.DataFrame.from_dict(rows, orient="index", columns=["state", "finding"])
    tables = {"findings": findings.rename_axis("test")}
    for name, result in results.results.items():
        for part, table in _tables(result):
            tables[name if part == "table" else f"{name}, {part}"] = table
    return Results(tables)


def of_structure(audit: StructureAudit) -> Results:
    """Return the tables of an audit of the structure, those that have rows."""
    tables = {}
    for name in OF_STRUCTURE:
        table = getattr(audit, name)
        if len(table):
            first = list(table.columns[:2])
            tables[f"shape, {name.replace('_', ' ')}"] = table.set_index(first)
    return Results(tables)


def of_consequences(found: Consequences) -> Results:
    """Return what events may cost as tables, those that have rows."""
    tables = {}
    for name in (*BY_LABEL, *BY_ROW):
        table = getattr(found, name)
        if len(table):
            by_label = table if name in BY_LABEL else table.set_index(list(table.columns[:2]))
            tables[f"events, {name.replace('_', ' ')}"] = by_label
    return Results(tables)


def of_packages(found: Packages) -> Results:
    """Return the packages of a question as tables, those that have rows, and which parts they hold."""
    tables = {"packages": found.table} if len(found.table) else {}
    members = found.members.astype(int).T.rename_axis("part")
    tables |= {"parts": found.parts, "parts by packages": members}
    for name in ("states", "relaxation", "steps"):
        table = getattr(found, name)
        if len(table):
            by_label = table if name == "states" else table.set_index(list(table.columns[:1]))
            tables[f"packages, {name}"] = by_label
    return Results(tables)


def _tables(result: object) -> Iterator[tuple[str, pd.DataFrame]]:
    """Go through the labelled tables of a result, and of the results inside it."""
    if not is_dataclass(result):
        return
    for entry in fields(result):
        thing = getattr(result, entry.name)
        if isinstance(thing, pd.Series):
            yield entry.name, thing.to_frame()
        elif isinstance(thing, pd.DataFrame):
            yield entry.name, thing
        elif entry.name not in ("problem", "weights", "whole"):
            yield from _tables(thing)
