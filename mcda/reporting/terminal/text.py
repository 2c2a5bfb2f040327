"""Results as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from mcda.checks.significant_digits import fixed, plain
from mcda.display.visible_text import visible
from mcda.holders.answers import Answer, Answers, distinct
from mcda.methods.ranking import Ranking
from mcda.problem.evidence_check import Check
from mcda.problem.model import Problem
from mcda.problem.screening import excludes_all, proposed_floors
from mcda.reporting import language as words
from mcda.reporting.study.answer_tables import side_by_side
from mcda.reporting.study.finding import finding as finding_of
from mcda.reporting.terminal.columns import columns, heads
from mcda.reporting.terminal.table_text import finding


def ranking_text(
    problem: Problem,
    answer: Answer[Ranking],
    own_floors: Mapping[str, float] | None = None,
    *,
    full: bool = False,
) -> str:
    """Return one holder's ranking by one method, without the floor and with it side by side.

    Who leads comes first. own_floors: as for `holders_text`. full: with why each option is
    excluded, and every note on the ranking.
    """
    table = side_by_side(answer)
    table["score"] = [fixed(score, 2) for score in table["score"]]
    over = heads("option", *(str(key).replace(" ", "_") for key in table.columns))
    rows = columns(table.reset_index().to_numpy().tolist(), over)
    method = words.method_asked(answer.method)
    holder = words.holder_name(answer.holder)
    head = words.told("terminal_rank.about", method=method, holder=holder)
    notes = (_footnotes if full else _brief_notes)(problem, answer.without, answer.behind)
    found = [finding([answer.without])]
    if answer.behind is not None and len(answer.behind.table):
        found.append(words.told("terminal.behind", finding=finding([answer.behind])))
    found = [*map(visible, found), *nothing_left(problem, own_floors)]
    return "\n".join([*found, "", visible(head), "", rows, *notes])


def _brief_notes(problem: Problem, without: Ranking, screened: Ranking | None) -> list[str]:
    """Return what bands and the floor mean, and what was assumed or held on the way."""
    width = without.band_width
    notes = [words.told("terminal.band", width=plain(width))] if width else []
    if screened is not None and len(screened.excluded):
        about = {
            "floor": words.floors_told(problem, screened.floors),
            "names": words.listed(map(problem.name_of, screened.excluded.index)),
        }
        notes.append(words.told("terminal.excluded", **about))
        notes.append(words.told("terminal.reasons"))
    return ["", *map(visible, (*notes, *without.notes))]


def options_text(problem: Problem) -> str:
    """Return the options with their labels, for tables that name them by id; blank where the ids are the labels."""
    if all(option == label for option, label in problem.labels.items()):
        return ""
    rows = [[option, label] for option, label in problem.labels.items()]
    caption = words.told("terminal.options")
    return f"{caption}\n{columns(rows, heads('option', 'label'), cut=1)}"


def nothing_left(problem: Problem, own_floors: Mapping[str, float] | None = None) -> list[str]:
    """Return a sentence that no option passes the floors; none where one does, or there are none.

    own_floors: in place of those that the question proposes.
    """
    floors = own_floors or proposed_floors(problem)
    if not floors or not excludes_all(problem, floors):
        return []
    return [visible(words.told("headline.nothing", floor=words.floors_told(problem, floors)))]


def _footnotes(problem: Problem, without: Ranking, screened: Ranking | None) -> list[str]:
    width = without.band_width
    notes = [words.told("terminal.band", width=plain(width))] if width else []
    if screened is not None:
        notes.append(
            words.told("terminal_rank.floor", floor=words.floors_told(problem, screened.floors))
        )
        notes += [
            words.told("terminal_rank.excluded_by_it", option=option, reason=reason)
            for option, reason in screened.excluded["reason"].items()
        ]
    return ["", *(visible(note) for note in (*notes, *without.notes))]


def holders_text(
    problem: Problem,
    rankings: Answers,
    own_floors: Mapping[str, float] | None = None,
    *,
    full: bool = False,
) -> str:
    """Return who leads for how many holders, and a line for each: without the floor and with it.

    own_floors: those of the rankings, in place of those that the question proposes. full: every
    method has a line, and names are ids, told below. A method that gives a holder the answer of
    another has no line; that is said below the table.
    """
    found = finding_of(problem, rankings, own_floors=own_floors)
    lines = [*found.without]
    if found.screened:
        lines += [words.told("terminal.floor", floor=found.floor), *found.screened]
    body = _every_leader(problem, rankings) if full else _leaders(problem, rankings)
    sentences = [*map(visible, found.repeats), *nothing_left(problem, own_floors)]
    parts = ["\n".join(map(visible, lines)), body, "\n".join(sentences)]
    more = "" if full else words.told("terminal.each_method")
    return "\n\n".join(filter(None, [*parts, more]))


def _leaders(problem: Problem, rankings: Answers) -> str:
    """Return a line for each holder with who leads, by name; by method where methods differ."""
    floors = any(each.behind for answers in rankings.values() for each in answers)
    sides = ["without", "behind"] if floors else ["without"]
    rows = []
    for holder, answers in distinct(rankings).items():
        rows.append(
            [words.holder_name(holder), *(_leader(problem, answers, side) for side in sides)]
        )
    return columns(rows, heads("holder", "leads", "leads_with_floor")[: len(sides) + 1])


def _leader(problem: Problem, answers: Sequence[Answer[Ranking]], side: str) -> str:
    """Return who leads on one side of the floor, and by which methods where these differ."""
    by_leaders: dict[str, list[str]] = {}
    for each in answers:
        ranking = each.on(side)
        leaders = ranking.leaders if ranking is not None else ()
        names = words.joined(str(problem.short[option]) for option in leaders)
        by_leaders.setdefault(names, []).append(words.method_name(each.method).partition(" (")[0])
    if len(by_leaders) == 1:
        return next(iter(by_leaders))
    comma = words.told("join.comma")
    return words.joined(f"{names} ({comma.join(by)})" for names, by in by_leaders.items())


def _every_leader(problem: Problem, rankings: Answers) -> str:
    """Return a line for each holder and method, with ids, and the options by id."""
    rows = []
    for holder, answers in distinct(rankings).items():
        for each in answers:
            behind = each.behind.leaders if each.behind else ()
            leaders = [", ".join(each.without.leaders), ", ".join(behind)]
            named = [words.holder_name(holder), words.method_asked(each.method)]
            rows.append([*named, *leaders])
    floors = any(each.behind for answers in rankings.values() for each in answers)
    header = heads("holder", "method", "leads", "leads_with_floor")[: 4 if floors else 3]
    key = columns(
        [[option, label] for option, label in problem.labels.items()], heads("option", "label")
    )
    return f"{columns([row[: len(header)] for row in rows], header)}\n\n{key}"


def check_text(state: Check) -> str:
    """Return the state of a question's evidence as text."""
    problem = state.problem
    parts = [
        _counts(problem),
        _coverage_text("cells", state.coverage),
        _coverage_text("inputs", state.inputs),
        _disagreements_text(problem, state.disagreements),
        *(words.bent_line(row) for row in state.bent.itertuples()),
        *(words.beyond_line(row) for row in state.beyond_anchors.itertuples()),
        *(words.event_line(row) for row in state.events.itertuples()),
        visible(words.ruled_out_line(state.screened_out)),
        *_word_scales(problem),
        *(words.told("terminal_check.unused", estimate=visible(key)) for key in state.unused),
        *_missing(state),
    ]
    return "\n\n".join(part for part in parts if part)


