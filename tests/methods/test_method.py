"""One list of methods for every command and function; what a method says of itself is true of its function."""

import json

import numpy as np
import pytest

import mcda
from mcda.cli import main
from mcda.methods.method import canonical, every_method, find_method, own_methods

OWN = [method.name for method in own_methods()]
NONE_ALIKE = np.array([[0.9, 0.2, 0.5], [0.3, 0.8, 0.6], [0.6, 0.5, 0.1], [0.2, 0.4, 0.9]])


def tables(count=40):
    """Go through random tables of 0-1 values with weights, the same every time."""
    rng = np.random.default_rng(11)
    for _ in range(count):
        m, n = rng.integers(2, 6, 2)
        yield rng, rng.random((m, n)), rng.dirichlet(np.ones(n))


@pytest.mark.parametrize("name", OWN)
def test_linear_says_whether_scores_are_linear_in_the_weights(name):
    """The score of a mixture of weights is the mixture of the scores, or in some table it is not."""
    method, off = find_method(name), 0.0
    for rng, values, weights in tables():
        other, share = rng.dirichlet(np.ones(len(weights))), rng.random()
        mixed = method.scores(values, share * weights + (1 - share) * other)
        ends = share * method.scores(values, weights) + (1 - share) * method.scores(values, other)
        off = max(off, np.abs(mixed - ends).max())
    assert method.linear == (off < 1e-12)


@pytest.mark.parametrize("name", OWN)
def test_own_row_says_whether_another_option_can_change_a_score(name):
    """The others are replaced: the first option's score stays, or in some table it doesn't."""
    method, off = find_method(name), 0.0
    for rng, values, weights in tables():
        changed = values.copy()
        changed[1:] = rng.random(changed[1:].shape)
        off = max(off, abs(method.scores(values, weights)[0] - method.scores(changed, weights)[0]))
    assert method.own_row == (off < 1e-12)


@pytest.mark.parametrize("name", OWN)
def test_a_method_scores_many_tables_at_once_as_it_scores_each(name):
    """Draws in front, and weights that differ by draw; a better row never scores less than one that it dominates."""
    method, rng = find_method(name), np.random.default_rng(4)
    values, weights = rng.random((7, 5, 3)), rng.dirichlet(np.ones(3), 7)
    values[:, 1] = values[:, 0] + 0.5 * (1 - values[:, 0])
    together = method.scores(values, weights)
    alone = [method.scores(*pair) for pair in zip(values, weights, strict=True)]
    np.testing.assert_allclose(together, alone, rtol=1e-12, atol=1e-12)
    assert (together[:, 1] >= together[:, 0] - 1e-12).all()


def test_scores_are_those_of_the_array_functions():
    """VIKOR's Q turned round, PROMETHEE's net flow, COPRAS' utility."""
    weights, ways = [0.5, 0.3, 0.2], ["max"] * 3
    at_hand = NONE_ALIKE, np.array(weights)
    np.testing.assert_allclose(
        find_method("vikor").scores(*at_hand), -mcda.vikor(NONE_ALIKE, weights, ways)["Q"]
    )
    np.testing.assert_allclose(
        find_method("promethee2").scores(*at_hand),
        mcda.promethee2(NONE_ALIKE, weights, ways)["net"],
        atol=1e-15,
    )
    np.testing.assert_allclose(
        find_method("copras").scores(*at_hand), mcda.copras(NONE_ALIKE, weights, ways)
    )
    lead = find_method("vikor").scores(np.array([[0.9, 0.9], [0.1, 0.1]]), np.array([0.5, 0.5]))
    assert lead.tolist() == [0.0, -1.0] and not np.signbit(lead[0])
    assert find_method("promethee2").scores(NONE_ALIKE[:1], at_hand[1]).tolist() == [0.0]
    assert find_method("copras").scores(np.zeros((2, 3)), at_hand[1]).tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("TOPSIS", "topsis"),
        (" Additive ", "additive"),
        ("AHP:Ideal", "ahp:ideal"),
        ("VIKOR", "vikor"),
        ("PROMETHEE II", "promethee2"),
        ("PROMETHEE_II", "promethee2"),
        ("promethee2", "promethee2"),
        ("Copras", "copras"),
        ("TOPSIS:Vector", "topsis:vector"),
        ("Topsis: MinMax", "topsis:minmax"),
        ("ELECTRE I", "electre1"),
        ("Electre-1", "electre1"),
        ("pymcdm:vikor", "pymcdm:VIKOR"),
        ("PYMCDM:PROMETHEE_II", "pymcdm:PROMETHEE_II"),
        ("weighted sum", "additive"),
    ],
)
def test_a_name_is_taken_in_any_case(given, name, shelter):
    """The result bears the name that the list has, and the same scores."""
    assert canonical(given) == name
    weights = mcda.equal_weights(shelter)
    if name != "pymcdm:PROMETHEE_II":
        one, other = mcda.rank(shelter, weights, given), mcda.rank(shelter, weights, name)
        assert one.method == other.method and one.table["score"].equals(other.table["score"])


