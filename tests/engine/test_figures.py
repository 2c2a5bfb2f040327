"""Figures show the numbers they are given, are the same twice, and take any name."""

import pytest

import mcda
from mcda.report import figures
from mcda.report.results import both_answers, rank_table


def draw(problem):
    """A ranking of a question, its ranks, and the three figures of it."""
    without, screened = both_answers(problem, mcda.equal_weights(problem), "additive")
    tables = rank_table(problem, {"x": without}), rank_table(problem, {"x": screened})
    return without, tables, [
        figures.ranks_by_holder(problem, *tables, "Ranks"),
        figures.contribution_bars(problem, without, screened, "Bars"),
        figures.value_strip(problem),
    ]  # fmt: skip


@pytest.fixture
def shown(make_problem):
    """A question with a hostile label, and what is drawn of it."""
    problem = make_problem()
    problem.options.loc["B", "label"] = "$\\frac{a}{b}$ <script>alert(1)</script> & a name that goes on and on and on"
    return problem, *draw(problem)


def texts(figure):
    """Every text drawn in a figure."""
    return [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]


def test_every_rank_and_value_is_written_in_its_cell(shown):
    """A number for each option and holder; a dash where an option is excluded."""
    problem, without, _, (strip, bars, values) = shown
    assert {str(rank) for rank in without.table["rank"]} <= set(texts(strip))
    assert "–" in texts(strip)
    assert {f"{100 * value:.0f}" for value in problem.values.to_numpy().ravel()} <= set(texts(values))
    assert {f"{100 * score:.0f}" for score in without.table["score"]} <= set(texts(bars))


def test_the_baseline_and_what_the_floor_excludes_are_marked(shown):
    """On the axis of options."""
    *_, (strip, bars, values) = shown
    assert any("A\nbaseline" == text for text in texts(strip))
    assert any(text.endswith("(A, baseline) †") for text in texts(bars))
    assert any("† excluded by the floor" in text for text in texts(bars))
    assert any(text.endswith("(A, baseline)") for text in texts(values))


def test_a_figure_is_the_same_twice_and_holds_no_markup(shown):
    """The same bytes from the same numbers; labels are drawn as shapes, never as markup or mathematics."""
    for figure, again in zip(shown[-1], draw(shown[0])[-1], strict=True):
        first = figures.svg(figure)
        assert first == figures.svg(again)
        assert "<script" not in first
        assert "<dc:date" not in first


def test_alternative_texts_tell_the_same_numbers(shown):
    """Who is first, the scores in order, best and worst leaf."""
    problem, without, tables, _ = shown
    leader = without.table.index[0]
    assert f"x: first {leader}" in figures.ranks_alternative(*tables)
    assert f"{leader} {100 * without.table['score'].iloc[0]:.0f}" in figures.contributions_alternative(without)
    assert "A best on cost (90), worst on places (30)" in figures.values_alternative(problem)


def test_a_question_without_a_floor_has_one_strip(make_problem):
    """And no mark in the bars."""
    problem = make_problem()
    without, _ = both_answers(problem, mcda.equal_weights(problem), "additive")
    strip = figures.ranks_by_holder(problem, rank_table(problem, {"x": without}), None, "Ranks")
    assert len(strip.axes) == 1
    assert "†" not in "".join(texts(figures.contribution_bars(problem, without, None, "Bars")))
