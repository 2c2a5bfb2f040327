"""The explorer's numbers are Python's: random questions go from here to the browser, and random moves come back."""

from importlib import resources

import numpy as np
import pytest

import mcda
from mcda.checks.significant_digits import percents
from mcda.methods.additive import weighted_sum
from mcda.methods.compromise.topsis import closeness
from mcda.methods.lottery import lottery
from mcda.methods.method import find_method
from mcda.methods.ranking import _bands
from mcda.methods.ranks import competition_ranks
from mcda.reporting.panels.panel import PARTS
from mcda.reporting.panels.spoken import spoken_by

pytestmark = pytest.mark.browser
STATIC = resources.files("mcda.reporting.panels") / "static"
MODEL = "".join(
    (STATIC / name).read_text(encoding="utf-8")
    for name in ("digits.js", "thresholds.js", "model.js")
)
RUN = """async ([source, body, given]) => {
  const model = await import('data:text/javascript;charset=utf-8,' + encodeURIComponent(source));
  return new Function('model', 'given', body)(model, given);
}"""
SPOKEN = "".join(
    (resources.files("mcda.reporting.panels") / "static" / name).read_text(encoding="utf-8")
    for name in PARTS["explorer"]
    if name not in ("panel.js", "explorer.js")
)
EXPONENTS = [1.0, 1.5, 2.0, 3.7, 20.0]


@pytest.fixture(scope="module")
def model(browser):
    """Run JavaScript with the explorer's model on data, and return what it returns."""
    page = browser.new_page()
    yield lambda body, given: page.evaluate(RUN, [MODEL, body, given])
    page.close()


def drawn(seed, count=1):
    """Values (count, m, n) and weights (n,) of a random question, some of them at the anchors, some weights 0."""
    numbers = np.random.default_rng(seed)
    m, n = numbers.integers(2, 13), numbers.integers(1, 21)
    values = numbers.choice([0.0, 1.0, np.nan], (count, m, n), p=[0.1, 0.1, 0.8])
    values = np.where(np.isnan(values), numbers.random((count, m, n)), values)
    weights = numbers.dirichlet(np.ones(n)) * numbers.choice([0.0, 1.0], n, p=[0.2, 0.8])
    weights[0] += 1e-3
    return values, weights / weights.sum()


@pytest.mark.parametrize("p", EXPONENTS)
def test_scores(model, p):
    """Closeness with any exponent, the additive value with 1: to 1e-12 on 60 random questions of several draws."""
    cases = [drawn(seed, count=3) for seed in range(60)]
    given = [
        [values.ravel().tolist(), *values.shape[1:], p, weights.tolist()]
        for values, weights in cases
    ]
    body = "return given.map(([v, m, n, p, w]) => [...model.scores(model.prepare(v, m, n, p), w)]);"
    for (values, weights), found in zip(cases, model(body, given), strict=True):
        expected = weighted_sum(values, weights) if p == 1 else closeness(values, weights, p)
        assert np.abs(np.reshape(found, expected.shape) - expected).max() < 1e-12


@pytest.mark.parametrize("p", EXPONENTS)
def test_scores_of_lotteries(model, p):
    """In each draw the chance of that draw: the option's own closeness, else its fallback's."""
    numbers = np.random.default_rng(3)
    cases = []
    for seed in range(20):
        own, weights = drawn(seed, count=3)
        chance = numbers.choice([0.0, 0.3, 0.7, 1.0], (*own.shape[:2], 1))
        cases.append((np.concatenate([own, chance, numbers.random(own.shape)], axis=-1), weights))
    given = [
        [table.ravel().tolist(), table.shape[1], len(weights), p, weights.tolist()]
        for table, weights in cases
    ]
    body = (
        "return given.map(([v, m, n, p, w]) => [...model.scores(model.lotteries(v, m, n, p), w)]);"
    )
    for (table, weights), found in zip(cases, model(body, given), strict=True):
        by = lottery(find_method("topsis", p), len(weights))
        every = np.concatenate([weights, np.zeros(len(weights) + 1)])
        expected = by.scores(table, every)
        assert np.abs(np.reshape(found, expected.shape) - expected).max() < 1e-12


def test_ranks_and_bands(model):
    """Ties and near ties fall as they do in Python, also among a few of the options."""
    numbers = np.random.default_rng(1)
    cases = [
        numbers.integers(0, 12, size) / 40 + numbers.choice([0, 4e-10, 3e-9], size)
        for size in numbers.integers(1, 13, 300)
    ]
    running = [
        sorted(numbers.choice(len(s), numbers.integers(1, len(s) + 1), replace=False).tolist())
        for s in cases
    ]
    given = [[scores.tolist(), kept] for scores, kept in zip(cases, running, strict=True)]
    body = "return given.map(([s, r]) => [[...model.ranks(s, r, s.length)], [...model.bands(s, r, s.length, 0.02)]]);"
    for scores, kept, (ranks, bands) in zip(cases, running, model(body, given), strict=True):
        left = np.delete(np.arange(len(scores)), kept)
        assert np.array_equal(np.array(ranks)[kept], competition_ranks(scores[kept]))
        assert np.array_equal(np.array(bands)[kept], _bands(scores[kept], 0.02))
        assert not np.array(ranks)[left].any() and not np.array(bands)[left].any()


