"""Results as plain text for a terminal."""

from __future__ import annotations

import pandas as pd

from mcda.checks.significant_digits import fixed, plain
from mcda.checks.visible_text import visible
from mcda.holders.answers import Answer, Answers, distinct, repeated
from mcda.methods.ranking import Ranking
from mcda.problem.evidence_check import Check
from mcda.problem.model import Problem
from mcda.problem.screening import excludes_all, proposed_floors
from mcda.reporting import language as words
from mcda.reporting.language.events.bills import event_line
from mcda.reporting.study.answer_tables import side_by_side
from mcda.reporting.terminal.columns import columns, told_floors


def ranking_text(problem: Problem, answer: Answer[Ranking]) -> str:
    """Return one holder's ranking by one method, without the floor and with it side by side."""
    table = side_by_side(answer)
    table["score"] = [fixed(score, 2) for score in table["score"]]
    rows = columns(table.reset_index().to_numpy().tolist(), ["option", *table.columns])
    head = f"Method {answer.method}, weights of {answer.holder}."
    notes = _footnotes(answer.without, answer.behind)
    return "\n".join([visible(head), "", rows, *notes, *nothing_left(problem)])


def options_text(problem: Problem) -> str:
    """Return the options with their labels, for tables that name them by id."""
    rows = [[option, label] for option, label in problem.labels.items()]
    return f"Options by id:\n{columns(rows, ['option', 'label'], cut=1)}"


def nothing_left(problem: Problem) -> list[str]:
    """Return a sentence that no option passes the floors; none where one does, or none is proposed."""
    floors = proposed_floors(problem)
    if not floors or not excludes_all(problem, floors):
        return []
    return [visible(words.told("headline.nothing", floor=words.floors_told(problem, floors)))]


def _footnotes(without: Ranking, screened: Ranking | None) -> list[str]:
    notes = (
        [f"Options in one band differ by less than {plain(without.band_width)}: no finding."]
        if without.band_width
        else []
    )
    if screened is not None:
        notes.append(
            f"The floor ({told_floors(screened.floors)}) is off unless asked for; both answers "
            "are shown."
        )
        notes += [
            f"Excluded by it: {option}, {reason}."
            for option, reason in screened.excluded["reason"].items()
        ]
    return ["", *(visible(note) for note in (*notes, *without.notes))]


def holders_text(problem: Problem, rankings: Answers) -> str:
    """Return who leads for every holder and method, without the floor and with it.

    A method that gives a holder the answer of another has no row; that is said below the table.
    """
    rows = []
    for holder, answers in distinct(rankings).items():
        for each in answers:
            behind = each.behind.leaders if each.behind else ()
            leaders = [", ".join(each.without.leaders), ", ".join(behind)]
            rows.append([holder, each.method, *leaders])
    floors = any(each.behind for answers in rankings.values() for each in answers)
    header = (
        ["holder", "method", "leads", "leads with floor"]
        if floors
        else ["holder", "method", "leads"]
    )
    key = columns(
        [[option, label] for option, label in problem.labels.items()], ["option", "label"]
    )
    sentences = [visible(sentence) for sentence in words.repeats(repeated(rankings), len(rankings))]
    sentences += nothing_left(problem)
    return "\n".join(
        [
            columns([row[: len(header)] for row in rows], header),
            "",
            key,
            *(["", *sentences] if sentences else []),
        ]
    )


def check_text(state: Check) -> str:
    """Return the state of a question's evidence as text."""
    problem = state.problem
    parts = [
        f"{visible(problem.frame.title or problem.name)}: {len(problem.options)} options, "
        f"{len(problem.heads)} heads, "
        f"{len(problem.leaves)} leaves, {len(problem.sources)} sources, "
        f"{len(problem.estimates)} estimates; "
        "every id resolves.",
        _coverage_text("Performance table", state.coverage),
        _coverage_text("Estimates behind derived cells", state.inputs),
        _disagreements_text(state.disagreements),
        *(words.bent_line(row) for row in state.bent.itertuples()),
        *(words.beyond_line(row) for row in state.beyond_anchors.itertuples()),
        *(event_line(row) for row in state.events.itertuples()),
        visible(words.ruled_out_line(state.screened_out)),
        *_word_scales(problem),
        *(f"Read by no measure: estimate '{visible(key)}'." for key in state.unused),
        f"Not said of the question: {', '.join(state.missing)}." if state.missing else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _word_scales(problem: Problem) -> list[str]:
    """Return, for each scale in words on which less is better, the words at its ends."""
    return [
        f"On '{visible(leaf.key)}' less is better: its best is '{visible(leaf.scale.words[-1])}', "
        f"its worst '{visible(leaf.scale.words[0])}'. If it is the other way, turn its words round."
        for leaf in problem.leaves
        if leaf.scale and leaf.scale.words and leaf.direction == "min" and not leaf.role
    ]


def _disagreements_text(table: pd.DataFrame) -> str:
    if table.empty:
        return ""
    rows = [
        [*key, _range(row, ""), _range(row, "analyst_"), row["finding"]]
        for key, row in table.iterrows()
    ]
    title = f"{len(rows)} derived cells disagree with the analyst's (the derived one is used):"
    return f"{title}\n{columns(rows, ['option', 'criterion', 'derived', 'analyst', 'finding'])}"


def _coverage_text(title: str, coverage: pd.DataFrame) -> str:
    if not coverage["cells"].sum():
        return ""
    counts = ", ".join(f"{row.cells} {kind}" for kind, row in coverage.iterrows() if row.cells)
    missing = ", ".join(
        f"{row.without_source} {kind}" for kind, row in coverage.iterrows() if row.without_source
    )
    return (
        f"{title}: {coverage['cells'].sum()} cells: {counts}.\nWithout a source: "
        f"{missing or 'none'}."
    )


def _range(row: pd.Series, prefix: str) -> str:
    return " / ".join(words.figure(row[prefix + end]) for end in ("low", "mode", "high"))
