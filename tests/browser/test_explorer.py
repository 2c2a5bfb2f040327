"""The explorer as a person uses it, in a page without a kernel, offline: by keyboard, by mouse, seen and heard."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from criteria import ukraine_force
from mcda.checks.significant_digits import percents
from mcda.methods.compromise.topsis import closeness
from mcda.methods.lottery import method_for
from mcda.methods.ranks import competition_ranks
from mcda.problem.structures import Change, Structure
from mcda.reporting.panels.explorer import explore

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDE = {"viewport": {"width": 1200, "height": 1000}}
NARROW = {"viewport": {"width": 400, "height": 900}}
ZOOMED = {"viewport": {"width": 640, "height": 480}, "device_scale_factor": 2}
NUMBERS = "document.querySelector('[data-mcda]').explorer.numbers"


class Drawn:
    """Draws of a question's values: the best estimates with some noise."""

    n = 200

    def __init__(self, problem):
        self.best = problem.values.to_numpy()

    def values(self, first, count):
        """The same noise each time."""
        noise = np.random.default_rng(7).normal(0, 0.08, (count, *self.best.shape))
        return np.clip(self.best + noise, 0, 1)


@pytest.fixture(scope="module")
def problem():
    """Eleven options, five heads, seventeen leaves, with other shapes."""
    return ukraine_force.problem()


@pytest.fixture(scope="module")
def explorer(problem):
    """All holders to start from, TOPSIS, with draws."""
    return explore(problem, ukraine_force.perspectives(problem), Drawn(problem), method="topsis")


@pytest.fixture
def opened(visit, explorer, tmp_path):
    """Open the explorer's page, with settings such as a viewport."""

    def shown(made=explorer, **settings):
        path = tmp_path / "explorer.html"
        path.write_text(made.page(), encoding="utf-8")
        return visit(path, **{**WIDE, **settings})

    return shown


def slider(page, key):
    return page.locator(f"input[type=range][data-criterion='{key}']")


def press(page, key, times=1):
    for _ in range(times):
        page.keyboard.press(key)


def expected_weights(explorer, points):
    """Leaf weights with one head at some points, the others in proportion."""
    weights = explorer.weights.values
    heads = weights.index.str.split(".").str[0]
    (key, share), *_ = points.items()
    own = weights[heads == key].sum()
    return np.where(heads == key, weights * share / own, weights * (1 - share) / (1 - own))


def test_it_opens_offline_under_a_strict_policy(opened):
    """One request, for the file; nothing in the console."""
    seen = opened()
    assert [address for address in seen.requests if not address.startswith(("data:", "blob:"))] == [
        seen.page.url
    ]
    assert seen.complaints == []


def test_by_keyboard_the_ranking_answers_as_python_does(opened, rest, explorer, problem):
    """Twenty presses of an arrow key: scores, ranks and weights to 1e-12, and the first place on show."""
    page = opened().page
    slider(page, "C2").focus()
    press(page, "ArrowRight", 20)
    numbers = page.evaluate(NUMBERS)
    weights = expected_weights(explorer, {"C2": 0.28})
    scores = closeness(problem.values.to_numpy(), weights)
    assert np.abs(np.array(numbers["weights"]) - weights).max() < 1e-12
    assert np.abs(np.array(numbers["scores"]) - scores).max() < 1e-12
    assert numbers["ranks"] == competition_ranks(scores).tolist()
    rest(page)
    first = page.locator("li.item").first
    assert first.get_attribute("data-option") == problem.options.index[scores.argmax()]
    assert first.locator(".rank").inner_text() == "1"
    assert first.locator(".score").inner_text() == f"{scores.max():.2f}"


def test_going_back_leads_back(opened, rest):
    """Home and back again: the others have their proportions, though they were all taken away."""
    page = opened().page
    before = page.evaluate(NUMBERS)["weights"]
    slider(page, "C1").focus()
    press(page, "End")
    assert page.evaluate(NUMBERS)["weights"][-1] == 0
    rest(page)
    press(page, "ArrowLeft", 55)
    assert np.abs(np.subtract(page.evaluate(NUMBERS)["weights"], before)).max() < 1e-12


