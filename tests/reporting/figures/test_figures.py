"""Figures show the numbers they are given, say what they found, are the same twice, and take any name."""

import io
import re
from dataclasses import replace
from itertools import combinations, pairwise
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import Collection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

import mcda
from criteria import ukraine_force
from mcda.checks.significant_digits import fixed
from mcda.holders.answers import answer
from mcda.problem.estimates import Estimate
from mcda.problem.model import Criterion, Frame
from mcda.problem.value_scales import Scale
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.figures.drawing import canvas
from mcda.reporting.study.answer_tables import rank_table

LONG = "$\\frac{a}{b}$ <script>alert(1)</script> & a name that goes on " + "and on " * 70
LONG = LONG[:500]


def drawings(problem):
    """A function for each figure, that draws it from a question on the axes it is given."""
    weights = mcda.equal_weights(problem)
    found = answer(problem, weights, "additive")
    without, screened = found.without, found.behind
    tables = rank_table(problem, {LONG: without}), rank_table(problem, {LONG: screened})
    lead = mcda.contributions(problem, weights, *without.table.index[:2])
    compared = mcda.compare(problem, weights, ["additive", "topsis", "pymcdm:VIKOR"])
    robust, known = draws_of(problem), worths_of(problem)
    switching, swings = (
        find(problem, weights, "topsis")
        for find in (mcda.switching_weights, mcda.switching_estimates)
    )
    bills = mcda.consequences(with_event(problem), n=20)
    return {
        "risk_profiles": lambda axes=None: figures.risk_profiles(bills, axes=axes),
        "bills_by_loss": lambda axes=None: figures.bills_by_loss(bills, axes=axes),
        "value_tree": lambda axes=None: figures.value_tree(problem, weights, axes=axes),
        "rank_acceptability": lambda axes=None: figures.rank_acceptability(
            problem, robust, axes=axes
        ),
        "pairwise_winning": lambda axes=None: figures.pairwise_winning(problem, robust, axes=axes),
        "central_weights": lambda axes=None: figures.central_weights(problem, robust, axes=axes),
        "switching_intervals": lambda axes=None: figures.switching_intervals(
            problem, switching, axes=axes
        ),
        "tornado": lambda axes=None: figures.tornado(problem, swings, axes=axes),
        "regret_by_scenario": lambda axes=None: figures.regret_by_scenario(
            problem, futures_of(problem), axes=axes
        ),
        "value_strip": lambda axes=None: figures.value_strip(problem, axes=axes),
        "performance_strip": lambda axes=None: figures.performance_strip(problem, axes=axes),
        "evidence_map": lambda axes=None: figures.evidence_map(problem, axes=axes),
        "scores": lambda axes=None: figures.scores(problem, without, axes=axes),
        "ranks_by_holder": lambda axes=None: figures.ranks_by_holder(problem, *tables, axes=axes),
        "contribution_bars": lambda axes=None: figures.contribution_bars(
            problem, without, screened, axes=axes
        ),
        "lead_waterfall": lambda axes=None: figures.lead_waterfall(problem, lead, axes=axes),
        "rank_flow": lambda axes=None: figures.rank_flow(problem, compared, axes=axes),
        "value_of_information": lambda axes=None: figures.value_of_information(
            known.worths, known.evpi, "of score", axes=axes
        ),
    }


def with_event(problem):
    """The question with an event as hostile as its names, whose bill is the first leaf."""
    first = problem.leaves[0]
    criteria = [
        replace(one, bill="once") if one.key == first.key else one for one in problem.criteria
    ]
    ids = list(problem.options.index)
    loss = mcda.Estimate("loss", 10, 20, 40, first.unit)
    chances = {
        f"chance/{one}": mcda.Estimate(f"chance/{one}", 5, 10 + at, 60, "percent")
        for at, one in enumerate(ids)
    }
    amounts = mcda.Loss(dict.fromkeys(ids, "loss"), first.unit)
    sources = {one: f"chance/{one}" for one in ids}
    event = mcda.Event("event", sources, (amounts,), years=5, label=LONG)
    estimates = {**problem.estimates, "loss": loss, **chances}
    return replace(problem, criteria=tuple(criteria), estimates=estimates, events=(event,))


