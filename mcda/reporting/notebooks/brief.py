"""The tables and texts of a brief, for a reader in a notebook.

They have labels instead of keys, and two figures instead of ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.significant_digits import percents
from mcda.display.html_table import html_table
from mcda.display.html_text import html_text
from mcda.display.visible_text import with_minus
from mcda.files.question.open_question import open_question
from mcda.holders.answers import answer as answer_of
from mcda.holders.answers import every_answer
from mcda.methods.ranking import compare
from mcda.preferences.pairwise.consistency import ratio_told
from mcda.preferences.weighting.stated import Weights, equal_weights, over_leaves
from mcda.problem.model import Problem
from mcda.problem.ranges import ranges
from mcda.problem.screening import Floors, limit_word_of, proposed_floors, usable_floors
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.notebooks.absent import Absent, attempt, passing
from mcda.reporting.study.answer_tables import methods_for, rank_tables, side_by_side
from mcda.reporting.study.finding import finding as compute_finding
from mcda.reporting.study.finding import why_it_leads
from mcda.reporting.study.question_language import language_of
from mcda.sensitivity.challenge import Challenge
from mcda.sensitivity.structure.by_structure import leaders_by_structure
from mcda.sensitivity.structure.first_places import EXPONENTS
from mcda.sentences.catalogue import speak


class Text(str):
    """Text that a notebook shows: a paragraph for each line, lines with a dash as a list."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return html_text(with_minus(str(self)))

    def __repr__(self) -> str:
        """Show the text itself."""
        return str(self)


def begin(question: str | Path, holder: str = "") -> tuple[Problem, dict[str, Weights], str]:
    """Return a question, its holders, and the one whose weights are shown: the first for a blank.

    From here on the notebook speaks the language of the question.
    Where the question has no holder, all heads weigh the same, as the holder's name says. Raises
    InputError with every fault of the question, and for a holder that it doesn't have.
    """
    problem, holders = open_question(question)
    speak(language_of(problem.frame), limit_word_of(problem))
    if not holders:
        nobody = equal_weights(problem)
        holders = {nobody.holder: nobody}
    if holder and holder not in holders:
        raise InputError(
            Fault(
                f"holder {holder!r}",
                f"one of {known(holders, 30)}",
                "no such holder",
                'write holder = "" for the first',
            )
        )
    return problem, holders, holder or next(iter(holders))


def answer(
    problem: Problem, holders: Mapping[str, Weights], method: str = "topsis"
) -> Text | Absent:
    """Return the answer at the best estimates in the words of a report's first page.

    It says what the answer turns on, who leads without the minimum, and who leads with it.
    """
    return attempt(_answer, problem, holders, method)


def _answer(problem: Problem, holders: Mapping[str, Weights], method: str) -> Text:
    answers = {name: answer_of(problem, weights, method) for name, weights in holders.items()}
    floors = proposed_floors(problem)
    said = words.answer_told(problem, answers, {}, floors, _by_shape(problem, holders, method))
    texts = [" ".join(filter(None, (one.opening, one.text))) for one in said]
    return Text(" ".join(texts))


def _by_shape(problem: Problem, holders: Mapping[str, Weights], method: str) -> pd.DataFrame | None:
    """Return who leads under each shape of the question; None where no other is told of by the method."""
    if not problem.structures or problem.stated is not None or method not in EXPONENTS:
        return None
    table = leaders_by_structure(problem, holders, proposed_floors(problem))
    return table[table["method"] == method]


def picture(draw: Callable[..., Any], *given: Any) -> Picture | Absent:
    """Return a figure as a notebook shows it, or why there is none."""
    bare = [one for one in given if isinstance(getattr(one, "table", None), pd.DataFrame)]
    if any(one.table.empty for one in bare):
        return Absent(words.told("absent.rows"))
    drawn = attempt(draw, *given)
    return drawn if isinstance(drawn, Absent) else Picture(drawn)


def found(given: Challenge, name: str) -> Any:
    """Return one result of a challenge by its name, or why there is none."""
    if name in given.results:
        return given.results[name]
    return Absent(given.skipped.get(name) or words.told("absent.wanting"))


def present(given: Mapping[str, Any]) -> Mapping[str, Any] | Absent:
    """Return those of several results that there are; where there is none, why the first is not."""
    there = {name: one for name, one in given.items() if not isinstance(one, Absent)}
    return there or next(iter(given.values()))


