"""The Ukraine question: nothing of the evidence is lost, and every formula does what its docstring says."""

from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm

import mcda
from criteria import ukraine_force
from criteria.ukraine_force.force_size import coalition_strength
from criteria.ukraine_force.legal import (
    chance_to_reach,
    chance_with_driver,
    coalition,
    latent_correlation,
    normal_share,
)
from criteria.ukraine_force.question import DATA
from mcda.holders.said import said_by_each, stated_positions
from mcda.problem.claims import claims_behind
from mcda.problem.screening import ruled_out

PROBLEM = ukraine_force.problem()
HOLDERS = ukraine_force.perspectives(PROBLEM)
# the question before its approvals were mended
FROZEN = mcda.read_problem(Path(__file__).parent / "frozen" / "ukraine_force")
DERIVED = ["C1.2", "C2.1", "C3.1", "C3.2"]


def sheet(name):
    """A file of the question as it stands on disk."""
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


def test_nothing_of_the_evidence_is_lost():
    """As many rows as were gathered."""
    rows = {
        "sources": 241,
        "claims": 254,
        "claims_links": 647,
        "contributors": 20,
        "options": 11,
        "criteria": 22,
        "scores": 187,
        "cost_model": 10,
        "consequences": 23,
        "approvals": 28,
        "positions": 11,
        "statements": 8,
        "screened_out": 9,
        "perspectives": 55,
        "scenarios": 35,
    }
    assert {name: len(sheet(name)) for name in rows} == rows
    assert (len(PROBLEM.heads), len(PROBLEM.leaves), len(PROBLEM.options), len(HOLDERS)) == (
        5,
        17,
        11,
        11,
    )
    assert len(PROBLEM.sources) == 241


def test_the_evidence_keeps_its_kinds_and_grades():
    """As many judgements as the evidence says of itself, and as many sources of each reliability."""
    assert Counter(sheet("scores")["kind"])["judgement"] == 150
    reliability = Counter(source.reliability for source in PROBLEM.sources.values())
    assert reliability == {"A": 50, "B": 71, "C": 71, "D": 44, "E": 5}
    assert set(sheet("perspectives")["kind"]) == {"judgement"}
    assert Counter(sheet("scenarios")["kind"]) == {"judgement": 33, "derived": 2}


def test_every_holder_states_a_hundred_points():
    """The modes of a holder's weights add up to 100, and each lies in its range."""
    stated = sheet("perspectives").astype({"low": float, "mode": float, "high": float})
    assert (stated.groupby("holder")["mode"].sum() == 100).all()
    assert ((stated["low"] <= stated["mode"]) & (stated["mode"] <= stated["high"])).all()


def test_those_who_want_the_united_states_in_give_its_share_no_weight():
    """Kyiv and Warsaw drop C5.1 and keep C5.2; the others take the suggested local weights."""
    for holder, weights in HOLDERS.items():
        assert (weights.values["C5.1"] == 0) == (holder in ("Kyiv", "Warsaw"))
        assert weights.values["C5.2"] > 0
        assert weights.values.sum() == pytest.approx(1)


def test_pairwise_judgements_are_those_nearest_to_the_weights():
    """Each file holds ten pairs, derived from the holder's weights on Saaty's scale, and is labelled as such."""
    scale = np.array([*range(1, 10), *(1 / k for k in range(2, 10))])
    stated = (
        sheet("perspectives").astype({"mode": float}).set_index(["holder_id", "criterion"])["mode"]
    )
    files = sorted((DATA / "judgements").glob("*.csv"))
    assert len(files) == 11
    for path in files:
        pairs = sheet(f"judgements/{path.stem}")
        assert len(pairs) == 10
        assert set(pairs["kind"]) == {"derived"}
        for row in pairs.itertuples():
            share = stated[path.stem, row.first] / stated[path.stem, row.second]
            judged = mcda.Judgements(["a", "b"], {("a", "b"): row.ratio}).matrix.loc["a", "b"]
            assert abs(np.log(judged / share)) == pytest.approx(abs(np.log(scale / share)).min())


def test_ahp_takes_its_weights_from_the_judgements():
    """Coherent enough by the usual convention, and named."""
    for weights in HOLDERS.values():
        assert weights.pairwise.consistency.ratio < 0.10
        assert mcda.rank(PROBLEM, weights, "ahp").weights.consistency.table == "Saaty 1980"


