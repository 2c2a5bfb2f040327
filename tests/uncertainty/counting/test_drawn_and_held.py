"""What is uncertain is drawn, what is held is told: facts, weights, both or nothing; nothing drawn gives no share."""

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from mcda.cli import main
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.document.computed import holds
from mcda.reporting.document.outline import context
from mcda.reporting.notebooks import brief, how_sure
from mcda.reporting.study.study import Settings, Study
from mcda.reporting.writers.gallery import exhibits
from mcda.uncertainty.counting.drawn_and_held import PARTS
from mcda.uncertainty.smaa.standard_errors import share_errors

FROZEN = Path(__file__).parents[2] / "questions" / "frozen" / "ukraine_force"
POINTS = {"money": 40.0, "people": 60.0}
WIDE = {"money": (20.0, 60.0), "people": (40.0, 80.0)}
FACTS, WEIGHTS = ("facts",), ("weights",)
CELLS = {"A": (10, 30, 20), "B": (40, 90, 80), "C": (70, 60, 10)}


def fixed(problem):
    """The same question with no range at all."""
    cells = {
        key: mcda.Estimate(key, one.mode, one.mode, one.mode)
        for key, one in problem.estimates.items()
    }
    return cells


def stated(ranges=None):
    return mcda.weights(POINTS, "panel", ranges=ranges)


def same(one, other):
    return one.keys() == other.keys() and all((one[name] == other[name]).all() for name in one)


@pytest.fixture(scope="module")
def ukraine():
    """10,000 draws of a state of the Ukraine question that stands still, and its holders."""
    problem = mcda.read_problem(FROZEN)
    holders = mcda.read_perspectives(FROZEN, problem)
    return mcda.sample(problem, n=10_000, seed=2025), holders


@pytest.mark.parametrize(
    ("holder", "option", "held", "drawn"),
    [
        ("NATO HQ", "OPT01", 0.673, 0.626),
        ("Berlin", "OPT01", 0.955, 0.922),
        ("London", "OPT01", 0.643, 0.627),
        ("Kyiv", "OPT06", 0.66, 0.53),
        ("Paris", "OPT01", 0.71, 0.68),
    ],
)
def test_stated_ranges_of_weights_are_drawn_unless_they_are_held(
    ukraine, holder, option, held, drawn
):
    """The known shares of the Ukraine question; drawn, they are those of the holder's weight space."""
    draws, holders = ukraine
    by_default = mcda.robustness(draws, holders[holder], "topsis")
    of_space = mcda.robustness(draws, holders[holder].space, "topsis")
    as_stated = mcda.robustness(draws, holders[holder], "topsis", hold="weights")
    assert same(by_default.tally.sums, of_space.tally.sums)
    assert as_stated.first_rank.loc[option, "acceptability"] == pytest.approx(held, abs=0.005)
    assert by_default.first_rank.loc[option, "acceptability"] == pytest.approx(drawn, abs=0.005)
    assert (by_default.drawn, by_default.held) == (PARTS, ())
    assert (as_stated.drawn, as_stated.held_because) == (FACTS, {"weights": "asked"})


KINDS = [
    # facts vary, ranges of weights, hold, drawn, why held
    (True, WIDE, (), PARTS, {}),
    (True, WIDE, "weights", FACTS, {"weights": "asked"}),
    (True, WIDE, ["facts"], WEIGHTS, {"facts": "asked"}),
    (True, None, (), FACTS, {"weights": "no range"}),
    (False, WIDE, (), WEIGHTS, {"facts": "no range"}),
    (False, None, (), (), {"facts": "no range", "weights": "no range"}),
    (True, WIDE, PARTS, (), {"facts": "asked", "weights": "asked"}),
    (False, WIDE, "weights", (), {"facts": "no range", "weights": "asked"}),
    (True, None, "facts", (), {"facts": "asked", "weights": "no range"}),
]
NOTES = {
    ("no range", "no range"): "no score and no weight has a range: nothing was drawn",
    ("asked", "asked"): "facts and weights are held: nothing was drawn",
    ("no range", "asked"): "no score has a range and weights are held: nothing was drawn",
    ("asked", "no range"): "facts are held and no weight has a range: nothing was drawn",
}