def draws_of(problem):
    """What 1000 draws say: A is first in 700 of them and never last but twice, C never first."""
    scores = np.repeat([[3, 2, 1], [3, 1, 2], [2, 3, 1], [1, 3, 2]], [698, 2, 200, 100], axis=0)
    shares = np.repeat(
        [[0.5, 0.3, 0.2], [0.5, 0.3, 0.2], [0.2, 0.4, 0.4], [0.2, 0.4, 0.4]],
        [698, 2, 200, 100],
        axis=0,
    )
    leaves = [leaf.key for leaf in problem.leaves]
    return mcda.acceptability(
        pd.DataFrame(scores, columns=list("ABC")), pd.DataFrame(shares, columns=leaves)
    )


def futures_of(problem):
    """Regret in the states of a scenario, as `mcda.regret` returns it: A loses nothing while all is calm."""
    options = list(problem.options.index)
    states = [
        ("S", LONG, state, option, 0.1 * at * (state == "war"))
        for state in ("calm", "war")
        for at, option in enumerate(options)
    ]
    columns = ["scenario", "label", "state", "option", "regret"]
    worst = pd.DataFrame(
        {"max_regret": [0.0, 0.1, 0.2], "worst_future": LONG, "leads": [1.0, 0, 0]}, index=options
    )
    return SimpleNamespace(
        states=pd.DataFrame(states, columns=columns),
        options=worst,
        scores=pd.DataFrame(0.0, range(2), options),
        method="additive",
        holder=LONG,
        finding="A leads in both futures.",
    )


def worths_of(problem):
    """What each number is worth to know."""
    return mcda.value_of_information(
        mcda.sample(problem, 2000, seed=1), mcda.equal_weights(problem), "additive"
    )


def hostile(problem):
    """The question with markup and mathematics of 500 letters as the label of an option, and as units."""
    problem.options.loc["B", "label"] = LONG
    criteria = []
    for one in problem.criteria:
        criteria.append(replace(one, unit=LONG) if one.unit else one)
    return replace(problem, criteria=tuple(criteria))


NO_FIGURES = {"svg", "png", "small_png", "as_address", "alternative"}
# those of doubt and of packages have tests of their own
ELSEWHERE = {
    name
    for name in figures.__all__
    if getattr(figures, name).__module__.endswith(("doubts", "packages"))
}
FIGURES = sorted(set(figures.__all__) - NO_FIGURES - ELSEWHERE)


@pytest.fixture(scope="module")
def hostile_drawings(make_problem):
    """The figures of a question with a hostile name, its results computed once."""
    return drawings(hostile(make_problem()))


@pytest.fixture(scope="module")
def plain_drawings(make_problem):
    """The same of the question as it is."""
    return drawings(make_problem())


@pytest.fixture(params=FIGURES)
def draw(request, hostile_drawings):
    """Each figure in turn."""
    return hostile_drawings[request.param]


def texts(axes):
    """Every text drawn."""
    return [text.get_text() for text in axes.findobj(Text)]


def test_every_figure_is_tested(plain_drawings):
    """The package shows no figure that the tests of this file don't draw."""
    assert sorted(plain_drawings) == FIGURES


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
    assert "".join(told.split()).startswith("".join(title.rstrip("…").split()))
    assert len(told) > len(title)
    assert any(option in told for option in "ABC") or any(char.isdigit() for char in told)


def test_a_figure_is_the_same_twice_and_holds_no_markup(draw):
    """The same bytes from the same numbers, no date, and names are drawn as shapes."""
    first = draw()
    written = figures.svg(first)
    again = draw()
    assert written == figures.svg(again)
    assert figures.png(first) == figures.png(again)
    assert "<script" not in written
    assert "<dc:date" not in written


