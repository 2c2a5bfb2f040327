"""An option that may fail to happen scores as the lottery of both, on best estimates and draws alike."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from criteria import ukraine_force
from mcda.methods.lottery import lottery
from mcda.methods.method import own_methods
from mcda.problem.structures import Change, Structure

METHODS = ("additive", "topsis", "ahp:ratings")
STRUCTURES = (
    Structure("approval", "Approval as a chance", (Change("chance", "C3.2"),)),
    Structure("without", "Approval left out", (Change("leave out", "C3.2"),)),
)


@pytest.fixture(scope="module")
def asked():
    """The first question with approval as a chance, and with approval left out; its holders."""
    problem = dataclasses.replace(ukraine_force.problem(), structures=STRUCTURES)
    return problem, ukraine_force.perspectives(problem)


@pytest.mark.parametrize("method", METHODS)
def test_a_score_is_the_lottery_of_two(asked, method):
    """P times the score if it happens, and 1 - p times that of sending nothing."""
    problem, holders = asked
    sure = problem.structured("without")
    shaped = problem.structured("approval")
    chance = problem.performance["C3.2"] / 100
    for weights in holders.values():
        alone = mcda.rank(sure, weights, method).table["score"]
        both = mcda.rank(shaped, weights, method).table["score"]
        expected = chance * alone + (1 - chance) * alone["OPT01"]
        expected["OPT01"] = alone["OPT01"]
        assert (both - expected).abs().max() < 1e-12


@pytest.mark.parametrize("method", METHODS)
def test_behind_a_minimum_that_excludes_the_fallback(asked, method):
    """What happens otherwise counts although it may not be chosen."""
    problem, holders = asked
    shaped = problem.structured("approval")
    every = mcda.rank(shaped, holders["Paris"], method)
    behind = mcda.rank(shaped, holders["Paris"], method, floors=True)
    assert "OPT01" in behind.excluded.index
    kept = behind.table["score"]
    assert (kept - every.table["score"][kept.index]).abs().max() < 1e-12
    assert any("may fail to happen" in note for note in behind.notes)
    assert behind.steps["lottery"].loc["OPT09", "otherwise"] == "OPT01"


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_on_draws_as_on_best_estimates(asked, method):
    """Draw by draw the score is the lottery by the chance of that draw."""
    problem, holders = asked
    paris = holders["Paris"]
    sure = problem.structured("without")
    shaped = problem.structured("approval")
    draws = mcda.sample(shaped, 300, 7)
    leaves = [leaf.key for leaf in problem.leaves]
    chance = mcda.sample(problem, 300, 7).performances()[..., leaves.index("C3.2")] / 100
    shares = mcda.over_leaves(sure, paris).values.to_numpy()
    by = next(one for one in own_methods() if one.name == method)
    alone = by.scores(mcda.sample(sure, 300, 7).values(), shares)
    first = list(problem.options.index).index("OPT01")
    expected = chance * alone + (1 - chance) * alone[:, [first]]
    expected[:, first] = alone[:, first]
    found = mcda.robustness(draws, paris, method, hold="weights")
    assert found.scores["mean"].to_numpy() == pytest.approx(expected.mean(axis=0), abs=1e-9)


def test_futures_touch_what_happens_otherwise(asked):
    """In every future the score is the lottery of the scores in that future."""
    problem, holders = asked
    paris = holders["Paris"]
    told = mcda.regret(problem.structured("approval"), paris, "additive").scores
    sure = problem.structured("without")
    alone = mcda.regret(sure, paris, "additive").scores
    made = mcda.futures(problem)
    tables = made.performances(problem.performance.to_numpy(), made.states)
    leaves = [leaf.key for leaf in problem.leaves]
    chance = np.clip(tables[..., leaves.index("C3.2")] / 100, 0, 1)
    expected = chance * alone.to_numpy() + (1 - chance) * alone[["OPT01"]].to_numpy()
    expected[:, list(alone.columns).index("OPT01")] = alone["OPT01"]
    assert np.abs(told.to_numpy() - expected).max() < 1e-12


@given(
    st.lists(st.floats(0, 1), min_size=7, max_size=7),
    st.lists(st.floats(0.01, 1), min_size=3, max_size=3),
    st.sampled_from(METHODS),
)
def test_a_chance_shrinks_a_difference_and_never_turns_it(cells, weights, name):
    """Between an option and its fallback: the difference becomes p times as large."""
    own, fallback, chance = np.array(cells[:3]), np.array(cells[3:6]), cells[6]
    by = next(one for one in own_methods() if one.name == name)
    shares = np.array(weights) / sum(weights)
    table = np.stack([np.r_[own, chance, fallback], np.r_[fallback, 1.0, fallback]])
    scores = lottery(by, 3).scores(table, np.r_[shares, np.zeros(4)])
    alone = by.scores(np.stack([own, fallback]), shares)
    assert scores[0] - scores[1] == pytest.approx(chance * (alone[0] - alone[1]), abs=1e-12)
    assert scores[1] == pytest.approx(alone[1], abs=1e-12)


@pytest.mark.parametrize("method", ["vikor", "promethee2", "copras", "ahp:ideal", "pymcdm:EDAS"])
def test_methods_that_compare_options_refuse(asked, method):
    """They name themselves and the methods that fit."""
    problem, holders = asked
    with pytest.raises(mcda.NotApplicable, match=f"method '{method}'.*may fail.*additive, topsis"):
        mcda.rank(problem.structured("approval"), holders["Paris"], method)


def test_a_function_refuses(asked):
    """Of a function of the caller's own nothing is known."""
    problem, holders = asked

    def mine(values, weights):
        return values @ weights

    with pytest.raises(mcda.NotApplicable, match="method 'mine'"):
        mcda.rank(problem.structured("approval"), holders["Paris"], mine)


