"""Value of information: closed forms, bounds, errors that cover, and never nothing from draws."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm, poisson

import mcda
from mcda.checks.significant_digits import CLEAR
from mcda.sensitivity.information.expected_value import Worth
from mcda.sensitivity.information.gains import Gains

N = 40_000


@pytest.fixture(scope="module")
def normal():
    """Two choices, one worth 0, the other a + 2b with a and b standard normal."""
    a, b = np.random.default_rng(11).standard_normal((2, N))
    return a, b, np.stack([np.zeros(N), a + 2 * b], axis=-1)


def against_nothing(lead, n, seed=1, noise=0.5):
    """Draws of two options, one worth 0, the other lead(x) and noise; and the x that could be known."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    return np.stack([np.zeros(n), lead(x) + noise * rng.normal(size=n)], axis=-1), x


def rarely(mean):
    """The worth of knowing x where the lead is mean + x, and the share of draws in which it falls below 0."""
    return norm.pdf(mean) + mean * norm.cdf(mean) - mean, norm.cdf(-mean)


@pytest.mark.parametrize(("which", "deviation"), [("a", 1.0), ("b", 2.0), ("both", 5**0.5)])
def test_normal_case_in_closed_form(normal, which, deviation):
    """Knowing a part with deviation s is worth s / sqrt(2 pi): within two percent or three stated errors."""
    a, b, utilities = normal
    known = {"a": a, "b": b, "both": np.stack([a, b], axis=-1)}[which]
    found, truth = mcda.evppi(utilities, known), deviation / np.sqrt(2 * np.pi)
    assert abs(found - truth) <= max(0.02 * truth, 3 * found.standard_error)
    assert found.change == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("mean", "told", "draws"),
    [(2.0, 0.0085, 200_000), (2.2, 0.004887, 10**6), (2.5, 0.0020, 200_000)],
)
def test_what_rarely_changes_the_choice_has_its_worth_and_its_chance(mean, told, draws):
    """Where 0.6 to 2.3 percent of draws would choose otherwise: the closed form, and that share."""
    utilities, x = against_nothing(lambda x: mean + x, draws)
    truth, share = rarely(mean)
    room = 0.05 * (10**6 / draws) ** 0.5  # errors shrink with the root of the draws
    assert truth == pytest.approx(told, rel=0.01)
    for known in (x, np.stack([x, x], axis=-1)):
        found = mcda.evppi(utilities, known)
        assert found.low <= truth <= found.high and found.standard_error < room * truth
        assert found.change == pytest.approx(share, rel=room)
    assert mcda.evpi(utilities).change == pytest.approx(norm.cdf(-mean / np.sqrt(1.25)), rel=0.03)


@pytest.mark.parametrize(
    ("lead", "truth", "draws"),
    [
        (lambda x: np.where(x > 1.9, -10.0, 1.0), 10 * norm.sf(1.9), 100_000),
        (lambda x: np.sin(40 * x), 1 / np.pi, 200_000),
        (
            lambda x: np.where(abs(x + 2) < 0.02, -3.0, 0.5),
            3 * (norm.cdf(-1.98) - norm.cdf(-2.02)),
            200_000,
        ),
        (lambda x: 1 - x**2, 2 * norm.pdf(1), 50_000),
    ],
    ids=["a step", "a wave", "a hole", "a bow"],
)
@pytest.mark.parametrize("several", [False, True])
def test_leads_of_any_form_are_followed(lead, truth, draws, several):
    """A step far out, forty waves, a narrow hole, a bow: within three stated errors, and those are small."""
    utilities, x = against_nothing(lead, draws)
    other = np.random.default_rng(9).normal(size=draws)
    found = mcda.evppi(utilities, np.stack([other, x], axis=-1) if several else x)
    assert abs(found - truth) <= 3 * found.standard_error and found.standard_error < 0.06 * truth


@pytest.mark.parametrize("draws", [200, 1_000, 10_000])
@pytest.mark.parametrize("mean", [0.0, 0.5, 2.2])
def test_the_stated_error_covers_at_any_number_of_draws(mean, draws):
    """Of forty repeats at least nine in ten intervals hold the truth, and the error is no more than four spreads."""
    truth, _ = rarely(mean)
    found = [mcda.evppi(*against_nothing(lambda x: mean + x, draws, seed)) for seed in range(40)]
    assert np.mean([one.low <= truth <= one.high for one in found]) >= 0.9
    if mean < 2:
        assert np.mean([one.standard_error for one in found]) <= 4 * np.std(found)


