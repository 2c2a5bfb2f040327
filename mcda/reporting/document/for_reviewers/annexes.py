"""Annexes: method, logs, sources, change log, verification, manifest, glossary, use of AI."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from mcda.checks.of_many import LOOKED_UP
from mcda.files.question.logs import LOG_FIELDS, RATINGS, Log
from mcda.files.question.read_perspectives import REASONS
from mcda.methods.method import find_method
from mcda.preferences.weighting.stated import LOCAL_STATED, STATED, Weights
from mcda.problem.claims import claims_behind
from mcda.problem.estimates import Source
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    Cell,
    bullets,
    cell,
    heading,
    paragraph,
    section,
    table,
)
from mcda.reporting.study.study import Study

PRINTED = (
    12  # rows of a table of inputs that paper has: enough to see what the page and the files hold
)
DAYS = ("date", "review")  # columns of a log that hold a day
NUMBERS = (2.0, 1.0, 1.0, 1.0, 4.0)  # relative widths
# columns that say which row it is
NAMING = ("event", "option", "scenario", "state", "criterion", "options", "first", "second")


def method_statement(study: Study) -> Block:
    """Return each method of the run with its settings and source, and why it was chosen."""
    rows = [
        [words.method_name(name), words.method_statement(find_method(name))]
        for name in study.analysis.methods
    ]
    leading = next(iter(study.analysis.leading_answers.values())).without
    width = leading.band_width or 0.0
    bands = words.told("statement.bands", width=words.figure(width)) if width else ""
    return section(
        "method",
        paragraph(words.told("statement.choice", method=words.method_name(leading.method))),
        table(
            words.told("table.methods"),
            words.columns("method", "statement"),
            rows,
            widths=[1.2, 4],
            fine=True,
            most=LOOKED_UP,
        ),
        paragraph(
            words.told("statement.ranks"),
            bands,
            words.seeded(study.settings.seed, study.settings.draws),
        ),
        paragraph(words.told("statement.scale", scale=words.EDITIONS[study.settings.scale])),
        annex=True,
    )


def assumptions(study: Study) -> Block:
    """Return the log of assumptions, and the judged inputs that nobody logged.

    The red assumptions come first, in words.
    """
    sentences = words.red_assumptions(study.origin.entries("assumptions"), study.problem.frame.date)
    return section(
        "assumptions",
        paragraph(*sentences),
        _log(study, "assumptions"),
        paragraph(words.told("assumptions.where"), tone="soft"),
        annex=True,
    )


def decisions(study: Study) -> Block:
    """Return the logs of decisions and changes, and whether each chain is whole."""
    logs = [
        block
        for name in ("decisions", "changes")
        for block in (heading(words.told(f"heading.{name}")), _log(study, name))
    ]
    return section("decisions", *_chains(study), *logs, annex=True)


def _chains(study: Study) -> list[Block | None]:
    sentences = [chain(log) for log in study.logs.values() if log.entries or log.broken_at]
    return [bullets(sentences) or paragraph(words.told("logs.none"))]


def chain(log: Log) -> str:
    """Return whether the chain of a log is whole, and where it breaks."""
    named = words.told(f"log.{log.name}")
    if log.broken_at:
        problem = words.told(f"log_problem.{log.problem}")
        return words.told("logs.broken", name=named, number=log.broken_at, problem=problem)
    return words.told("logs.intact", name=named, entries=words.counted(len(log.entries), "entry"))


def _log(study: Study, name: str) -> Block | None:
    entries = study.origin.entries(name)
    used = set().union(*entries)
    columns = [
        "date",
        *LOG_FIELDS[name],
        *[key for key in ("signed_by", "review") if key in used],
    ]
    rows = []
    for entry in entries:
        rows.append([_log_cell(column, str(entry.get(column, ""))) for column in columns])
    titles = words.columns(*columns)
    widths = [3.0 if column == "text" else 1.2 for column in columns]
    named = words.told(f"log.{name}")
    caption = words.told("table.log", name=named)
    shown = table(caption, titles, rows, widths=widths, fine=True, most=LOOKED_UP)
    return shown or paragraph(words.told("logs.empty", name=named))


def _log_cell(column: str, text: str) -> str:
    """Return what an entry says in a column; ratings and days are told in the language of the report."""
    is_rating = column in ("quality", "impact") and text in RATINGS
    if is_rating:
        return words.told(f"rating.{text}")
    return words.day(text) if column in DAYS else text


def sources(study: Study) -> Block:
    """Return the log of data and every source with its grade."""
    rows = [[source.id, _source(source), source.grade] for source in study.problem.sources.values()]
    shown = table(
        words.told("table.sources"),
        words.columns("id", "source", "grade"),
        rows,
        widths=[0.7, 6, 0.7],
        targets="source",
        fine=True,
        most=LOOKED_UP,
    )
    return section(
        "sources",
        paragraph(words.grades(study.problem.sources)),
        _log(study, "data"),
        shown,
        annex=True,
    )


def _source(source: Source) -> Cell:
    """Return a source: its title leads to its address, if that is one of the web.

    Under it stand who made it and when, an address that is none, and the note.
    """
    made = cell(source.title or source.url, address=source.url)
    about = (source.publisher, source.author, words.day(source.date))
    told_already = made["address"] or not source.title
    by = words.told("join.comma").join(filter(None, about))
    parts = (by, "" if told_already else source.url, source.note)
    line = " · ".join(filter(None, parts))
    return {**made, "under": [line] if line else []}


def numbers(study: Study) -> Block:
    """Return every estimate with its best value, range, kind, sources, rationale and claims.

    The claims that the question links to numbers follow, each with its sources, and all other
    reasons that it gives.
    """
    claims = claims_behind(study.problem, study.problem.estimates)
    rows = [
        [
            cell(estimate.key, under=[words.estimate_name(study.problem, estimate.key)]),
            cell(
                words.figure(estimate.mode),
                mark=words.KIND_MARKS[estimate.kind],
                under=[estimate.unit],
            ),
            words.told(
                "cell.range", low=words.figure(estimate.low), high=words.figure(estimate.high)
            ),
            cell(refs=estimate.sources),
            cell(
                estimate.rationale or words.told("cell.not_said"),
                under=[words.claims_told(claims[estimate.key])],
            ),
        ]
        for estimate in study.problem.estimates.values()
    ]
    columns = words.columns("number", "best_estimate", "range", "sources", "rationale")
    shown = table(
        words.told("table.numbers"),
        columns,
        rows,
        widths=NUMBERS,
        targets="number",
        fine=True,
        most=LOOKED_UP,
        printed=PRINTED,
    )
    others = _other_reasons(study.problem)
    return section("numbers", shown, _claims(study.problem, claims), others, annex=True)


def _claims(problem: Problem, claims: Mapping[str, tuple[str, ...]]) -> Block | None:
    """Return what each claim behind a number says and its sources; nothing where none is linked."""
    linked = {claim for behind in claims.values() for claim in behind}
    given = problem.tables.get("claims")
    if given is None or not linked:
        return None
    rows = [
        [claim, row["claim"], cell(refs=list_of(row.get("sources", "")))]
        for claim, row in given[given.index.isin(linked)].iterrows()
    ]
    columns = words.columns("id", "says", "sources")
    told = words.told("table.claims")
    return table(
        told, columns, rows, widths=[0.7, 7, 1.4], fine=True, most=LOOKED_UP, printed=PRINTED
    )


def list_of(text: object) -> list[str]:
    """Return the entries of a cell that holds several with ; between.

    >>> list_of("S1; S2;")
    ['S1', 'S2']
    """
    return [entry.strip() for entry in str(text).split(";") if entry.strip()]


def _other_reasons(problem: Problem) -> Block | None:
    """Return the rationales of rows that are no estimate, by sheet and row.

    The effect of a scenario is such a row.
    """
    rows = []
    for name, given in problem.tables.items():
        if "rationale" not in given:
            continue
        sheet = given.reset_index() if given.index.name else given
        named = [column for column in NAMING if column in sheet] or list(sheet.columns[:1])
        for _, row in sheet[sheet["rationale"].astype(str).str.strip() != ""].iterrows():
            cells = [str(row[column]) for column in named]
            if name == "scores" and f"{row['criterion']}/{row['option']}" in problem.estimates:
                continue  # told with its number
            rows.append(
                [name, words.told("join.comma").join(filter(None, cells)), str(row["rationale"])]
            )
    columns = words.columns("sheet", "row", "rationale")
    return table(
        words.told("table.other_reasons"),
        columns,
        rows,
        widths=[1, 3, 5],
        fine=True,
        most=LOOKED_UP,
        printed=PRINTED,
    )


def verification(study: Study) -> Block:
    """Return how the toolkit itself was checked."""
    return section("verification", paragraph(words.told("verification.toolkit")), annex=True)


def elicitation(study: Study) -> Block:
    """Return how every holder's weights were obtained.

    This is the method, the date, and the rationale of each weight that has one.
    """
    dated = any(stated.as_of for stated in study.analysis.weights)
    rows = []
    for stated in study.analysis.weights:
        when = [words.day(stated.as_of) or words.told("cell.not_said")] if dated else []
        how = words.stated_by(stated.method)
        rows.append([stated.holder, how, *when, _rationale(study, stated)])
    date_width = {"as_of": 0.8} if dated else {}
    widths = {"holder": 1.4, "method": 1.4, **date_width, "rationale": 5.0}
    shown = table(
        words.told("table.elicitation"),
        words.columns(*widths),
        rows,
        widths=list(widths.values()),
        fine=True,
        most=LOOKED_UP,
    )
    return section("elicitation", shown, _pairs(study), annex=True)


def _pairs(study: Study) -> Block | None:
    """Return the reason of each pairwise judgement that has one; nothing where none has."""
    labels = {criterion.key: criterion.label for criterion in study.problem.criteria}
    rows = []
    for stated in study.analysis.weights:
        if stated.pairwise is None or REASONS not in stated.pairwise.steps:
            continue
        for first, second, text in stated.pairwise.steps[REASONS].itertuples(index=False):
            names = {"first": labels.get(first, first), "second": labels.get(second, second)}
            rows.append([stated.holder, words.told("elicitation.pair", **names), text])
    return table(
        words.told("table.pairs"),
        words.columns("holder", "pair", "rationale"),
        rows,
        widths=[1, 3, 4],
        fine=True,
        most=LOOKED_UP,
        printed=PRINTED,
    )


def _rationale(study: Study, stated: Weights) -> Cell | str:
    """Return why a holder's weights are what they are.

    The reasons are those for the whole, then criterion by criterion as recorded.
    """
    labels = {criterion.key: criterion.label for criterion in study.problem.criteria}
    parts = []
    for step in (STATED, LOCAL_STATED):
        reasons = stated.steps.get(step, pd.DataFrame()).get("rationale", pd.Series(dtype=object))
        for key, text in reasons[reasons.notna() & (reasons != "")].items():
            parts.append(words.told("elicitation.reason", label=labels.get(key, key), text=text))
    if not parts:
        return stated.rationale or words.told("cell.not_said")
    first, *others = filter(None, [stated.rationale, *parts])
    return cell(first, under=others)


def glossary(study: Study) -> Block:
    """Return the words of the report, one for each thing."""
    return section(
        "glossary",
        table(
            words.told("table.glossary"),
            words.columns("word", "meaning"),
            [list(pair) for pair in words.glossary().items()],
            widths=[1, 4],
            fine=True,
            most=LOOKED_UP,
        ),
        annex=True,
    )


def ai_use(study: Study) -> Block:
    """Return what the question says about the use of AI; if it says nothing, so does the text."""
    logged = study.origin.uses_of_ai
    rows = [[entry["date"], entry["subject"], entry["text"], entry["who"]] for entry in logged]
    shown = table(
        words.told("table.ai"),
        words.columns("date", "subject", "what", "who"),
        rows,
        widths=[1, 1.5, 4, 1.5],
        most=LOOKED_UP,
    )
    return section("ai", shown or paragraph(words.told("ai.silent")), annex=True)