@pytest.mark.parametrize(("varies", "ranges", "hold", "drawn", "reasons"), KINDS)
def test_a_result_says_what_was_drawn_and_what_was_held(
    make_problem, varies, ranges, hold, drawn, reasons
):
    """Each kind, with its reason; where nothing was drawn, shares are undefined and a note says why."""
    problem = make_problem() if varies else make_problem(estimates=fixed(make_problem()))
    found = mcda.robustness(mcda.sample(problem, 500, seed=1), stated(ranges), "topsis", hold=hold)
    assert (found.drawn, dict(found.held_because)) == (drawn, reasons)
    assert found.held == tuple(part for part in PARTS if part not in drawn)
    shares = [
        found.rank_acceptability,
        found.pairwise_winning,
        found.first_rank[["acceptability", "low", "high"]],
        found.rank_intervals,
        found.standard_errors["rank_acceptability"],
    ]
    assert [table.notna().all(axis=None) for table in shares] == [bool(drawn)] * len(shares)
    assert [table.isna().all(axis=None) for table in shares] == [not drawn] * len(shares)
    if drawn:
        assert not any("nothing was drawn" in note for note in found.notes)
        assert f"drawn: {' and '.join(drawn)}" in found._repr_html_()
    else:
        assert found.notes[0].startswith(NOTES[tuple(reasons[part] for part in PARTS)])
        assert (
            np.isnan(found.entropy)
            and not found.settled
            and "nothing was drawn" in found._repr_html_()
        )


@settings(max_examples=15)
@given(st.lists(st.integers(1, 100), min_size=2, max_size=2), st.integers(0, 3))
def test_ranges_of_no_width_are_no_ranges(make_problem, points, seed):
    """Weights with such ranges count as weights without: the same sums, nothing drawn of them."""
    problem = make_problem()
    given_points = dict(zip(POINTS, map(float, points), strict=True))
    draws = mcda.sample(problem, 200, seed=seed)
    ranges = {key: (point, point) for key, point in given_points.items()}
    narrow, plain = (
        mcda.robustness(draws, mcda.weights(given_points, "panel", ranges=one), "topsis")
        for one in (ranges, None)
    )
    assert same(narrow.tally.sums, plain.tally.sums)
    assert narrow.held_because == plain.held_because == {"weights": "no range"}
    pd.testing.assert_frame_equal(narrow.first_rank, plain.first_rank)


def test_a_space_of_one_point_does_not_vary():
    """Nor does one criterion; the whole of two does."""
    assert not mcda.weight_space(["a", "b"], low={"a": 0.3}, high={"a": 0.3}).varies
    assert not mcda.weight_space(["a"]).varies and mcda.weight_space(["a", "b"]).varies
    assert not mcda.weights_around({"a": 1, "b": 0}, 50, "panel").varies
    pairs = mcda.Judgements(["a", "b"], {("a", "b"): 3})
    assert mcda.judged_weights(pairs, "panel", step=1).varies


def test_facts_that_do_not_count_are_not_drawn(make_problem):
    """Ranges of leaves without weight move nothing: no share; a function may not ask for weights."""
    cells = fixed(make_problem())
    cells["noise/A"] = mcda.Estimate("noise/A", 0, 20, 90)
    problem = make_problem(estimates=cells)
    whose = mcda.weights({"cost": 1, "places": 1, "noise": 0}, "panel")
    found = mcda.robustness(mcda.sample(problem, 300, seed=0), whose, "additive")
    assert found.held_because == {"facts": "not counted", "weights": "no range"}
    assert found.notes[0].startswith(
        "no score that counts has a range and no weight has a range: nothing was drawn"
    )
    assert (
        mcda.robustness(mcda.sample(problem, 300, 0), whose, lambda values, w: values[..., 2]).drawn
        == FACTS
    )


