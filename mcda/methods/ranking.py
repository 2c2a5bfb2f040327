"""Rank the options of a question under somebody's weights by a named method, with the working."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, overload

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number, check_several
from mcda.checks.faults import Fault, InputError
from mcda.checks.labels import as_numbers
from mcda.checks.significant_digits import plain
from mcda.display.html_table import html_table
from mcda.methods.compromise.topsis import distance
from mcda.methods.decision_table import read_table
from mcda.methods.lottery import method_for
from mcda.methods.method import Choice, Method
from mcda.methods.ranks import TIE_TOLERANCE, competition_ranks
from mcda.methods.textbook.given_question import given_question
from mcda.methods.textbook.table_methods import TOPSIS, topsis_steps
from mcda.methods.textbook.table_question import TableQuestion
from mcda.preferences.pairwise.consistency import ratio_told
from mcda.preferences.weighting.stated import Weights, check_weights, over_leaves, stale
from mcda.problem.bare_table.matrix import Matrix
from mcda.problem.model import Problem
from mcda.problem.over_ranges.means import bent_cells
from mcda.problem.screening import Floors, check_problem, floors_of, screen
from mcda.sentences.catalogue import holder_name, joined, listed, method_asked, told

BAND = 0.02  # of score, from 0 to 1: a lead within it is no finding
TOLD = 5  # cells that a note names
QUICK = 4_000  # draws that find them; `check` takes more for their means


@dataclass(frozen=True, eq=False)
class Ranking:
    """The options in order, with score, competition rank and band.

    Options in one band differ by less than `band_width` of score from the band's best: a lead
    within a band is not a finding.

    Attributes
    ----------
    table : pandas.DataFrame
        A row for each option that was ranked, best first: label, score, rank, band, baseline.
    method, holder : str
        What it was ranked by, and whose weights were used.
    weights : Weights
        The weights that the method used.
    floors : mapping of str to float
        The floors in force, by leaf, in natural units.
    excluded : pandas.DataFrame
        The options that failed a floor, with the floor and the reason.
    stated : tuple of str
        The notes that are known without a draw; `notes` has all.
    problem : Problem
        The question with the options that were ranked.
    tie_tolerance, band_width : float
        The difference of scores below which two options tie, and the width of a band (None for a
        method with scores on which a band has no meaning).
    form : str
        What the method computes from values and weights, the same for one method under two names;
        blank for a function, which may compute anything.
    name, p : str, float
        The method's name in the list of methods, and the exponent of TOPSIS.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> rank(problem, holders["Paris"], "topsis", floors=True).table["rank"].tolist()[:3]
    [1, 2, 3]
    """

    table: pd.DataFrame
    method: str
    holder: str
    weights: Weights
    floors: Mapping[str, float]
    excluded: pd.DataFrame
    stated: tuple[str, ...]
    problem: Problem = field(repr=False)
    tie_tolerance: float = TIE_TOLERANCE
    band_width: float | None = BAND
    form: str = ""
    name: str = ""
    p: float = 2.0

    @cached_property
    def steps(self) -> dict[str, pd.DataFrame]:
        """The working, table by table: every one between the evidence and the score, labelled."""
        problem = self.problem
        values = problem.values
        expected = problem.expected_values
        shares = self.weights.values
        return {
            **self.weights.steps,
            "performance": problem.performance,
            "values": values,
            "weights": pd.DataFrame({"stated": self.weights.raw, "weight": shares}),
            "weighted values": expected * shares[expected.columns],
            **_steps_of_method(problem, shares, self.name, self.p),
            "score": self.table[["score"]].reindex(values.index),
        }

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the table must know.

        The last note is of cells with a best estimate far from their mean.
        """
        cells = bent_cells(self.problem, n=QUICK)
        parts = [
            told("ranking_note.cell", **_cell_named(self.problem, row.option, row.criterion))
            for row in cells.nlargest(TOLD, "worth").itertuples()
        ]
        if not parts:
            return self.stated
        return (*self.stated, told("ranking_note.bent", cells=joined(parts)))

    @cached_property
    def leaders(self) -> tuple[str, ...]:
        """The ids of the options in first place: more than one where they tie.

        An option that never comes about is level with its fallback, which leads for both.
        """
        contending = self.contending
        return tuple(contending.index[contending["rank"] == 1])

    @property
    def contending(self) -> pd.DataFrame:
        """The rows of `table` without the options that never come about beside their fallback."""
        level = self.problem.counted_as_others(self.problem.values.to_numpy())
        return self.table[~self.table.index.isin(self.problem.options.index[level])]

    def _repr_html_(self) -> str:
        marks = {True: told("option.baseline"), False: ""}
        marked = self.table.assign(baseline=self.table["baseline"].map(marks))
        holder = holder_name(self.holder)
        return html_table(
            marked, told("caption.ranking", method=method_asked(self.method), holder=holder)
        )