def test_another_shape_of_the_question(opened, rest, problem):
    """It is ranked as Python ranks it; sliders and words are its own; back again all is as before."""
    shapes = (
        Structure("no law", "Law left out", (Change("leave out", "C3", "Approval is no good"),)),
        Structure("chance", "Approvals as a chance", (Change("chance", "C3.2", fallback="OPT01"),)),
    )
    asked = replace(problem, structures=shapes)
    holders = ukraine_force.perspectives(problem)
    made = explore(asked, {"Kyiv": holders["Kyiv"]}, Drawn(asked), method="topsis")
    seen = opened(made)
    page = seen.page
    before = page.evaluate(NUMBERS)
    page.get_by_label("Shape of the question").select_option("no law")
    expected = mcda.rank(asked.structured("no law"), holders["Kyiv"], "topsis").table
    numbers = page.evaluate(NUMBERS)
    order = list(problem.options.index)
    assert numbers["ranks"] == expected.loc[order, "rank"].tolist()
    assert np.abs(np.array(numbers["scores"]) - expected.loc[order, "score"]).max() < 1e-12
    assert slider(page, "C3").count() == 0 and slider(page, "C2").count() == 1
    told = page.locator(".controls").inner_text()
    assert "What it changes: without Legal feasibility." in told
    assert "Draws are shown for the shape as stated." in page.locator(".finding").inner_text()
    rest(page)
    assert "Shape of the question: Law left out." in page.locator(".story").inner_text()
    slider(page, "C2").focus()
    press(page, "ArrowRight", 5)
    assert page.evaluate(NUMBERS)["scores"] != numbers["scores"]
    page.get_by_label("Shape of the question").select_option("chance")
    lottery = mcda.rank(asked.structured("chance"), holders["Kyiv"], "topsis").table
    scored = page.evaluate(NUMBERS)["scores"]
    assert np.abs(np.array(scored) - lottery.loc[order, "score"]).max() < 1e-12
    page.get_by_label("Shape of the question").select_option("as stated")
    assert page.evaluate(NUMBERS)["scores"] == before["scores"]
    assert seen.complaints == []


def test_draws_in_another_shape(opened, problem):
    """How often each option is first in a shape with chances, as Python counts it in that shape."""
    weights = ukraine_force.perspectives(problem)["Kyiv"]
    made = explore(problem, {"Kyiv": weights}, mcda.sample(problem, 200, 7), method="topsis")
    page = opened(made).page
    for name in ("approvals", "war priced", "all together"):
        page.get_by_label("Shape of the question").select_option(name)
        shape = problem.structured(name)
        own = mcda.over_leaves(shape, weights).values[[leaf.key for leaf in shape.weighed]]
        values = mcda.sample(shape, 200, 7).values()
        scored = method_for(shape, "topsis").scores(values, own.to_numpy())
        shares = (competition_ranks(scored) == 1).mean(axis=0)
        order = list(problem.options.index)
        for at in np.argsort(-shares)[:2]:
            told = page.locator(f"li[data-option={order[at]}] .told").inner_text()
            assert told.startswith(f"first in {percents(shares)[at]}"), (name, told, shares)


def test_by_mouse(opened):
    """A click on the track moves there; the rest makes room."""
    page = opened().page
    box = slider(page, "C4").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(
        box["x"] + 9 + (box["width"] - 18) * 0.75, box["y"] + box["height"] / 2, steps=5
    )
    page.mouse.up()
    shares = page.evaluate("document.querySelector('[data-mcda]').explorer.shares")
    heads = [share for share, parent in zip(shares, parents(page), strict=True) if parent < 0]
    assert heads[3] == pytest.approx(0.75, abs=0.02)
    assert sum(heads) == pytest.approx(1, abs=1e-12)


def parents(page):
    return page.evaluate("document.querySelector('[data-mcda]').explorer.parents")


