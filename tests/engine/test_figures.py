"""Figures show the numbers they are given, say what they found, are the same twice, and take any name."""

import io

import pytest
from matplotlib.collections import Collection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

import mcda
from mcda.report import figures
from mcda.report.figures import canvas
from mcda.report.results import both_answers, rank_table

LONG = "$\\frac{a}{b}$ <script>alert(1)</script> & a name that goes on " + "and on " * 70
LONG = LONG[:500]


def drawings(problem):
    """A function for each figure, that draws it from a question on the axes it is given."""
    weights = mcda.equal_weights(problem)
    without, screened = both_answers(problem, weights, "additive")
    tables = rank_table(problem, {LONG: without}), rank_table(problem, {LONG: screened})
    lead = mcda.contributions(problem, weights, *without.table.index[:2])
    compared = mcda.compare(problem, weights, ["additive", "topsis", "pymcdm:VIKOR"])
    return {
        "value_strip": lambda axes=None: figures.value_strip(problem, axes=axes),
        "performance_strip": lambda axes=None: figures.performance_strip(problem, axes=axes),
        "evidence_map": lambda axes=None: figures.evidence_map(problem, axes=axes),
        "scores": lambda axes=None: figures.scores(problem, without, axes=axes),
        "ranks_by_holder": lambda axes=None: figures.ranks_by_holder(problem, *tables, axes=axes),
        "contribution_bars": lambda axes=None: figures.contribution_bars(problem, without, screened, axes=axes),
        "lead_waterfall": lambda axes=None: figures.lead_waterfall(problem, lead, axes=axes),
        "rank_flow": lambda axes=None: figures.rank_flow(problem, compared, axes=axes),
    }


def hostile(problem):
    """The question with markup and mathematics of 500 letters as the label of an option."""
    problem.options.loc["B", "label"] = LONG
    return problem


FILES = {"svg", "png", "as_address", "alternative"}
FIGURES = sorted(set(figures.__all__) - FILES)


@pytest.fixture(params=FIGURES)
def draw(request, make_problem):
    """Each figure in turn, of a question with a hostile name."""
    return drawings(hostile(make_problem()))[request.param]


def texts(axes):
    """Every text drawn."""
    return [text.get_text() for text in axes.findobj(Text)]


def test_every_figure_is_tested(make_problem):
    """The package shows no figure that the tests of this file don't draw."""
    assert sorted(drawings(make_problem())) == FIGURES


def test_a_figure_draws_on_the_axes_it_is_given_and_returns_them(draw):
    """And on its own where it is given none; the canvas of others is left alone."""
    left, right = Figure().subplots(1, 2)
    assert draw(right) is right
    assert right.get_title(loc="left") and not left.get_title(loc="left") and not left.patches
    assert len(draw().get_figure().axes) == 1


def test_the_title_is_a_finding_and_the_alternative_text_begins_with_it(draw):
    """A sentence with a number or a name of the data; nothing of it is missing for a reader who can't see."""
    axes = draw()
    told, title = figures.alternative(axes), axes.get_title(loc="left")
    assert told.split(". ")[0].replace(" ", "").startswith(title.rstrip("….").replace("\n", "").replace(" ", "")[:60])
    assert len(told) > len(title)
    assert any(option in told for option in "ABC") or any(char.isdigit() for char in told)


def test_a_figure_is_the_same_twice_and_holds_no_markup(draw):
    """The same bytes from the same numbers, no date, and names are drawn as shapes."""
    first = draw()
    assert figures.svg(first) == figures.svg(first) == figures.svg(draw())
    assert figures.png(first) == figures.png(draw())
    assert "<script" not in figures.svg(first)
    assert "<dc:date" not in figures.svg(first)


def test_a_name_is_text_and_fits(draw):
    """A dollar sign starts no formula; no name makes a picture more than a page wide."""
    axes = draw()
    assert not any(text.get_parse_math() for text in axes.findobj(Text))
    assert axes.get_figure().get_figwidth() <= 16
    assert max(len(line) for text in texts(axes) for line in text.split("\n")) <= 150
    box = axes.get_figure().get_tightbbox()
    assert box.width <= 1.35 * axes.get_figure().get_figwidth()