def test_acceptability_and_intervals(model):
    """The share of draws in each rank, and the middle nine tenths of the scores."""
    cases = [drawn(seed, count=200) for seed in range(12)]
    given = [
        [values.ravel().tolist(), *values.shape[1:], weights.tolist()] for values, weights in cases
    ]
    body = """return given.map(([v, m, n, w]) => {
      const scored = model.scores(model.prepare(v, m, n, 2), w), all = [...Array(m).keys()];
      return [[...model.acceptability(scored, all, m)], all.map((i) => model.quantiles(scored, i, m, [0.05, 0.95]))];
    });"""
    for (values, weights), (shares, spans) in zip(cases, model(body, given), strict=True):
        scores, m = closeness(values, weights), values.shape[1]
        expected = (competition_ranks(scores)[..., None] == np.arange(1, m + 1)).mean(axis=0)
        assert np.abs(np.reshape(shares, (m, m)) - expected).max() < 1e-12
        assert np.abs(np.array(spans) - np.quantile(scores, [0.05, 0.95], axis=0).T).max() < 1e-12


def test_floors(model):
    """An option fails a floor where it lies beyond it, never at it; more is better or less is."""
    numbers = np.random.default_rng(3)
    performance = numbers.integers(0, 5, (6, 4)).astype(float)
    floors, signs = [2.0, None, 3.0, 0.0], [1, 1, -1, 1]
    found = model(
        "return model.failures(...given);", [performance.tolist(), floors, signs, [0] * len(signs)]
    )
    expected = [
        [
            j
            for j, floor in enumerate(floors)
            if floor is not None and signs[j] * row[j] < signs[j] * floor
        ]
        for row in performance
    ]
    assert found == expected
    assert any(found) and not all(found)


def test_moves_stay_on_the_simplex(model):
    """Moves made in the browser, read here: the sum is 1, those held stay, the others keep their proportions."""
    body = """return Array.from({ length: 2000 }, (_, k) => {
      const n = 2 + k % 9, raw = Array.from({ length: n }, () => (Math.random() < 0.2 ? 0 : Math.random()));
      raw[0] += 0.01;
      const total = raw.reduce((a, b) => a + b), shares = raw.map((x) => x / total);
      const held = raw.map(() => Math.random() < 0.3), at = k % n, to = Math.random() * 1.4 - 0.2;
      held[at] = false;
      return { shares, held, at, to, moved: model.move(shares, held, at, to, raw.map(() => 1)) };
    });"""
    for case in model(body, None):
        before, after, held = (
            np.array(case["shares"]),
            np.array(case["moved"]),
            np.array(case["held"]),
        )
        free = ~held & (np.arange(len(held)) != case["at"])
        assert abs(after.sum() - 1) < 1e-12 and (after >= 0).all()
        assert np.array_equal(after[held], before[held])
        if free.any():
            assert after[case["at"]] == pytest.approx(
                np.clip(case["to"], 0, 1 - before[held].sum()), abs=1e-15
            )
        if before[free].sum() > 0:
            scale = after[free].sum() / before[free].sum()
            assert np.abs(after[free] - scale * before[free]).max() < 1e-12


def test_weights_down_the_tree(model):
    """Three levels: a leaf weighs the product of the shares above it."""
    parents, shares = [-1, 0, 0, 2, 2, -1], [0.6, 0.25, 0.75, 0.1, 0.9, 0.4]
    found = model("return model.weightsDown(...given);", [parents, shares])
    assert found == pytest.approx([0.6, 0.15, 0.45, 0.045, 0.405, 0.4], abs=1e-15)


@pytest.mark.parametrize("p", [1.0, 2.0])
def test_switching_points(model, p):
    """The leader leads up to the point that the browser names and not beyond it; no nearer change is passed over."""
    cases = [drawn(seed) for seed in range(60)]
    cases = [(values[0], weights) for values, weights in cases if len(weights) > 1]
    given = [
        [values.ravel().tolist(), *values.shape, p, weights.tolist()] for values, weights in cases
    ]
    body = """return given.map(([v, m, n, p, w]) => model.switching(model.prepare(v, m, n, p), [...Array(m).keys()],
      (t) => model.move(w, w.map(() => false), 0, t), w[0]));"""
    changes = 0
    for (values, weights), found in zip(cases, model(body, given), strict=True):
        for side, end in (("below", 0.0), ("above", 1.0)):
            changes += check_switch(values, weights, p, found, side, end)
    assert changes > 40