def test_derived_best_estimates_reproduce_the_analysts_arithmetic():
    """Personnel tied up, yearly cost and prior votes come out at the analyst's modes; approval asks more."""
    assert [leaf.key for leaf in PROBLEM.leaves if leaf.derived] == DERIVED
    typed = PROBLEM.tables["scores"].set_index(["criterion", "option"])["mode"]
    for key in ("C1.2", "C2.1", "C3.1"):
        np.testing.assert_allclose(
            PROBLEM.performance[key], typed[key].loc[PROBLEM.options.index], rtol=2e-3, atol=1e-9
        )


def test_estimates_agree_with_the_tables_they_come_from():
    """Contributions and the parts of cost are also in the evidence's own tables: the two can't drift apart."""
    contributors = PROBLEM.tables["contributors"]
    for iso, row in contributors.iterrows():
        estimate = PROBLEM.estimates[f"contribution/{iso}"]
        told = [row[f"max_contribution_{end}"] / 1000 for end in ("low", "mode", "high")]
        assert [estimate.low, estimate.mode, estimate.high] == pytest.approx(told)
    for row in PROBLEM.tables["cost_model"].itertuples():
        unit = PROBLEM.estimates[f"unit_cost/{PROBLEM.options.loc[row.option, 'force_kind']}"]
        addon = PROBLEM.estimates[f"addon/{row.option}"]
        assert [unit.low, unit.mode, unit.high] == [
            row.unit_low_eur_m,
            row.unit_mode_eur_m,
            row.unit_high_eur_m,
        ]
        assert [addon.low, addon.mode, addon.high] == [
            row.addon_low_eur_bn,
            row.addon_mode_eur_bn,
            row.addon_high_eur_bn,
        ]


def test_a_shared_input_moves_every_option_of_its_kind():
    """Another unit cost or multiplier never turns a larger force of one kind into the cheaper one."""
    numbers = PROBLEM.modes.copy()
    numbers[PROBLEM.position["unit_cost/land_force"]] = 0.6
    numbers[PROBLEM.position["rotation_multiplier"]] = 4.0
    moved = pd.DataFrame(
        PROBLEM.measured(numbers), PROBLEM.options.index, PROBLEM.performance.columns
    )
    for key in ("C1.2", "C2.1"):
        assert moved.loc["OPT06", key] > moved.loc["OPT05", key] > moved.loc["OPT04", key]
    assert moved["C1.2"].sum() == pytest.approx(PROBLEM.performance["C1.2"].sum() * 4 / 3)


def test_the_floor_is_proposed_and_off():
    """On deterrent effect at 30: it excludes four options, and none unless it is asked for."""
    weights = HOLDERS["Paris"]
    assert mcda.rank(PROBLEM, weights, "topsis").excluded.empty
    screened = mcda.rank(PROBLEM, weights, "topsis", floors=True)
    assert screened.floors == {"C1.3": 30}
    assert list(screened.excluded.index) == ["OPT01", "OPT02", "OPT07", "OPT08"]
    wider = mcda.rank(PROBLEM, weights, "topsis", floors={"C1.3": 33})
    assert set(wider.excluded.index) - set(screened.excluded.index) == {"OPT10"}


def test_scenarios_are_data_whose_chances_add_up():
    """Seven uncertainties; the modes of the states of each add to 100 percent."""
    table = ukraine_force.scenarios(PROBLEM)
    states = table.drop_duplicates(["scenario_id", "state"])
    assert states["scenario_id"].nunique() == 7
    assert (states.groupby("scenario_id")["prob_mode"].sum() == 100).all()


def test_a_collapse_agrees_with_the_chance_of_an_attack():
    """An attack within two years is as likely as five years of the stated chance allow, and then certain."""
    states = ukraine_force.scenarios(PROBLEM).query("scenario_id == 'SCN01'")
    collapse = states[states["state"] == "collapses"].iloc[0]
    five = PROBLEM.performance["C4.4"] / 100
    two = 100 * (1 - (1 - five) ** (2 / 5))
    assert collapse["prob_low"] == pytest.approx(two.min(), abs=1)
    assert collapse["prob_high"] == pytest.approx(two.max(), abs=1)
    assert (collapse["prob_mode"] / 100 <= five).all()
    assert (mcda.performance_in(PROBLEM, {"SCN01": "collapses"})["C4.4"] == 100).all()


def test_a_claim_without_a_source_says_so():
    """Its kind is uncited or judgement; what is uncited has none."""
    claims = sheet("claims")
    assert set(claims.loc[claims["sources"] == "", "kind"]) == {"uncited", "judgement"}
    assert (claims.loc[claims["kind"] == "uncited", "sources"] == "").all()