@overload
def rank(
    problem: Problem,
    weights: Weights,
    method: Choice,
    *,
    floors: Floors = None,
    p: float = 2.0,
    band: float = BAND,
) -> Ranking: ...
@overload
def rank(
    problem: Matrix | TableQuestion,
    weights: Any = None,
    method: Choice | None = None,
    *,
    floors: Floors = None,
    p: float = 2.0,
    band: float = BAND,
) -> Ranking: ...
def rank(
    problem: Problem | Matrix | TableQuestion,
    weights: Any = None,
    method: Choice | None = None,
    *,
    floors: Floors = None,
    p: float = 2.0,
    band: float = BAND,
) -> Ranking:
    """Return the ranking of a question's options at its best estimates.

    Parameters
    ----------
    problem : Problem or Matrix
        The question; or a bare table as `read_matrix` gives it, or as a question already, whose
        scales then go from the worst to the best of the options at hand.
    weights : Weights
        One holder's weights over its leaves or its heads. For a bare table also numbers by
        criterion, or "equal"; without them those of the table.
    method : str, Method or callable
        A name in any case: "additive"; "topsis" (closeness on the 0-1 value scales, with the
        anchors as the ideals); "ahp" (ratings mode; also "ahp:ideal" and "ahp:distributive"; uses
        the holder's pairwise judgements if there are any); "vikor"; "promethee2"; "copras";
        "pymcdm:EDAS" and the like; "topsis:vector" (also minmax, max and sum), the textbook's
        TOPSIS on the numbers as they stand. Or a function (values (m, n), weights (n,)) -> scores
        (m,). For a bare table it may be left out: "topsis:vector" is used, and a note says so.
    floors : None, True or mapping of str to float
        None for none, True for those that the question proposes, or floors in natural units by
        leaf. They exclude options before scoring.
    p : float
        The exponent of TOPSIS; with p = 1 it is the additive value.
    band : float
        The width of a band, in score: options closer than this to the best of a band share it.

    Returns
    -------
    Ranking
        The options in order, the excluded ones with reasons, and the working.

    Raises
    ------
    InputError
        That names what is at fault.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> rank(problem, holders["Paris"], "topsis", floors=True).leaders
    ('OPT10',)
    """
    check_number(band, lambda band: 0 <= band < np.inf, "band", "a finite number of at least 0")
    given = given_question(problem, weights, method)
    problem = given.problem
    weights = given.weights
    passed, excluded = screen(problem, floors)
    by = method_for(passed, given.method, p)
    used = over_leaves(passed, weights_for(by, weights))
    table = by.table(passed)
    if not by.reads_values:
        # tells what of the numbers themselves makes a ranking doubtful
        read_table(table, used.values, [leaf.direction for leaf in passed.leaves])
    found = by.scores(table.to_numpy(float), used.values.to_numpy())
    scores = _checked(found, passed, by.name)
    width = band if by.unit else None
    weighed = int(np.count_nonzero(used.values))
    form = by.form_over(weighed) if isinstance(method, str) else ""
    return Ranking(
        table=_table(passed, scores, width),
        method=by.label,
        holder=weights.holder,
        weights=used,
        floors=floors_of(problem, floors),
        excluded=excluded,
        stated=(*given.notes, *_notes(passed, used, by)),
        problem=passed,
        band_width=width,
        form=form,
        name=by.name,
        p=p,
    )