def sentences(given: Mapping[str, Any]) -> Text:
    """Return the findings of several results one after the other."""
    texts = [one.reason if isinstance(one, Absent) else one.finding for one in given.values()]
    return Text(" ".join(dict.fromkeys(texts)))


@passing
def sentence(finding: str) -> Text:
    """Return the finding of a result as text."""
    return Text(finding)


def drawn(robust: Any) -> Any:
    """Return a result over draws, or why it has no shares where nothing was drawn."""
    if isinstance(robust, Absent) or robust.drawn:
        return robust
    return Absent(words.joined(words.no_shares({robust.holder: robust})))


@passing
def worths(problem: Problem, given: Any) -> Picture | Absent:
    """Return what it is worth to know one thing before choosing; a sentence where nothing varies."""
    if not given.drawn:
        return Absent(given.finding)
    named = {words.estimate_name(problem, key): value for key, value in given.worths.items()}
    unit = words.told("challenged.unit")
    return Picture(
        figures.value_of_information(named, given.evpi, unit, drawn=words.draws_of(given))
    )


def leads(problem: Problem, given: Challenge) -> Text:
    """Return who leads in the answer that is challenged, behind the floor or without one."""
    names = [words.option_name(problem, option) for option in given.leaders]
    key = "challenged.behind" if usable_floors(problem) else "challenged.plain"
    about = {"holder": given.holder, "method": words.method_name(given.method)}
    return Text(words.told(key, options=words.listed(names), **about))


