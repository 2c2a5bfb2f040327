"""The audit finds each planted fault, raises nothing on a sound question, and gives the measured numbers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.checks import of_many
from mcda.sensitivity.structure import first_places
from mcda.sensitivity.structure.audit import FUTURES, HEADS, LEAVES, SUBSETS
from mcda.sensitivity.structure.effective_weights import WIDTHS, correlation_ratios

# the question before its data took up what this audit found
FROZEN = Path(__file__).parents[2] / "questions" / "frozen" / "ukraine_force"


@pytest.fixture(scope="module")
def audit():
    """The audit of the first question for all its holders."""
    problem, holders = mcda.open_question(FROZEN)
    return mcda.structure_audit(problem, holders, n=200_000)


def share(audit, over, option, *, holder="anyone", method="additive", side="without"):
    """The share of cases that an option leads in."""
    table = audit.leads
    told = (table["over"], table["holder"], table["method"], table["side"], table["option"])
    asked = (over, holder, method, side, option)
    rows = np.logical_and.reduce([column == name for column, name in zip(told, asked, strict=True)])
    return float(table.loc[rows, "leads"].item())


def test_all_weights(audit):
    """Sending nothing leads under 93.0% of head weights and 94.7% of leaf weights, within 0.3."""
    assert audit.draws == 200_000
    assert share(audit, HEADS, "OPT01") == pytest.approx(0.930, abs=0.003)
    assert share(audit, HEADS, "OPT07") == pytest.approx(0.068, abs=0.003)
    assert share(audit, LEAVES, "OPT01") == pytest.approx(0.947, abs=0.003)
    assert share(audit, LEAVES, "OPT07") == pytest.approx(0.045, abs=0.003)


def test_all_subsets(audit):
    """Sending nothing leads in 73% (Kyiv) to 94% (legal adviser) of the subsets of leaves."""
    table = audit.leads.query(f"over == '{SUBSETS}' and method == 'additive' and side == 'without'")
    first = table[table["option"] == "OPT01"].set_index("holder")["leads"]
    assert (first.idxmin(), first.idxmax()) == ("Kyiv", "Legal adviser")
    assert (first["Kyiv"].round(2), first["Legal adviser"].round(2)) == (0.73, 0.94)


def test_all_futures(audit):
    """Sending nothing leads in every future by the weighted sum; by TOPSIS for Kyiv in a third."""
    holders = list(audit.leaders)
    assert all(share(audit, FUTURES, "OPT01", holder=name) == 1 for name in holders)
    assert share(audit, FUTURES, "OPT01", holder="Kyiv", method="topsis") == pytest.approx(1 / 3)
    assert share(audit, FUTURES, "OPT01", holder="Berlin", method="topsis") == 1


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_futures_are_those_of_regret(audit, method):
    """The share of futures that an option leads in is the one that regret tells."""
    problem = audit.problem
    paris = mcda.read_perspectives(FROZEN, problem)["Paris"]
    told = mcda.regret(problem, paris, method).options["leads"]
    for option in problem.options.index:
        assert share(audit, FUTURES, option, holder="Paris", method=method) == told[option]


def test_behind_the_minimum(audit):
    """Behind the minimum only the options that pass it lead, and their shares are those among them."""
    behind = audit.leads[audit.leads["side"] == "behind"]
    lead = behind.groupby("option")["leads"].max()
    assert lead[["OPT01", "OPT02", "OPT07", "OPT08"]].max() == 0
    heads = behind.query(f"over == '{HEADS}' and method == 'topsis'")
    assert heads["alone"].sum() == pytest.approx(1)


def test_effective_weights(audit):
    """Force size acts against its weight for every holder; Paris's 26% as -10%, Berlin's 30% on law as 60%."""
    table = audit.weights.set_index(["holder", "criterion"])[["stated", "effective"]].round(2)
    assert table.loc[("Paris", "C1")].tolist() == [0.26, -0.10]
    assert table.loc[("Paris", "C3")].tolist() == [0.16, 0.39]
    assert table.loc[("Paris", "C4")].tolist() == [0.20, 0.10]
    assert table.loc[("Berlin", "C3")].tolist() == [0.30, 0.60]
    assert (table.xs("C1", level="criterion")["effective"] < 0).all()
    turned = audit.flags.query("kind == 'sign' and subject == 'C1'")
    assert list(turned["holder"]) == list(audit.leaders)


def test_spread_of_heads(audit):
    """Heads tell options apart by 0.20, 0.79, 0.78, 0.16 and 0.46 of their scales."""
    heads = audit.weights.query("holder == 'Paris' and level == 'head'").set_index("criterion")
    assert heads["spread"].round(2).tolist() == [0.20, 0.79, 0.78, 0.16, 0.46]
    assert heads.loc[["C1", "C2"], "highest"].tolist() == ["OPT05", "OPT07"]


def test_what_is_earned_for_nothing(audit):
    """Law makes 0.098 of the lead of sending nothing over OPT09 for Paris, of 0.205 in all."""
    rows = audit.earned.query("holder == 'Paris' and option == 'OPT01' and rival == 'OPT09'")
    by_head = rows.groupby(rows["leaf"].str[:2])["contribution"].sum().round(3)
    assert (by_head["C3"], by_head["C5"], rows["contribution"].sum().round(3)) == (
        0.098,
        0.070,
        0.205,
    )
    idle = set(rows.loc[rows["not_happening"], "leaf"])
    assert {"C2.1", "C3.1", "C3.2", "C4.1"} <= idle
    assert not {"C1.1", "C1.3", "C4.4"} & idle
    part = audit.lead_parts.query("holder == 'Paris' and option == 'OPT01' and rival == 'OPT09'")
    assert part["not_happening"].item() > part["lead"].item()


def test_contributions_are_those_of_the_ranking(audit):
    """What a leaf adds to a lead is what `contributions` says."""
    paris = mcda.read_perspectives(FROZEN, audit.problem)["Paris"]
    told = mcda.contributions(audit.problem, paris, "OPT01", "OPT05")["contribution"]
    rows = audit.earned.query("holder == 'Paris' and option == 'OPT01' and rival == 'OPT05'")
    assert np.allclose(rows.set_index("leaf")["contribution"], told, atol=1e-12)


def test_implied_prices(audit):
    """A renewed war costs 71 EUR bn over five years by the treasury's weights, 642 by Washington's."""
    assert audit.priced_in == "C2.1"
    attack = audit.prices[audit.prices["leaf"] == "C4.4"].set_index("holder")
    war = attack["price"] * 100 * 5  # a point of a hundred, over five years
    known = {
        "Fiscal-hawk treasury": 71,
        "Kyiv": 278,
        "Paris": 317,
        "The Hague": 342,
        "Rome": 366,
        "Warsaw": 444,
        "NATO HQ": 462,
        "Legal adviser": 528,
        "Berlin": 545,
        "Washington": 642,
    }
    assert war[list(known)].round().to_dict() == known
    assert ((attack["low"] < attack["price"]) & (attack["price"] < attack["high"])).all()


def test_the_range_of_a_price_is_that_of_the_weights(audit):
    """No weights drawn from the holder's ranges give a price beyond it, and some come near its ends."""
    paris = mcda.read_perspectives(FROZEN, audit.problem)["Paris"]
    drawn = mcda.over_leaves(audit.problem, paris).space.sample(20_000, seed=3)
    leaves = [leaf.key for leaf in audit.problem.leaves]
    prices = (drawn[:, leaves.index("C4.4")] / 60) / (drawn[:, leaves.index("C2.1")] / 40)
    row = audit.prices.query("holder == 'Paris' and leaf == 'C4.4'").iloc[0]
    assert row["low"] <= prices.min() <= 1.3 * row["low"]
    assert row["high"] / 1.3 <= prices.max() <= row["high"]


