"""Rules of wording, checked on every sentence that a report makes.

A sentence that passes can't overstate, and it can't mislead by form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mcda.checks.faults import Fault, refuse
from mcda.problem.model import Problem
from mcda.reporting.language.wording.likelihood import YARDSTICKS

LIKELIHOODS = sorted(
    {band.word for bands in YARDSTICKS.values() for band in bands} | {"probable", "improbable"},
    key=len,
    reverse=True,
)
_ANY = "|".join(map(re.escape, LIKELIHOODS))
RANGE = r"\s*\[\d{1,2}-\d{1,3}%\]"
# a number at which an answer changes is printed with as many figures as it takes to hold
LIMIT = "".join(
    f"(?<!{words} )" for words in ("at least", "at most", "rises to", "falls to", "above", "below")
)
RULES: tuple[tuple[str, str, str], ...] = (
    (
        r"\b(factors?|metrics?|iterations?|optimal|optimally|objectively best|proves?|proven)\b",
        "a word of the house",
        "see the words of the design",
    ),
    (
        r"\bobjective weights\b",
        "weights that somebody holds",
        "say whose, or call it dispersion of the data",
    ),
    (
        r"\b(probability|chance|odds) of being (the )?(best|first)\b",
        "a share of tested assumptions",
        "name the draws",
    ),
    (r"\baccuracy of the ranking\b", "how the ranking holds", "a ranking has no accuracy"),
    (r"\([^()]*\(", "one pair of brackets", "make two sentences"),
    (
        r"\bunder (topsis|additive|ahp|vikor|promethee|electre|copras)\b",
        "a method by its name, as in 'By TOPSIS'",
        "use method_name",
    ),
    (r"\d %", "a percentage without a space", "write 66%"),
    (r"\b\d{4}-\d{2}-\d{2}\b", "a date as people write it", "use day"),
    (r"\d\.\d+ ?%", "whole percentage points", "round to what the evidence carries"),
    (
        r"\bscores? (of )?0\.0*[1-9]\d{2,}\b|\b0\.0*[1-9]\d{2,} of score\b",
        "two figures for a score",
        "round to what the evidence carries",
    ),
    (
        LIMIT + r"(\b0\.0*[1-9]\d{3,}\b|\b[1-9](\.\d{3,}|\d\.\d{2,}|\d{2,}\.\d+)\b)(?! on\b)",
        "three figures that count",
        "round to what the evidence carries",
    ),
    (r"(?<![\w.])\d(\.\d+)?e[-+]?\d{1,3}\b", "plain digits", "write no powers of ten"),
    (
        rf"\b({_ANY})\b(?!{RANGE})",
        "a likelihood word with its range inline",
        "use likelihood_phrase",
    ),
    (
        rf"(?=.*\b[Cc]onfidence\b)(?=.*\b({_ANY})\b)",
        "confidence apart from likelihood",
        "make two sentences",
    ),
    (
        rf"(?=.*\branks? first\b)(?=.*\b({_ANY}|probability|probably)\b)",
        "robustness wording for ranks",
        "say under how many tested assumptions",
    ),
)
CHECKED = tuple(
    (re.compile(pattern, re.IGNORECASE), expected, remedy) for pattern, expected, remedy in RULES
)
LETTER = re.compile(r"[^\W\d_]")
NOTHING = re.compile(r"(?!)")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def lint(context: Mapping[str, Any], problem: Problem, holders: Iterable[str] = ()) -> None:
    """Refuse a report with a sentence of ours that breaks a rule.

    Raises InputError that quotes every such sentence. Text that the question brought (quoted
    blocks, names, labels, tables) is shown as it is and never judged.
    """
    texts = list(sentences(context))
    brought = _brought(problem, holders, "\n".join(text for _, text in texts))
    refuse(fault for where, text in texts for fault in faults(where, brought.sub("N", text)))


def faults(where: str, text: str) -> Iterator[Fault]:
    """Go through the faults of one text, sentence by sentence.

    >>> [fault.expected for fault in faults("summary", "A is optimal. B is likely to follow.")]
    ['a word of the house', 'a likelihood word with its range inline']
    """
    for sentence in SENTENCE.split(text):
        for rule, expected, remedy in CHECKED:
            if rule.search(sentence):
                yield Fault(f"sentence in '{where}'", expected, repr(sentence[:200]), remedy)


def sentences(context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Go through every text of ours, with the key of its section."""
    for section in context["sections"]:
        for block in section["blocks"]:
            if block.get("quoted"):
                continue
            yield from ((section["key"], text) for text in _texts(block))


def _texts(block: Mapping[str, Any]) -> list[str]:
    """Return the texts of ours in a block."""
    if block["is"] == "columns":
        return [text for column in block["parts"] for text in _opened(column["paragraphs"])]
    if block["is"] == "answer":
        return _opened(block["paragraphs"])
    if block["is"] == "facts":
        return [f"{entry['head']}: {entry['text']}." for entry in block["entries"]]
    if block["is"] == "list":
        return list(block["items"])
    return [block[name] for name in ("heading", "text", "caption") if block.get(name)]


def _opened(paragraphs: Iterable[Mapping[str, str]]) -> list[str]:
    return [
        " ".join(filter(None, (paragraph["opening"], paragraph["text"])))
        for paragraph in paragraphs
    ]


def _brought(problem: Problem, holders: Iterable[str], said: str) -> re.Pattern[str]:
    """Return a pattern of every name and text that the question brought and that was said.

    The longest comes first, each as a whole.
    """
    frame = [
        text
        for field in vars(problem.frame).values()
        for text in ([field] if isinstance(field, str) else field)
    ]
    tables = [table.to_numpy().ravel() for table in (problem.options, *problem.tables.values())]
    told = {
        *frame,
        *holders,
        problem.name,
        *problem.estimates,
        *problem.options.index,
        *(estimate.unit for estimate in problem.estimates.values()),
        *(str(cell) for cells in tables for cell in cells),
        *(
            text
            for criterion in problem.criteria
            for text in (criterion.label, criterion.key, criterion.unit, criterion.definition)
        ),
    }
    repeated = [text for text in map(str, told) if text in said and LETTER.search(text)]
    if not repeated:
        return NOTHING
    named = sorted(map(re.escape, repeated), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(named)})(?!\w)")