def test_every_source_backs_a_claim():
    """A number traces to what is claimed, not to a source alone: none is cited by no claim."""
    cited = {source for listed in sheet("claims")["sources"] for source in listed.split(";")}
    assert set(sheet("sources")["id"]) == cited - {""}


def test_what_a_defeat_in_the_running_war_costs_is_no_price_of_a_renewed_one():
    """The study's numbers are those of the outcome that the claim names, in its own currency."""
    claim = sheet("claims").set_index("id").loc["C30"]
    assert (claim["low"], claim["high"], claim["unit"]) == ("1400", "1800", "USD bn per 4 years")
    assert "not the price of a war that is renewed" in claim["claim"]


def test_every_shape_has_an_argument_for_and_one_against():
    """Five beside the stated one, the first and the default; the last holds the changes of all others."""
    shapes = {one.name: one for one in PROBLEM.structures}
    assert list(shapes) == [
        "approvals",
        "war priced",
        "ends only",
        "us as a future",
        "all together",
    ]
    assert PROBLEM.structure is None
    for one in shapes.values():
        assert one.rationale.startswith("For: ") and one.rationale.count(" Against: ") == 1
    parts = {(c.kind, c.criterion) for name in list(shapes)[:-1] for c in shapes[name].changes}
    assert {(c.kind, c.criterion) for c in shapes["all together"].changes} == parts


def test_a_renewed_war_has_the_chance_that_the_question_states():
    """Its chance is a leaf, its loss one number for all options, over the horizon of that leaf."""
    (war,) = PROBLEM.events
    assert set(war.chances.values()) == {"C4.4"} and war.years == 5
    assert war.in_money.is_shared and war.in_money.unit == "EUR bn"
    loss = PROBLEM.estimates["renewed_war/loss"]
    total = sheet("consequences").set_index("id").loc["CQ15"]
    assert [loss.low, loss.mode, loss.high] == [
        float(total[end]) for end in ("low", "mode", "high")
    ]
    found = mcda.check(PROBLEM).events
    assert found[found["leaf"] != ""].empty  # no shape weighs its chance beside its price


def test_a_position_is_one_that_a_holder_stated():
    """Five lines name or describe an option; what is only the nearest to a line is none."""
    table = sheet("positions").set_index("holder")
    named = table[table["option"] != ""]
    assert named["option"].to_dict() == {
        "Kyiv": "OPT09",
        "London": "OPT09",
        "Paris": "OPT09",
        "Berlin": "OPT10",
        "NATO HQ": "OPT09",
    }
    assert set(named["kind"]) == {"statement"} and (named["as_of"] != "").all()
    assert set(table.loc[table["closest"] != "", "kind"]) == {"judgement"}
    assert set(table.index) == set(HOLDERS)


def test_what_public_lines_say_is_a_test_of_weights_and_replaces_none():
    """Five holders of positions prefer their option to sending nothing; no stated weight keeps that."""
    statements = mcda.read_statements(DATA, PROBLEM)
    assert {name: len(some) for name, some in statements.items()} == {
        "Kyiv": 2,
        "London": 2,
        "Paris": 1,
        "Berlin": 2,
        "NATO HQ": 1,
    }
    positions = stated_positions(PROBLEM)
    for name, some in statements.items():
        assert {one.first for one in some} == {positions[name]}
        assert all(one.as_of and one.words for one in some)
        assert "statements" not in HOLDERS[name].steps
    found = {one.holder: one for one in said_by_each(PROBLEM, statements, HOLDERS)}
    assert all(one.conflict is None for one in found.values())
    assert all("OPT01" in {said.second for said in one.broken} for one in found.values())
    open_to = {name: set(one.follows.firsts) for name, one in found.items()}
    assert open_to["Kyiv"] == {"OPT03", "OPT05", "OPT09", "OPT10"}
    assert open_to["Berlin"] == {"OPT05", "OPT10"}


def test_the_middle_of_the_debate_is_an_option():
    """30 to 40 thousand with air defence of its own lies between 27 and 64 thousand on what size drives."""
    table = PROBLEM.performance
    for key in ("C1.1", "C1.2", "C1.3", "C2.1", "C2.2", "C4.1", "C4.4"):
        low, middle, high = sorted(table.loc[["OPT04", "OPT11", "OPT05"], key])
        assert table.loc["OPT11", key] == middle, (key, low, middle, high)
    size = PROBLEM.estimates["C1.1/OPT11"]
    assert [size.low, size.mode, size.high] == [30, 35, 40]