def test_the_first_question_is_flagged(audit):
    """Flat heads, and the chance that approvals suffice, stand among what needs a look."""
    flags = audit.flags
    assert set(flags.loc[flags["kind"] == "flat", "subject"]) == {"C1", "C4"}
    assert flags.loc[flags["kind"] == "chance", "subject"].tolist() == ["C3.2"]
    decided = audit.decided.query("holder == 'anyone' and side == 'without'")
    assert set(decided["option"]) == {"OPT01"}


# -- planted faults ------------------------------------------------------------------------------

TREE = {"reach": "use", "speed": "use", "price": "money", "upkeep": "money"}
# eight options that are good or bad on each criterion without any tie between criteria
SOUND = {
    "reach": [20, 80, 20, 80, 21, 80, 20, 80],
    "speed": [20, 20, 80, 81, 20, 20, 80, 80],
    "price": [20, 20, 20, 20, 80, 80, 82, 80],
    "upkeep": [80, 20, 20, 83, 20, 80, 80, 20],
}


def question(cells=SOUND, tree=TREE, *, width=8.0, baseline="", labels=None, tables=None):
    """A question of judged cells from 0 to 100, with a range around each."""
    count = len(next(iter(cells.values())))
    ids = list("ABCDEFGHI")[:count]
    options = pd.DataFrame({"label": [f"Option {one}" for one in ids]}, index=ids)
    scale = mcda.Scale((0.0, 100.0), (0.0, 1.0))
    heads = [mcda.Criterion(head, label=head) for head in dict.fromkeys(tree.values())]
    leaves = [
        mcda.Criterion(key, tree[key], (labels or {}).get(key, key), "points", "max", scale=scale)
        for key in cells
    ]
    estimates = [
        mcda.Estimate(f"{key}/{one}", cell - width, cell, cell + width)
        for key, column in cells.items()
        for one, cell in zip(ids, column, strict=True)
    ]
    local = pd.DataFrame({"local_weight": 1.0}, index=[leaf.key for leaf in leaves])
    return mcda.Problem(
        "planted",
        mcda.Frame(baseline=baseline),
        options,
        (*heads, *leaves),
        {estimate.key: estimate for estimate in estimates},
        tables={"criteria": local, **(tables or {})},
    )


