"""Cases from bug reports and questions about other tools, with the right answers by numpy, by hand or as published."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import mcda

ALL = ["anchors", "directions", "ranges", "sources", "units"]


def eigenvector(matrix):
    """The principal eigenvector and eigenvalue by numpy."""
    values, vectors = np.linalg.eig(np.array(matrix, float))
    at = values.real.argmax()
    vector = np.abs(vectors[:, at].real)
    return vector / vector.sum(), values[at].real


def textbook(matrix, weights, signs):
    """TOPSIS with vector normalisation by numpy, step by step."""
    table = np.array(matrix, float)
    weighted = table / np.sqrt((table**2).sum(axis=0)) * np.array(weights) / np.sum(weights) * signs
    far = np.sqrt(((weighted - weighted.min(axis=0)) ** 2).sum(axis=1))
    near = np.sqrt(((weighted - weighted.max(axis=0)) ** 2).sum(axis=1))
    return far / (far + near)


def test_cars_on_which_two_libraries_differ():
    """PhilipGriffith/AHPy issue 8: .7785 .1799 .0416, very inconsistent; the other library's .7273 is wrong."""
    matrix = [[1, 9, 9], [1 / 9, 1, 9], [1 / 9, 1 / 9, 1]]
    with pytest.warns(mcda.AssumptionWarning):
        found = mcda.priorities(matrix)
    assert np.asarray(found).round(4).tolist() == [0.7785, 0.1799, 0.0416]
    np.testing.assert_allclose(found, eigenvector(matrix)[0], atol=1e-9)
    assert found.consistency.ratio == pytest.approx(0.483, abs=5e-4)


def test_the_consistency_index_is_divided_by_one_less_than_the_items():
    """airicyu/ahp issue 4 divided by 2 whatever the size; of four items it is (lambda - 4) / 3."""
    matrix = [[1, 4, 3, 7], [1 / 4, 1, 1 / 3, 3], [1 / 3, 3, 1, 5], [1 / 7, 1 / 3, 1 / 5, 1]]
    index = mcda.priorities(matrix).consistency.index
    assert index == pytest.approx((eigenvector(matrix)[1] - 4) / 3, rel=1e-9)
    assert index == pytest.approx(0.03947, abs=5e-6)


def test_a_group_takes_the_geometric_mean_of_judgements():
    """Apple to orange 2, 3 and 4: the cube root of 24 to 1."""
    members = {
        f"m{ratio}": mcda.Judgements(["apple", "orange"], {("apple", "orange"): ratio})
        for ratio in (2, 3, 4)
    }
    found = mcda.group(members)
    assert found.priorities["apple"] == pytest.approx(24 ** (1 / 3) / (1 + 24 ** (1 / 3)))
    assert found.priorities["apple"] == pytest.approx(0.742567, abs=5e-7)


def test_columns_of_zeros_give_no_nan():
    """quatrope/scikit-criteria issue 8: the columns are told, ties share their rank."""
    rng = np.random.default_rng(5)
    table = np.zeros((10, 6))
    table[4, 4] = table[7, 5] = 1.0
    table[[4, 7, 9], 4] = [3.0, 1.0, 1.0]
    with pytest.warns(mcda.AssumptionWarning, match="is the same for every alternative"):
        found = mcda.topsis(table, rng.uniform(1, 2, 6), ["max"] * 6)
    assert np.isfinite(found).all()
    ranked = mcda.ranks(found).tolist()
    assert ranked.count(4) == 7 and sorted(set(ranked)) == [1, 2, 3, 4]


def test_ranks_are_not_the_order_of_an_argsort():
    """Glitchfix/TOPSIS-Python issue 1, QSD-Group/DMsan pull request 14."""
    assert mcda.ranks([0.014, 0.61, 0.27, 0.013, 0.99]).tolist() == [4, 2, 3, 5, 1]


def test_copras_without_costs_or_without_benefits():
    """open-AIMS/ADRIA.jl pull request 359: all max, all min; a cost of 0 has no share and is refused."""
    table = [[1, 5], [4, 1], [2, 2]]
    assert mcda.copras(table, [1, 1], ["max"] * 2).round(3).tolist() == [1.0, 0.907, 0.698]
    shares = np.array(table) / np.sum(table, axis=0) / 2
    inverse = 1 / shares.sum(axis=1)
    np.testing.assert_allclose(mcda.copras(table, [1, 1], ["min"] * 2), inverse / inverse.max())
    with pytest.raises(mcda.InputError, match="alternative 'row 1': expected some cost above 0"):
        mcda.copras([[0, 5], [4, 1]], [1, 1], ["min", "max"])


