"""What a reader of a notebook sees of the shape of a question, and of what may happen: labels, shares, sentences."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pandas as pd

from mcda.checks.significant_digits import digits, percent
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.language.events.bills import bill_sentences
from mcda.reporting.notebooks.absent import Absent, passing
from mcda.reporting.notebooks.brief import Table, Text
from mcda.sensitivity.events.consequences import Consequences
from mcda.sensitivity.structure.audit import (
    FUTURES,
    HEADS,
    LEAVES,
    SIDES,
    SUBSETS,
    StructureAudit,
)
from mcda.sensitivity.structure.first_places import EXPONENTS

FIGURES = 3  # of an amount
WITHOUT = "without"
OVERS = {HEADS: "tops", LEAVES: "measures", SUBSETS: "selections", FUTURES: "futures"}


def _text(sentences: Iterable[str]) -> Text:
    return Text(" ".join(sentence for sentence in sentences if sentence))


@passing
def finding(audit: StructureAudit) -> Text:
    """Return who leads under how many weights, by either method, and what in the tree is behind it."""
    decided = [words.shape_decides(audit, method, side) for side in SIDES for method in EXPONENTS]
    sentences = [*decided, *words.found_behind(audit)]
    return Text("\n".join(f"- {sentence}" for sentence in sentences if sentence))


@passing
def first_places(audit: StructureAudit) -> Table:
    """Return in what share of all weights, selections and futures each option leads, by either method."""
    leads = words.shown_leads(audit)
    leads = leads[leads["side"] == WITHOUT]
    shares: dict[tuple[str, str], dict[str, str]] = {}
    for (method, over, option), group in leads.groupby(["method", "over", "option"], sort=False):
        of_cases = shares.setdefault((str(method), str(over)), {})
        of_cases[str(option)] = words.share_range(group["leads"])
    there = [over for over in OVERS if over in set(leads["over"])]
    columns: dict[tuple[str, str], list[str]] = {}
    for method, over in product(EXPONENTS, there):
        (named,) = words.columns(OVERS[over])
        of_options = [shares[method, over][option] for option in audit.problem.options.index]
        columns[words.told(f"shape.group_{method}"), named] = of_options
    names = [audit.problem.name_of(str(option)) for option in audit.problem.options.index]
    table = pd.DataFrame(columns, index=names)
    key = "shape.without" if audit.floors else "shape.plain"
    side = words.told(key)
    ranges = words.told("shape.ranges") if len(audit.leaders) > 1 else ""
    return Table(table, words.told("shape.leads_table", side=side, ranges=ranges))


@passing
def weights(audit: StructureAudit) -> Table:
    """Return the stated weight of each top criterion, and what it acts as, for every holder."""
    shown = words.shown_weights(audit)
    tops = [top.key for top in audit.problem.tops]
    shown = shown[shown["criterion"].isin(tops)].drop_duplicates(["holder", "criterion"])
    rows: dict[str, dict[str, str]] = {}
    for row in shown.itertuples():
        stated = percent(row.stated)
        effective = percent(row.effective)
        cell = words.told("shape.acts", stated=stated, effective=effective)
        rows.setdefault(str(row.holder), {})[str(row.label)] = cell
    caption = words.told("shape.weights_table", ranges="")
    return Table(pd.DataFrame.from_dict(rows, orient="index"), caption)


@passing
def looks(audit: StructureAudit) -> Text:
    """Return what of the tree needs a look, sentence by sentence."""
    return _text([*words.shape_flags(audit), words.earned_for_nothing(audit)])


@passing
def positions(audit: StructureAudit) -> Text | Absent:
    """Return how options that holders name themselves rank by their own weights."""
    told = words.own_positions(audit)
    return Text(told) if told else Absent(words.told("absent.wanting"))


@passing
def shapes(problem: Problem) -> Table | Absent:
    """Return the shapes of a question, what each changes, and the arguments for and against."""
    stated = problem.stated or problem
    rows = {}
    changes_head, reason_head = words.columns("what_changes", "rationale")
    for structure in stated.structures:
        changes = words.joined([words.change_told(stated, change) for change in structure.changes])
        rows[structure.label] = {changes_head: changes, reason_head: structure.rationale}
    if not rows:
        return Absent(words.told("absent.wanting"))
    return Table(pd.DataFrame.from_dict(rows, orient="index"), words.told("shape.shapes_title"))


@passing
def under_shapes(audit: StructureAudit) -> Text | Absent:
    """Return who leads under which shape of the question."""
    told = words.leaders_under_shapes(audit)
    return _text(told) if told else Absent(words.told("absent.wanting"))


@passing
def led(audit: StructureAudit) -> Table | Absent:
    """Return for how many holders each option leads in each shape, by either method."""
    table = audit.structures[audit.structures["side"] == WITHOUT]
    if table["structure"].nunique() < 2:
        return Absent(words.told("absent.wanting"))
    rows: dict[str, dict[str, str]] = {}
    for (_, label, method), group in table.groupby(["structure", "label", "method"], sort=False):
        counts = (
            group["leaders"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
        )
        led_by = []
        for who, count in counts.items():
            names = words.names_of(audit, str(who))
            led_by.append(words.told("shape.led", option=names, count=count))
        (head,) = words.columns(f"by_{method}")
        rows.setdefault(str(label), {})[head] = words.told("join.comma").join(led_by)
    return Table(pd.DataFrame.from_dict(rows, orient="index"), words.told("shape.leaders_table"))


@passing
def bills_told(found: Consequences) -> Text:
    """Return what events may cost, sentence by sentence."""
    return _text(bill_sentences(found))


@passing
def bills(found: Consequences) -> Table:
    """Return what each option costs, what it may lose, and both, of a year."""
    names = ["cost", "expected_loss", "bill"]
    heads = words.columns(*names, "nine_in_ten")
    rows = {}
    for option, row in found.bills.iterrows():
        low, high = (digits(row[end], FIGURES) for end in ("low", "high"))
        ends = words.told("events.range", low=low, high=high)
        shown = [*(digits(row[name], FIGURES) for name in names), ends]
        rows[found.problem.name_of(str(option))] = dict(zip(heads, shown, strict=True))
    caption = words.told("events.bills_table", unit=found.unit, years=found.years)
    return Table(pd.DataFrame.from_dict(rows, orient="index"), caption)
