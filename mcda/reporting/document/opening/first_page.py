"""The first page: the answer, five facts, figures, and what would change it, on one page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from mcda.holders.answers import by_side
from mcda.problem.screening import proposed_floors
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    answer,
    facts,
    opened,
    paragraph,
    picture,
    section,
    side_by_side,
)
from mcda.reporting.document.opening.exhibits import (
    MOST_BANDS,
    MOST_ROWS,
    MOST_SHAPES,
    curves_by_group,
    leaders_as_answered,
    shape_method,
    shapes_by_side,
    shares_by_side,
)
from mcda.reporting.study.study import Study

MOST_ITEMS = 4  # of a column
MOST_USES = 2  # that the question rules out and the page names


def first_page(study: Study) -> Block:
    """Return the first page of a report; what a question doesn't have is simply not there."""
    analysis = study.analysis
    floors = proposed_floors(study.problem)
    told = words.answer_told(
        study.problem, analysis.leading_answers, analysis.robust, floors, leaders_as_answered(study)
    )
    row = words.facts_told(study.problem, analysis.weights, floors, study.grounds)
    return section(
        "summary",
        answer(opened(one.opening, one.text) for one in told),
        facts({"head": one.head, "text": one.text, "alarm": one.alarm} for one in row),
        _shares(study),
        _limits(study),
        _shapes(study),
        side_by_side(
            [
                (words.told("first_page.change"), _changes(study)),
                (words.told("first_page.unknown"), _unknown(study)),
                (words.told("first_page.use"), _use(study)),
            ]
        ),
        paragraph(_read_on(), tone="soft"),
    )


def _method(study: Study) -> str:
    """Return the name of the leading method, without its settings: the annex has those."""
    answers = study.analysis.leading_answers.values()
    return words.method_name(next(iter(answers)).without.method.partition(" (")[0])


def _shares(study: Study) -> Block | None:
    """Return the place of the figure of first places, with what was drawn and held."""
    if not shares_by_side(study):
        return None
    drawn = study.analysis.robust
    draws = words.draws_of(*(one.without for one in drawn.values()))
    caption = [words.told("first_page.shares_caption", draws=draws, method=_method(study))]
    if study.settings.method == "topsis":
        caption.append(words.told("first_page.means_topsis"))
    answers = study.analysis.leading_answers
    caption += words.led_otherwise(study.problem, answers, drawn, list(study.analysis.sides))
    rows = words.first_of(rows=len(drawn), most=MOST_ROWS)
    if rows:
        caption.append(words.told("first_page.shares_first", rows=rows))
    robust = {holder: one.without for holder, one in study.analysis.over_draws.items()}
    undrawn = {holder: result for holder, result in robust.items() if not result.drawn}
    caption += words.no_shares(undrawn) if undrawn else []
    return picture("first_places", " ".join(caption), words.told("first_page.shares_head"))


def _limits(study: Study) -> Block | None:
    """Return the place of the figure of who is first as the limit gets stricter."""
    curves = curves_by_group(study)
    if not curves:
        return None
    one = next(iter(curves.values()))
    floors = proposed_floors(study.problem)
    first = {one.criterion: floors[one.criterion]}
    limit = words.limit_named(study.problem, first)
    caption = [
        words.told(
            "first_page.steps_caption", method=_method(study), unit=words.unit_told(one.unit)
        )
    ]
    caption += words.limit_in_words(study.problem.criterion(one.criterion), floors[one.criterion])
    if len(floors) > 1:
        caption.append(words.told("first_page.steps_alone"))
    rows = words.first_of(rows=_groups(study), most=MOST_BANDS)
    if rows:
        caption.append(words.told("first_page.shares_first", rows=rows))
    head = words.told("first_page.steps_head", limit=limit)
    return picture("minimum", " ".join(caption), head)


def _groups(study: Study) -> int:
    curves = study.analysis.floor_curves.values()
    return len({tuple(curve.table["leaders"]) for curve in curves})


def _shapes(study: Study) -> Block | None:
    """Return the place of the figure of who is first under which shape of the question."""
    sides = shapes_by_side(study)
    if not sides:
        return None
    about = {
        "holders": words.counted(len(study.analysis.weights), "priorities"),
        "method": words.method_name(shape_method(study)),
    }
    caption = [words.told("first_page.shapes_caption", **about)]
    count = study.analysis.shape.structures["structure"].nunique()  # type: ignore[union-attr]
    rows = words.first_of(rows=count, most=MOST_SHAPES)
    if rows:
        caption.append(words.told("first_page.shares_first", rows=rows))
    return picture("shapes", " ".join(caption), words.told("first_page.shapes_head"))


def _changes(study: Study) -> Iterable[Block]:
    """Return what would change the answer, the nearest things first."""
    analysis = study.analysis
    floors = proposed_floors(study.problem)
    curve = analysis.floor_curves.get(analysis.reference.holder)
    limit = (
        words.limit_moved(study.problem, curve) if curve is not None and len(floors) == 1 else []
    )
    said = chain(
        limit,
        words.priorities_moved(study.problem, analysis.prices),
        words.method_matters(study.problem, by_side(study.problem, analysis.distinct_answers)),
        words.shape_decides_much(analysis.shape),
        words.number_moved(study.problem, analysis.handovers),
    )
    return [opened(one.opening, one.text) for one in list(said)[:MOST_ITEMS]]


def _unknown(study: Study) -> Iterable[Block]:
    """Return where the evidence ends, what it lacks, and what the question doesn't say."""
    sentences = [words.evidence_ends(study.problem.frame)]
    coverage = study.analysis.evidence.coverage
    bare = int(coverage["without_source"].sum())
    if bare:
        cells = words.counted(int(coverage["cells"].sum()), "number")
        sentences.append(words.told("first_page.bare", cells=cells, bare=bare))
    if not study.analysis.over_draws and len(study.problem.options) > 1:
        sentences.append(words.told("first_page.not_drawn"))
    sentences += [words.never_happens(study.problem), words.redacted(study.redactions)]
    missing = study.analysis.evidence.missing
    if missing:
        names = words.few(words.field_named(name) for name in missing)
        sentences.append(words.told("unknown.missing", names=names))
    return [opened("", sentence) for sentence in sentences if sentence][:MOST_ITEMS]


def _use(study: Study) -> Iterable[Block]:
    """Return what the page is for, what it isn't for, and who stands behind it."""
    frame = study.problem.frame
    width = next(iter(study.analysis.leading_answers.values())).without.band_width or 0.0
    sentences = [words.told("first_page.supports")]
    if width:
        sentences.append(words.told("first_page.differences", width=words.figure(width)))
    uses = [words.cut(use, 90) for use in frame.not_intended_use[:MOST_USES]]
    if uses:
        sentences.append(words.told("first_page.not_meant", parts=words.joined(uses)))
    else:
        sentences.append(words.told("first_page.nature"))
    if study.status.state != "draft":
        sentences.append(study.status.sentence)
    sentences += study.status.notes
    where = words.told("first_page.where", section=words.told("title.confidence"))
    return [opened("", sentence) for sentence in [*sentences[: MOST_ITEMS - 1], where]]


def _read_on() -> str:
    return words.told("first_page.read_on", findings=words.told("title.findings"))