def test_few_values_have_a_mean_of_their_own(normal):
    """A number of four values: the means of the four groups, as an exact table tells them."""
    rng = np.random.default_rng(4)
    group = rng.integers(0, 4, N)
    utilities = np.stack([np.zeros(N), np.array([-1, 0.5, 0.6, 0.7])[group]], axis=-1)
    truth = np.mean(np.maximum(utilities[:, 1], 0)) - utilities[:, 1].mean()
    assert mcda.evppi(utilities, group) == pytest.approx(truth, rel=1e-9)
    noisy = mcda.evppi(utilities + rng.normal(size=(N, 2)), group)
    assert noisy.low <= 0.25 <= noisy.high and noisy.change == pytest.approx(0.25, abs=0.01)
    ordered = np.arange(N) % 5
    lead = np.array([-2.0, 1, 1, 1, 1])[ordered] + rng.normal(size=N)
    found = mcda.evppi(np.stack([np.zeros(N), lead], axis=-1), ordered)
    assert found.low <= 0.4 <= found.high, "an order that repeats with the draws is no fold"


def test_counts_and_heaps_are_followed():
    """A count with a rare end, and a number that is 0 in half of the draws."""
    rng = np.random.default_rng(6)
    count = rng.poisson(20, 100_000)
    table = np.arange(200)
    truth = (poisson.pmf(table, 20) * np.maximum(table - 30.5, 0) / 10).sum()
    found = mcda.evppi(
        np.stack([np.zeros(len(count)), (30.5 - count) / 10 + rng.normal(size=len(count))], -1),
        count,
    )
    assert found.low <= truth <= found.high and found.standard_error < 0.3 * truth
    heap = np.where(rng.random(100_000) < 0.5, 0, rng.exponential(size=100_000))
    lead = np.where(heap == 0, 1, 1 - 0.4 * heap) + rng.normal(size=len(heap))
    found = mcda.evppi(np.stack([np.zeros(len(heap)), lead], -1), heap)
    assert found.low <= 0.2 * np.exp(
        -2.5
    ) <= found.high and found.standard_error < 0.1 * 0.2 * np.exp(-2.5)


def test_what_does_not_matter_is_worth_less_than_little(normal):
    """A number without influence: noise isn't taken for information, and what it is worth is told as less than X."""
    utilities = normal[2] + [0.2, 0]
    for seed in range(2):
        rng = np.random.default_rng(seed)
        for known in (rng.random(N), rng.random((N, 2)), rng.integers(0, 3, N), np.ones(N)):
            found = mcda.evppi(utilities, known)
            assert found.low == 0 and 0 < found.high < 0.02 * mcda.evpi(utilities)
            assert (
                repr(found)
                == f"less than {mcda.checks.significant_digits.digits(found.high, 2, up=True)} (40,000 draws)"
            )


def test_draws_never_tell_an_error_of_zero(normal):
    """Where no draw changes the choice there is still one chance in n / 3 that some would; only constants are sure."""
    sure = np.stack([normal[0], normal[0] + 10 + normal[1]], axis=-1)
    for found in (mcda.evpi(sure), mcda.evppi(sure, normal[0]), mcda.evppi(sure, normal[1])):
        assert found == 0 < found.standard_error and found.high <= 3 / N * 1.1
    assert mcda.evpi(sure).high == pytest.approx(3 / N, rel=0.02), (
        "a lead that differs by 1 from draw to draw"
    )
    for draws in (2, 10, 200):
        assert mcda.evppi(sure[:draws], normal[1][:draws]).standard_error > 0
    assert mcda.evppi(np.zeros((50, 2)), np.arange(50.0)).standard_error == 0


def test_partial_never_exceeds_perfect(normal):
    """Held between nothing and the EVPI, also for few draws; one option always best is worth exactly nothing."""
    rng = np.random.default_rng(2)
    for _ in range(20):
        utilities, known = rng.random((30, 4)), rng.random(30)
        assert 0 <= mcda.evppi(utilities, known) <= mcda.evpi(utilities)
    always = np.stack([normal[0], normal[0] + 1], axis=-1)
    assert mcda.evpi(always) == 0 == mcda.evppi(always, normal[1])