def _counts(problem: Problem) -> str:
    """Return how much of each thing a question has; trade-offs only where measures stand below some."""
    counts = {
        "option": problem.options,
        "head": problem.heads,
        "leaf": problem.leaves,
        "source": problem.sources,
        "estimate": problem.estimates,
    }
    if not problem.heads:
        del counts["head"]
    told = (words.counted(len(things), noun) for noun, things in counts.items())
    title = visible(problem.title)
    things = words.told("join.comma").join(told)
    return words.told("terminal_check.counts", title=title, things=things)


def _missing(state: Check) -> list[str]:
    """Return which fields the question doesn't fill in; none where it fills in all."""
    fields = words.told("join.comma").join(map(words.field_named, state.missing))
    return [words.told("terminal_check.missing", fields=fields)] if fields else []


def _word_scales(problem: Problem) -> list[str]:
    """Return, for each scale in words on which less is better, the words at its ends."""
    return [
        words.told(
            "terminal_check.words",
            criterion=visible(leaf.key),
            best=visible(leaf.scale.words[-1]),
            worst=visible(leaf.scale.words[0]),
        )
        for leaf in problem.leaves
        if leaf.scale and leaf.scale.words and leaf.direction == "min" and not leaf.role
    ]


def _disagreements_text(problem: Problem, table: pd.DataFrame) -> str:
    if table.empty:
        return ""
    rows = [
        [
            problem.name_of(option),
            problem.criterion(leaf).label,
            _range(row, ""),
            _range(row, "analyst_"),
            words.cells_differ(row["finding"]),
        ]
        for (option, leaf), row in table.iterrows()
    ]
    caption = words.told("terminal_check.disagree", count=len(rows))
    over = heads("option", "criterion", "derived", "analyst", "finding")
    return f"{caption}\n{columns(rows, over)}"


def _coverage_text(what: str, coverage: pd.DataFrame) -> str:
    """Return how many cells there are of each kind, and how many of these have no source."""
    every = int(coverage["cells"].sum())
    if not every:
        return ""
    bare = _by_kind(coverage["without_source"]) or words.told("cell.none")
    about = {"cells": words.counted(every, "cell"), "kinds": _by_kind(coverage["cells"])}
    return words.told(f"terminal_check.{what}", **about, bare=bare)


def _by_kind(counts: pd.Series) -> str:
    return words.told("join.comma").join(
        words.told("terminal_check.kind", count=count, kind=words.kind_name(str(kind)))
        for kind, count in counts.items()
        if count
    )


def _range(row: pd.Series, prefix: str) -> str:
    return " / ".join(words.figure(row[prefix + end]) for end in ("low", "mode", "high"))