def test_a_name_is_text_and_fits(draw):
    """A dollar sign starts no formula; no name makes a picture more than a page wide."""
    axes = draw()
    assert not any(text.get_parse_math() for text in axes.findobj(Text))
    assert axes.get_figure().get_figwidth() <= 16
    sizes = [text.get_fontsize() for text in axes.findobj(Text) if text.get_text().strip()]
    assert min(sizes) >= canvas.SMALL
    assert max(len(line) for text in texts(axes) for line in text.split("\n")) <= 150
    box = axes.get_figure().get_tightbbox()
    assert box.width <= 1.35 * axes.get_figure().get_figwidth()


@pytest.mark.parametrize("name", sorted(set(FIGURES) - {"value_tree"}))
def test_no_page_shrinks_a_figure(plain_drawings, name):
    """A figure is at most as wide as a page's text, so its letters stay as large as they are drawn."""
    assert plain_drawings[name]().get_figure().get_figwidth() <= canvas.ACROSS + 1e-9


def test_no_colour_is_beyond_the_palette(draw):
    """Okabe and Ito's colours, one hue from light to dark, and greys."""
    ramp = {tuple(round(part, 2) for part in canvas.RAMP(step / 255)[:3]) for step in range(256)}
    for artist in draw().findobj(
        lambda artist: isinstance(artist, Patch | Line2D | Text | Collection)
    ):
        for colour in colours(artist):
            grey = max(colour) - min(colour) < 0.08
            known = [to_rgb(hue) for hue in canvas.PALETTE]
            assert grey or tuple(round(part, 2) for part in colour) in ramp or colour in known, (
                artist
            )


def colours(artist):
    """The colours an artist is drawn in."""
    if isinstance(artist, Collection):
        return [tuple(colour[:3]) for colour in artist.get_facecolor()]
    return [to_rgb(artist.get_facecolor() if isinstance(artist, Patch) else artist.get_color())]


def test_every_rank_and_value_is_written_in_its_cell(make_problem, plain_drawings):
    """A number for each option and holder; a dash where an option is excluded."""
    problem = make_problem()
    without = mcda.rank(problem, mcda.equal_weights(problem), "additive")
    ranks = texts(plain_drawings["ranks_by_holder"]())
    assert {str(rank) for rank in without.table["rank"]} | {"–"} <= set(ranks)
    assert {f"{100 * value:.0f}" for value in problem.values.to_numpy().ravel()} <= set(
        texts(plain_drawings["value_strip"]())
    )
    assert {f"{100 * score:.0f}" for score in without.table["score"]} <= set(
        texts(plain_drawings["contribution_bars"]())
    )
    assert {f"{score:.2f}" for score in without.table["score"]} <= set(
        texts(plain_drawings["scores"]())
    )


def test_bars_of_the_sum_name_the_leader_of_the_sum(make_problem):
    """Given TOPSIS's ranking, whose leader is another, the bars and their title still tell additive scores."""
    problem = make_problem(cells={"A": (90, 100, 100), "B": (80, 60, 20), "C": (30, 30, 10)})
    problem, stated = problem.keep(["A", "B"]), mcda.weights({"money": 7, "people": 3}, "x")
    by_sum, topsis = (mcda.rank(problem, stated, method) for method in ("additive", "topsis"))
    assert by_sum.leaders != topsis.leaders
    told = [
        figures.alternative(figures.contribution_bars(problem, one)) for one in (by_sum, topsis)
    ]
    assert told[0] == told[1] and f"{by_sum.leaders[0]} leads" in told[0]


