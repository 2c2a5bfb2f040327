"""What critics of AHP have shown, on their own numbers: a copy reverses an order, and coherence isn't order kept."""

import numpy as np
import pandas as pd
import pytest

from mcda import hierarchy, priorities


def composed(rows, mode):
    """Options with ratio judgements on equally weighted criteria, composed by AHP; option -> priority."""
    table = pd.DataFrame(rows).T
    heads = pd.Series(1.0, index=[f"criterion {at}" for at in table.columns])
    below = {f"criterion {at}": table[at] for at in table.columns}
    return hierarchy({"goal": heads, **below}, "goal", mode=mode).priorities


def share(priorities_, option):
    return round(priorities_[option] / priorities_.sum(), 3)


BELTON_GEAR = {"A": (1.0, 9.0, 8.0), "B": (9.0, 1.0, 9.0), "C": (1.0, 1.0, 1.0)}
COPY = {**BELTON_GEAR, "copy of B": BELTON_GEAR["B"]}


def test_a_copy_reverses_the_distributive_order():
    """Belton and Gear (1983): B leads A; add a copy of B, and A leads B."""
    before, after = composed(BELTON_GEAR, "distributive"), composed(COPY, "distributive")
    assert (share(before, "A"), share(before, "B")) == (0.451, 0.470)
    assert (share(after, "A"), share(after, "B")) == (0.365, 0.289)


def test_a_copy_changes_nothing_in_ideal_mode():
    """B .704, A .667, before and after, as means of values whose best is 1."""
    for rows in (BELTON_GEAR, COPY):
        ideal = composed(rows, "ideal")
        scale = 0.704 / ideal["B"]
        assert ideal["A"] * scale == pytest.approx(0.667, abs=1e-3)


def test_a_newcomer_that_is_best_somewhere_reverses_ideal_mode_too():
    """Option 1 leads .852 to .800; then a fourth option comes, and option 2 leads .741 to .704."""
    three = {"1": (4.0, 8.0, 5.0), "2": (6.0, 9.0, 2.0), "3": (5.0, 4.0, 1.0)}
    before, after = composed(three, "ideal"), composed({**three, "4": (1.0, 6.0, 9.0)}, "ideal")
    assert before["1"] / before["2"] == pytest.approx(0.852 / 0.800, abs=2e-3)
    assert after["2"] / after["1"] == pytest.approx(0.741 / 0.704, abs=2e-3)


def test_coherent_judgements_can_still_lose_an_order():
    """Bana e Costa and Vansnick (2008): ratio 0.051, yet 1 over 4 (judged 5) outweighs 4 over 5 (7)."""
    judged = np.eye(5)
    judged[np.triu_indices(5, 1)] = (2, 3, 5, 9, 2, 4, 9, 2, 8, 7)
    judged[np.tril_indices(5, -1)] = 1 / judged.T[np.tril_indices(5, -1)]
    found = priorities(judged)
    assert round(found.consistency.ratio, 3) == 0.051
    first, second = found[0] / found[3], found[3] / found[4]
    assert (judged[0, 3], judged[3, 4]) == (5, 7)
    assert (round(first, 2), round(second, 2)) == (4.23, 3.75)