def test_the_two_conditions_of_the_debate_are_gates():
    """No mission under Article 5, and a mainly European force: ruled out with sources, and kept by every package."""
    gone = ruled_out(PROBLEM)
    assert "Article 5" in gone.loc["SCR04", "reason"] and "S203" in gone.loc["SCR04", "sources"]
    assert "primarily European" in gone.loc["SCR09", "reason"]
    behind = claims_behind(PROBLEM, ["screened_out/SCR04", "screened_out/SCR09"])
    assert {"D41", "F01"} <= set(behind["screened_out/SCR04"])
    assert {"A17", "G19"} <= set(behind["screened_out/SCR09"])
    brought = {key: PROBLEM.estimates[f"contribution/{key}"].mode for key in PROBLEM.parts.keys}
    assert (brought["CAN"] + brought["AUS"]) / sum(brought.values()) == pytest.approx(
        0.035, abs=0.001
    )
    alone = mcda.packages(PROBLEM, ["C1.1"], limits={"C1.1": (None, 0.6)})
    assert alone.proven and not {"CAN", "AUS"} >= set(alone.of(alone.table.index[0]))


def test_a_cost_per_head_is_as_wide_as_its_claims():
    """The claim of the range is the estimate, European best estimates lie in it, and typed cells agree."""
    cost = PROBLEM.estimates["unit_cost/land_force"]
    claims = sheet("claims").set_index("id")
    assert [float(claims.at["C31", end]) for end in ("low", "mode", "high")] == [
        cost.low,
        cost.mode,
        cost.high,
    ]
    per_head = claims[claims["unit"] == "EUR m per soldier-year"]
    assert len(per_head) >= 5
    assert per_head["mode"].astype(float).between(cost.low, cost.high).all()
    typed = sheet("scores").query("criterion == 'C2.1'").set_index("option")
    for option, row in sheet("cost_model").set_index("option").iterrows():
        ends = [float(typed.at[option, end]) for end in ("low", "mode", "high")]
        told = [float(row[f"total_{end}_eur_bn"]) for end in ("low", "mode", "high")]
        assert ends == pytest.approx(told), option


def exact(needed, joins, strengths):
    """The chance by enumeration of every case."""
    cases = np.array(list(product((0, 1), repeat=len(joins))))
    chances = np.where(cases, joins, 1 - joins).prod(axis=1)
    return chances[cases @ strengths >= needed - 1e-9].sum()


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 8)), min_size=1, max_size=4),
    st.floats(0, 25),
)
def test_the_chance_is_exact_for_up_to_four_contributors(contributors, needed):
    """All sixteen cases are enumerated."""
    joins, strengths = np.array(contributors).T
    if np.isclose(
        [case @ strengths for case in np.array(list(product((0, 1), repeat=len(joins))))], needed
    ).any():
        needed += 0.05
    assert chance_to_reach(np.array(needed), joins, strengths) == pytest.approx(
        exact(needed, joins, strengths), abs=1e-9
    )


def test_the_chance_is_close_for_more_contributors():
    """Against brute force over 1024 cases: sixty sets of ten contributors, for every share of their strength."""
    rng, errors = np.random.default_rng(5), []
    for _ in range(60):
        joins, strengths = rng.uniform(0.05, 0.95, 10), np.sort(rng.uniform(0.2, 7.0, 10))[::-1]
        needed = np.linspace(0.05, 0.95, 19) * strengths.sum()
        found = chance_to_reach(needed, np.tile(joins, (19, 1)), np.tile(strengths, (19, 1)))
        errors += [abs(found[at] - exact(needed[at], joins, strengths)) for at in range(19)]
    assert max(errors) < 0.08
    assert np.mean(errors) < 0.01


def test_the_chance_has_its_edges():
    """Nothing needed is certain, more than there is impossible; more strength or likelier consent never harms."""
    joins, strengths = np.full(6, 0.5), np.arange(6.0, 0.0, -1)
    assert chance_to_reach(np.array(0.0), joins, strengths) == pytest.approx(1, abs=0.01)
    assert chance_to_reach(np.array(30.0), joins, strengths) == pytest.approx(0, abs=0.01)
    assert chance_to_reach(np.array(5.0), np.zeros(6), strengths) == 0
    assert chance_to_reach(np.array(5.0), np.ones(6), strengths) == 1
    grid = chance_to_reach(
        np.array(9.0), np.linspace(0, 1, 11)[:, None] * np.ones(6), np.tile(strengths, (11, 1))
    )
    assert (np.diff(grid) > 0).all()