def test_a_name_may_have_signs_between_its_words(monkeypatch):
    """They are no part of what is compared: a method to come may be called so."""
    monkeypatch.setattr("mcda.methods.method.OWN", (*OWN, "weighted_product"))
    for given in ("weighted_product", "Weighted Product", "weighted-product"):
        assert canonical(given) == "weighted_product"


def test_a_misspelt_name_is_answered_with_the_one_that_may_be_meant():
    """Where nothing is near, with the list alone."""
    with pytest.raises(mcda.InputError, match=r"found 'topsys'; did you mean 'topsis'\?"):
        find_method("topsys")
    with pytest.raises(
        mcda.InputError, match=r"expected one of 'additive', 'topsis'.*found 'zzz'$"
    ):
        find_method("zzz")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("ELECTRE III", "which needs thresholds of each criterion"),
        ("electre-tri", "which needs thresholds of each criterion"),
        ("PROMETHEE I", "which gives a partial order; call mcda.promethee1 on a table"),
        ("promethee2:gaussian", "which needs thresholds of each criterion; call mcda.promethee2"),
    ],
)
def test_a_method_that_needs_more_says_what(given, message):
    """Thresholds that a question doesn't hold, or an answer that is no score; with the way out."""
    with pytest.raises(mcda.InputError) as refused:
        find_method(given)
    assert f"found '{given}', {message}" in str(refused.value)


@pytest.mark.parametrize("method", [*OWN, "pymcdm:EDAS", "mine"])
def test_bands_are_for_scores_on_the_fixed_scale_alone(shelter, method):
    """A pymcdm method, a function and a method that compares options have no band: its rank stands in its place."""
    given = (lambda values, weights: values @ weights) if method == "mine" else method
    found = mcda.rank(shelter, mcda.weights({"cost": 2, "places": 2, "noise": 1}, "x"), given)
    fixed = method in ("additive", "topsis") or method.startswith("ahp")
    assert (found.band_width == 0.02) if fixed else (found.band_width is None)
    if not fixed:
        assert found.table["band"].tolist() == found.table["rank"].tolist()


def test_every_method_draws_and_is_challenged(make_problem):
    """Robustness and contest take the names that rank takes; the label is the same everywhere."""
    problem = make_problem()
    weights = mcda.weights({"cost": 2, "places": 2, "noise": 1}, "x")
    draws = mcda.sample(problem, n=200, seed=1)
    for name in (*OWN, "TOPSIS", "Vikor"):
        ranking = mcda.rank(problem, weights, name)
        assert mcda.robustness(draws, weights, name).method == ranking.method
        assert (
            mcda.contest(problem, weights, name).method == ranking.method
            if hasattr(mcda, "contest")
            else True
        )


def test_the_command_lists_every_method_with_a_line(capsys, monkeypatch):
    """A row each, in one line where the terminal is wide; as a document with what is true of it."""
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["methods"]) == 0
    shown = capsys.readouterr().out
    for method in every_method():
        assert any(
            line.startswith(f"{method.name} ") and method.about in line
            for line in shown.splitlines()
        )
    assert main(["methods", "--json"]) == 0
    listed = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(listed) == [method.name for method in every_method()]
    assert (
        listed["topsis"]["own_row"] is True
        and listed["topsis"]["order"] == 2
        and not listed["topsis"]["linear"]
    )
    assert listed["promethee2"]["linear"] is True and listed["pymcdm:WSM"]["linear"] is None


def test_the_command_takes_a_name_in_any_case_and_names_the_way_out(capsys, cooling):
    """`mcda rank --method TOPSIS` and `vikor` rank; a wrong name is wrong usage."""
    told_as = {
        "TOPSIS": "topsis (anchored, p = 2)",
        "vikor": "vikor",
        "TOPSIS:Vector": "topsis:vector",
        "Electre I": "electre1",
        "PROMETHEE_II": "promethee2",
    }
    for given, told in told_as.items():
        assert main(["rank", str(cooling), "--method", given, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["rankings"][0]["without_floor"]["method"] == told
    with pytest.raises(SystemExit) as stop:
        main(["rank", str(cooling), "--method", "electre3"])
    assert stop.value.code == 2 and "needs thresholds" in capsys.readouterr().err