def test_the_sampling_error_is_that_of_repeats():
    """Six draws of a gain: over repeats the mean of the squared error is the variance of the mean gain."""
    rng, squares, means = np.random.default_rng(8), [], []
    for _ in range(20_000):
        gains = Gains(2)
        gains.add(np.stack([np.zeros(6), rng.normal(size=6)]), np.ones(6, dtype=int))
        found = gains.over(0)
        squares.append(found.error**2)
        means.append(found.worth)
    assert np.mean(squares) == pytest.approx(1 / 6, rel=0.02)
    assert np.var(means) == pytest.approx(1 / 6, rel=0.03)


def test_a_choice_by_the_same_draws_is_favoured_and_the_error_says_so():
    """Five alike options: the estimate is too low (0.79 of 1.163 at ten draws), and nine of ten intervals reach it."""
    for draws, mean in ((10, 0.794), (50, 1.004), (200, 1.079)):
        found = [
            mcda.evpi(np.random.default_rng(seed).normal(size=(draws, 5))) for seed in range(300)
        ]
        assert np.mean(found) == pytest.approx(mean, abs=0.03)
        assert np.mean([one.low <= 1.163 <= one.high for one in found]) >= 0.88


def test_best_actions_that_tie_are_all_named():
    """Two alternatives with the same expectation: both are the choice; the worth is the same whichever is taken."""
    payoffs, chances = [[8, 2, 5], [2, 8, 5], [4, 4, 4]], [0.3, 0.3, 0.4]
    found = mcda.evpi(payoffs, chances)
    assert found == pytest.approx(1.8) and found.choices == ("alternative 1", "alternative 2")
    assert found.choice == "alternative 1 and alternative 2"
    assert mcda.evppi(payoffs, ["x", "y", "y"], chances).choices == found.choices
    assert mcda.evsi(payoffs, chances, [[0.8, 0.2, 0.5], [0.2, 0.8, 0.5]]).choices == found.choices
    draws = np.repeat(np.transpose(payoffs), [3, 3, 4], axis=0)
    assert mcda.evpi(draws).choices == found.choices
    assert mcda.evpi([[1, 0], [0, 0.5]], [0.5, 0.5]).choices == ("alternative 1",)


def test_costs_are_turned(normal):
    """The smallest cost is the best."""
    for word in ("min", "Cost", -1, "lower is better"):
        assert mcda.evpi(-normal[2], direction=word) == mcda.evpi(normal[2])


def test_faults_are_named(normal):
    """Sizes, directions, and what isn't a number."""
    with pytest.raises(mcda.InputError, match="known: expected 3, one for each draw, found 2"):
        mcda.evppi([[1, 2], [2, 1], [0, 0]], [1, 2])
    with pytest.raises(mcda.InputError, match="known, draw 2: expected a finite number"):
        mcda.evppi([[1, 2], [2, 1], [0, 0]], [1, np.nan, 2])
    with pytest.raises(
        mcda.InputError, match="one for each state \\(payoffs are alternatives x states\\), found 3"
    ):
        mcda.evpi([[1, 2], [2, 1], [0, 0]], [0.2, 0.3, 0.5])
    with pytest.raises(mcda.InputError, match='direction: expected "max" or "min"'):
        mcda.evpi([[1, 2]], [0.5, 0.5], direction="up")