def exact_sums(joins, strengths):
    """The chance of each total that contributors who decide independently bring, case by case."""
    sums = Counter({0.0: 1.0})
    for chance, strength in zip(joins, strengths, strict=True):
        if chance > 0 and strength > 0:
            joined = Counter()
            for total, share in sums.items():
                joined[round(total, 6)] += share * (1 - chance)
                joined[round(total + strength, 6)] += share * chance
            sums = joined
    return sums


def test_the_normal_share_is_as_close_as_it_says():
    """Against exact ones on a fine grid, and for numbers without a finite cube."""
    deviates = np.linspace(-9, 9, 18_001)
    assert abs(normal_share(deviates) - norm.cdf(deviates)).max() < 0.00015
    assert normal_share(np.array([-np.inf, -1e200, 1e200, np.inf])).tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("option", PROBLEM.options.index)
def test_the_chance_of_each_option_is_close_to_the_exact_one(option):
    """At the best estimates: what contributors bring, convolved case by case in thirty states of their driver."""
    drawn = mcda.Drawn(PROBLEM.estimates, PROBLEM.modes)
    at = list(PROBLEM.options.index).index(option)
    planned = coalition_strength(PROBLEM, drawn)
    planned = planned + drawn.along("earmarked_strength", PROBLEM.options.index)
    needed = PROBLEM.estimates["enough_share"].mode * planned[at]
    joins, strengths = coalition(PROBLEM, drawn, option)
    shared = latent_correlation(PROBLEM.estimates["approval_correlation"].mode)
    certain = 0.0
    states, counts = np.polynomial.hermite_e.hermegauss(30)
    for state, count in zip(states, counts / counts.sum(), strict=True):
        then = norm.cdf((norm.ppf(joins) + np.sqrt(shared) * state) / np.sqrt(1 - shared))
        sums = exact_sums(then, strengths)
        certain += count * sum(share for total, share in sums.items() if total >= needed - 1e-9)
    if PROBLEM.options.at[option, "mission"] == "un":
        certain *= PROBLEM.estimates["mandate_passes/un"].mode / 100
    assert PROBLEM.performance.loc[option, "C3.2"] / 100 == pytest.approx(certain, abs=0.02)


def with_fixed(problem, **numbers):
    """The question with further estimates without a range."""
    fixed = {key: mcda.Estimate(key, number, number, number) for key, number in numbers.items()}
    return replace(problem, estimates={**problem.estimates, **fixed})


@pytest.mark.parametrize(
    ("share", "tiered", "forward"),
    [(1.0, 12, 33), (0.95, 32, 41), (0.9, 52, 49), (0.8, 63, 63)],
)
def test_a_named_shortfall_is_no_failure(share, tiered, forward):
    """14.9 of 15 thousand was one: the less counts as enough, the likelier approvals suffice, as measured."""
    chances = with_fixed(FROZEN, enough_share=share).performance["C3.2"]
    assert chances[["OPT09", "OPT10"]].round().tolist() == [tiered, forward]


@pytest.mark.parametrize("shared", [0.2, 0.47, 0.7])
@pytest.mark.parametrize(("first", "second"), [(0.9, 0.5), (0.7, 0.2), (0.95, 0.9)])
def test_a_shared_driver_joins_decisions(first, second, shared):
    """Two who are both needed agree as two correlated normal numbers do; one alone is as likely as before."""
    both = chance_with_driver(
        np.array(10.0), np.array([first, second]), np.array([5.0, 5.0]), np.array(shared)
    )
    exactly = multivariate_normal(cov=[[1, shared], [shared, 1]]).cdf(norm.ppf([first, second]))
    assert both == pytest.approx(exactly, abs=0.008)
    assert both > first * second
    alone = chance_with_driver(np.array(5.0), np.array([first]), np.array([5.0]), np.array(shared))
    assert alone == pytest.approx(first, abs=0.006)


def test_a_veto_is_a_gate():
    """A UN force is no likelier than its vote, whatever governments say; no other mission asks for one."""
    chances = with_fixed(FROZEN, **{"mandate_passes/un": 12.0}).performance["C3.2"]
    before = FROZEN.performance["C3.2"]
    assert chances["OPT07"] == pytest.approx(0.12 * before["OPT07"])
    assert chances.drop("OPT07").equals(before.drop("OPT07"))
    assert PROBLEM.performance.at["OPT07", "C3.2"] <= PROBLEM.estimates["mandate_passes/un"].mode


def test_a_draw_alone_is_the_same_as_among_others():
    """To the last bit: sums go in one order, however many draws there are."""
    draws = mcda.sample(PROBLEM, n=40, seed=1)
    alone = np.concatenate([draws.performances(first, 1) for first in range(40)])
    assert np.array_equal(alone, draws.performances(0, 40))
