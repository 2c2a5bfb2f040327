"""What the panel of comparisons computes is what Python computes: bounds, draws, first places, the next question."""

from importlib import resources
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.preferences.from_statements.bounds import are_kept, bounds_of
from mcda.preferences.from_statements.next_question import Comparison, askable, information
from mcda.preferences.from_statements.value_model import StatedValues
from mcda.problem.value_scales import Scale
from mcda.reporting.panels.asking import _leaf, _read

pytestmark = pytest.mark.browser
STATIC = resources.files("mcda.reporting.panels") / "static"
SOURCE = "\n".join(
    (STATIC / name).read_text(encoding="utf-8") for name in ("digits.js", "statements.js")
)
RUN = """async ([source, body, given]) => {
  const model = await import('data:text/javascript;charset=utf-8,' + encodeURIComponent(source));
  return new Function('model', 'given', body)(model, given);
}"""
# draws spread over what a list of statements leaves, one statement after the other
NARROWED = """
  let cloud = model.cloudOf(given.draws.flat(), given.leaves.length, []);
  const random = model.uniforms(1);
  for (const said of given.said) {
    cloud = model.spread(model.cut(cloud, model.boundOf(said, given.leaves), random), given.draws.length, random);
  }
"""


@pytest.fixture(scope="module")
def model(browser):
    """Run JavaScript with the panel's computing on data, and return what it returns."""
    page = browser.new_page()
    yield lambda body, given: page.evaluate(RUN, [SOURCE, body, given])
    page.close()


def flat(options, leaves, seed=1):
    """A question of random values from 0 to 1."""
    columns = [f"c{at}" for at in range(leaves)]
    values = np.random.default_rng(seed).uniform(size=(options, leaves))
    table = pd.DataFrame(values, [f"o{at}" for at in range(options)], columns)
    ends = dict.fromkeys(columns, (0.0, 1.0))
    ways = dict.fromkeys(columns, "max")
    return mcda.problem_from(table, directions=ways, anchors=ends, accept="all")


def given_of(problem, said=(), draws=1_000):
    """What the panel has of a question, as plain data, and all weights drawn."""
    space = mcda.weight_space([leaf.key for leaf in problem.weighed])
    return {
        "leaves": [_leaf(leaf) for leaf in problem.weighed],
        "values": problem.expected_values.to_numpy().tolist(),
        "draws": space.sample(draws, 5).tolist(),
        "said": list(said),
    }


@pytest.mark.parametrize(
    "anchors",
    [(0.0, 10.0, 100.0), (40.0, 12.0, 0.0), (0.0, 1.0, 36.5), (-0.02, 0.0, 0.004), (9e6, 5e5, 0.0)],
)
def test_levels_and_worth_on_bent_scales(model, anchors):
    """Both ways, rising and falling, beyond the ends too; asked about is what Python asks about."""
    scale = Scale(anchors, (0.0, 0.6, 1.0))
    levels = np.linspace(-10, 110, 25)
    leaf = {"anchors": anchors, "worth": scale.worth}
    body = "return given[1].map((at) => model.worthOf(given[0], at));"
    assert model(body, [leaf, levels.tolist()]) == pytest.approx(scale.value(levels).tolist())
    body = "const { levels, worth } = model.askable(given); return [levels, [...worth]];"
    found = model(body, leaf)
    assert found[0] == pytest.approx(askable(scale).tolist())
    assert found[1] == pytest.approx(scale.value(askable(scale)).tolist())


@pytest.mark.parametrize("answer", ["first", "second", "same"])
def test_an_answer_makes_the_statement_and_the_bound_of_python(model, answer):
    """On leaves of which one is better when less, with bent scales."""
    from criteria import ukraine_force

    problem = ukraine_force.problem()
    given = given_of(problem, draws=1)
    asked = Comparison("C2.1", (40.0, 0.0), "C1.3", (0.0, 45.0))
    plain = {
        "first": "C2.1",
        "first_move": [40, 0],
        "second": "C1.3",
        "second_move": [0, 45],
        "answer": answer,
    }
    body = (
        "const said = model.answered(given[1], given[1].answer), bound = model.boundOf(said, given[0]);"
        "return { said, row: [...bound.row], equality: bound.equality };"
    )
    found = model(body, [given["leaves"], plain])
    expected = asked.answered(answer, "x")
    about = {"words": "", "as_of": "", "recorded_by": ""}
    assert _read({**found["said"], **about}, "x") == expected
    bound = bounds_of(expected, StatedValues(problem))[-1]
    assert found["row"] == pytest.approx(bound.row.tolist())
    assert found["equality"] == bound.equality


def test_draws_are_spread_as_python_draws_them(model):
    """After six answers on six measures, one of them exact: the same middle and spread of every weight."""
    problem = flat(5, 6)
    said = []
    for at, (more, less, level, high) in enumerate(
        [
            (0, 1, 0.5, None),
            (2, 3, 0.7, None),
            (4, 0, 0.9, None),
            (1, 5, 0.4, 0.4),
            (3, 1, 0.3, None),
        ]
    ):
        said.append(
            {
                "first": f"c{more}",
                "amount": 1.0,
                "second": f"c{less}",
                "low": level,
                "high": high,
                "start": 0.0,
                "second_start": level,
                "words": f"answer {at}",
                "as_of": "",
                "recorded_by": "",
            }
        )
    body = NARROWED + "return [...cloud.points];"
    found = np.array(model(body, given_of(problem, said))).reshape(-1, 6)
    statements = [_read(one, "x") for one in said]
    assert all(
        bound.row @ weights <= 1e-6
        for one in statements
        for bound in bounds_of(one, StatedValues(problem))
        for weights in found
    )
    space = mcda.weights_from_statements(problem, statements).space
    expected = space.sample(4_000, 3)
    assert abs(found.sum(axis=1) - 1).max() < 1e-6
    spread = expected.std(axis=0)
    assert (abs(found.mean(axis=0) - expected.mean(axis=0)) < 0.15 * spread).all()
    assert found.std(axis=0) == pytest.approx(spread, rel=0.12)