def test_judgements_in_pairs_are_held(ukraine):
    """AHP takes a holder's judgements, which state no range; the weighted sum draws the ranges of the same holder."""
    draws, holders = ukraine
    few = mcda.sample(draws.problem, 300, 0)
    ahp = mcda.robustness(few, holders["Paris"], "ahp")
    assert ahp.held_because == {"weights": "judged in pairs"}
    assert words.what_was_drawn(ahp) == "facts, with weights held as judged in pairs"
    assert mcda.robustness(few, holders["Paris"], "additive").drawn == PARTS


def test_some_facts_drawn_are_told_as_some(shelter):
    """How many of those with a range, in a note; facts held by the draws are held as asked."""
    some = mcda.robustness(mcda.sample(shelter, 300, 0, vary=["cost"]), stated(WIDE), "topsis")
    assert (
        some.drawn == PARTS
        and "3 of 9 estimates with a range are drawn, the others are held" in some.notes
    )
    none = mcda.robustness(mcda.sample(shelter, 300, 0, vary=[]), stated(WIDE), "topsis")
    held = mcda.robustness(mcda.sample(shelter, 300, 0), stated(WIDE), "topsis", hold="facts")
    assert none.held_because == held.held_because == {"facts": "asked"} and same(
        none.tally.sums, held.tally.sums
    )


def test_drawn_weights_are_the_same_whoever_counts(make_problem, tmp_path):
    """Threads, processes, several holders together, and a run taken up again; another seed gives others."""
    problem, whose = make_problem(), stated(WIDE)
    draws, state = mcda.sample(problem, 5000, seed=3), tmp_path / "run.npz"
    alone = mcda.robustness(draws, whose, "topsis").tally.sums
    for start in (
        ThreadPoolExecutor(3),
        ProcessPoolExecutor(2, multiprocessing.get_context("spawn")),
    ):
        with start as pool:
            assert same(mcda.robustness(draws, whose, "topsis", executor=pool).tally.sums, alone)
    both = mcda.robustness(draws, {"a": whose, "b": mcda.equal_weights(problem)}, "topsis")
    assert same(both["a"].tally.sums, alone) and both["b"].held_because == {"weights": "no range"}
    for _ in range(2):
        assert same(mcda.robustness(draws, whose, "topsis", state=state).tally.sums, alone)
    with pytest.raises(mcda.InputError, match="expected the state of this run, found another's"):
        mcda.robustness(draws, whose, "topsis", state=state, hold="weights")
    assert not same(
        mcda.robustness(mcda.sample(problem, 5000, 4), whose, "topsis").tally.sums, alone
    )


@pytest.mark.parametrize(
    ("hold", "told"),
    [
        ("wishes", "hold: expected any of 'facts', 'weights', found 'wishes'"),
        (3, "hold: expected any of"),
        (["facts", "p"], "hold: expected any of 'facts', 'weights', found 'p'"),
    ],
)
def test_what_cannot_be_held_is_refused(shelter, hold, told):
    """A word that is no part, and the weights of nobody: a space states none."""
    draws = mcda.sample(shelter, 100, 0)
    with pytest.raises(mcda.InputError, match=told):
        mcda.robustness(draws, stated(WIDE), "topsis", hold=hold)
    with pytest.raises(
        mcda.InputError, match="weights of 'anyone': expected stated weights, to hold them at"
    ):
        mcda.robustness(draws, mcda.weight_space(list(POINTS)), "topsis", hold="weights")


def test_no_error_of_a_share_is_0(make_problem):
    """Nor is an interval of no width, where an option is always or never first; on no share of any table."""
    problem = make_problem({"A": (10, 90, 10), "B": (50, 40, 50)})
    found = mcda.robustness(mcda.sample(problem, 2000, seed=0), stated(WIDE), "additive")
    assert found.first_rank["acceptability"].tolist() == [1, 0]
    assert (found.first_rank["high"] > found.first_rank["low"]).all()
    assert found.first_rank["standard_error"].tolist() == pytest.approx([1 / 2000] * 2, rel=0.01)
    for name in ("rank_acceptability", "pairwise_winning", "entropy"):
        assert (found.standard_errors[name] > 0).all(axis=None), name
    nets = mcda.robustness(
        mcda.sample(problem, 2048, 0), mcda.weight_space(list(POINTS)), "additive", hold="facts"
    )
    assert (nets.first_rank["standard_error"] > 0).all() and nets.first_rank.loc["B", "high"] > 0