def test_no_colour_is_beyond_the_palette(draw):
    """Okabe and Ito's colours, one hue from light to dark, and greys."""
    ramp = {tuple(round(part, 2) for part in canvas.RAMP(step / 255)[:3]) for step in range(256)}
    for artist in draw().findobj(lambda artist: isinstance(artist, Patch | Line2D | Text | Collection)):
        for colour in colours(artist):
            grey = max(colour) - min(colour) < 0.08
            known = [to_rgb(hue) for hue in canvas.PALETTE]
            assert grey or tuple(round(part, 2) for part in colour) in ramp or colour in known, artist


def colours(artist):
    """The colours an artist is drawn in."""
    if isinstance(artist, Collection):
        return [tuple(colour[:3]) for colour in artist.get_facecolor()]
    return [to_rgb(artist.get_facecolor() if isinstance(artist, Patch) else artist.get_color())]


def test_every_rank_and_value_is_written_in_its_cell(make_problem):
    """A number for each option and holder; a dash where an option is excluded."""
    problem = make_problem()
    draw, (without, _) = drawings(problem), both_answers(problem, mcda.equal_weights(problem), "additive")
    ranks = texts(draw["ranks_by_holder"]())
    assert {str(rank) for rank in without.table["rank"]} | {"–"} <= set(ranks)
    assert {f"{100 * value:.0f}" for value in problem.values.to_numpy().ravel()} <= set(texts(draw["value_strip"]()))
    assert {f"{100 * score:.0f}" for score in without.table["score"]} <= set(texts(draw["contribution_bars"]()))
    assert {f"{score:.2f}" for score in without.table["score"]} <= set(texts(draw["scores"]()))


def test_the_baseline_and_what_the_floor_excludes_are_marked(make_problem):
    """On the axis of options."""
    draw = drawings(make_problem())
    assert any(text.endswith("\n(baseline)") for text in texts(draw["value_strip"]()))
    bars = texts(draw["contribution_bars"]())
    assert any(text.endswith("(A, baseline) †") for text in bars)
    assert any("† excluded by the floor" in text for text in bars)


def test_a_question_without_a_floor_has_one_strip_and_no_mark(make_problem):
    """Nothing speaks of a floor where there is none."""
    problem = make_problem()
    without, _ = both_answers(problem, mcda.equal_weights(problem), "additive")
    strip = figures.ranks_by_holder(problem, rank_table(problem, {"x": without}))
    assert not any("with the floor" in text for text in texts(strip))
    assert "†" not in "".join(texts(figures.contribution_bars(problem, without)))


def test_alternative_texts_tell_the_numbers(make_problem):
    """Who is first, the scores in order, best and worst leaf, the steps of a lead."""
    problem = make_problem()
    draw, (without, _) = drawings(problem), both_answers(problem, mcda.equal_weights(problem), "additive")
    leader, score = without.table.index[0], without.table["score"].iloc[0]
    assert f"first {leader}" in figures.alternative(draw["ranks_by_holder"]())
    assert f"{leader} {100 * score:.0f}" in figures.alternative(draw["contribution_bars"]())
    assert "A best on cost (90), worst on places (30)" in figures.alternative(draw["value_strip"]())
    lead = 100 * (score - without.table["score"].iloc[1])
    assert f"{lead:.1f} points ahead" in figures.alternative(draw["lead_waterfall"]())


def test_the_steps_of_a_lead_end_at_the_leaders_score(make_problem):
    """From the second's score, by what each leaf adds, to the first's; both are written."""
    problem = make_problem()
    without, _ = both_answers(problem, mcda.equal_weights(problem), "additive")
    drawn = texts(drawings(problem)["lead_waterfall"]())
    assert {f"{100 * score:.1f}" for score in without.table["score"].iloc[:2]} <= set(drawn)


def test_a_picture_carries_its_alternative_text(make_problem):
    """In the SVG's title and in the PNG's description."""
    from PIL import Image

    axes = drawings(make_problem())["scores"]()
    assert f"<title>{figures.alternative(axes)}</title>" in figures.svg(axes)
    with Image.open(io.BytesIO(figures.png(axes))) as picture:
        assert picture.text["Description"] == figures.alternative(axes)