def test_analyses_that_cannot_take_a_chance_say_so(asked):
    """Each names itself and the way out; the challenge leaves no part out for a chance."""
    problem, holders = asked
    shaped = problem.structured("approval")
    paris = holders["Paris"]
    textbook = mcda.RelativeTopsis([leaf.direction for leaf in shaped.leaves])
    draws = mcda.sample(shaped, 100, 1)
    with pytest.raises(mcda.NotApplicable, match=r"textbook's TOPSIS.*without chances.*additive"):
        mcda.robustness(draws, paris, textbook)
    few = shaped.keep(["OPT01", "OPT03", "OPT10"])
    found = mcda.challenge(few, paris, "additive", n=20, seed=1, tried=2)
    assert not found.failed
    assert {"smallest change", "multiverse", "value of information"} <= set(found.results)
    assert not found.skipped


def test_what_a_lead_is_made_of(asked):
    """Leaf by leaf the means of the lotteries: together the difference of the scores."""
    problem, holders = asked
    shaped = problem.structured("approval")
    scores = mcda.rank(shaped, holders["Paris"], "additive").table["score"]
    for first, second in (("OPT10", "OPT09"), ("OPT01", "OPT10"), ("OPT04", "OPT01")):
        parts = mcda.contributions(shaped, holders["Paris"], first, second)
        assert list(parts.index) == [leaf.key for leaf in shaped.weighed]
        total = parts["contribution"].sum()
        assert total == pytest.approx(scores[first] - scores[second], abs=1e-9)