def test_the_least_error_is_that_of_one_draw_more():
    """Never seen in n draws is at most once in n + 1; beside it the usual formula stands."""
    shares = np.array([0.0, 1e-9, 0.001, 0.3, 1.0])
    errors = share_errors(shares, 1000)
    assert errors[[2, 3]] == pytest.approx(np.sqrt(shares[[2, 3]] * (1 - shares[[2, 3]]) / 1000))
    assert errors[0] == errors[1] == pytest.approx(errors[4]) == pytest.approx(1 / 1001, rel=0.001)


def test_weights_of_one_draw_have_no_error():
    """First in one draw alone: its weights are known, how far they are off isn't."""
    found = mcda.acceptability([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]], [[1, 0], [0, 1], [0.5, 0.5]])
    errors = found.standard_errors["central_weights"]
    assert errors.iloc[0].isna().all() and (errors.iloc[1] > 0).all()


def test_how_many_draws_each_index_rests_on_is_told(make_problem):
    """Quantiles and confidence factors of at most 10,000, whatever n is: in the result, and in a note where fewer."""
    problem = make_problem()
    many, few = (
        mcda.robustness(mcda.sample(problem, n, 0), stated(WIDE), "additive")
        for n in (12_000, 9_000)
    )
    assert dict(many.rests_on) == {"quantiles": 10_000, "confidence_factors": 10_000}
    assert (
        "quantiles of scores rest on 10,000 of the draws, confidence factors on 10,000"
        in many.notes
    )
    assert dict(few.rests_on) == {"quantiles": 9_000, "confidence_factors": 9_000} and not few.notes
    held = mcda.robustness(
        mcda.sample(problem, 12_000, 0), stated(WIDE), "additive", hold="weights"
    )
    assert dict(held.rests_on) == {"quantiles": 10_000, "confidence_factors": 12_000}


def write_points(folder: Path, width: float) -> str:
    """Write a question of two options whose weights have a range of so many points, and whose scores have none."""
    sheets = {
        "options": "id,label\nN,North\nS,South\n",
        "criteria": "id,label,unit,scale_type,direction,anchor_0,anchor_100\nc1,Cost,points,natural,min,100,0\n"
        "c2,Use,points,natural,max,0,100\n",
        "scores": "option,criterion,low,mode,high,kind\nN,c1,50,50,50,judgement\nN,c2,40,40,40,judgement\n"
        "S,c1,40,40,40,judgement\nS,c2,49,49,49,judgement\n",
        "perspectives": "holder_id,holder,criterion,low,mode,high,kind\n"
        f"P1,Panel,c1,{30 - width},30,{30 + width},judgement\nP1,Panel,c2,{70 - width},70,{70 + width},judgement\n",
    }
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return str(folder)


