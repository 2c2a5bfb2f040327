"""The judgement panel's numbers are Python's: priorities, consistency, contradictions, and what to ask next."""

import warnings
from importlib import resources
from itertools import combinations

import numpy as np
import pytest

from mcda import AssumptionWarning, Judgements, contradictions, priorities
from mcda.preferences.pairwise.consistency import RANDOM_INDEX, SAATY_1980
from mcda.preferences.pairwise.incomplete import FAINT, laplacian, parts_of

pytestmark = pytest.mark.browser
SOURCE = (resources.files("mcda.reporting.panels") / "static" / "pairwise.js").read_text(
    encoding="utf-8"
)
RUN = """async ([source, body, given]) => {
  const model = await import('data:text/javascript;charset=utf-8,' + encodeURIComponent(source));
  return new Function('model', 'given', body)(model, given);
}"""


@pytest.fixture(scope="module")
def model(browser):
    """Run JavaScript with the panel's computing on data, and return what it returns."""
    page = browser.new_page()
    yield lambda body, given: page.evaluate(RUN, [SOURCE, body, given])
    page.close()


def drawn(seed, gaps):
    """Random judgements on Saaty's scale, with a share of pairs left out; as positions and as `Judgements`."""
    numbers = np.random.default_rng(seed)
    n = int(numbers.integers(3, 8))
    steps = [f"{k}" for k in range(1, 10)] + [f"1/{k}" for k in range(2, 10)]
    judged = [
        [i, j, str(numbers.choice(steps))]
        for i, j in combinations(range(n), 2)
        if numbers.random() >= gaps
    ]
    return (
        n,
        judged,
        Judgements([str(i) for i in range(n)], {(str(i), str(j)): ratio for i, j, ratio in judged}),
    )


def index(n):
    return RANDOM_INDEX[SAATY_1980][n - 1]


def test_priorities_and_consistency(model):
    """Every pair judged: to 1e-12."""
    cases = [drawn(seed, 0) for seed in range(150)]
    body = "return given.map(([n, judged, index]) => model.priorities(model.matrixOf(judged, n), index));"
    found = model(body, [[n, judged, index(n)] for n, judged, _ in cases])
    for (_, _, judgements), one in zip(cases, found, strict=True):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", AssumptionWarning)  # many of them contradict each other
            expected = priorities(judgements)
        assert np.abs(np.array(one["shares"]) - np.asarray(expected)).max() < 1e-12
        assert abs(one["ratio"] - expected.consistency.ratio) < 1e-11


def connected(seed):
    """Incomplete judgements that connect all items."""
    n, judged, judgements = drawn(seed, 0.35)
    return (
        None
        if len(parts_of(~np.isnan(judgements.matrix.to_numpy()))) > 1
        else (n, judged, judgements)
    )


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_priorities_with_open_pairs(model):
    """Completed so that the eigenvalue is least, as Python completes: to 1e-8, and never with a larger eigenvalue."""
    cases = [case for case in map(connected, range(150)) if case]
    assert len(cases) > 80
    body = "return given.map(([n, judged, index]) => model.priorities(model.matrixOf(judged, n), index));"
    found = model(body, [[n, judged, index(n)] for n, judged, _ in cases])
    for (_, _, judgements), one in zip(cases, found, strict=True):
        expected = priorities(judgements)
        assert np.abs(np.array(one["shares"]) - np.asarray(expected)).max() < 1e-8
        assert one["ratio"] <= expected.consistency.ratio + 1e-11


def test_contradictions(model):
    """What each judgement adds, what the others imply, and the ratio if it were so."""
    cases = [case for case in map(connected, range(40)) if case]
    body = "return given.map(([n, judged, index]) => model.contributions(model.matrixOf(judged, n), index));"
    found = model(body, [[n, judged, index(n)] for n, judged, _ in cases])
    for (_, _, judgements), rows in zip(cases, found, strict=True):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", AssumptionWarning)
            table = contradictions(judgements).judgements.set_index(["first", "second"])
        assert len(rows) == len(table)
        for row in rows:
            expected = table.loc[tuple(str(i) for i in row["pair"])]
            assert np.isnan(expected["implied"]) == (
                row["implied"] is None or np.isnan(row["implied"])
            )
            if not np.isnan(expected["implied"]):
                assert row["implied"] == pytest.approx(expected["implied"], rel=1e-10)
            assert row["share"] == pytest.approx(expected["share of error"], abs=1e-10)
            assert row["then"] == pytest.approx(expected["ratio then"], abs=1e-10)
        weights = [row["weight"] for row in rows]
        assert weights == sorted(weights, reverse=True)


def test_the_next_question(model):
    """The pair of which the others say least, whether or not they connect all items; null where nothing is open."""
    cases = [drawn(seed, gaps) for seed in range(60) for gaps in (0.0, 0.3, 0.6, 1.0)]
    body = "return given.map(([n, judged]) => model.nextQuestion(model.matrixOf(judged, n)));"
    for (n, _, judgements), found in zip(
        cases, model(body, [case[:2] for case in cases]), strict=True
    ):
        judged = ~np.isnan(judgements.matrix.to_numpy())
        if found is None:
            assert judged.all() and judgements.next_question() is None
            continue
        inverse = np.linalg.inv(laplacian(judged) + FAINT * np.eye(n))
        told = np.diag(inverse)[:, None] + np.diag(inverse)[None, :] - 2 * inverse
        assert not judged[tuple(found)]
        assert told[tuple(found)] >= told[~judged].max() * (1 - 1e-6)
        if len(parts_of(judged)) == 1:
            assert judgements.next_question() == tuple(str(i) for i in found)