def test_the_baseline_and_what_the_floor_excludes_are_marked(plain_drawings):
    """On the axis of options."""
    assert any(text.endswith("(baseline)") for text in texts(plain_drawings["value_strip"]()))
    bars = texts(plain_drawings["contribution_bars"]())
    assert any(text == "Option A (baseline) †" for text in bars)
    assert "† excluded by the minimum" in " ".join(" ".join(bars).split())


def test_a_question_without_a_floor_has_one_strip_and_no_mark(make_problem):
    """Nothing speaks of a floor where there is none."""
    problem = make_problem()
    without = mcda.rank(problem, mcda.equal_weights(problem), "additive")
    strip = figures.ranks_by_holder(problem, rank_table(problem, {"x": without}))
    assert not any("with the minimum" in text for text in texts(strip))
    assert "†" not in "".join(texts(figures.contribution_bars(problem, without)))


def test_alternative_texts_tell_the_numbers(make_problem, plain_drawings):
    """Who is first, the scores in order, best and worst leaf, the steps of a lead."""
    problem = make_problem()
    without = mcda.rank(problem, mcda.equal_weights(problem), "additive")
    leader, score = problem.name_of(without.table.index[0]), without.table["score"].iloc[0]
    assert f"first {leader}" in figures.alternative(plain_drawings["ranks_by_holder"]())
    assert f"{leader} {100 * score:.0f}" in figures.alternative(
        plain_drawings["contribution_bars"]()
    )
    assert "Option A best on Cost (90), worst on Places (30)" in figures.alternative(
        plain_drawings["value_strip"]()
    )


def test_a_lead_is_told_with_its_size_and_a_tie_as_a_tie(make_problem):
    """In this question A and B have the same score, and C is behind both."""
    problem = make_problem()
    weights = mcda.equal_weights(problem)
    ahead, even = (
        figures.lead_waterfall(problem, mcda.contributions(problem, weights, "A", other))
        for other in "CB"
    )
    scores = mcda.rank(problem, weights, "additive").table["score"]
    lead = 100 * (scores["A"] - scores["C"])
    assert f"Option A is {lead:.1f} points ahead of Option C" in figures.alternative(ahead)
    assert "Option A ties with Option B" in figures.alternative(even)


def test_what_is_worth_knowing_comes_first_with_its_error(make_problem):
    """In order; what gains nothing is counted, not drawn."""
    found = worths_of(make_problem())
    axes = figures.value_of_information(found.worths, found.evpi, "of score")
    drawn = sorted(
        (worth.low <= 0, -worth, key) for key, worth in found.worths.items() if worth > 0
    )
    assert [name.get_text() for name in axes.get_yticklabels()] == [
        "everything",
        *(key for _, _, key in drawn),
    ]
    left = len(found.worths) - len(drawn)
    assert (f"{left} others" in axes.get_xlabel()) == bool(left)
    assert f"Most worth knowing is {drawn[0][2]}" in figures.alternative(axes)
    assert "(give or take" in figures.alternative(axes)


def test_what_is_not_told_apart_from_nothing_is_drawn_as_less_than():
    """No name is put forward where no worth is clear of 0: the picture says what each is less than."""
    worths = {
        "a": mcda.Worth(0.001, 0.002, 500, 0.1, ("A",)),
        "b": mcda.Worth(0.0, 0.001, 500, 0.0, ("A",)),
    }
    whole = mcda.Worth(0.01, 0.001, 500, 0.3, ("A",))
    axes = figures.value_of_information(worths, whole, "points of score")
    assert axes.get_xlabel().endswith("\n500 draws")
    given = figures.value_of_information(
        worths, whole, "points of score", drawn="500 draws of facts"
    )
    assert given.get_xlabel().endswith("\n500 draws of facts")
    assert (
        "Knowing any one thing before choosing is worth less than 0.005, in points of score."
        in figures.alternative(axes)
    )
    assert "a less than 0.005" in figures.alternative(axes)