def test_promethee_divides_by_the_others():
    """simsab-ufcg/Promethee2 issue 60 divided by all n: flows are means over the n - 1 others."""
    table = pd.DataFrame(
        [[12, 900, 20, 4], [15, 300, 9, 5.5], [10, 700, 11, 3], [14, 400, 14, 6]],
        columns=["erosion", "people", "yield", "water"],
    )
    p = {"erosion": 5, "people": 500, "yield": 7, "water": 2.5}
    weights = {"erosion": 2, "people": 1, "yield": 4, "water": 3}
    ways = {"erosion": "min", "people": "min", "yield": "max", "water": "max"}
    found = mcda.promethee2(table, weights, ways, preference="linear", q=dict.fromkeys(p, 0), p=p)
    for at in table.index:
        net = Fraction(0)
        for other in table.index.drop(at):
            for key, sign in (("erosion", -1), ("people", -1), ("yield", 1), ("water", 1)):
                ahead = (
                    sign * Fraction(table.loc[at, key] - table.loc[other, key]) / Fraction(p[key])
                )
                net += weights[key] * max(Fraction(-1), min(Fraction(1), ahead))
        assert found["net"][at] == pytest.approx(float(net / 10 / 3), abs=1e-12)


def test_phones_of_a_tutorial(tmp_path):
    """The page of GeeksforGeeks on TOPSIS, its phones called 1 to 4: .3756 .3101 .4088 .7303."""
    rows = ["1,4,128,6.5,3500,15000", "2,6,64,6.4,3800,16000"]
    rows += ["3,6,128,6.8,4200,19000", "4,8,256,7.0,5000,25000"]
    path = tmp_path / "phones.csv"
    path.write_text("\n".join(["Phone,RAM,Memory,Display,Battery,Price", *rows]), encoding="utf-8")
    matrix = mcda.read_matrix(path)
    assert list(matrix.performances.index) == ["1", "2", "3", "4"]
    found = mcda.topsis(matrix.performances, [1] * 5, ["max"] * 4 + ["min"])
    assert found.round(4).tolist() == [0.3756, 0.3101, 0.4088, 0.7303]


def test_a_spanish_template(tmp_path):
    """Weights as Pesos and directions as Impacto, as spreadsheets of courses have them."""
    path = tmp_path / "plantilla.csv"
    text = """\
Alternativa;Costo;Calidad;Plazo
Pesos;0,5;0,3;0,2
Impacto;-;+;-
A;100;9;10
B;140;8;14
C;160;5;20
"""
    path.write_text(text, encoding="utf-8")
    matrix = mcda.read_matrix(path)
    found = mcda.topsis(matrix.performances, matrix.weights, matrix.directions)
    wanted = textbook([[100, 9, 10], [140, 8, 14], [160, 5, 20]], [0.5, 0.3, 0.2], [-1, 1, -1])
    np.testing.assert_allclose(found, wanted, atol=1e-12)
    assert found["A"] == 1 and found["C"] == 0


def appraisal():
    """Three options scored from 0 to 5 on three criteria, as points."""
    table = pd.DataFrame(
        {"Time": [5, 3, 1], "Security": [1, 3, 5], "Operability": [4, 4, 1]},
        index=["Baseline", "A", "B"],
        dtype=float,
    )
    problem = mcda.problem_from(
        table,
        directions=dict.fromkeys(table, "max"),
        anchors=dict.fromkeys(table, (0, 5)),
        accept=["ranges", "sources", "units"],
    )
    return problem, mcda.weights({"Time": 3, "Security": 5, "Operability": 2}, "panel")


def test_an_options_appraisal():
    """ScottLogic/blog pull request 392: 28, 32 and 30 of 50; A leads until Security weighs 54.5 of 100."""
    problem, weights = appraisal()
    scores = mcda.rank(problem, weights, "additive").table["score"]
    assert (scores * 50).round(9).to_dict() == {"A": 32, "B": 30, "Baseline": 28}

    def leads(security):
        rest = (100 - security) / 5
        moved = mcda.weights(
            {"Time": 3 * rest, "Security": security, "Operability": 2 * rest}, "panel"
        )
        return mcda.rank(problem, moved, "additive").leaders

    # 3.4 (1 - w) + 3 w = (1 - w) + 5 w at w = 6/11
    assert leads(54.5) == ("A",) and leads(54.6) == ("B",)
    told = " ".join(
        map(str, mcda.switching_weights(problem, weights, "additive").table.to_dict().values())
    )
    assert "54.5" in told or "0.545" in told