def test_typed_numbers_and_weights_held(opened):
    """A typed number counts when it is finished; what is held keeps its weight and can't be moved."""
    page = opened().page
    page.get_by_role("button", name="Hold Cost fixed").click()
    typed = page.get_by_role("spinbutton", name="Legal feasibility, points of 100")
    typed.fill("50")
    typed.press("Enter")
    shown = {
        name: page.get_by_role("spinbutton", name=f"{name}, points of 100")
        for name in ("Cost", "Legal feasibility")
    }
    assert (shown["Cost"].input_value(), shown["Legal feasibility"].input_value()) == ("8", "50")
    assert shown["Cost"].is_disabled()
    typed.fill("99")
    typed.press("Enter")
    assert shown["Legal feasibility"].input_value() == "92"


def test_leaves_unfold(opened):
    """What a head is made of, relative to it; the head keeps its weight."""
    page = opened().page
    fold = page.get_by_role("button", name="What Cost is made of")
    assert not slider(page, "C2.1").is_visible()
    fold.press("Enter")
    assert fold.get_attribute("aria-expanded") == "true"
    slider(page, "C2.1").focus()
    press(page, "ArrowRight", 15)
    numbers = page.evaluate(NUMBERS)
    assert numbers["weights"][4:7] == pytest.approx(
        [0.08 * 0.75, 0.08 * 0.15625, 0.08 * 0.09375], abs=1e-12
    )


def test_another_holder_method_and_exponent(opened, problem):
    """Each choice ranks as Python ranks; undoing goes back to the holder."""
    page = opened().page
    page.get_by_label("Start from the weights of").select_option("Berlin")
    page.get_by_role("spinbutton", name="Exponent").fill("5")
    page.get_by_role("spinbutton", name="Exponent").press("Enter")
    berlin = ukraine_force.perspectives(problem)["Berlin"]
    for method, p in (("TOPSIS", 5), ("Weighted sum", 2)):
        page.get_by_role("radio", name=method).check()
        expected = (
            mcda.rank(problem, berlin, method.lower(), p=p)
            .table["score"]
            .loc[problem.options.index]
        )
        assert np.abs(page.evaluate(NUMBERS)["scores"] - expected).max() < 1e-12
    slider(page, "C1").focus()
    press(page, "PageUp")
    page.get_by_role("button", name="Undo my moves").click()
    assert np.abs(page.evaluate(NUMBERS)["weights"] - berlin.values).max() < 1e-12
    assert page.get_by_role("button", name="Undo my moves").is_disabled()


def test_floors_and_options_leave_out_with_the_reason(opened, problem):
    """The question's floor excludes whom `screen` excludes, and says why; an option can be set aside and taken back."""
    page = opened().page
    page.get_by_text("Minimums: none").click()
    page.get_by_role("button", name="the question's: 30").click()
    _, excluded = mcda.screen(problem, {"C1.3": 30})
    out = page.locator("li.item.out")
    assert sorted(out.evaluate_all("all => all.map(item => item.dataset.option)")) == sorted(
        excluded.index
    )
    assert (
        "Deterrent effect 12, below the minimum of 30"
        in page.locator("li[data-option=OPT07]").inner_text()
    )
    page.get_by_text("Options: all 11").click()
    page.get_by_role("checkbox", name="Forward presence").uncheck()
    assert "left out by you" in page.locator("li[data-option=OPT10]").inner_text()
    assert page.get_by_text("Options: 10 of 11").is_visible()
    ranked = mcda.rank(
        problem.keep([o for o in problem.options.index if o != "OPT10"]),
        ukraine_force.perspectives(problem)["Kyiv"],
        "topsis",
        floors=True,
    )
    shown = dict(zip(problem.options.index, page.evaluate(NUMBERS)["ranks"], strict=True))
    assert {option: rank for option, rank in shown.items() if rank} == ranked.table[
        "rank"
    ].to_dict()


def test_a_floor_nobody_passes_is_said(opened):
    """No empty chart without a word."""
    page = opened().page
    page.get_by_text("Minimums: none").click()
    page.locator("[data-floor='C1.3']").fill("100")
    page.locator("[data-floor='C1.3']").press("Enter")
    assert "No option is left" in page.locator(".finding").inner_text()