def test_a_number_of_what_happens_otherwise_moves_all_that_rest_on_it(tmp_path):
    """A switch of the fallback's performance, typed into the sheet, hands over the lead as printed."""
    rows = "built,40,60,80,percent"
    problem, held = mcda.open_question(with_chance(tmp_path / "heating", rows=rows))
    weights = next(iter(held.values()))
    turned = 0
    for method in ("additive", "topsis"):
        found = mcda.switching_scores(problem, weights, method)
        assert not [key for _, key in found.table.index if key.endswith("otherwise")]
        switches = found.table[found.table["threshold"].notna()]
        for (option, leaf), row in switches.iterrows():
            key = "built" if leaf == "chance" else f"{leaf}/{option}"
            if key not in problem.estimates:
                continue
            number = row["threshold"].first
            one = problem.estimates[key]
            low, high = min(one.low, number), max(one.high, number)
            typed = dataclasses.replace(one, low=low, mode=number, high=high)
            after = dataclasses.replace(problem, estimates={**problem.estimates, key: typed})
            leaders = mcda.rank(after, weights, method).leaders
            assert ", ".join(leaders) == row["then_leads"], (option, leaf, method)
            turned += 1
    assert turned > 4


def test_a_leaf_that_nobody_weighs(asked):
    """The chance and what happens otherwise have no weight, in weights and in spaces."""
    problem, holders = asked
    shaped = problem.structured("approval")
    used = mcda.over_leaves(shaped, holders["Paris"])
    unweighed = [leaf.key for leaf in shaped.leaves if leaf.role]
    assert len(unweighed) == 17
    assert used.values[unweighed].max() == 0
    drawn = pd.DataFrame(used.space.sample(50, seed=1), columns=list(used.space.criteria))
    assert drawn[unweighed].to_numpy().max() == 0
    assert drawn.sum(axis=1).to_numpy() == pytest.approx(1)
    again = mcda.over_leaves(shaped, used)
    assert (again.values - used.values).abs().max() == 0
    equal = mcda.over_leaves(shaped, mcda.equal_weights(shaped)).values
    assert equal.sum() == pytest.approx(1) and equal[unweighed].max() == 0


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_the_audit_of_lotteries(asked, method):
    """Who leads in futures is as regret says; who leads is as the rankings say."""
    problem, holders = asked
    shaped = problem.structured("approval")
    audit = mcda.structure_audit(shaped, holders["Paris"], n=200)
    told = mcda.regret(shaped, holders["Paris"], method).options["leads"]
    rows = audit.leads.query("over == 'futures' and side == 'without' and method == @method")
    assert (rows.set_index("option")["leads"] - told).abs().max() == 0
    table = audit.structures.query("structure == 'approval' and method == @method")
    leaders = set(mcda.rank(shaped, holders["Paris"], method).leaders)
    assert set(table.set_index("side").loc["without", "leaders"].split(", ")) == leaders
    assert not {"C3.2"} & set(audit.weights["criterion"])
    assert "chance" not in set(audit.flags["kind"])


def test_what_never_comes_about_is_level_and_does_not_lead(asked):
    """Its fallback leads for both, also where weights and numbers move; a chance makes it a rival."""
    problem, holders = asked
    shaped = problem.structured("approval")
    level = {"OPT04", "OPT05", "OPT06", "OPT11"}
    assert set(shaped.without_chance) == level
    assert (shaped.performance.loc[sorted(level), "C3.2"] == 0).all()
    ranking = mcda.rank(shaped, holders["Paris"], "topsis")
    assert set(ranking.table.index[ranking.table["rank"] == 1]) == {"OPT01", *level}
    assert ranking.leaders == ("OPT01",)
    behind = mcda.rank(shaped, holders["Paris"], "topsis", floors=True)
    assert not level & set(behind.table.index)
    moved = mcda.switching_estimates(shaped, holders["Paris"], "topsis", floors=True)
    changes = moved.table.loc[moved.table["then_leads"] != "", "then_leads"]
    assert moved.leaders == ("OPT10",)
    assert 0 < len(changes) < 20 and not changes.str.contains(",").any()
    assert mcda.switching_weights(shaped, holders["Paris"], "topsis").leaders == ("OPT01",)


def test_a_chance_is_no_good_in_itself(asked):
    """Of two options that are alike but for their chance neither dominates."""
    problem, _ = asked
    shaped = problem.structured("approval")
    pairs = mcda.dominance(shaped)
    chance = shaped.chance
    for row in pairs.itertuples():
        assert chance[row.dominator] == chance[row.dominated]


