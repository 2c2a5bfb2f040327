"""Parts and rules as rows of their sheets, which name the estimates that their numbers come from."""

from __future__ import annotations

from collections.abc import Iterator

from mcda.files.workbook.cells import number_text
from mcda.problem.parts.parts import CHANCE, Part, Parts
from mcda.problem.parts.rules import Rule


def part_cells(parts: Parts) -> Iterator[dict[str, str]]:
    """Go through the rows of parts: one for each amount, and for a chance.

    >>> from mcda.problem.parts.rules import Amount
    >>> from mcda.problem.parts.parts import Quantity
    >>> roof = Part("roof", amounts=(Amount("cost", ("cost/roof",)),))
    >>> row = next(part_cells(Parts((roof,), quantities=(Quantity("cost", "EUR m", "min"),))))
    >>> row["part"], row["times"], row["better"]
    ('roof', 'cost/roof', 'min')
    """
    for part in parts.parts:
        rows = [*_amounts(parts, part), *_chance(part)]
        for row in rows or [{}]:
            yield {
                "part": part.key,
                "label": part.label,
                "groups": ";".join(part.groups),
                **row,
            }


def _amounts(parts: Parts, part: Part) -> Iterator[dict[str, str]]:
    for amount in part.amounts:
        quantity = parts.quantity(amount.quantity)
        yield {
            "quantity": amount.quantity,
            "better": quantity.direction,
            "times": ";".join(amount.factors),
            "unit": quantity.unit,
        }


def _chance(part: Part) -> Iterator[dict[str, str]]:
    if part.chance:
        yield {"quantity": CHANCE, "times": ";".join(part.chance)}


def rule_cells(parts: Parts) -> Iterator[dict[str, str]]:
    """Go through the rows of rules."""
    for rule in parts.rules:
        yield {
            "id": rule.key,
            "label": rule.label,
            "rule": rule.kind,
            "parts": ";".join(rule.parts),
            "count": "" if rule.count is None else str(rule.count),
            "others": ";".join(rule.others),
            "quantity": rule.quantity,
            "least": "" if rule.least is None else number_text(rule.least),
            "most": "" if rule.most is None else number_text(rule.most),
            "times": ";".join(rule.amount.factors) if rule.amount else "",
            "unit": _unit(parts, rule),
            "rationale": rule.rationale,
        }


def _unit(parts: Parts, rule: Rule) -> str:
    return parts.quantity(rule.quantity).unit if rule.amount else ""