def test_what_changed_since_the_last_rest(opened, rest, problem):
    """Ranks that moved are told against the state before this gesture, not before the one before it."""
    page = opened().page
    assert "".join(page.locator(".change").all_inner_texts()) == ""
    slider(page, "C1").focus()
    press(page, "ArrowRight", 30)
    changes = [text for text in page.locator(".change").all_inner_texts() if text]
    assert any("▲ up" in text for text in changes) and any("▼ down" in text for text in changes)
    rested = page.evaluate(NUMBERS)["ranks"]
    rest(page)
    press(page, "ArrowRight")
    told = page.locator("li.item").evaluate_all(
        "all => Object.fromEntries(all.map(item => [item.dataset.option, item.querySelector('.change').textContent]))"
    )
    now = page.evaluate(NUMBERS)["ranks"]
    for option, before, after in zip(problem.options.index, rested, now, strict=True):
        assert told[option].lstrip("▲▼ ") == (
            f"up {before - after}"
            if before > after
            else f"down {after - before}"
            if after > before
            else ""
        )


def test_the_switching_point_is_where_the_leader_changes(opened, explorer, problem):
    """Just before the point that is told the leader leads, just beyond it another does."""
    page = opened().page
    slider(page, "C1").focus()
    found = page.evaluate(NUMBERS)["switching"]
    values = problem.values.to_numpy()
    for share, leads in ((found["below"]["at"] + 1e-6, True), (found["below"]["at"] - 1e-6, False)):
        scores = closeness(values, expected_weights(explorer, {"C1": share}))
        assert bool(scores.argmax() == found["leader"]) is leads
    told = page.locator(".switching").inner_text()
    turn = found["below"]["turn"]
    relation = turn["relation"].replace("_", " ")
    assert f"stays in front until it {relation} {turn['shown']}, then" in told
    printed = closeness(values, expected_weights(explorer, {"C1": turn["number"] / 100}))
    assert (
        str(printed.argmax()) == turn["then"]
        and 0 < found["below"]["at"] - turn["number"] / 100 < 0.001
    )
    assert problem.labels.iloc[found["below"]["leader"]] in told


@pytest.mark.parametrize("method", ["TOPSIS", "Weighted sum"])
def test_switching_points_are_those_of_the_engine(opened, problem, method):
    """For every head: the interval in which the leader stays, as `switching_weights` computes it exactly."""
    page = opened().page
    page.get_by_role("radio", name=method).check()
    kyiv = ukraine_force.perspectives(problem)["Kyiv"]
    table = mcda.switching_weights(problem, kyiv, method.lower()).table
    for head in ("C1", "C2", "C3", "C4", "C5"):
        slider(page, head).focus()
        found = page.evaluate(NUMBERS)["switching"]
        interval = [
            found[side]["at"] if found[side] else end
            for side, end in (("below", 0.0), ("above", 1.0))
        ]
        assert interval == pytest.approx(
            table.loc[head, ["low", "high"]].astype(float).tolist(), abs=1e-9
        )


def test_rank_acceptability_is_told_beside_each_bar(opened, explorer, problem):
    """The share of draws in first place, in words, as Python counts it from what travelled."""
    page = opened().page
    values = np.asarray(Drawn(problem).values(0, 200), dtype="<f4").astype(float)
    ranks = competition_ranks(closeness(values, explorer.weights.values.to_numpy()))
    shares = [(ranks[:, at] == 1).mean() for at in range(len(problem.options))]
    for option, told in zip(problem.options.index, percents(shares), strict=True):
        assert (
            page.locator(f"li[data-option={option}] .told")
            .inner_text()
            .startswith(f"first in {told},")
        )
    assert f"first in {percents(shares)[5]}." in page.locator(".finding").inner_text()