@pytest.mark.parametrize("p", [1.0, 2.0])
def test_a_switching_point_is_printed_as_in_python(model, p):
    """The same phrase and the same newcomer as `switching_weights`, and set as printed it gives that newcomer."""
    cases = [drawn(seed) for seed in range(40)]
    cases = [(values[0], weights) for values, weights in cases if len(weights) > 1]
    given = [
        [values.ravel().tolist(), *values.shape, p, weights.tolist()] for values, weights in cases
    ]
    body = """return given.map(([v, m, n, p, w]) => model.switching(model.prepare(v, m, n, p), [...Array(m).keys()],
      (t) => model.move(w, w.map(() => false), 0, t), w[0]));"""
    told = 0
    for (values, weights), found in zip(cases, model(body, given), strict=True):
        row = mcda.switching_weights(values, weights, "topsis", p=p).table.iloc[0]
        for side, way in (("below", "falls"), ("above", "rises")):
            turn = found[side]["turn"] if found[side] else None
            assert (row[way] is None) == (turn is None)
            if turn:
                told += 1
                relation = turn["relation"].replace("_", " ")
                assert (relation, turn["shown"]) == (row[way].relation, row[way].shown)
                scores = scores_at(values, weights, p, turn["number"] / 100)
                assert [str(at) for at in np.flatnonzero(competition_ranks(scores) == 1)] == turn[
                    "then"
                ].split(",")
                assert found["leader"] not in np.flatnonzero(competition_ranks(scores) == 1)
    assert told > 30


def check_switch(values, weights, p, found, side, end):
    """One side of one weight, by brute force; returns whether the leader changes on it."""
    until = found[side]["at"] if found[side] else end
    between = weights[0] + (until - weights[0]) * np.linspace(0, 1 - 1e-9, 400)
    for t in between:
        scores = scores_at(values, weights, p, t)
        assert scores[found["leader"]] >= scores.max() - 1e-9
    if not found[side]:
        return False
    scores = scores_at(values, weights, p, until)
    assert abs(scores[found["leader"]] - scores[found[side]["leader"]]) < 1e-9
    beyond = scores_at(values, weights, p, until + (end - until) * 1e-6)
    assert beyond[found["leader"]] <= beyond.max() + 1e-12
    return True


def scores_at(values, weights, p, t):
    """Scores with the first weight at t and the others in their proportions."""
    rest = (
        weights[1:] / weights[1:].sum()
        if weights[1:].sum()
        else np.full(len(weights) - 1, 1 / (len(weights) - 1))
    )
    return closeness(values, np.concatenate([[t], (1 - t) * rest]), p)


def test_draws_travel_as_single_precision(model):
    """What Python packs, the browser unpacks, to the last bit."""
    import base64

    sent = np.random.default_rng(5).random(50).astype("<f4")
    found = model(
        "return [...model.decoded(given)];", base64.b64encode(sent.tobytes()).decode("ascii")
    )
    assert np.array_equal(found, sent.astype(float))


def test_all_who_lead_by_one_count_or_another_are_named(browser):
    """At the best estimates, by first places, by mean score; where each names the leader, its share alone is told."""
    page = browser.new_page()
    body = """const [scored, m, order, spoken] = given, labels = ['A', 'B', 'C'];
      const ranks = order.reduce((own, option, at) => { own[option] = at + 1; return own; }, []);
      const shares = model.acceptability(scored, [0, 1, 2], m), means = model.means(scored, [0, 1, 2], m);
      const speech = new model.Speech(spoken);
      return model.drawsText(speech, labels, order, ranks, { shares, means, count: scored.length / m });"""
    differ = [0.5, 0.6, 0.0] * 3 + [0.5, 0.6, 2.0] * 2

    def told(scored, order):
        return page.evaluate(RUN, [SPOKEN, body, [scored, 3, order, spoken_by("explorer")]])

    assert told(differ, [0, 1, 2]) == (
        "It depends on the count who leads: A at the best estimates, B by first places (60% of 5 draws of facts, "
        "with weights held as they stand here, against 0%) and C by mean score."
    )
    second = told(differ, [1, 0, 2])
    assert second.startswith(
        "It depends on the count who leads: B at the best estimates and by first places (60% of 5 "
    )
    assert second.endswith(") and C by mean score.") and "against" not in second
    assert told([0.9, 0.1, 0.0], [0, 1, 2]) == (
        "Over 1 draw of facts, with weights held as they stand here, A comes first in 100%."
    )
    page.close()


def test_first_places_add_up_as_in_python(browser):
    """The shares beside the running options are parts of 100, those that reports show; one that is out has none."""
    page, cases = browser.new_page(), []
    for seed in range(200):
        numbers = np.random.default_rng(seed)
        m = int(numbers.integers(1, 12))
        cases.append([numbers.dirichlet(np.full(m, 0.4)).tolist(), numbers.permutation(m).tolist()])
    body = """const [cases, spoken] = given; return cases.map(([first, running]) => { const m = first.length + 1;
      const shares = new Float64Array(m * m); first.forEach((share, option) => { shares[option * m] = share; });
      const speech = new model.Speech(spoken);
      const told = model.firstPlaces(speech, shares, running, m); return first.map((_, option) => told[option]); });"""
    given = [cases, spoken_by("explorer")]
    assert page.evaluate(RUN, [SPOKEN, body, given]) == [percents(first) for first, _ in cases]
    page.close()