def test_the_command_shows_no_share_where_nothing_was_drawn(tmp_path, capsys):
    """No percent in the text, null in the JSON document, and the sentence in both."""
    question = write_points(tmp_path, 0)
    assert main(["robust", question, "--holder", "Panel"]) == 0
    told = capsys.readouterr().out
    assert "no score and no weight has a range: nothing was drawn" in told and "%" not in told
    assert main(["robust", question, "--holder", "Panel", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert result["drawn"] == [] and result["held_because"] == {
        "facts": "no range",
        "weights": "no range",
    }
    assert result["first_rank"]["S"]["acceptability"] is None and result["entropy"] is None
    assert result["notes"][0].startswith("no score and no weight has a range: nothing was drawn")


@pytest.mark.parametrize(
    ("asked", "told", "drawn"),
    [
        ([], "Drawn: facts and weights.", ["facts", "weights"]),
        (["--hold", "weights"], "Drawn: facts, with weights held as stated.", ["facts"]),
        (
            ["--hold", "facts"],
            "Drawn: weights, with facts held at their best estimates.",
            ["weights"],
        ),
    ],
)
def test_the_command_says_what_was_drawn(cooling, asked, told, drawn, capsys):
    """In text and in the JSON document, as --hold asks; no interval that it prints is without width."""
    words_given = ["robust", str(cooling), "-n", "300", "--no-floors", *asked]
    assert main(words_given) == 0
    assert f"300 draws of {told[7:-1]}" in " ".join(capsys.readouterr().out.split())
    assert main([*words_given, "--full"]) == 0
    text = capsys.readouterr().out
    assert told in text and text.count("Drawn:") == text.count("Method ")
    intervals = [part for line in text.splitlines() for part in line.split("  ") if "% to " in part]
    assert intervals and all(len(set(part.strip().split(" to "))) == 2 for part in intervals)
    assert main([*words_given, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["drawn"] == drawn


def test_ranges_of_weights_alone_give_shares(tmp_path, capsys):
    """Without a range of any score, weights are drawn and facts told as held."""
    assert main(["robust", write_points(tmp_path, 20), "-n", "400"]) == 0
    assert "Drawn: weights, with facts held, as none has a range." in capsys.readouterr().out


def test_nobodys_weights_cannot_be_held(cooling, capsys):
    """--any-weights states none: wrong usage."""
    with pytest.raises(SystemExit) as ended:
        main(["robust", str(cooling), "--any-weights", "--hold", "weights"])
    assert (
        ended.value.code == 2
        and "--hold weights: nobody's weights are stated" in capsys.readouterr().err
    )


def test_holders_who_differ_are_counted(make_problem):
    """Of several holders, how many have ranges to draw."""
    holders = {"a": stated(WIDE), "b": mcda.equal_weights(make_problem())}
    found = mcda.robustness(mcda.sample(make_problem(), 300, 0), holders, "topsis")
    assert words.draws_of(*found.values()) == "300 draws of facts and weights of 1 of 2 holders"
    assert words.draws_of(found["a"]) == "300 draws of facts and weights"


@pytest.fixture
def points(tmp_path):
    """A question without a range, and its holder."""
    return mcda.open_question(write_points(tmp_path, 0))


def test_a_report_of_what_was_not_drawn_shows_no_share(points):
    """One sentence in the section, no table and no picture of shares; the first page tells no draws; JSON has none."""
    problem, holders = points
    study = Study(problem, holders, Settings(draws=200, seed=1))
    assert study.analysis.robust == {}
    sections = {one["key"]: json.dumps(one["blocks"]) for one in context(study)[0]["sections"]}
    assert "No score and no weight has a range: nothing was drawn" in sections["robustness"]
    assert (
        "acceptability" not in sections["robustness"]
        and "ranks first" not in sections["robustness"]
    )
    assert (
        " of 200 draws" not in sections["summary"] + sections["findings"]
        and "no draws say how far the lead holds" in sections["confidence"]
    )
    (pair,) = study.analysis.results["robustness"].values()
    assert pair[0]["drawn"] == [] and set(pair[0]["rank_acceptability"]["S"].values()) == {None}


def test_a_report_says_for_whom_nothing_was_drawn(points):
    """Of two holders one states ranges: shares are his, and the other is named with the reason."""
    problem, holders = points
    wide = mcda.weights({"c1": 30, "c2": 70}, "Wide", ranges={"c1": (10, 50), "c2": (50, 90)})
    study = Study(problem, {**holders, "Wide": wide}, Settings(draws=200, seed=1))
    assert list(study.analysis.robust) == ["Wide"]
    told = " ".join(holds(study))
    assert "Over 200 draws of weights, with facts held, as none has a range, " in told
    assert (
        "For Panel there are no shares: no score and no weight has a range: nothing was drawn"
        in told
    )
    assert context(study)


def test_figures_and_tables_say_what_was_drawn_or_why_nothing_was(points, make_problem):
    """In axis, alternative text and caption; without anything drawn a figure is refused, a table is a sentence."""
    problem = make_problem()
    robust = mcda.robustness(mcda.sample(problem, 300, 0), stated(WIDE), "topsis", floors=True)
    ranking = mcda.rank(problem, stated(WIDE), "topsis", floors=True)
    for draw in (figures.rank_acceptability, figures.pairwise_winning, figures.central_weights):
        axes = draw(problem, robust)
        assert (
            "facts and weights; " in axes.get_xlabel()
            and "facts and weights; " in figures.alternative(axes)
        )
    assert "quantile of 300 draws of facts and weights" in figures.scores(
        problem, ranking, robust
    ).get_xlabel().replace("\n", " ")
    assert (
        "Share of 300 draws of facts and weights" in how_sure.first_places(problem, robust).caption
    )
    assert "Share of 300 draws of facts that" in how_sure.floors_passed(problem, robust).caption
    assert "300 draws of facts, under" in how_sure.confidence(problem, robust).caption
    empty, holders = points
    nothing = mcda.robustness(mcda.sample(empty, 300, 0), holders["Panel"], "topsis")
    with pytest.raises(
        mcda.InputError, match="shares of draws: expected something drawn, found no score and no"
    ):
        figures.rank_acceptability(empty, nothing)
    lines = figures.scores(empty, mcda.rank(empty, holders["Panel"], "topsis"), nothing)
    assert "quantile" not in lines.get_xlabel()
    for tell in (how_sure.first_places, how_sure.confidence, how_sure.floors_passed):
        assert isinstance(tell(empty, nothing), brief.Text), tell
    assert (how_sure.every_holder(empty, {"Panel": nothing}).data == "nothing drawn").all(axis=None)


def test_the_explorer_shows_no_share_of_draws_that_are_all_the_same(points, shelter):
    """A sentence instead; where facts vary the draws travel."""
    problem, holders = points
    question = mcda.explore(problem, holders, mcda.sample(problem, 50, 0)).panel.question
    assert question["draws"] is None and "nothing was drawn" in question["undrawn"]
    assert (
        mcda.explore(shelter, stated(), mcda.sample(shelter, 50, 0)).panel.question["draws"][
            "count"
        ]
        == 50
    )


def test_the_gallery_leaves_out_shares_that_there_are_not(points):
    """Every figure but those of shares of the holder's draws."""
    problem, holders = points
    drawn = exhibits(mcda.sample(problem, 100, 0), holders, holders["Panel"], "topsis")
    names = [one.name for one in drawn]
    assert "central_weights" in names and not {"rank_acceptability", "pairwise_winning"} & set(
        names
    )


def test_where_a_leader_fails_is_told_with_weights_held(points, shelter):
    """In the sentence and as a field; where nothing was drawn there is no share and no figure."""
    found = mcda.discover(mcda.sample(shelter, 500, 0), stated(WIDE), "topsis")
    assert (found.drawn, found.held) == (
        FACTS,
        WEIGHTS,
    ) and "drawn futures, weights held as stated" in found.finding
    problem, holders = points
    nothing = mcda.discover(mcda.sample(problem, 500, 0), holders["Panel"], "topsis")
    assert (nothing.fails, nothing.drawn) == (None, ()) and nothing.finding.startswith(
        "Nothing was drawn"
    )
    with pytest.raises(mcda.InputError, match="shares of draws: expected something drawn"):
        figures.failing_box(problem, nothing)


def test_the_challenge_of_a_question_without_ranges_is_told(tmp_path, capsys):
    """No traceback, and no share of draws that were all the same."""
    assert (
        main(["challenge", write_points(tmp_path, 0), "--holder", "Panel", "-n", "300", "--json"])
        == 0
    )
    results = json.loads(capsys.readouterr().out)["results"]
    assert results["discovery"]["fails"] is None and results["discovery"]["held"] == ["weights"]