def test_it_is_heard(opened, rest):
    """One sentence after a pause, in a polite live region; sliders say their name and value."""
    page = opened().page
    live = page.get_by_role("status").first
    slider(page, "C3").focus()
    press(page, "ArrowRight", 3)
    rest(page)
    assert page.locator(".finding").inner_text() in live.text_content()
    assert page.locator(".switching").inner_text() in live.text_content()
    assert live.get_attribute("aria-live") == "polite"
    named = page.get_by_role("slider", name="Legal feasibility", exact=True)
    assert named.get_attribute("aria-valuetext") == "18 of 100"


def test_the_words_tell_a_reader_what_was_moved_and_why_it_leads(opened, rest, explorer, problem):
    """A paragraph to copy: whose weights, what moved, by which method, who leads, and the gaps that Python computes."""
    page = opened().page
    slider(page, "C1").focus()
    press(page, "ArrowRight", 15)
    rest(page)
    told = page.locator(".story").inner_text()
    assert told.startswith("The weights of Kyiv, with Force size and effect from 45 to 60, ")
    assert (
        "Ranked by TOPSIS with exponent 2." in told
        and page.locator(".finding").inner_text() in told
    )
    weights = mcda.Weights(
        pd.Series(expected_weights(explorer, {"C1": 0.6}), problem.values.columns), "moved"
    )
    first, second = mcda.rank(problem, weights, "topsis").table.index[:2]
    gaps = mcda.contributions(problem, weights, first, second)["contribution"]
    by_head = gaps.groupby([problem.top(key) for key in gaps.index]).sum()
    assert (
        f"loses most on {problem.criterion(by_head.idxmin()).label} ({-by_head.min():.3f})" in told
    )
    assert ("By weighted value alone it would be behind" in told) is bool(gaps.sum() < 0)
    page.get_by_role("radio", name="Weighted sum").check()
    rest(page)
    assert "By weighted value alone" not in page.locator(".story").inner_text()


def test_the_table_says_what_the_chart_shows(opened, rest):
    """In the order of the ranks, also after a move."""
    page = opened().page
    slider(page, "C5").focus()
    press(page, "End")
    rest(page)
    page.get_by_text("The ranking as a table").click()
    names = page.locator("tbody th").all_inner_texts()
    rows = page.locator("li.item").evaluate_all(
        "all => all.map(e => [e.querySelector('.label').firstChild.textContent, e.getBoundingClientRect().top])"
    )
    assert [name for name, _ in sorted(rows, key=lambda row: row[1])] == names


@pytest.mark.parametrize(
    ("settings", "scheme"),
    [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (ZOOMED, "dark")],
    ids=["wide-light", "wide-dark", "narrow-light", "zoomed-dark"],
)
def test_axe_finds_nothing(opened, refuse_barriers, scheme, settings):
    """WCAG 2.2 AA and good practice, with everything unfolded and a weight in hand; nothing is cut off sideways.

    Each width and each scheme: no rule of the style asks for both.
    """
    page = opened(color_scheme=scheme, bypass_csp=True, **settings).page
    for fold in page.locator("button.fold").all():
        fold.click()
    for summary in page.locator("summary").all():
        summary.click()
    page.get_by_role("button", name="Hold Cost fixed").click()
    slider(page, "C1").focus()
    press(page, "ArrowRight", 8)
    assert len(refuse_barriers(page).response["passes"]) > 25


def test_focus_is_seen_on_every_control(opened):
    """Going through by Tab, each control that takes focus shows a ring."""
    page = opened().page
    seen = set()
    for _ in range(30):
        press(page, "Tab")
        style = page.evaluate("""() => { const at = document.querySelector('.mcda-panel')?.shadowRoot.activeElement;
          const style = at && getComputedStyle(at);
          return at && [at.tagName + (at.type ?? ''), style.outlineStyle, style.outlineWidth]; }""")
        if style:
            seen.add(style[0])
            assert style[1:] == ["solid", "3px"], style
    assert {"INPUTrange", "INPUTnumber", "BUTTONbutton", "SELECTselect-one", "SUMMARY"} <= seen