def test_shares_of_random_weights_are_exact():
    """A dominant option is first in all draws; the share of the second place is that of a length, 2/3."""
    table = pd.DataFrame(
        {"x": [1.0, 0.6, 0.1], "y": [1.0, 0.2, 0.45]}, index=["Blue", "Red", "Green"]
    )
    problem = mcda.problem_from(
        table,
        directions={"x": "max", "y": "max"},
        anchors={"x": (0, 1), "y": (0, 1)},
        accept=["ranges", "sources", "units"],
    )
    draws = mcda.sample(problem, n=20_000, seed=1)
    found = mcda.robustness(draws, mcda.weight_space(["x", "y"]), "additive").rank_acceptability
    assert found.loc["Blue", 1] == 1
    # 0.5 x > 0.25 y where x is above a third
    assert found.loc["Red", 2] == pytest.approx(2 / 3, abs=0.002)
    assert len(mcda.dominance(problem)) >= 2


def test_a_small_difference_on_a_scale_of_its_own():
    """MUSE issue 317: on scales from the worst to the best at hand 10.1 against 10 counts as much as 1 against 2."""
    table = pd.DataFrame({"cost": [10.1, 10.0], "output": [2.0, 1.0]}, index=["tech 1", "tech 2"])
    told = {"directions": {"cost": "min", "output": "max"}}
    weights = mcda.weights({"cost": 1, "output": 1}, "panel")
    relative = mcda.problem_from(table, accept=ALL, **told)
    assert any("the lowest and the highest of the options" in note for note in relative.frame.notes)
    assert mcda.rank(relative, weights, "additive").leaders == ("tech 1", "tech 2")
    fixed = mcda.problem_from(
        table,
        anchors={"cost": (20, 0), "output": (0, 2)},
        accept=["ranges", "sources", "units"],
        **told,
    )
    assert mcda.rank(fixed, weights, "additive").leaders == ("tech 1",)


MISSING = pd.DataFrame({"cost": [4.0, np.nan], "reach": [3.0, 5.0]}, index=["North", "South"])


@pytest.mark.parametrize(
    "call",
    [
        lambda: mcda.topsis(MISSING, [1, 1], ["min", "max"]),
        lambda: mcda.vikor(MISSING, [1, 1], ["min", "max"]),
        lambda: mcda.promethee2(MISSING, [1, 1], ["min", "max"]),
        lambda: mcda.electre1(MISSING, [1, 1], ["min", "max"]),
        lambda: mcda.copras(MISSING, [1, 1], ["min", "max"]),
        lambda: mcda.problem_from(
            MISSING, directions={"cost": "min", "reach": "max"}, accept=["anchors", *ALL[2:]]
        ),
    ],
)
def test_an_option_without_a_price_is_refused(call):
    """ibuilder/massing pull request 181, pharmaR/riskmetric issue 293: the cell is named, nothing is imputed."""
    with pytest.raises(mcda.InputError) as refused:
        call()
    assert "South" in str(refused.value) and "cost" in str(refused.value)


def test_negative_numbers():
    """Vector normalisation takes them; a sum or a largest number of such a column is no unit, and is refused."""
    table, signs = [[-3.0, 2.0], [1.0, 4.0], [2.0, -1.0]], [1, -1]
    found = mcda.topsis(table, [2, 1], ["max", "min"])
    np.testing.assert_allclose(found, textbook(table, [2, 1], signs), atol=1e-12)
    for normalisation in ("sum", "max"):
        with pytest.raises(mcda.InputError, match='use normalisation "vector" or "minmax"'):
            mcda.topsis(table, [2, 1], ["max", "min"], normalisation=normalisation)


def test_priorities_of_more_items_than_the_table_of_random_indices_has():
    """Seventeen items: the eigenvector is there, the ratio is not defined and says so."""
    items = np.arange(1, 18.0)
    matrix = np.clip(items[:, None] / items, 1 / 9, 9)
    found = mcda.priorities(matrix)
    np.testing.assert_allclose(found, eigenvector(matrix)[0], atol=1e-9)
    assert np.isnan(found.consistency.ratio)


def test_the_faces_of_one_direction():
    """-1 is min and 1 is max at every entrance, beside the words."""
    table = pd.DataFrame({"price": [2.0, 3.0], "reach": [1.0, 4.0]}, index=["a", "b"])
    wanted = mcda.topsis(table, [1, 1], ["min", "max"])
    for ways in (
        [-1, 1],
        ["cost", "Benefit"],
        ["lower", "HIGHER"],
        ["-", "+"],
        ["minimise", "gain"],
    ):
        np.testing.assert_array_equal(mcda.topsis(table, [1, 1], ways), wanted)
    told = dict(zip(table, [-1, 1], strict=True))
    problem = mcda.problem_from(
        table,
        directions=told,
        anchors={"price": (9, 0), "reach": (0, 9)},
        accept=["ranges", "sources", "units"],
    )
    assert [leaf.direction for leaf in problem.leaves] == ["min", "max"]