def repeats(one: Ranking, other: Ranking) -> bool:
    """Return whether a ranking says nothing beyond another: the same form, and near equal scores.

    No score may differ by the width of a band. This is so if both use the same weights, or if AHP's
    weights from pairwise judgements are so near to those that a holder states that the difference
    is no finding.

    >>> from criteria import ukraine_force
    >>> problem, paris = ukraine_force.problem(), ukraine_force.perspectives()["Paris"]
    >>> names = ("additive", "topsis", "ahp")
    >>> additive, topsis, ahp = (rank(problem, paris, name) for name in names)
    >>> repeats(ahp, additive), repeats(topsis, additive)
    (True, False)
    """
    if not one.form or one.form != other.form:
        return False
    apart = (one.table["score"] - other.table["score"].reindex(one.table.index)).abs().max()
    return bool(apart <= TIE_TOLERANCE or apart < (one.band_width or 0.0))


def weights_for(method: Method, weights: Weights) -> Weights:
    """Return the weights a method uses.

    For AHP they are those from the holder's pairwise judgements, if there are any.
    """
    check_weights(weights)
    return weights.pairwise if method.uses_judgements and weights.pairwise is not None else weights


def _checked(scores: np.ndarray, problem: Problem, name: str) -> np.ndarray:
    shape = np.shape(scores)
    options = problem.options.index
    if shape != (len(options),):
        raise InputError(
            Fault(
                f"scores of method '{name}'",
                f"{len(options)}, one for each option",
                f"shape {shape}",
            )
        )
    return as_numbers(scores, lambda at: f"score of '{options[at[0]]}' by method '{name}'")


def _table(problem: Problem, scores: np.ndarray, band: float | None) -> pd.DataFrame:
    ranked = competition_ranks(scores)
    table = pd.DataFrame(
        {"label": problem.labels, "score": scores, "rank": ranked}, index=problem.options.index
    )
    table["band"] = ranked if band is None else _bands(scores, band)
    table["baseline"] = table.index == problem.frame.baseline
    return table.sort_values("rank", kind="stable")


def _bands(scores: np.ndarray, width: float) -> np.ndarray:
    """Return the band of each score.

    The best score opens band 1; the first score that is `width` or more below a band's best opens
    the next.
    """
    order = np.argsort(-scores, kind="stable")
    bands = np.empty(len(scores), dtype=int)
    best = np.inf
    band = 0
    for at in order:
        if best - scores[at] >= width or band == 0:
            best = scores[at]
            band += 1
        bands[at] = band
    return bands


def _steps_of_method(
    problem: Problem, shares: pd.Series, name: str, order: float
) -> dict[str, pd.DataFrame]:
    """Return the tables that only TOPSIS has, and those of options that may fail to happen."""
    values = problem.values
    steps: dict[str, pd.DataFrame] = {}
    if name in TOPSIS:
        ways = [leaf.direction for leaf in problem.leaves]
        steps |= topsis_steps(problem.performance, shares, ways, name, order)
    if name == "topsis":
        gaps = {
            "distance to ideal": distance(1 - values.to_numpy(), shares.to_numpy(), order),
            "distance to anti-ideal": distance(values.to_numpy(), shares.to_numpy(), order),
        }
        steps["distances"] = pd.DataFrame(gaps, index=values.index)
    if problem.has_chances:
        fallbacks = {option: problem.fallbacks.get(str(option), "") for option in values.index}
        columns = {"chance": problem.chance, "otherwise": pd.Series(fallbacks)}
        steps["lottery"] = pd.DataFrame(columns, index=values.index)
    return steps


def _notes(problem: Problem, weights: Weights, by: Method) -> tuple[str, ...]:
    notes = [*_notes_on_facts(problem, by), *stale(problem, weights)]
    return (*notes, *_notes_on_judgements(weights, by), *_notes_on_form(by))