def test_an_exact_table_is_worth_what_a_hand_calculation_says():
    """By hand: 1.5, gained in the state of chance 1/4 alone; a sure signal is worth as much, an idle one 0."""
    payoffs, chances = [[10, 0], [4, 5]], [0.25, 0.75]
    sure, nothing = [[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]
    told = [mcda.evpi(payoffs, chances), mcda.evppi(payoffs, ["dry", "wet"], chances)]
    told.append(mcda.evsi(payoffs, chances, sure))
    for found in told:
        assert (float(found), found.change, found.choice) == (1.5, 0.25, "alternative 2")
        assert (found.draws, found.standard_error, found.low, found.high, repr(found)) == (
            0,
            0,
            1.5,
            1.5,
            "1.5",
        )
    for found in (
        mcda.evppi(payoffs, ["same", "same"], chances),
        mcda.evsi(payoffs, chances, nothing),
    ):
        assert (float(found), found.change, found.choice) == (0, 0, "alternative 2")
    costs = [mcda.evsi(-np.array(payoffs), chances, sure, direction="min")]
    costs.append(mcda.evppi(-np.array(payoffs), ["dry", "wet"], chances, direction="min"))
    assert [(float(found), found.change) for found in costs] == [(1.5, 0.25)] * 2
    three = mcda.evppi([[10, 0, 0], [4, 5, 4]], ["dry", "wet", "flood"], [0.25, 0.25, 0.5])
    assert (float(three), three.change) == (1.5, 0.25), (
        "what can be known has three values: each is chosen for alone"
    )


def test_alternatives_and_states_are_named_as_they_are_labelled():
    """The choice by its label, a fault by alternative and state, with labels and without."""
    table = pd.DataFrame([[10.0, 0.0], [4.0, 5.0]], index=["dam", "dyke"], columns=["dry", "wet"])
    assert mcda.evpi(table, [0.25, 0.75]).choices == ("dyke",)
    assert mcda.evpi(table.T).choices == ("dam",), "draws x alternatives, all alike: 5 beside 4.5"
    table.loc["dam", "wet"] = np.nan
    with pytest.raises(
        mcda.InputError, match="payoff of dam in state 'wet': expected a finite number"
    ):
        mcda.evpi(table, [0.25, 0.75])
    with pytest.raises(
        mcda.InputError, match="payoff of alternative 2 in state 1: expected a finite number"
    ):
        mcda.evpi([[1, 2], [np.nan, 0]], [0.25, 0.75])
    with pytest.raises(
        mcda.InputError,
        match="utilities: expected at least one alternative and one state, found none",
    ):
        mcda.evpi(np.zeros((0, 3)))
    with pytest.raises(mcda.InputError, match="alternative"):
        mcda.evpi(pd.DataFrame([[1, 2], [2, 1]], index=["dam", "dam"]), [0.5, 0.5])


@pytest.mark.parametrize(
    ("chances", "found"),
    [
        ([0.5, 0.6], "a sum of 1.1"),
        ([1.5, -0.5], "-0.5"),
        ([0.0, 0.9], "a sum of 0.9"),
        ([0.5, 0.49999999], "a sum of 0.99999999"),
    ],
)
def test_chances_that_are_none_are_refused(chances, found):
    """Of states, and of signals in a state: of at least 0 with a sum of 1."""
    payoffs = [[10, 0], [4, 5]]
    with pytest.raises(
        mcda.InputError, match=f"probabilities: expected numbers .* sum to 1, found {found}"
    ):
        mcda.evpi(payoffs, chances)
    with pytest.raises(
        mcda.InputError, match="likelihood in state 2: expected chances that sum to 1"
    ):
        mcda.evsi(payoffs, [0.5, 0.5], np.transpose([[0.5, 0.5], chances]))
    with pytest.raises(
        mcda.InputError, match="likelihood: expected 2, one for each state, found 3"
    ):
        mcda.evsi(payoffs, [0.5, 0.5], np.full((2, 3), 0.5))


def test_the_error_of_perfect_information_is_the_spread_of_repeats():
    """A thousand draws, a hundred times: the mean stated error is within a tenth of how much the estimates differ."""
    found = [mcda.evpi(against_nothing(lambda x: 1 + x, 1_000, seed)[0]) for seed in range(300)]
    assert np.mean([one.standard_error for one in found]) == pytest.approx(np.std(found), rel=0.12)


def test_an_interval_reaches_the_stated_errors_to_both_sides_and_never_below_nothing():
    """1.96 errors each way, in steps of the draws' number; below 0 no worth lies."""
    assert (Worth(1.0, 0.1, 100).low, Worth(1.0, 0.1, 100).high) == pytest.approx(
        (1 - CLEAR * 0.1, 1 + CLEAR * 0.1)
    )
    assert Worth(0.1, 0.1, 100).low == 0 and Worth(0.1, 0.1, 100).high == pytest.approx(
        0.1 + CLEAR * 0.1
    )
    assert repr(Worth(1.0, 0.1, 1000)) == "1 (standard error 0.1, 1,000 draws)"
    assert repr(Worth(1 / 3)) == str(Worth(1 / 3)) == "0.333333"
    assert repr(Worth(1 / 3, 0.0123, 1000)) == "0.3333 (standard error 0.012, 1,000 draws)"
    assert repr(Worth(0.0, 0.0, 1000)) == "0 (standard error 0, 1,000 draws)"
    assert repr(Worth(0.1, 0.1, 1000)) == "less than 0.3 (1,000 draws)"
