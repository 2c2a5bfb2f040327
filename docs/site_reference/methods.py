"""Every method that ranks: what it computes, where it comes from, what it assumes, when to leave it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from mcda.methods.method import PYMCDM, Method, every_method
from mcda.methods.pymcdm_methods import REFUSED
from site_reference.markdown import cell, code, table

FACTS = Path(__file__).with_name("methods.toml")
FIELDS = ("formula", "source", "assumes", "avoid")
HEAD = """\
# Methods

A method is asked for by name, in any case: `mcda rank QUESTION --method NAME`, `mcda.rank(problem, weights,
"NAME")`. There is no default, since which method ranks is a choice that readers must see. Higher scores are
better throughout.

In the formulas $i$ is an option, $j$ a criterion, $w_j$ its weight (weights add up to one), $v_{ij}$ the value
between the worst end (0) and the best end (1) of the question's own fixed scale, and $x_{ij}$ the number as it
stands, turned round where less is better. $x_j^*$ and $x_j^-$ are the best and the worst of the options at
hand. Of each method it is said whether the other options count.
"""


def facts() -> dict[str, dict[str, str]]:
    """Return formula, source, assumption and warning of every method, by its name."""
    return tomllib.loads(FACTS.read_text(encoding="utf-8"))


def page() -> str:
    """Return the page of methods."""
    about = facts()
    sections = [_section(method, about[method.name]) for method in every_method()]
    return "\n".join([HEAD, *sections, _refused()])


def _section(method: Method, about: dict[str, str]) -> str:
    reads = "values" if method.reads_values else "numbers as they stand"
    parts = [
        f"## {method.name}",
        f"{method.about[0].upper()}{method.about[1:]}.",
        f"```{{math}}\n{about['formula'].strip()}\n```",
        f"- Reads {reads}. {_form(method)}",
        f"- Source: {about['source']}",
        f"- Assumes {about['assumes']}",
        f"- Leave it {about['avoid']}",
    ]
    return "\n\n".join([*parts[:3], "\n".join(parts[3:])]) + "\n"


def _form(method: Method) -> str:
    if method.name.startswith(PYMCDM):
        return "Computed by pymcdm, table by table; searches over draws leave it out."
    linear = "Linear in the weights" if method.linear else "Not linear in the weights"
    alone = "rests on its own row alone" if method.own_row else "depends on the other options"
    return f"{linear}; an option's score {alone}."


def _refused() -> str:
    rows = [[code(f"{PYMCDM}{name}"), cell(why)] for name, why in REFUSED.items()]
    told = "These methods of pymcdm are refused by name, each for what our property tests found."
    return f"## Not offered\n\n{told}\n\n{table(['method', 'why'], rows)}\n"