def test_first_places_and_the_next_question_are_those_of_python(model):
    """Of the same draws: the same leader, shares and regret, and a comparison that tells as much."""
    problem = flat(8, 6)
    given = given_of(problem)
    body = (
        NARROWED + "const found = model.standing(cloud, given.values);"
        "return { ...found, means: null, first: [...found.first],"
        " asked: model.nextComparison(cloud, found, given.leaves, new Set()) };"
    )
    found = model(body, given)
    weights = np.array(given["draws"])
    scores = weights @ problem.expected_values.to_numpy().T
    first = scores.argmax(axis=1)
    assert found["first"] == first.tolist()
    assert found["shares"] == pytest.approx((np.bincount(first, minlength=8) / 1_000).tolist())
    regret = (scores.max(axis=1) - scores[:, found["leader"]]).max()
    assert found["behind"] == pytest.approx(regret)
    asked = found["asked"]
    at = {leaf["key"]: place for place, leaf in enumerate(given["leaves"])}
    ratios = weights[:, at[asked["first"]]] / weights[:, at[asked["second"]]]
    told = information((ratios > asked["second_move"][1])[:, None], first)[0]
    assert asked["information"] == pytest.approx(told)
    levels = np.arange(1, 101) / 100
    for one, other in permutations(range(6), 2):
        tried = information(weights[:, [one]] > weights[:, [other]] * levels, first)
        assert tried.max() <= told + 1e-9
    python = mcda.next_question(problem, seed=5)
    assert asked["information"] == pytest.approx(python.comparison.information, abs=0.02)


def test_a_holder_is_recovered_and_the_certainty_is_honest(model):
    """Sixty random questions of 8 options by 6 criteria, ten answers each, within two standard errors.

    Of three hundred such, 277 leaders are named, and the certainty told is 94% on average.
    """
    body = """
      return given.map(({ leaves, values, draws, weights }) => {
        const whole = model.cloudOf(draws.flat(), leaves.length, []), random = model.uniforms(7);
        let cloud = whole, found = model.standing(cloud, values);
        for (let count = 0; count < 10; count++) {
          const asked = model.nextComparison(cloud, found, leaves, new Set());
          if (!asked) break;
          const first = model.boundOf(model.answered(asked, "first"), leaves);
          const holds = first.row.reduce((sum, share, k) => sum + share * weights[k], 0) <= 0;
          const bound = holds ? first : model.boundOf(model.answered(asked, "second"), leaves);
          cloud = model.spread(model.cut(cloud, bound, random), whole.count, random);
          found = model.standing(cloud, values);
        }
        return [found.leader, found.certainty];
      });"""
    cases = []
    best = []
    for case in range(60):
        problem = flat(8, 6, seed=2_000 + case)
        weights = np.random.default_rng(case).dirichlet(np.ones(6))
        best.append(int((problem.expected_values.to_numpy() @ weights).argmax()))
        cases.append({**given_of(problem, draws=400), "weights": weights.tolist()})
    found = np.array(model(body, cases))
    share = np.mean(found[:, 0] == best)
    assert share >= 0.92 - 2 * np.sqrt(0.92 * 0.08 / 60)
    assert abs(share - found[:, 1].mean()) < 0.07


def test_who_can_not_answer_is_asked_about_others(model):
    """A pair that was passed over is not asked about again; passed over all, nothing is left."""
    given = given_of(flat(5, 3))
    body = NARROWED + (
        "const found = model.standing(cloud, given.values), passed = new Set(), asked = [];"
        "for (let next; (next = model.nextComparison(cloud, found, given.leaves, passed));) {"
        "  asked.push([next.first, next.second].sort()); passed.add(model.pairName(next.first, next.second)); }"
        "return asked;"
    )
    asked = model(body, given)
    assert sorted(asked) == [["c0", "c1"], ["c0", "c2"], ["c1", "c2"]]


def test_what_no_draw_keeps_is_told(model):
    """Null where none keeps a bound, on either kind."""
    given = given_of(flat(3, 3))
    body = NARROWED + (
        "const row = Float64Array.from([1, 1, 1]);"
        "return [false, true].map((equality) => model.cut(cloud, { row, equality }, random));"
    )
    assert model(body, given) == [None, None]


def test_python_would_keep_what_the_panel_kept(model):
    """A statement as an answer makes it holds in every draw that is left."""
    problem = flat(4, 3)
    given = given_of(problem)
    body = NARROWED + (
        "const found = model.standing(cloud, given.values);"
        "const said = model.answered(model.nextComparison(cloud, found, given.leaves, new Set()), 'first');"
        "return [said, [...model.cut(cloud, model.boundOf(said, given.leaves), random).points]];"
    )
    said, points = model(body, given)
    statement = _read({**said, "words": "", "as_of": "", "recorded_by": ""}, "x")
    bounds = bounds_of(statement, StatedValues(problem))[-1:]
    assert all(are_kept(bounds, weights, 1e-9) for weights in np.array(points).reshape(-1, 3))