def flags_of(problem, weights=None, **asked):
    """The kinds and subjects that are flagged."""
    stated = weights or mcda.equal_weights(problem, "panel")
    found = mcda.structure_audit(problem, stated, n=2_000, **asked).flags
    return list(zip(found["kind"], found["subject"], strict=True))


def test_a_sound_question_raises_nothing():
    """Criteria that each tell options apart, and pull alike, are no reason for a flag."""
    assert flags_of(question()) == []


def test_a_criterion_that_doubles_another():
    """A copy of a criterion under another name is found, whether its cells move with it or not."""
    doubled = SOUND | {"range": SOUND["reach"]}
    problem = question(doubled, TREE | {"range": "use"})
    assert ("twice", "reach + range") in flags_of(problem)


def test_a_formula_that_doubles_another():
    """A leaf computed from another's cells moves with it from draw to draw."""
    problem = question()
    reach = problem.leaves[0]

    def half(problem, drawn):
        return 20 + drawn.along("reach", problem.options.index) / 2

    copy = mcda.Criterion(
        "width", "money", "width", "points", "max", scale=reach.scale, measure=half
    )
    local = pd.DataFrame({"local_weight": 1.0}, index=[*TREE, "width"])
    both = mcda.Problem(
        "planted",
        problem.frame,
        problem.options,
        (*problem.criteria, copy),
        problem.estimates,
        tables={"criteria": local},
    )
    assert ("twice", "reach + width") in flags_of(both)
    pair = mcda.structure_audit(both, mcda.equal_weights(both), n=100).pairs.iloc[0]
    assert (pair["same_inputs"], pair["over_draws"].round(6)) == (1.0, 1.0)


def test_a_flat_head():
    """A head on which all options lie within a quarter of the scale is named."""
    flat = SOUND | {"price": [50, 55] * 4, "upkeep": [60, 50, 52, 62] * 2}
    kinds = flags_of(question(flat))
    assert ("flat", "money") in kinds
    assert ("flat", "use") not in kinds