def test_motion_is_left_out_where_the_reader_asks(opened):
    """Rows move by transition otherwise."""
    durations = [
        opened(reduced_motion=motion).page.evaluate(
            "getComputedStyle(document.querySelector('.mcda-panel').shadowRoot.querySelector('.item')).transitionDuration"
        )
        for motion in ("no-preference", "reduce")
    ]
    assert durations == ["0.2s", "0s"]


def test_it_follows_the_notebooks_theme(opened):
    """A dark notebook on a light machine has a dark panel."""
    page = opened(color_scheme="light").page
    panel = "document.querySelector('.mcda-panel').shadowRoot.querySelector('.explorer')"
    ground = f"getComputedStyle({panel}).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_function(f"{ground} === 'rgb(20, 24, 28)'")


def test_names_are_text_and_nothing_else(opened, rest, problem):
    """Markup in every name and unit is shown as it is written, and runs nothing."""
    from dataclasses import replace

    hostile = "<img src=x onerror=\"document.title='owned'\"><b>{}</b>"
    options = problem.options.assign(
        label=[hostile.format(option) for option in problem.options.index]
    )
    criteria = tuple(
        replace(one, label=hostile.format(one.key), unit="<i>kg</i>") for one in problem.criteria
    )
    tree = replace(problem, options=options, criteria=criteria, structures=(), events=())
    holder = mcda.Weights(
        pd.Series(1.0, index=[leaf.key for leaf in problem.leaves]), hostile.format("holder")
    )
    seen = opened(explore(tree, holder, Drawn(problem)))
    slider(seen.page, "C1").focus()
    rest(seen.page)
    assert hostile.format("OPT01") in seen.page.locator("li[data-option=OPT01] .label").inner_text()
    assert (
        seen.page.evaluate(
            "[...document.querySelector('.mcda-panel').shadowRoot.querySelectorAll('img, b, i')].length"
        )
        == 0
    )
    assert "owned" not in seen.page.title()
    assert seen.complaints == []


def test_a_flat_question_of_one_holder_has_no_folds(opened, make_flat):
    """Criteria without heads: sliders for the leaves themselves."""
    page = opened(make_flat).page
    assert page.locator("button.fold").count() == 0
    assert page.get_by_role("slider").count() == 2
    press_on = page.get_by_role("slider").first
    press_on.focus()
    press(page, "ArrowRight")
    assert page.evaluate(NUMBERS)["weights"] == pytest.approx([0.51, 0.49], abs=1e-15)


@pytest.fixture
def make_flat():
    """Two options on two leaves without heads."""
    scale = mcda.Scale((0.0, 10.0), (0.0, 1.0))
    leaves = tuple(
        mcda.Criterion(key, label=key, unit="points", direction="max", scale=scale)
        for key in ("a", "b")
    )
    cells = {"a/X": 2, "b/X": 8, "a/Y": 7, "b/Y": 3}
    estimates = {
        key: mcda.Estimate(key, number, number, number, "points") for key, number in cells.items()
    }
    options = pd.DataFrame({"label": ["Ex", "Why"]}, index=["X", "Y"])
    problem = mcda.Problem("flat", mcda.Frame(title="Flat"), options, leaves, estimates)
    return explore(problem, mcda.equal_weights(problem))


def test_a_notebook_as_a_page_has_the_live_explorer(visit, tmp_path):
    """Exported, without a kernel, under a policy that names our script alone: a key moves the chart, all offline."""
    from pathlib import Path

    import nbformat

    from mcda.reporting.notebooks.execute import as_page

    notebook = nbformat.read(
        Path(__file__).parents[2] / "notebooks" / "06_explore_weights.ipynb", as_version=4
    )
    path = tmp_path / "explore.html"
    path.write_text(as_page(notebook, "Explore"), encoding="utf-8")
    seen = visit(path, **WIDE)
    before = seen.page.evaluate(NUMBERS)["scores"]
    slider(seen.page, "C2").focus()
    press(seen.page, "ArrowRight", 5)
    assert seen.page.evaluate(NUMBERS)["scores"] != before
    assert seen.complaints == []
    assert [address for address in seen.requests if not address.startswith(("data:", "blob:"))] == [
        path.as_uri()
    ]