def test_the_steps_of_a_lead_end_at_the_leaders_score(make_problem, plain_drawings):
    """From the second's score, by what each leaf adds, to the first's; both are written."""
    problem = make_problem()
    without = mcda.rank(problem, mcda.equal_weights(problem), "additive")
    drawn = texts(plain_drawings["lead_waterfall"]())
    assert {fixed(100 * score, 1) for score in without.table["score"].iloc[:2]} <= set(drawn)


def test_a_picture_carries_its_alternative_text(plain_drawings):
    """In the SVG's title and in the PNG's description."""
    from PIL import Image

    axes = plain_drawings["scores"]()
    assert f"<title>{figures.alternative(axes)}</title>" in figures.svg(axes)
    for written in (figures.png(axes), figures.small_png(axes)):
        with Image.open(io.BytesIO(written)) as picture:
            assert picture.text["Description"] == figures.alternative(axes)


def test_shares_of_draws_are_told_as_shares(plain_drawings):
    """Whole percent; what isn't nothing is never told as nothing; an undefined weight is a dash, not a zero."""
    assert {"70", "30", "<1", ""} <= set(texts(plain_drawings["rank_acceptability"]()))
    assert "ranks first in 70% of draws, Option B in 30%" in figures.alternative(
        plain_drawings["rank_acceptability"]()
    )
    assert "Option B comes closest" in figures.alternative(plain_drawings["pairwise_winning"]())
    assert {"50", "–"} <= set(texts(plain_drawings["central_weights"]()))
    assert "2 of 3 options are first somewhere" in figures.alternative(
        plain_drawings["central_weights"]()
    )


def test_every_crossing_of_a_weight_is_drawn_with_who_takes_over(make_problem):
    """As many strokes as crossings, and each newcomer is named."""
    problem = make_problem()
    found = mcda.switching_weights(problem, mcda.equal_weights(problem), "additive")
    axes = figures.switching_intervals(problem, found)
    strokes = [line for line in axes.lines if line.get_color() == canvas.RED]
    assert len(strokes) == len(found.crossings) > 0
    assert found.finding.split(".")[0] in figures.alternative(axes)


def test_a_long_tornado_says_what_it_leaves_out(make_problem, monkeypatch):
    """Bars beyond the most are counted in the label."""
    from mcda.reporting.figures import challenge

    problem = make_problem()
    found = mcda.switching_estimates(problem, mcda.equal_weights(problem), "additive")
    monkeypatch.setattr(challenge, "MOST", 4)
    assert (
        f"{len(found.table) - 4} others move it less"
        in figures.tornado(problem, found).get_xlabel()
    )


def test_scores_have_their_interval_over_the_draws(make_problem):
    """A line from the 5% to the 95% quantile, told in the alternative text."""
    problem = make_problem()
    ranking = mcda.rank(problem, mcda.equal_weights(problem), "additive")
    axes = figures.scores(problem, ranking, draws_of(problem).scores)
    assert "A 0.66 (1.00 to 3.00)" in figures.alternative(axes)
    assert (
        "quantile" in axes.get_xlabel()
        and "quantile" not in figures.scores(problem, ranking).get_xlabel()
    )


def test_no_name_lies_on_another_where_the_lead_changes_near_nothing(ukraine_question):
    """Who takes over below a small weight is named beside its row's name, not on it."""
    problem, holders = ukraine_question
    axes = figures.switching_intervals(
        problem, mcda.switching_weights(problem, holders["Paris"], "topsis", floors=True)
    )
    rows = [name.get_window_extent() for name in axes.get_yticklabels()]
    said = [text.get_window_extent() for text in axes.texts]
    assert said and not any(one.overlaps(row) for one in said for row in rows)
    assert not any(one.overlaps(other) for one, other in combinations(said, 2))
    assert "Sky Shield" in texts(axes) and not codes_in(texts(axes))


def codes_in(told):
    """The texts that have the code of an option."""
    return [text for text in told if re.search(r"\bOPT\d\d", text)]