def test_an_option_that_cannot_lead():
    """A holder whose public line names an option that no weights of its own put first is named."""
    dominated = {key: [*column, min(column) - 8] for key, column in SOUND.items()}
    positions = pd.DataFrame({"holder": ["panel", "other"], "option": ["I", "A"]})
    problem = question(dominated, tables={"positions": positions})
    found = mcda.structure_audit(problem, mcda.equal_weights(problem, "panel"), n=100)
    assert list(found.flags[["kind", "holder", "subject"]].iloc[-1]) == ["own option", "panel", "I"]
    row = found.positions.iloc[0]
    assert (row["rank"], row["of"], row["can_lead"], row["can_lead_in_range"]) == (
        9,
        9,
        False,
        False,
    )
    assert set(found.positions["holder"]) == {"panel"}


def test_an_option_that_leads_within_the_range_is_no_flag():
    """An own option that isn't first at the stated weights, but is at weights that are allowed, is none."""
    cells = {"reach": [90, 40, 20], "price": [20, 60, 70]}
    tree = {"reach": "use", "price": "money"}
    positions = pd.DataFrame({"holder": ["panel"], "option": ["A"]})
    problem = question(cells, tree, tables={"positions": positions})
    stated = {"use": 40, "money": 60}
    narrow = mcda.weights(stated, "panel", ranges={"use": (39, 41), "money": (59, 61)})
    wide = mcda.weights(stated, "panel", ranges={"use": (10, 90), "money": (10, 90)})
    assert mcda.rank(problem, narrow, "additive").table.loc["A", "rank"] > 1
    assert ("own option", "A") in flags_of(problem, narrow)
    assert ("own option", "A") not in flags_of(problem, wide)


@pytest.mark.parametrize(
    "label",
    [
        "Chance that parliaments agree",
        "Probability of approval",
        "Zustimmungswahrscheinlichkeit",
        "Імовірність схвалення",
    ],
)
def test_a_chance_used_as_a_good(label):
    """The chance that an option comes about, on which doing nothing does better than most, is named."""
    chance = SOUND | {"agreed": [98, 40, 65, 15, 60, 30, 70, 20]}
    tree = TREE | {"agreed": "law"}
    labels = {"agreed": label}
    assert ("chance", "agreed") in flags_of(
        question(chance, tree, baseline="A", labels=labels, width=1)
    )
    assert ("chance", "agreed") not in flags_of(
        question(chance, tree, baseline="D", labels=labels, width=1)
    )


# -- the array functions behind it ---------------------------------------------------------------


def by_hand(column, total):
    """The correlation ratio from weighted straight lines through all options, each left out in turn."""
    places = column / np.ptp(column)

    def fit(at, kept, width):
        near = np.exp(-0.5 * ((places[kept] - places[at]) / width) ** 2)
        line = np.polynomial.Polynomial.fit(places[kept], total[kept], 1, w=np.sqrt(near))
        return line(places[at])

    count = len(total)
    missed = {}
    for width in WIDTHS:
        apart = [total[at] - fit(at, np.arange(count) != at, width) for at in range(count)]
        missed[width] = sum(np.square(apart))
    width = min(missed, key=missed.get)
    fitted = [fit(at, np.arange(count) >= 0, width) for at in range(count)]
    return 1 - np.var(total - fitted) / np.var(total)


@pytest.mark.parametrize("count", [7, 20, 60])
def test_correlation_ratios_by_hand(count):
    """The smoother is a weighted straight line at every option, its width by leaving each one out."""
    rng = np.random.default_rng(count)
    values = rng.uniform(size=(count, 3))
    values[:, 2] = values[:, 0] ** 2
    total = np.sin(5 * values[:, 0]) + values[:, 1] + 0.1 * rng.normal(size=count)
    found = correlation_ratios(values, total[:, None])[0]
    assert np.allclose(found, [by_hand(column, total) for column in values.T], rtol=0, atol=1e-6)