def _notes_on_facts(problem: Problem, by: Method) -> Iterator[str]:
    """Go through what is said of performances beyond the ends, of a structure and of chances."""
    for row in problem.beyond_anchors.itertuples() if by.reads_values else ():
        cell = _cell_named(problem, row.option, row.criterion)
        yield told("ranking_note.beyond", **cell, number=plain(row.performance))
    if problem.structure is not None:
        one = problem.structure
        yield told("ranking_note.structure", name=one.name, change=one.told)
    if problem.has_chances:
        named = [problem.name_of(one) for one in problem.options.index if one in problem.fallbacks]
        yield told("ranking_note.lottery", options=listed(named))
    for option, otherwise in problem.without_chance.items():
        names = {"option": problem.short[option], "otherwise": problem.whole.short[otherwise]}
        yield told("ranking_note.never", **names)


def _cell_named(problem: Problem, option: str, criterion: str) -> dict[str, str]:
    """Return the names of a cell's option and criterion, as a sentence has them."""
    return {"option": problem.name_of(option), "criterion": problem.criterion(criterion).label}


def _notes_on_judgements(weights: Weights, by: Method) -> Iterator[str]:
    """Go through what is said of weights that come from pairwise judgements."""
    if not by.uses_judgements or weights.consistency is None:
        return
    consistency = weights.consistency
    about = {"table": consistency.table, "size": consistency.size}
    found = told("consistency.one", ratio=ratio_told(consistency.ratio), **about)
    yield told("ranking_note.judged", found=found)
    if consistency.alarm:
        yield consistency.alarm


def _notes_on_form(by: Method) -> Iterator[str]:
    """Go through what is said of methods whose scores compare options with each other."""
    if by.uses_judgements and not by.own_row:
        yield told("ranking_note.ahp_mode")
    elif by.about and not by.unit:
        yield told("ranking_note.compares", about=by.about)


def compare(
    problem: Problem,
    weights: Weights,
    methods: Iterable[Choice],
    *,
    floors: Floors = None,
    p: float = 2.0,
) -> pd.DataFrame:
    """Return the rank of every option under several methods.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights
        One holder's weights.
    methods : iterable of str, Method or callable
        As in `rank`.
    floors : None, True or mapping of str to float
        As in `rank`.
    p : float
        The exponent of TOPSIS.

    Returns
    -------
    pandas.DataFrame
        A row for each option, a column of ranks for each method; blank for an excluded option.

    Raises
    ------
    InputError
        As `rank` does.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = compare(problem, holders["Berlin"], ["additive", "topsis"], floors=True)
    >>> found["additive"].dropna().to_dict()
    {'OPT03': 2, 'OPT04': 4, 'OPT05': 6, 'OPT06': 7, 'OPT09': 3, 'OPT10': 1, 'OPT11': 5}
    """
    check_several(methods, "methods", "several in a list")
    columns = {}
    for method in methods:
        ranking = rank(problem, weights, method, floors=floors, p=p)
        columns[ranking.method] = (
            ranking.table["rank"].reindex(problem.options.index).astype("Int64")
        )
    return pd.DataFrame({"label": problem.labels, **columns})


def contributions(problem: Problem, weights: Weights, first: str, second: str) -> pd.DataFrame:
    """Return what each leaf adds to the lead of one option over another, by the additive model.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights
        One holder's weights.
    first, second : str
        The ids of the two options.

    Returns
    -------
    pandas.DataFrame
        A row for each leaf that is weighed, columns label, weight, value of each option, and
        contribution (weight x difference of values). The value of an option that may fail to happen
        is the mean of its lottery. Contributions sum to the difference of the additive scores
        within 1e-9.

    Raises
    ------
    InputError
        For an unknown option, or one against itself.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> lead = contributions(problem, holders["Paris"], "OPT10", "OPT04")
    >>> lead.loc[["C1.3", "C2.1"], "contribution"].round(3).tolist()
    [-0.012, 0.01]
    """
    check_problem(problem)
    if first == second:
        raise InputError(Fault("options", "two different ones", f"'{first}' twice"))
    values = problem.keep([first, second]).expected_values
    shares = over_leaves(problem, weights).values[values.columns]
    table = pd.DataFrame(
        {"label": [leaf.label for leaf in problem.weighed], "weight": shares}, index=values.columns
    )
    table[first] = values.loc[first]
    table[second] = values.loc[second]
    table["contribution"] = shares * (values.loc[first] - values.loc[second])
    return table