def test_figures_of_the_report_name_estimates_and_options(ukraine_question):
    """No key of an estimate and no code of an option, in the picture or for those who can't see it."""
    problem, holders = ukraine_question
    found = mcda.switching_estimates(problem, holders["London"], "topsis")
    axes = figures.tornado(problem, found)
    told = [*texts(axes), figures.alternative(axes), found.finding]
    assert not codes_in(told) and not re.search(r"\w/\w", " ".join(told))
    assert any(text.startswith("Troops held ready on allied") for text in texts(axes))
    assert not codes_in(texts(figures.value_strip(problem)))


def test_names_above_many_columns_stand_upright_and_whole(ukraine_question):
    """None lies on its neighbour, and none is cut."""
    problem, _ = ukraine_question
    axes = figures.value_strip(problem)
    names = axes.get_xticklabels()
    boxes = [name.get_window_extent() for name in names]
    assert not any(one.overlaps(other) for one, other in pairwise(boxes))
    assert not any("…" in name.get_text() for name in names)


def test_no_name_is_cut_at_the_edge_of_a_picture(ukraine_question):
    """Letters are as wide in the written file as they were when room was made for them."""
    problem, holders = ukraine_question
    found = mcda.switching_estimates(problem, holders["London"], "topsis")
    written = figures.svg(figures.tornado(problem, found))
    starts = re.findall(r"<text[^>]*translate\((-?[\d.]+) ", written)
    assert starts and min(map(float, starts)) >= 0


def test_nothing_is_never_behind_by_a_rounded_nought(ukraine_question):
    """An option that is first in every future is told so, not to fall behind by 0.00."""
    problem, holders = ukraine_question
    found = mcda.regret(problem, holders["Paris"], "additive")
    even = replace(found, options=found.options.assign(max_regret=0.0))
    title = figures.regret_by_scenario(problem, even).get_title(loc="left")
    assert "is never behind the best option" in " ".join(title.split()) and "0.00" not in title


def test_what_is_worth_knowing_is_told_by_name(make_problem):
    """A judged cell by its criterion and option, another estimate by its key in words."""
    problem = make_problem()
    assert words.estimate_name(problem, "places/A") == "Places, Option A"
    assert words.estimate_name(problem, "cost_per_bed/A") == "Cost per bed, Option A"


def test_a_picture_names_its_shapes_by_their_order():
    """No name hashes last bits, so that two processors write the same picture; each name still leads home."""
    axes = figures.value_tree(ukraine_force.problem(), ukraine_force.perspectives()["Paris"])
    text = figures.svg(axes)
    assert not re.search(r'id="\w*[0-9a-f]{10}"', text)
    named = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r"(?:url\(|href=\")#([^\")]+)", text)) <= named


def test_measures_with_one_label_are_told_apart():
    """Their keys stand behind the label that both have."""
    scale = Scale((10.0, 0.0), (0.0, 1.0))
    criteria = (
        Criterion("H1", label="Cost"),
        Criterion("rent", "H1", "Cost", "EUR", "min", scale=scale),
        Criterion("H2", label="Speed"),
        Criterion("trip", "H2", "Speed", "min", "min", scale=scale),
    )
    cells = {"A": (2.0, 8.0), "B": (7.0, 3.0)}
    estimates = {}
    for option, numbers in cells.items():
        for key, number in zip(("rent", "trip"), numbers, strict=True):
            estimate = Estimate(f"{key}/{option}", number - 1, number, number + 1)
            estimates[estimate.key] = estimate
    options = pd.DataFrame({"label": ["Early", "Late"]}, index=["A", "B"])
    problem = mcda.Problem("two", Frame(), options, criteria, estimates)
    weights = mcda.weights({"rent": 5, "trip": 4}, "me")
    switching = mcda.switching_weights(problem, weights, "additive")
    told = figures.alternative(figures.switching_intervals(problem, switching))
    assert "Cost (rent) at" in told and "Speed (trip) at" in told