def test_a_constant_criterion_explains_nothing():
    """Its ratio is 0; where scores don't differ every share is blank."""
    flat = question(SOUND | {"speed": [50] * 8})
    table = mcda.structure_audit(flat, mcda.equal_weights(flat), n=100).weights
    assert (
        table.set_index("criterion").loc["speed", ["effective", "correlation_ratio"]].abs().max()
        < 1e-12
    )
    alike = question({key: [40, 40, 40] for key in SOUND})
    told = mcda.structure_audit(alike, mcda.equal_weights(alike), n=100)
    assert told.weights["effective"].isna().all()
    assert "sign" not in set(told.flags["kind"])


def test_two_options_are_too_few_to_leave_one_out():
    """A correlation ratio of two options is blank: any line goes through both."""
    pair = question({key: column[:2] for key, column in SOUND.items()})
    table = mcda.structure_audit(pair, mcda.equal_weights(pair), n=50).weights
    varies = table["spread"] > 1e-9
    assert table.loc[varies, "correlation_ratio"].isna().all()


def test_ties_lead_together():
    """Two options that are the same both lead, and neither alone."""
    same = {key: [column[0], column[0]] for key, column in SOUND.items()}
    found = mcda.structure_audit(question(same), mcda.equal_weights(question(same)), n=50).leads
    assert (found["leads"] == 1).all()
    assert (found["alone"] == 0).all()


def test_a_share_that_was_drawn_has_an_error_also_where_one_option_always_leads():
    """Every set of weights agrees: others, not drawn, might not."""
    cells = {"cheap": [90.0, 10.0], "quiet": [80.0, 20.0]}
    best = question(cells, dict.fromkeys(cells, "head"))
    found = mcda.structure_audit(best, mcda.equal_weights(best), n=50).leads
    drawn = found[found["holder"] == "anyone"]
    assert set(drawn["leads"]) == {0.0, 1.0} and (drawn["error"] > 0).all()
    assert (found.drop(drawn.index)["error"] == 0).all()


def test_more_leaves_than_all_subsets_of():
    """Beyond 17 leaves subsets are drawn, with an error that is told, and agree with all of them."""
    rng = np.random.default_rng(0)
    cells = {f"leaf{at}": rng.uniform(10, 90, 4) for at in range(18)}
    tree = dict.fromkeys(cells, "head")
    problem = question(cells, tree)
    stated = mcda.weights({f"leaf{at}": float(at > 0) + 1e-12 for at in range(18)}, "all but one")
    drawn = mcda.structure_audit(problem, stated, n=100).leads.query(f"over == '{SUBSETS}'")
    none = mcda.weights({f"leaf{at}": float(at > 0) for at in range(18)}, "all but one")
    exact = mcda.structure_audit(problem, none, n=100).leads.query(f"over == '{SUBSETS}'")
    assert (exact["error"] == 0).all() and exact["cases"].iloc[0] == 2**17 - 1
    assert drawn["error"].max() > 0
    assert np.allclose(drawn["leads"], exact["leads"], atol=0.01)


def test_a_price_in_another_measure(audit):
    """Prices are told in the unit that is asked for; an unknown leaf is named with those there are."""
    problem = audit.problem
    paris = mcda.read_perspectives(FROZEN, problem)["Paris"]
    found = mcda.structure_audit(problem, paris, n=100, measure="C1.1")
    row = found.prices.set_index("leaf").loc["C2.1"]
    assert row["in_unit"] == "thousand personnel"
    other = audit.prices.query("holder == 'Paris' and leaf == 'C1.1'")["price"].item()
    assert row["price"] == pytest.approx(1 / other)
    with pytest.raises(mcda.InputError, match=r"measure.*'C9'"):
        mcda.structure_audit(problem, paris, n=100, measure="C9")


