"""The form of a report's manifest and of the description of its folder, checked before any use.

The forms are JSON Schemas beside this file, so that others can check with tools of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from mcda.checks.faults import Fault, InputError
from mcda.reporting.verification.differences import brief

# how a rule of a schema reads after "expected"; the rule's own value follows
RULES = {
    "type": "the type",
    "const": "",
    "enum": "one of",
    "minimum": "at least",
    "maximum": "at most",
    "minItems": "a list of so many or more:",
    "minLength": "a text of so many letters or more:",
    "maxLength": "a text of at most so many letters:",
    "pattern": "a text of the form",
    "required": "the keys",
    "additionalProperties": "no other keys than those known,",
    "propertyNames": "names of the form",
}
REMEDY = "take the report as it was first sent"


@cache
def _checker(name: str) -> Callable[[Any], Any]:
    import fastjsonschema

    text = (files(__package__) / f"{name}.schema.json").read_text(encoding="utf-8")
    made: Callable[[Any], Any] = fastjsonschema.compile(json.loads(text), use_default=False)
    return made


def _check(name: str, data: Any, where: str) -> None:
    from fastjsonschema import JsonSchemaValueException

    try:
        _checker(name)(data)
    except JsonSchemaValueException as error:
        field = ".".join(str(step) for step in error.path[1:])
        name_of_rule = error.rule or ""
        rule = f"{RULES.get(name_of_rule, name_of_rule)} {brief(error.rule_definition)}".strip()
        label = f"{where}, {field}" if field else where
        raise InputError(Fault(label, rule, brief(error.value), REMEDY)) from None


def check_manifest(data: Any, where: str) -> None:
    """Refuse a manifest that is of another form than those that are written."""
    _check("manifest", data, where)


def check_crate(data: Any, where: str) -> None:
    """Refuse a description of a folder that doesn't describe its files as ours do."""
    _check("crate", data, where)