def titled(section: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its columns, given by key, as a section of the catalogue heads them."""
    return table.rename(columns=lambda key: words.told(f"{section}.{key}"))


@dataclass(frozen=True, eq=False)
class Table:
    """A table that a notebook shows whole, with a caption; `data` holds the DataFrame."""

    data: pd.DataFrame
    caption: str = ""

    def _repr_html_(self) -> str:
        return html_table(self.data, self.caption)

    def __repr__(self) -> str:
        """Show the table as plain text."""
        return self.data.to_string()


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure that a notebook shows with its alternative text.

    Without a screen the text takes its place.
    """

    drawn: Any

    def _repr_html_(self) -> str:
        address = figures.as_address(self.drawn)
        text = escape(figures.alternative(self.drawn))
        return f'<img src="{address}" alt="{text}" style="max-width: 100%; background: #ffffff">'

    def __repr__(self) -> str:
        """Show the alternative text."""
        return figures.alternative(self.drawn)


def frame(problem: Problem) -> Table:
    """Return the decision frame as a table of two columns; an empty field is shown as not said."""
    facts = problem.frame
    rows = {
        "question": facts.question,
        "owner": facts.decision_owner,
        "commissioner": facts.commissioner,
        "analyst": facts.analyst,
        "assurer": facts.assurer,
        "evidence": words.told(
            "brief.dates",
            compiled=words.day(facts.evidence_compiled),
            newest=words.day(facts.evidence_newest),
        )
        if facts.evidence_compiled
        else "",
        "scope": facts.scope,
        "exclusions": words.joined(facts.exclusions),
        "meant": words.joined(facts.intended_use),
        "not_meant": words.joined(facts.not_intended_use),
        "baseline": words.option_name(problem, facts.baseline) if facts.baseline else "",
    }
    shown = pd.DataFrame(
        {"": [text or words.told("cell.not_said") for text in rows.values()]}, index=list(rows)
    )
    return Table(titled("brief", shown.T).T, facts.title)


def options(problem: Problem) -> Table:
    """Return id, label and description of every option, the baseline marked."""
    table = problem.options.reindex(columns=["label", "description"]).copy()
    mark = words.told("option_list.baseline")
    table["baseline"] = [mark if option == problem.frame.baseline else "" for option in table.index]
    return Table(
        titled("option_list", table), words.told("option_list.caption", options=len(table))
    )


def performance(problem: Problem) -> Table:
    """Return the performance table with ranges as text.

    Leaves are rows, options are columns, and the last column has the kinds of number.
    """
    spans = ranges(problem)
    rows = {}
    for leaf in problem.leaves:
        cells = {
            problem.name_of(str(option)): _cell(spans.loc[(option, leaf.key)])
            for option in problem.options.index
        }
        kinds = sorted({problem.kind(leaf.key, option) for option in problem.options.index})
        better = words.told(f"direction.{leaf.direction}")
        rows[f"{leaf.label} ({leaf.unit}, {better})"] = {
            **cells,
            words.told("together.kind"): ", ".join(kinds),
        }
    return Table(pd.DataFrame.from_dict(rows, orient="index"), words.told("brief.performance"))


def _cell(row: pd.Series) -> str:
    ends = words.told("cell.range", low=words.figure(row["low"]), high=words.figure(row["high"]))
    return f"{words.figure(row['mode'])} ({ends})"


def weights(problem: Problem, holders: Mapping[str, Weights]) -> Table:
    """Return every holder's weights on the heads in percent.

    The last column is the consistency ratio of the pairwise judgements.
    """
    rows = {}
    for holder, stated in holders.items():
        values = over_leaves(problem, stated).values
        by_head = values.groupby([problem.top(key) for key in values.index], sort=False).sum()
        rows[holder] = dict(
            zip(
                [problem.criterion(head).label for head in by_head.index],
                percents(by_head, unit=""),
                strict=True,
            )
        )
        coherence = stated.pairwise.consistency if stated.pairwise else None
        rows[holder][words.told("index_tables.ratio")] = (
            f"{ratio_told(coherence.ratio)} ({coherence.table})" if coherence else ""
        )
    return Table(pd.DataFrame.from_dict(rows, orient="index"), words.told("table.weights"))


def ranking(problem: Problem, stated: Weights, method: str) -> Table:
    """Return one holder's scores and ranks by one method.

    They are without the floor and (where one is proposed) with it.
    """
    both = answer_of(problem, stated, method)
    basis = words.told("option.basis", method=words.method_name(both.method), holder=stated.holder)
    return Table(side_by_side(both), basis)


def compared(problem: Problem, stated: Weights, methods: Iterable[str]) -> Table:
    """Return one holder's ranks by several methods.

    They are without the floor and (where one is proposed) with it. A method that can't rank the
    options has no column.
    """
    methods = list(methods)
    table = _compared(problem, stated, methods, None)
    parts = {words.told("leads.without"): table}
    floors = usable_floors(problem)
    if floors:
        parts[words.told("leads.behind")] = _compared(problem, stated, methods, floors)
    joined = pd.concat(parts, axis=1).astype(object)
    joined = joined.where(joined.notna(), words.told("drawn_leaders.excluded"))
    joined.index = pd.Index([words.option_name(problem, str(option)) for option in table.index])
    return Table(joined, words.told("brief.ranks", holder=stated.holder))


def _compared(
    problem: Problem, stated: Weights, methods: Iterable[str], floors: Floors
) -> pd.DataFrame:
    able = methods_for(problem, stated, methods, floors)
    return compare(problem, stated, able, floors=floors).drop(columns="label")


def finding(problem: Problem, holders: Mapping[str, Weights]) -> Text:
    """Return who leads, by every method, without the floor and with it.

    The text has computed sentences.
    """
    sentences = compute_finding(problem, every_answer(problem, holders.values()))
    parts = [
        *sentences.plain,
        *([words.told("brief.without")] if sentences.floor else []),
        _listed(sentences.without),
    ]
    if sentences.screened:
        parts += [
            words.told("brief.behind", floor=sentences.floor),
            _listed(sentences.screened),
            sentences.excluded,
        ]
    return Text(
        "\n\n".join(
            part
            for part in (
                *parts,
                *sentences.repeats,
                *sentences.methods,
                *sentences.bands,
                sentences.dominance,
            )
            if part
        )
    )


def _listed(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def ranks(
    problem: Problem, holders: Mapping[str, Weights], method: str
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return the ranks of every option for every holder by one method.

    There is a table without the floor and one with it, None if there is no floor.
    """
    answers = {holder: answer_of(problem, stated, method) for holder, stated in holders.items()}
    return rank_tables(problem, answers)


def why(problem: Problem, stated: Weights) -> Text:
    """Return what the lead of the first option over the second is made of, by the additive model."""
    return Text(why_it_leads(problem, stated, answer_of(problem, stated, "additive").without))


def contributions(problem: Problem, stated: Weights) -> Picture:
    """Return what each head adds to every option's additive score."""
    both = answer_of(problem, stated, "additive")
    return Picture(figures.contribution_bars(problem, both.without, both.behind))


def limits(problem: Problem) -> Text:
    """Return what the ranking does not say: the general limits, then the question's own."""
    texts = [
        *problem.frame.notes,
        *(words.told("limits.use", parts=use) for use in problem.frame.not_intended_use),
    ]
    return Text(
        "\n".join([words.told("brief.limits"), "", *(f"- {sentence}" for sentence in texts)])
    )