def test_weights_or_holders():
    """One holder's weights are audited as several are; anything else is refused."""
    problem = question()
    alone = mcda.structure_audit(problem, mcda.equal_weights(problem, "panel"), n=100)
    several = mcda.structure_audit(problem, {"panel": mcda.equal_weights(problem, "panel")}, n=100)
    pd.testing.assert_frame_equal(alone.weights, several.weights)
    with pytest.raises(mcda.InputError, match="the weights of a holder"):
        mcda.structure_audit(problem, [1, 2])
    with pytest.raises(mcda.InputError, match="number of draws"):
        mcda.structure_audit(problem, mcda.equal_weights(problem), n=0)


def test_a_leaf_that_counts_for_nothing_has_a_spread():
    """A suggested local weight of 0 and a holder's weight of 0: its spread is its own, nothing is blank."""
    local = pd.DataFrame({"local_weight": 1.0}, index=list(TREE))
    local.loc["speed", "local_weight"] = 0.0
    problem = question(tables={"criteria": local})
    found = mcda.structure_audit(problem, mcda.equal_weights(problem), n=100)
    table = found.weights.set_index("criterion")
    assert table.loc["speed", ["stated", "effective"]].tolist() == [0, 0]
    assert table.loc["speed", "spread"] == pytest.approx(0.61)
    assert table["spread"].notna().all()


def test_of_very_many_holders_the_first_are_looked_at_and_said():
    """Each of them needs searches of its own."""
    table = pd.DataFrame({"a": [0.1, 0.8, 0.5], "b": [0.9, 0.3, 0.6]}, ["x", "y", "z"])
    problem = mcda.problem_from(table, directions={"a": "max", "b": "max"}, accept=["all"])
    holders = {f"h{at}": mcda.weights({"a": 1 + at, "b": 50}, holder=f"h{at}") for at in range(41)}
    few = dict(list(holders.items())[:40])
    audit = mcda.structure_audit(problem, holders, n=100)
    assert list(audit.leaders) == [f"h{at}" for at in range(12)]
    assert audit.scope == "Of 41 holders the first 12 were looked at for this."
    assert mcda.structure_audit(problem, few, n=100).scope == ""
    found = mcda.challenge(problem, holders["h0"], "additive", n=100, seed=1, holders=holders)
    assert found.scope == "Of 41 holders the first 12 stand in the multiverse."
    assert len(found.whose) == 12 and found.of_holders == 41


def test_of_a_very_large_question_fewer_selections_are_drawn_and_said(monkeypatch):
    """Their shares are near those of all, and the number says how near."""
    rng = np.random.default_rng(0)
    cells = {f"leaf{at}": rng.uniform(10, 90, 4) for at in range(12)}
    problem = question(cells, dict.fromkeys(cells, "head"))
    whole = mcda.structure_audit(problem, mcda.equal_weights(problem), n=100)
    monkeypatch.setattr(of_many, "SCORED", 2_000 * 4 * len(cells))
    some = mcda.structure_audit(problem, mcda.equal_weights(problem), n=100)
    exact, drawn = (one.leads.query(f"over == '{SUBSETS}'") for one in (whole, some))
    assert whole.scope == "" and (exact["error"] == 0).all()
    assert drawn["cases"].max() <= 2_000 < exact["cases"].max()
    assert (abs(drawn["leads"] - exact["leads"]) < 4 * drawn["error"] + 1e-9).all()
    assert "2,000 selections of the measures were drawn for each holder" in some.scope


@pytest.mark.parametrize("order", [1.0, 2.0])
def test_who_leads_is_the_same_however_many_weights_are_scored_at_once(monkeypatch, order):
    """What is held at once is bounded for many options as for few."""
    rng = np.random.default_rng(0)
    options = first_places.Part(np.ones(9), rng.uniform(size=(9, 5)))
    weights = rng.dirichlet(np.ones(5), 1_000)
    about = ([options], weights, order, rng.uniform(size=9) < 0.5)
    whole = first_places.over_weights(*about)
    monkeypatch.setattr(first_places, "SCORES", 100)
    blocks = first_places.over_weights(*about)
    for one, other in zip(whole, blocks, strict=True):
        assert one.cases == other.cases == 1_000
        assert np.array_equal(one.leads, other.leads) and np.array_equal(one.alone, other.alone)