# -- from the sheet of options -------------------------------------------------------------------


def with_chance(
    place, option="PUMP", chance="built", fallback="GAS", rows="built,40,60,80,percent"
):
    """A blank question in which an option may fail to happen."""
    mcda.new_question(place)
    path = place / "options.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    added = [
        f"{line},{chance},{fallback}" if line.startswith(option) else f"{line},," for line in lines
    ]
    path.write_text("\n".join([f"{header},chance,fallback", *added]) + "\n", encoding="utf-8")
    estimates = place / "estimates.csv"
    columns = estimates.read_text(encoding="utf-8").splitlines()[0].split(",")
    cells = dict(zip(("key", "low", "mode", "high", "unit"), rows.split(","), strict=True))
    row = ",".join({**cells, "kind": "judgement"}.get(column, "") for column in columns)
    text = estimates.read_text(encoding="utf-8").rstrip("\n")
    estimates.write_text(f"{text}\n{row}\n", encoding="utf-8")
    return place


def test_chances_from_a_sheet(tmp_path):
    """A column names the estimate, another the option that happens otherwise; the unit is read."""
    problem, _ = mcda.open_question(with_chance(tmp_path / "percent"))
    share, _ = mcda.open_question(
        with_chance(tmp_path / "share", rows="built,0.4,0.6,0.8,share of 1")
    )
    bare, held = mcda.open_question(mcda.new_question(tmp_path / "bare"))
    weights = next(iter(held.values()))
    for method in METHODS:
        alone = mcda.rank(bare, weights, method).table["score"]
        for asked in (problem, share):
            both = mcda.rank(asked, weights, method).table["score"]
            assert both["PUMP"] == pytest.approx(0.6 * alone["PUMP"] + 0.4 * alone["GAS"])
            assert both["GRID"] == pytest.approx(alone["GRID"])
    drawn = mcda.sample(problem, 200, 1).performances()[:, :, len(bare.leaves)]
    assert 40 <= drawn[:, 1].min() < drawn[:, 1].max() <= 80


def test_a_structure_of_a_question_with_chances(tmp_path):
    """What is left out is left out of what happens otherwise too, and the chance stays."""
    place = with_chance(tmp_path / "heating")
    leaf = mcda.read_problem(place).weighed[0].key
    told = f"structure,change,criterion\nfewer,leave out,{leaf}\n"
    (place / "structures.csv").write_text(told, encoding="utf-8")
    problem, holders = mcda.open_question(place)
    shaped = problem.structured("fewer")
    assert not [one.key for one in shaped.leaves if leaf in one.key.split()]
    assert shaped.chance["PUMP"] == pytest.approx(0.6)
    weights = next(iter(holders.values()))
    assert mcda.rank(shaped, weights, "topsis").table["score"].between(0, 1).all()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            {"chance": "nothing"},
            "the key of an estimate, or the name of a measure, found 'nothing'",
        ),
        ({"chance": ""}, "the key of an estimate, or the name of a measure, found an empty cell"),
        ({"fallback": ""}, "an option that happens for sure: 'GAS', 'GRID', found none"),
        ({"fallback": "PUMP"}, "an option that happens for sure: 'GAS', 'GRID', found 'PUMP'"),
        (
            {"rows": "built,40,60,120,percent"},
            "from 0 to 100, percent, found 'built' from 40 to 120",
        ),
        (
            {"rows": "built,40,60,80,points"},
            r"from 0 to 1, a share of 1 .*found 'built' from 40 to 80",
        ),
    ],
)
def test_faults_of_a_chance(tmp_path, asked, told):
    """Each is told by its row and column, with what was expected."""
    with pytest.raises(mcda.InputError, match=f"options.csv row 3.*{told}"):
        mcda.read_problem(with_chance(tmp_path / "heating", **asked))
